"""What people write between two meetings: rage, sarcasm, hearsay, health, three meetings at once, another language."""

from datetime import date

import pytest

from assistant.debrief.read import Debrief, read_debrief

NEW_YEARS_EVE = date(2026, 12, 30)


def told(text: str, *, today: date = date(2026, 3, 11)) -> Debrief:
    return read_debrief(text, teller="learning-executive", counterpart="Dana", today=today)


def promises(text: str, **more: date) -> list[tuple[str | None, str, str | None]]:
    found = (each for each in told(text, **more).items if each.kind == "promise")
    return [(each.who, each.words, each.due.isoformat() if each.due else None) for each in found]


def test_a_paragraph_of_rage_promises_nothing_and_the_next_line_defends_nothing() -> None:
    read = told(
        "I'm DONE. Forty minutes of being talked down to!!! She can find somebody else to be her order taker. "
        "One more word about 'engagement' and that's it. Never again. NEVER."
    )
    assert [each for each in read.items if each.kind == "promise"] == []
    assert "order taker" not in read.opening and read.opening.startswith("“")
    assert "DONE" in read.kept_text


def test_somebody_elses_health_is_not_kept_even_beside_a_promise() -> None:
    read = told("Her husband starts chemotherapy on Monday. She'll send the list by Friday.")
    assert "chemotherapy" not in str(read.items) + read.kept_text + read.opening
    assert [each.words for each in read.items if each.kind == "promise"] == ["send the list"]
    assert "health" in " ".join(read.left_out)


def test_three_meetings_in_one_keep_each_promise_with_whoever_gave_it() -> None:
    found = promises(
        "On Monday Dana said she'll send me the list by Friday. Tuesday I saw Luis. "
        "Luis will send me five recordings by Thursday. "
        "Then Dana again: I'll bring one page on the 20th."
    )
    assert {who for who, _, _ in found} == {"counterpart", "Luis", "me"}
    assert ("me", "bring one page", "2026-03-20") in found


@pytest.mark.parametrize(
    ("words", "day"), [("by Friday", "2027-01-01"), ("on the 3rd", "2027-01-03"), ("tomorrow", "2026-12-31")]
)
def test_a_day_around_the_end_of_a_year_is_the_next_one_to_come(words: str, day: str) -> None:
    assert promises(f"I'll send her the list {words}.", today=NEW_YEARS_EVE) == [
        ("me", "send her the list", day)
    ]


def test_she_said_he_would_do_it_is_nobodys_promise_to_us() -> None:
    assert promises("She said he'd do it by Friday.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Yeah, right: he'll send it “first thing Friday”. As if.",
        "Oh great, he'll “get back to me”, like the last four times.",
    ],
)
def test_sarcasm_is_no_promise(text: str) -> None:
    assert promises(text) == []


def test_another_language_finds_nothing_and_says_so() -> None:
    read = told(
        "Sie schickt mir bis Freitag die Liste der verlorenen Aufträge, und ich höre mir fünf Gespräche an."
    )
    assert read.items == () and "English" in " ".join(read.left_out)
