"""Transcripts in the shapes that meeting tools write, each with words of our own."""

import io
import json
from collections.abc import Sequence

import docx

ZOOM_VTT = """WEBVTT

1
00:00:04.120 --> 00:00:06.480
Marta Oduya: Thanks for making the time, Ken.

2
00:00:06.900 --> 00:00:10.010
Marta Oduya: I have four things about the partner desk.

3
00:00:10.400 --> 00:00:13.700
Ken Albright: Before that, one note: it's my last call today.

4
00:00:14.000 --> 00:00:17.250
Ken Albright: Which of the four moves the renewal number?
"""

TEAMS_VTT = (
    "\ufeffWEBVTT\r\n\r\n"
    "3f1c9a52-77aa-4d0e-9b53-0c1e6f5a8d10/12-0\r\n00:00:03.240 --> 00:00:05.100\r\n"
    "<v Priya Nandakumar>So R&amp;D told us</v>\r\n\r\n"
    "3f1c9a52-77aa-4d0e-9b53-0c1e6f5a8d10/12-1\r\n00:00:05.100 --> 00:00:07.900\r\n"
    "<v Priya Nandakumar>the launch moves to May.</v>\r\n\r\n"
    "3f1c9a52-77aa-4d0e-9b53-0c1e6f5a8d10/14-0\r\n00:00:08.000 --> 00:00:09.300\r\n"
    "<v.loud Tom O&#39;Dea>May again.\r\n\r\n"
    "3f1c9a52-77aa-4d0e-9b53-0c1e6f5a8d10/15-0\r\n00:00:09.400 --> 00:00:12.000\r\n"
    "<v Priya Nandakumar>I know.</v> <v Tom O&#39;Dea>Then the <i>Leeds</i> desk goes first.</v>\r\n\r\n"
)

TEAMS_UNATTRIBUTED_VTT = """WEBVTT

00:00:01.000 --> 00:00:03.000
So how did the calls go

00:00:03.000 --> 00:00:05.000
this week in Leeds?

00:00:05.500 --> 00:00:08.000
Two people asked about money before the demo.
"""

OTTER_TXT = """Ruth Calder  0:04  
Shall we start with the new starters?

Imre Vass  0:09  
Let's. Six of them, and the first deal takes seven months.

Ruth Calder  55:21  
Then that is what I take with me.

Transcribed by https://otter.ai
"""  # noqa: W291  # Otter writes two spaces after the time

OTTER_SRT = """1
00:00:04,000 --> 00:00:06,500
Ruth Calder: Shall we start
with the new starters?

2
00:00:06,500 --> 00:00:08,000
I have their numbers here.

3
00:00:09,000 --> 00:00:12,000
Imre Vass: Let's.

4
00:00:12,000 --> 00:00:15,000
The first deal takes seven months.
"""

SBV = """0:00:01.000,0:00:03.500
Ruth: Shall we start?

0:00:04.000,0:00:06.000
Imre: Let's.
"""

BRACKETED = """[00:05:32] Alice: Where do the calls end?
[00:05:40] Bodo: After the demo.
Mostly on a Thursday.
[00:05:58] Alice: Every one of them?
"""

BOLD = """# Weekly with sales

**Sarah (00:00):** You asked for the course by June.

**Joaquim (00:12):** I did. Forget June.

**Sarah (00:15):** Then what should be different?
"""

ZOOM_TXT = (
    "00:00:12\tAlice Munroe:\tWhere do we stand?\n00:00:15\tBodo Kern:\tNowhere yet.\n"
    "00:00:19\tAlice Munroe:\tSay more.\n"
)

ZOOM_CAPTIONS = "[Alice Munroe] 10:23:05\nWhere do we stand?\n\n[Bodo Kern] 10:23:09\nNowhere yet.\n"

CHAT = """14:02:11 From Alice Munroe to Everyone: link to the board: https://board.example/x?a=1
14:02:30 From Bodo Kern to Everyone: thanks
it has the wrong quarter
14:03:02 From Alice Munroe to Everyone: fixed
"""

SLACK = """Alice Munroe  10:32 AM
Where do we stand?
Bodo Kern  10:33 AM
Nowhere yet.
It's week six.
Alice Munroe  10:34 AM
Say more.
"""

TEAMS_CHAT = """[10:32] Alice Munroe
Where do we stand?
[10:33] Bodo Kern
Nowhere yet.
[10:35] Alice Munroe
Say more.
"""

NOTETAKER = """0:03 - Alice Munroe (VP Sales)
  Where do we stand?

0:09 - Bodo Kern
  Nowhere yet.

0:15 - Alice Munroe (VP Sales)
  Say more.
"""

INLINE = """Alice (00:01): Where do we stand?
Bodo (00:05): Nowhere yet.
It's week six.
Alice (00:15): Say more.
"""

WHATSAPP = """12/05/2024, 10:32 - Alice Munroe: Where do we stand?
12/05/2024, 10:33 - Bodo Kern: Nowhere yet.
12/05/2024, 10:34 - Alice Munroe: Say more.
"""

CSV = """speaker,start,text
Alice,0:01,Where do we stand?
Bodo,0:05,"Nowhere, yet."
Alice,0:09,Say more.
"""

TIMETABLE = """Welcome 10:30
Coffee is in the hall.
Review of the desk 11:00
Bring your numbers.
Lunch 12:30
It is in the canteen.
"""

PLAIN = """10:30 Meeting:
Agenda: the partner desk
Attendees: Dana, Lee

Dana (VP Sales): I need them to ask about money before the demo.
Lee: What happens now?
https://wiki.example/partner-desk
Dana (VP Sales): They show slides for forty minutes.
And one thing: the buyer leaves.
Note: Lee left for two minutes
Lee: Who does it differently?
"""

