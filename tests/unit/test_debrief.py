"""A paragraph after a meeting: what was promised, by whom and by when; what is no promise; what is never kept."""

from datetime import date
from time import process_time

import pytest

from assistant.debrief.apart import take_apart
from assistant.debrief.dates import day_of, named_days
from assistant.debrief.finding import Stretch
from assistant.debrief.promises import attribute
from assistant.debrief.read import Debrief, read_debrief
from assistant.debrief.training import EXAMPLES
from assistant.debrief.weigh import Weights
from assistant.errors import InputRefusedError
from assistant.evals.debrief import evaluate_debrief, evaluate_given, read_cases
from assistant.pair.item import Item
from assistant.pair.promises import didnt, moved
from assistant.pair.records import PairItem, PairRecord
from assistant.pair.speech import read_by, what_to_say
from assistant.records import Person

WEDNESDAY = date(2026, 3, 11)


def read(text: str, *, on: date = WEDNESDAY, teller: str = "learning-executive") -> Debrief:
    return read_debrief(text, teller=teller, counterpart="Dana", today=on)  # type: ignore[arg-type]  # a role


def promises(text: str, *, on: date = WEDNESDAY) -> list[tuple[str | None, str | None]]:
    return [
        (each.who, each.due.isoformat() if each.due else None)
        for each in read(text, on=on).items
        if each.kind == "promise"
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by Friday", "2026-03-13"),
        ("Wednesday", "2026-03-18"),
        ("next Friday", "2026-03-20"),
        ("end of the week", "2026-03-13"),
        ("by end of next week", "2026-03-20"),
        ("end of the month", "2026-03-31"),
        ("by the 3rd", "2026-04-03"),
        ("in two weeks", "2026-03-25"),
        ("on the 2nd of January", "2027-01-02"),
        ("April 2nd", "2026-04-02"),
        ("2026-03-20", "2026-03-20"),
        ("Tuesday the 17th", "2026-03-17"),
        ("a week on Friday", "2026-03-20"),
        ("tomorrow morning", "2026-03-12"),
        ("by 14/4", "2026-04-14"),
        ("by COB Friday", "2026-03-13"),
    ],
)
def test_a_day_is_read_as_people_mean_it(words: str, day: str) -> None:
    assert day_of(words, today=WEDNESDAY).isoformat() == day


@pytest.mark.parametrize(
    "words", ["soon", "Q2", "before the offsite", "by 4/5", "early next week", "every second Friday"]
)
def test_what_is_no_one_day_is_never_made_into_one(words: str) -> None:
    assert all(named.day is None for named in named_days(words, today=WEDNESDAY))
    with pytest.raises(InputRefusedError, match="no one day"):
        day_of(words, today=WEDNESDAY)


