"""Transcripts as they really come, read into turns."""

from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import transcripts as sample

from assistant.errors import InputRefusedError
from assistant.review.readers import FORMATS, read_transcript
from assistant.review.transcript import UNKNOWN, Transcript

SUBTITLES = Path(__file__).parents[3] / "shared" / "data" / "subtitles"


def read(content: str | bytes, name: str = "talk.txt", **options: str) -> Transcript:
    return read_transcript(name, content.encode() if isinstance(content, str) else content, **options)


def who_said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_cues_of_one_speaker_become_one_turn_with_its_first_and_last_time() -> None:
    found = read(sample.ZOOM_VTT)
    assert found.format == "zoom-vtt"
    assert [(turn.id, turn.speaker, turn.start, turn.end) for turn in found.turns] == [
        ("t1", "Marta Oduya", 4.12, 10.01),
        ("t2", "Ken Albright", 10.4, 17.25),
    ]
    assert (
        found.turns[1].text
        == "Before that, one note: it's my last call today. Which of the four moves the renewal number?"
    )


def test_teams_voices_may_carry_classes_be_unclosed_or_share_a_cue() -> None:
    found = read(sample.TEAMS_VTT)
    assert found.format == "teams-vtt"
    assert who_said(found) == [
        ("Priya Nandakumar", "So R&D told us the launch moves to May."),
        ("Tom O'Dea", "May again."),
        ("Priya Nandakumar", "I know."),
        ("Tom O'Dea", "Then the Leeds desk goes first."),
    ]
    assert [(turn.start, turn.end) for turn in found.turns[2:]] == [(9.4, None), (None, 12.0)]


def test_a_transcript_without_names_is_not_given_any() -> None:
    found = read(sample.TEAMS_UNATTRIBUTED_VTT)
    assert found.speakers == (UNKNOWN,)
    assert [turn.text for turn in found.turns] == [
        "So how did the calls go this week in Leeds?",
        "Two people asked about money before the demo.",
    ]
    assert "does not say who spoke" in found.warnings[0]


def test_teams_documents_have_name_time_and_words_in_one_paragraph() -> None:
    found = read(sample.teams_docx(), "talk.docx")
    assert found.format == "teams-docx"
    assert [(turn.speaker, turn.start, turn.end, turn.text) for turn in found.turns] == [
        ("Dana Ruiz", 3.0, None, "I want a course on objections."),
        ("Lee Park", 9.0, None, "What do you hear that makes you want it?"),
        ("Dana Ruiz", 3735.0, None, "They fold on price."),
    ]


def test_the_summary_above_a_meet_transcript_was_said_by_nobody() -> None:
    found = read(sample.meet_docx(), "talk.docx")
    assert found.format == "meet-docx"
    assert who_said(found) == [
        ("Dana Ruiz", "I want a course on objections."),
        ("Lee Park", "What do you hear that makes you want it?"),
        ("Dana Ruiz", "They fold on price."),
    ]
    assert [turn.start for turn in found.turns] == [0.0, None, 310.0]
    assert "agreed to deliver" not in " ".join(turn.text for turn in found.turns)
    assert any("Notes" in warning for warning in found.warnings)


def test_a_document_of_ones_own_is_read_as_text_is() -> None:
    assert [turn.speaker for turn in read(sample.plain_docx(), "x.docx").turns] == ["Dana", "Lee", "Dana"]


def test_otter_writes_headers_and_a_footer() -> None:
    found = read(sample.OTTER_TXT)
    assert found.format == "otter-txt"
    assert [(turn.speaker, turn.start) for turn in found.turns] == [
        ("Ruth Calder", 4.0),
        ("Imre Vass", 9.0),
        ("Ruth Calder", 3321.0),
    ]
    assert "otter.ai" not in found.turns[-1].text


