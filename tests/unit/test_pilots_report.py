"""What leaves the house about a pilot: report, slides, reminders, messages, agenda and the decision."""

import io
import itertools
from datetime import date, timedelta

import docx
import pytest
from icalendar import Calendar
from pptx import Presentation
from pypdf import PdfReader

from assistant.documents.calendar import reminders_ics
from assistant.documents.chart import chart_png
from assistant.documents.pilot_docx import report_docx
from assistant.documents.pilot_pdf import report_pdf
from assistant.documents.pilot_pptx import report_pptx
from assistant.errors import InputRefusedError
from assistant.pilots.checkins import Entered, checked_in
from assistant.pilots.decide import choice_of, decide, next_pilot, note, reopened
from assistant.pilots.filing import read_pilot, write_pilot
from assistant.pilots.measures import Measures
from assistant.pilots.messages import agenda, candid_message, felt, felt_message
from assistant.pilots.model import Pilot
from assistant.pilots.reading import read_pilot_numbers
from assistant.pilots.report import Promised, report, report_markdown
from assistant.pilots.template import TEMPLATE
from knowledge.cards import shipped_cards

BEFORE, LATER = date(2026, 11, 23), date(2027, 7, 1)
HOSTILE = '#import "x" <b>Łukasz</b> ![x](http://e.example/x.png) $x^2$ \x07 [1] | Ж'


@pytest.fixture(scope="module")
def measures() -> Measures:
    return Measures(shipped_cards())


@pytest.fixture(scope="module")
def begun(measures: Measures) -> Pilot:
    return read_pilot(TEMPLATE, name="t", measures=measures, today=BEFORE)


@pytest.fixture(scope="module")
def ended(begun: Pilot) -> Pilot:
    rows = (
        (date(2027, 3, 29), "2 of 12", "A buyer asked for the date herself."),
        (date(2027, 5, 31), "9 of 20", HOSTILE),
        (date(2027, 6, 30), "16 of 28", "Nobody showed up."),
    )
    pilot = begun.model_copy(update={"comparison": None, "title": f"More {HOSTILE}"})
    for n, (day, numbers, story) in enumerate(rows):
        pilot = checked_in(
            pilot,
            Entered(
                on=day,
                numbers=numbers,
                behaviours={"1": "done"},
                story=story,
                story_is="setback" if n == 2 else "success",
            ),
            today=LATER,
        )
    return pilot


def test_one_page_is_one_page_and_the_longer_one_has_every_check_in(ended: Pilot, measures: Measures) -> None:
    made = report(ended, measures=measures, today=LATER)
    one, longer = (
        PdfReader(io.BytesIO(report_pdf(made))),
        PdfReader(io.BytesIO(report_pdf(made, longer=True))),
    )
    assert len(one.pages) == 1
    text = "\n".join(page.extract_text() for page in longer.pages)
    assert len(longer.pages) >= 2 and "9 of 20" in text and "Łukasz" in text and '#import "x"' in text
    assert (
        "42%" in one.pages[0].extract_text().replace(" ", "")
        or made.headline[:12] in one.pages[0].extract_text()
    )


def test_the_report_says_what_the_two_promised_and_stays_on_its_page(
    ended: Pilot, measures: Measures
) -> None:
    promised = [
        Promised("Lena", "listen to five calls", "happened"),
        Promised("Marco", "open the Monday call", "open", LATER - timedelta(days=3)),
        *(Promised("Marco", f"thing {n}", "open") for n in range(4)),
        Promised("Lena", "bring a page", "didnt"),
    ]
    made = report(ended, measures=measures, today=LATER, promised=promised)
    section = next(each for each in made.page if each.title == "What the two said they would do")
    assert section.lines[0] == "1 kept, 1 not, 5 open." and len(section.lines) == 3
    assert section.lines[1].startswith("Marco: open the Monday call. It was due on")
    assert len(PdfReader(io.BytesIO(report_pdf(made))).pages) == 1
    assert "bring a page" in report_markdown(made, longer=True)
    assert "would do" not in report_markdown(report(ended, measures=measures, today=LATER), longer=True)


def test_word_and_slides_hold_the_words_and_a_picture_with_a_description(
    ended: Pilot, measures: Measures
) -> None:
    made = report(ended, measures=measures, today=LATER)
    document = docx.Document(io.BytesIO(report_docx(made, longer=True)))
    assert made.headline in [paragraph.text for paragraph in document.paragraphs]
    assert "before: 22%" in document.inline_shapes[0]._inline.docPr.get("descr")
    deck = Presentation(io.BytesIO(report_pptx(made)))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == [made.headline, "What happened", "The decision we ask for"]
    assert any("Łukasz" in shape.text_frame.text for shape in deck.slides[1].shapes if shape.has_text_frame)


def test_what_people_wrote_is_no_markup_in_the_markdown(ended: Pilot, measures: Measures) -> None:
    text = report_markdown(report(ended, measures=measures, today=LATER), longer=True)
    assert "![x](" not in text and "<b>" not in text.replace("\\<b\\>", "")
    assert "16 of 28" in text and "22 more" not in text and "28 more were counted (60 in all)" in text