def test_friday_around_the_end_of_a_year_is_in_the_next_one() -> None:
    assert promises("I'll bring her a page on Friday.", on=date(2025, 12, 29)) == [("me", "2026-01-02")]
    assert promises("She picks four people by the 2nd.", on=date(2025, 12, 29)) == [
        ("counterpart", "2026-01-02")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She'll send me the list of lost deals by Friday.", [("counterpart", "2026-03-13")]),
        ("I owe her three questions before that.", [("me", None)]),
        ("Dana is on the hook for the slot, end of month.", [("counterpart", "2026-03-31")]),
        ("we said we'd both listen to five calls by the 14th", [("both", "2026-03-14")]),
        ("he wants the numbers Friday and I said fine", [("me", "2026-03-13")]),
        ("the list comes Tuesday, she said", [("counterpart", "2026-03-17")]),
        ("I promised her the recordings by Monday.", [("me", "2026-03-16")]),
        ("Told him I'd have it by next Friday.", [("me", "2026-03-20")]),
        ("Luis is going to send me five recordings by the 18th.", [("Luis", "2026-03-18")]),
        (
            "tom gives me an hour thursday and dana sends the list friday",
            [("Tom", "2026-03-12"), ("counterpart", "2026-03-13")],
        ),
        ("It's on me to chase the analyst.", [("me", None)]),
        ("I asked if she'd open the session and she said yes.", [("counterpart", None)]),
        ("He met Sam, who's sending the recordings tonight.", [("Sam", "2026-03-11")]),
        (
            "He committed to opening doors, and I'm ringing Luis tomorrow.",
            [("counterpart", None), ("me", "2026-03-12")],
        ),
        ("“You'll have it Friday,” he said.", [("counterpart", "2026-03-13")]),
        ("Promised him a page for Friday.", [("me", "2026-03-13")]),
        ("Nice lunch. I owe her three names. It rained all day.", [("me", None)]),
        ("He has until Friday to name the team.", [("counterpart", "2026-03-13")]),
        (
            "mine: talk to Oskar by the 2nd\nhis: intro mail to both, today he says",
            [("me", "2026-04-02"), ("counterpart", "2026-03-11")],
        ),
    ],
)
def test_a_promise_is_found_with_its_owner_and_its_day(text: str, expected: list[tuple[str, str]]) -> None:
    assert promises(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Oh sure, he'll send it on Friday, he always does.",
        "If only he'd send me the list by Friday.",
        "Hopefully she'll send it Friday.",
        "Will he send it by Friday?",
        "She sent the list on Monday as promised.",
        "In January he said he'd send the list by Friday.",
        "She won't send the list.",
        "She said he'd do it by Friday.",
        "I CAN'T STAND THIS MAN. He shouts and shouts and he laughed at me, the coward!!!",
        "He thinks I'll fix it by Friday.",
        "He'll never understand.",
        "He keeps saying he'll send it.",
        "I know he'll defend them.",
        "She flies to Munich on Thursday.",
        "Our quarter closes on the 31st.",
    ],
)
def test_a_jibe_a_wish_a_memory_and_hearsay_are_no_promises(text: str) -> None:
    assert promises(text) == []


def test_somebodys_health_is_not_kept_and_that_is_said() -> None:
    read_one = read("Her father is in hospital after a stroke. She'll send me the list by Friday.")
    assert "hospital" not in read_one.kept_text
    assert not any("hospital" in each.heard for each in read_one.items)
    assert read_one.left_out == ("One sentence was about somebody's health or private life. It is not kept.",)
    assert [each.due for each in read_one.items] == [date(2026, 3, 13)]


def test_another_language_is_named_as_the_limit_it_is() -> None:
    german = read(
        "Er schickt mir bis Dienstag die Liste der verlorenen Angebote, und ich höre mir vier Gespräche an."
    )
    assert german.items == ()
    assert "only found in English" in german.left_out[0]


def test_three_meetings_in_one_keep_each_promise_with_its_owner() -> None:
    told = (
        "First Finance, who want the travel budget back. Then Dana: she'll shadow the Lyon team on Tuesday. "
        "Then HR, who will circulate the new grading by the 30th, not our business here."
    )
    assert promises(told) == [("counterpart", "2026-03-17")]


@pytest.mark.parametrize(
    ("text", "stretch", "expected"),
    [
        ("The list comes from Lars, next week.", "The list comes from Lars", ("Lars", None)),
        ("Those two she gets tomorrow.", "Those two she gets tomorrow", ("me", "2026-03-12")),
        ("Action on her: ask Radim why.", "ask Radim why", ("counterpart", None)),
        ("Ball's in my court, Tuesday.", "Ball's in my court, Tuesday", ("me", "2026-03-17")),
        (
            "His deputy, Omar, is ringing them Friday.",
            "His deputy, Omar, is ringing them Friday",
            ("Omar", "2026-03-13"),
        ),
        (
            "She'll ask him Friday and ring me straight after.",
            "ring me straight after",
            ("counterpart", None),
        ),
        (
            "I got her to agree to drop the quiz.",
            "I got her to agree to drop the quiz",
            ("counterpart", None),
        ),
        (
            "we said wed ring each other on the 27th",
            "we said wed ring each other on the 27th",
            ("both", "2026-03-27"),
        ),
    ],
)
def test_whose_and_which_day_are_read_of_a_stretch_that_somebody_else_found(
    text: str, stretch: str, expected: tuple[str, str | None]
) -> None:
    told = take_apart(text, teller="learning-executive", counterpart="Dana", today=WEDNESDAY)
    start = text.index(stretch)
    odds = Weights.load().odds(told.signs)
    (read_as,) = attribute(told, [Stretch(start, start + len(stretch))], odds)
    assert (read_as.who, read_as.due.isoformat() if read_as.due else None) == expected