def test_in_srt_a_name_holds_until_the_speaker_changes() -> None:
    found = read(sample.OTTER_SRT)
    assert found.format == "srt"
    assert who_said(found) == [
        ("Ruth Calder", "Shall we start with the new starters? I have their numbers here."),
        ("Imre Vass", "Let's. The first deal takes seven months."),
    ]
    assert [turn.speaker for turn in read(sample.SBV).turns] == ["Ruth", "Imre"]


def test_gong_joins_speakers_to_parties_by_their_long_ids() -> None:
    found = read(sample.GONG, "call.json")
    assert found.format == "gong-json"
    assert who_said(found) == [
        ("Hal Brandt", "Morning, Noor. Where did the second meetings go?"),
        ("Noor Aziz", "Nowhere, honestly."),
    ]
    assert (found.turns[0].start, found.turns[0].end) == (4.2, 9.9)
    assert found.titles == {"Hal Brandt": "VP Sales", "Noor Aziz": "Head of Learning"}


def test_a_speaker_whom_the_call_does_not_name_is_listed() -> None:
    found = read(sample.GONG.replace('"name": "Noor Aziz"', '"nick": "N"'), "call.json")
    assert found.turns[1].speaker == "Speaker 4457"
    assert any("not among the parties" in warning for warning in found.warnings)


def test_fireflies_sentences_become_turns() -> None:
    found = read(sample.FIREFLIES, "call.json")
    assert found.format == "fireflies-json"
    assert [(turn.speaker, turn.start, turn.end) for turn in found.turns] == [
        ("Ana", 3.2, 6.1),
        ("Gil", 6.4, 9.0),
    ]


@pytest.mark.parametrize(
    ("text", "name", "speakers", "starts"),
    [
        (sample.BRACKETED, "bracketed", ["Alice", "Bodo", "Alice"], [332.0, 340.0, 358.0]),
        (sample.BOLD, "bold", ["Sarah", "Joaquim", "Sarah"], [0.0, 12.0, 15.0]),
        (sample.ZOOM_TXT, "zoom-txt", ["Alice Munroe", "Bodo Kern", "Alice Munroe"], [12.0, 15.0, 19.0]),
        (sample.ZOOM_CAPTIONS, "zoom-captions", ["Alice Munroe", "Bodo Kern"], [None, None]),
        (sample.SLACK, "headed", ["Alice Munroe", "Bodo Kern", "Alice Munroe"], [None, None, None]),
        (sample.TEAMS_CHAT, "headed", ["Alice Munroe", "Bodo Kern", "Alice Munroe"], [None, None, None]),
        (sample.NOTETAKER, "headed", ["Alice Munroe", "Bodo Kern", "Alice Munroe"], [3.0, 9.0, 15.0]),
        (sample.INLINE, "inline", ["Alice", "Bodo", "Alice"], [1.0, 5.0, 15.0]),
        (sample.WHATSAPP, "chat", ["Alice Munroe", "Bodo Kern", "Alice Munroe"], [None, None, None]),
        (sample.CSV, "csv", ["Alice", "Bodo", "Alice"], [1.0, 5.0, 9.0]),
        (sample.CHAT, "chat", ["Alice Munroe", "Bodo Kern", "Alice Munroe"], [None, None, None]),
    ],
)
def test_text_with_times_is_told_apart_and_times_of_day_are_not_taken_for_times_from_the_start(
    text: str, name: str, speakers: list[str], starts: list[float | None]
) -> None:
    found = read(text)
    assert found.format == name
    assert [turn.speaker for turn in found.turns] == speakers
    assert [turn.start for turn in found.turns] == starts


def test_headings_times_notes_and_addresses_are_no_speakers() -> None:
    found = read(sample.PLAIN)
    assert [turn.speaker for turn in found.turns] == ["Dana", "Lee", "Dana", "Lee"]
    assert found.turns[2].text.endswith("And one thing: the buyer leaves.")
    assert found.titles == {"Dana": "VP Sales"}
    told = " ".join(found.warnings)
    for line in ("10:30 Meeting:", "Agenda: the partner desk", "Note: Lee left for two minutes"):
        assert line in told
        assert line not in " ".join(turn.text for turn in found.turns)
    assert all(turn.start is None for turn in found.turns)