def test_a_pilot_without_numbers_has_a_report_that_says_so(begun: Pilot, measures: Measures) -> None:
    made = report(begun, measures=measures, today=BEFORE)
    assert made.headline == "Too early to say." and chart_png(begun, made.reading) is None
    assert "Nothing has been counted yet." in report_markdown(made, longer=False)
    assert report_pptx(made)[:2] == report_docx(made)[:2] == b"PK"


def test_reminders_are_read_by_a_calendar(begun: Pilot) -> None:
    found = Calendar.from_ical(reminders_ics(begun, pilot_id="p1", today=BEFORE))
    days = [event["dtstart"].dt for event in found.walk("VEVENT")]
    assert days == [date(2027, 3, 29), date(2027, 4, 26), date(2027, 5, 31), date(2027, 6, 30)]
    assert len({event["uid"] for event in found.walk("VEVENT")}) == 4
    with pytest.raises(InputRefusedError):
        reminders_ics(begun, pilot_id="p1", today=date(2028, 1, 1))


def test_no_progress_is_said_without_a_number_and_kept_once_a_day(begun: Pilot, measures: Measures) -> None:
    once = felt(begun, by="Dana", on=BEFORE, words="the calls sound the same")
    twice = felt(once, by="Dana", on=BEFORE)
    assert len(twice.felt_no_progress) == 1
    text = felt_message(begun, "sales-vp", measures=measures, words="the calls sound the same")
    assert text.startswith("Kim, plainly: I don't feel progress on second-meeting rate with East team.")
    assert "the calls sound the same" in text and not any(sign.isdigit() for sign in text)


def test_the_message_moves_on_only_where_the_stop_rule_is_met(begun: Pilot, measures: Measures) -> None:
    alone = begun.model_copy(update={"comparison": None})
    stalled = checked_in(alone, Entered(on=date(2027, 5, 31), numbers="4 of 20"), today=LATER)
    assert "I am moving on" in candid_message(stalled, "sales-vp", measures=measures, today=date(2027, 5, 31))
    early = checked_in(alone, Entered(on=date(2027, 4, 1), numbers="1 of 5"), today=LATER)
    text = candid_message(early, "learning-executive", measures=measures, today=date(2027, 4, 1))
    assert text.startswith("Dana, ") and "too early to say" in text and "moving on" not in text


def test_the_agenda_fills_the_minutes_for_either_side(ended: Pilot, measures: Measures) -> None:
    for side, minutes in (("sales-vp", 30), ("learning-executive", 10)):
        items = agenda(ended, side, measures=measures, today=LATER, minutes=minutes)  # type: ignore[arg-type]  # a row
        assert (items[0].start, items[-1].end, len(items)) == (0, minutes, 5)
        assert all(a.end == b.start for a, b in itertools.pairwise(items))
    assert "Nobody showed up." in items[2].lines[0]
    with pytest.raises(InputRefusedError):
        agenda(ended, "coach", measures=measures, today=LATER, minutes=5)


@pytest.mark.parametrize(
    ("choice", "given"),
    [("scale", {}), ("scale", {"next_group": "everyone"}), ("scale", {"next_group": "the whole sales force"}),
     ("change", {}), ("stop", {}), ("stop", {"learnt": ("  ",)}), ("carry on", {"until": BEFORE})],
)  # fmt: skip
def test_a_decision_that_leaves_its_point_open_is_refused(
    choice: str, given: dict[str, object], begun: Pilot
) -> None:
    with pytest.raises(InputRefusedError):
        decide(begun, choice_of(choice), on=LATER, **given)  # type: ignore[arg-type]  # a row of the table


def test_a_stopped_pilot_keeps_what_was_learnt_and_a_scaled_one_begins_the_next(
    ended: Pilot, measures: Measures
) -> None:
    stopped = decide(ended, "stop", on=LATER, by="Dana", learnt=("The leads were too small.",))
    assert (
        note(stopped)
        == "Tried with 8 people in East team: The leads were too small. In the end it was decided to stop."
    )
    assert "Stop (1 July 2027, Dana)." in report(stopped, measures=measures, today=LATER).ask
    assert read_pilot(write_pilot(stopped), name="t", measures=measures, today=LATER) == stopped
    assert reopened(stopped).decisions == (stopped.decision,)
    scaled = decide(ended, "scale", on=LATER, next_group="West team")
    following = next_pilot(scaled, "West team")
    assert (following.group.name, following.check_ins, following.outcome.baseline) == ("West team", (), None)
    assert following.behaviours == ended.behaviours


def test_carrying_on_keeps_it_open_with_a_new_end(ended: Pilot, measures: Measures) -> None:
    going = decide(ended, "carry on", on=LATER, until=date(2027, 9, 30))
    assert (going.decision, going.outcome.by, going.decisions[0].choice) == (
        None,
        date(2027, 9, 30),
        "carry on",
    )
    assert read_pilot_numbers(going, measures=measures, today=LATER).level == 0.995