def test_owner_and_day_of_given_stretches_are_read_as_well_as_they_were() -> None:
    report = evaluate_given(read_cases(EXAMPLES))
    assert report.owner >= 0.92
    assert report.day >= 0.97


def test_who_cannot_be_told_is_asked_and_not_guessed() -> None:
    told = read("She was kind. He'll send the list by Friday.")
    (promise,) = [each for each in told.items if each.kind == "promise"]
    assert (promise.who, promise.asks) == (None, "who")


def test_every_item_stands_word_for_word_in_the_paragraph() -> None:
    for case in read_cases(EXAMPLES):
        found = read_debrief(case.text, teller=case.teller, counterpart=case.counterpart, today=case.written)
        assert all(each.heard in case.text for each in found.items), case.id


def test_the_half_that_may_be_looked_at_is_read_as_well_as_it_was() -> None:
    report = evaluate_debrief(read_cases(EXAMPLES))
    assert report.promises.f1 >= 0.65
    assert report.invented <= 0.05 * report.items


@pytest.mark.parametrize("words", ["and so then but ", "I'll send it by Friday, ", "he gets it "])
def test_a_page_without_a_full_stop_is_read_in_seconds(words: str) -> None:
    started = process_time()
    read(words * (7_000 // len(words)))
    assert process_time() - started < 10


@pytest.mark.parametrize("text", ["", "   \n ", "word " * 3_000])
def test_nothing_and_a_whole_book_are_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        read(text)
    assert refused.value.next_step


def test_the_next_opening_line_begins_with_what_the_teller_owes() -> None:
    both = read("She'll send me the list by Friday. I'll send her two names by Monday.")
    assert both.opening == "“I said I'd send you two names. Here is where it stands.”"
    assert "never asked" in read("We were both nice.").opening


def _pair() -> PairRecord:
    ines = Person("i", "w", "Ines Maura", "learning-executive")
    return PairRecord("p", ines, Person("d", "w", "Dana", "sales-vp", only_name=True), None)


def _kept(item: Item, owner: str = "i") -> PairItem:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    return PairItem("1", "w", "p", owner, "pair", 1, item, now, now)


def test_what_to_say_when_it_did_not_happen_blames_nobody_and_fits_each_side() -> None:
    theirs = Item(
        kind="promise", words="send me the list", on=WEDNESDAY, who="sales-vp", due=date(2026, 3, 13)
    )
    kept = _kept(didnt(theirs))
    to_her = what_to_say(kept, _pair(), "i", today=WEDNESDAY)
    from_her = what_to_say(kept, _pair(), "d", today=WEDNESDAY)
    assert to_her is not None and "send me the list" in to_her and "drop it" in to_her
    assert from_her is not None and from_her.startswith("“I told you I'd send you the list. I haven't.")
    assert read_by(kept, _pair(), "d") == "send Ines the list"
    for line in (to_her, from_her):
        assert not any(word in line.lower() for word in ("fail", "again", "disappoint", "promised"))
    often = what_to_say(
        _kept(moved(theirs, to=date(2026, 4, 1))), _pair(), "i", today=WEDNESDAY, times_moved=3
    )
    assert often is not None and "3 times" in often