def test_the_points_of_a_timetable_are_no_speakers() -> None:
    assert read(sample.TIMETABLE).unattributed


def test_bytes_that_are_no_text_are_refused_whatever_the_file_is_called() -> None:
    for content in (b"\x00\x01garbage", bytes(range(256)) * 4, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"):
        with pytest.raises(InputRefusedError, match=r"no text|old Word file"):
            read_transcript("minutes.docx", content)


def test_pasted_prose_is_kept_without_a_speaker() -> None:
    found = read(sample.PASTED)
    assert found.unattributed
    assert "May is off" in found.turns[0].text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_common_encoding_gives_the_same_words(encoding: str) -> None:
    text = "Zoë: Où est le café?\r\nJürgen: Straße fünf.\r\nZoë: Merci bien.\r\n"
    found = read_transcript("talk.txt", text.encode(encoding))
    assert who_said(found) == [("Zoë", "Où est le café?"), ("Jürgen", "Straße fünf."), ("Zoë", "Merci bien.")]


def test_broken_cues_are_counted_and_words_without_a_time_are_listed() -> None:
    broken = (
        sample.ZOOM_VTT.replace("00:00:10.400 -->", "00:00:1O.4OO -->")
        + "\n9\nNobody knows when this was said\n"
    )
    told = " ".join(read(broken).warnings)
    assert "1 of 4 cues could not be read" in told
    assert "Nobody knows when this was said" in told


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"WEBVTT\n", "No speech"),
        (b"%PDF-1.7 x", "a PDF"),
        (b"[Script Info]\nTitle: x", "ASS"),
        (b'{"a": 1}', "No speech"),
        (b"PK\x03\x04broken", "No speech"),
    ],
)
def test_what_holds_no_speech_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(InputRefusedError, match=reason):
        read_transcript("talk.vtt", content)


def test_an_unknown_format_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(InputRefusedError, match="teams-docx"):
        read("A: b", format="webex")


def test_subtitle_files_broken_on_purpose_are_read_or_refused_but_never_crash_or_stay_silent() -> None:
    if not SUBTITLES.is_dir():
        pytest.skip("the shared subtitles are not here")
    files = [
        path for path in SUBTITLES.rglob("*") if path.suffix in (".vtt", ".srt", ".sbv", ".ass", ".ttml")
    ]
    assert len(files) > 40
    for path in files:
        try:
            found = read_transcript(path.name, path.read_bytes())
        except InputRefusedError as error:
            assert path.name in error.message
        else:
            assert found.turns, path.name
            assert found.warnings or not found.unattributed, path.name


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode), st.sampled_from(FORMATS))
def test_no_content_in_no_format_makes_a_reader_crash(content: bytes, format: str) -> None:  # noqa: A002
    with suppress(InputRefusedError):
        assert read_transcript("x", content, format).turns


def test_a_meeting_of_four_hours_and_six_thousand_cues_is_read_in_a_moment() -> None:
    text = sample.long_vtt(6_000)
    started = perf_counter()
    found = read(text, "long.vtt")
    assert perf_counter() - started < 5
    assert len(found.turns) == 2_000
    assert found.turns[-1].end == pytest.approx(14_400)


def test_twenty_minutes_of_two_people_become_forty_to_a_hundred_and_twenty_turns() -> None:
    found = read(sample.twenty_minutes(), "meeting.vtt")
    assert found.format == "teams-vtt"
    assert 40 <= len(found.turns) <= 120
    assert found.turns[-1].end is not None and 1_190 < found.turns[-1].end < 1_300
    assert set(found.speakers) == {"Priya Nandakumar", "Tom O'Dea"}
    assert found.warnings == ()