PASTED = "We went through the partner desk and she said that May is off. I promised a page by Friday.\n"

GONG = json.dumps(
    {
        "callTranscripts": [
            {
                "callId": "78219443900176552310",
                "transcript": [
                    {
                        "speakerId": "61773345110982234456",
                        "topic": "Opening",
                        "sentences": [
                            {"start": 4200, "end": 6100, "text": "Morning, Noor."},
                            {"start": 6100, "end": 9900, "text": "Where did the second meetings go?"},
                        ],
                    },
                    {
                        "speakerId": "61773345110982234457",
                        "topic": "Opening",
                        "sentences": [{"start": 10100, "end": 12800, "text": "Nowhere, honestly."}],
                    },
                ],
            }
        ],
        "calls": [
            {
                "metaData": {"id": "78219443900176552310"},
                "parties": [
                    {"speakerId": "61773345110982234456", "name": "Hal Brandt", "title": "VP Sales"},
                    {"speakerId": "61773345110982234457", "name": "Noor Aziz", "title": "Head of Learning"},
                ],
            }
        ],
    }
)

FIREFLIES = json.dumps(
    {
        "data": {
            "transcript": {
                "title": "Weekly",
                "sentences": [
                    {
                        "index": 0,
                        "speaker_name": "Ana",
                        "text": "Where are we on ramp?",
                        "start_time": 3.2,
                        "end_time": 5.0,
                    },
                    {
                        "index": 1,
                        "speaker_name": "Ana",
                        "text": "Anything yet?",
                        "start_time": 5.0,
                        "end_time": 6.1,
                    },
                    {
                        "index": 2,
                        "speaker_name": "Gil",
                        "text": "Nothing I would call progress.",
                        "start_time": 6.4,
                        "end_time": 9.0,
                    },
                ],
            }
        }
    }
)


def teams_docx() -> bytes:
    """What Teams writes: a title, a date, a duration, then name, time, a line break and words in one paragraph."""
    return _docx(
        [
            "Weekly with sales-20260112_150233-Meeting Recording",
            "January 12, 2026, 3:02PM",
            "31m 5s",
            "Dana Ruiz started transcription",
            "\nDana Ruiz   0:03\nI want a course on objections.",
            "\nLee Park   0:09\nWhat do you hear that makes you want it?",
            "\nDana Ruiz   1:02:15\nThey fold on price.",
            "Dana Ruiz stopped transcription",
        ]
    )


def meet_docx() -> bytes:
    """What Google Meet writes: a summary by a machine, then the transcript, with a time on a line of its own."""
    return _docx(
        [
            "Notes",
            "Jan 12, 2026",
            "Weekly with sales",
            "Invited Dana Ruiz, Lee Park",
            "Summary",
            "Dana Ruiz: asked for a course. Lee Park: agreed to deliver it by June.",
            "Next steps",
            "Lee Park: will deliver the course.",
            "📖 Transcript",
            "Jan 12, 2026",
            "Weekly with sales - Transcript",
            "00:00:00",
            "Dana Ruiz: I want a course on objections.",
            "Lee Park: What do you hear that makes you want it?",
            "00:05:10",
            "Dana Ruiz: They fold on price.",
            "Meeting ended after 00:31:05 👋",
            "This editable transcript was computer generated and might contain errors.",
        ]
    )


def plain_docx() -> bytes:
    """Somebody's own minutes."""
    return _docx(["Dana: They fold on price.", "Lee: Who does?", "Dana: The two in Leeds."])


def long_vtt(cues: int, seconds_each: float = 2.4) -> str:
    """A meeting of many cues between three people, as Teams writes it."""
    parts = ["WEBVTT\n"]
    for number in range(cues):
        start, end = number * seconds_each, (number + 1) * seconds_each
        name = ("Dana Ruiz", "Lee Park", "Sam Ode")[number // 3 % 3]
        parts.append(
            f"{_stamp(start)} --> {_stamp(end)}\n<v {name}>Part {number} of what they say, and more.</v>\n"
        )
    return "\n".join(parts)


def _stamp(value: float) -> str:
    hours, rest = divmod(value, 3600)
    return f"{int(hours):02}:{int(rest // 60):02}:{rest % 60:06.3f}"


def _docx(paragraphs: Sequence[str]) -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def twenty_minutes() -> str:
    """A Teams file of two people for twenty minutes: a cue every two or three seconds, several a sentence, and “Mhm.”."""
    names, at, cues = ("Priya Nandakumar", "Tom O&#39;Dea"), 0.0, 0
    told = ["WEBVTT", ""]
    pieces = ("the thing is that in Leeds", "they show the price", "before anybody has asked,", "and then, um,",
              "we lose another week.", "So what I wanted to say", "was only that.")  # fmt: skip
    turn = 0
    while at < 1_200:
        for piece in range(4 + turn * 5 % 9):
            length = 2.1 + (turn + piece) % 4 * 0.3
            told += [f"{turn:08x}-0000-4000-8000-{cues:012x}/{cues}-{piece}", f"{_vtt(at)} --> {_vtt(at + length)}",
                     f"<v {names[turn % 2]}>{pieces[(turn + piece) % len(pieces)]}</v>", ""]  # fmt: skip
            at, cues = at + length + 0.1, cues + 1
        if turn % 4 == 3:
            told += [f"{_vtt(at)} --> {_vtt(at + 0.6)}", f"<v {names[(turn + 1) % 2]}>Mhm.</v>", ""]
            at += 0.7
        turn += 1
    return "\r\n".join(told)


def _vtt(seconds: float) -> str:
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{seconds % 60:06.3f}"
