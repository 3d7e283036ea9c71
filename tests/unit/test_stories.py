"""A field story before it is kept: its fields, its grade, what is masked, and which one fits an answer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.errors import InputRefusedError
from assistant.evals.stories import evaluate_redaction, read_names, read_planted
from assistant.stories.brief import brief_markdown, make_brief
from assistant.stories.deliver import message
from assistant.stories.digest import OpenPilot, digest, digest_markdown
from assistant.stories.draw import draw, suggest_title
from assistant.stories.duplicates import merged
from assistant.stories.find import Candidate, choose, to_tell, told_about, topic_of
from assistant.stories.formats import read_story_text
from assistant.stories.grade import grade_of
from assistant.stories.log import masked_again, prepare
from assistant.stories.redact import NameList, Wishes, find_spans, mask, report
from assistant.stories.same_event import SameEvent
from assistant.stories.search import matching
from assistant.stories.story import MAX_TEXT, Fields, Story, read_fields
from assistant.stories.themes import themes
from knowledge.embeddings import LocalEmbedder

TODAY = date(2026, 11, 23)
NAMES = NameList(("Marek Dubois",), ("Lettuce & Sons",))
VISIT = (
    "Rode along in Porto yesterday. The buyer said, “Your demo answers questions I don't have.” "
    "We lost the second meeting."
)


def masked(text: str, wishes: Wishes | None = None) -> str:
    return mask(text, find_spans(text, names=NAMES, wishes=wishes))


def story(name: str, **values: object) -> Story:
    fields = read_fields({"text": f"What happened in {name}.", "title": name, **values})
    now = datetime(2026, 11, 1, tzinfo=UTC)
    return Story(
        id=name,
        workspace_id="default",
        owner_id="ann",
        visibility="workspace",
        pair_id=None,
        fields=fields,
        grade=fields.grade,
        version=1,
        redactions={},
        linked=(),
        batch_id=None,
        created_at=now,
        updated_at=now,
    )


def test_fields_are_drawn_from_the_text_and_what_was_said_stays() -> None:
    drawn = prepare(read_fields({"text": VISIT, "stage": "demo"}), names=NAMES, today=TODAY).fields
    assert drawn.title == "Your demo answers questions I don't have"
    assert drawn.buyer_words == "Your demo answers questions I don't have."
    assert (drawn.region, drawn.result, drawn.stage) == ("Porto", "failure", "demo")
    assert drawn.happened_on == TODAY - timedelta(days=1)
    assert drawn.source == "on-the-road"


def test_a_day_is_what_a_text_says_of_itself_and_a_file_is_not_told_today() -> None:
    fields = read_fields({"text": "Yesterday the chef left. Three seconds is a queue on Saturday."})
    assert draw(fields, today=TODAY).happened_on == TODAY - timedelta(days=1)
    assert draw(fields, today=TODAY, told_today=False).happened_on is None
    assert draw(read_fields({"text": "A queue on Saturday."}), today=TODAY).happened_on is None


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ({}, "anecdote"),
        ({"evidence": "none"}, "anecdote"),
        ({"evidence": "the manager who sat in"}, "verified"),
        ({"figure": "28 to 34 of 60"}, "anecdote"),
        ({"figure": "many", "figure_source": "the CRM"}, "anecdote"),
        ({"figure": "28 to 34 of 60", "figure_source": "the CRM"}, "measured"),
    ],
)
def test_the_grade_follows_from_what_stands_behind_a_story(said: dict[str, str], grade: str) -> None:
    assert grade_of(**said) == grade


@pytest.mark.parametrize(
    ("text", "teller", "visibility"),
    [
        ("My VP walked out of the review.", "learning-executive", "me"),
        ("Our head of learning brought slides again.", "sales-vp", "me"),
        ("A buyer walked out of the review.", "learning-executive", "workspace"),
    ],
)
def test_a_story_about_the_counterpart_is_for_its_teller_alone(
    text: str, teller: str, visibility: str
) -> None:
    fields = read_fields({"text": text, "teller": teller})
    assert prepare(fields, names=NAMES, today=TODAY).visibility == visibility
    assert prepare(fields, names=NAMES, today=TODAY, visibility="pair").visibility == "pair"


def test_names_addresses_and_numbers_are_masked_and_products_months_and_places_stay() -> None:
    text = (
        "Met with Sandra Okafor from Brightwell Foods in Leipzig in March. The Helios module lost in Q3. "
        "Marek left; ring +49 30 901820 or write to s.okafor@brightwell.example. Sandra laughed."
    )
    assert masked(text) == (
        "Met with [person A] from [company] in Leipzig in March. The Helios module lost in Q3. "
        "[person B] left; ring [phone] or write to [email]. [person A] laughed."
    )


def test_a_listed_company_made_of_ordinary_words_is_masked_in_any_case() -> None:
    assert masked("lost at lettuce & sons again") == "lost at [company] again"


def test_on_stories_that_nobody_tuned_on_names_are_found_and_ordinary_words_left() -> None:
    report = evaluate_redaction(read_planted("held-out"), read_names(), half="held-out")
    assert report.listed_or_patterned >= 0.99
    assert report.unseen >= 0.85
    assert report.false_masks_per_story < 0.10


def test_words_of_the_trade_at_the_start_of_a_sentence_name_nobody() -> None:
    text = "Shadowed a call. Onboarding: ride-alongs stopped. Ridealong in Stoke. Upskilled nobody. The handover came up."
    assert find_spans(text, names=NameList()) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "The head of logistics said, “We like it, but not before the audit.”",
            "We like it, but not before the audit",
        ),
        (
            "Manager says: ride-alongs stopped in March, all are on reports.",
            "Ride-alongs stopped in March, all are on reports",
        ),
        (
            "At the fair a manager told me, “My people come back with a binder.”",
            "My people come back with a binder",
        ),
    ],
)
def test_a_title_is_what_was_said_and_not_who_said_it(text: str, title: str) -> None:
    assert suggest_title(text) == title


def test_what_was_drawn_from_a_text_goes_with_it_and_what_was_said_stays() -> None:
    told = "In Porto the buyer said, “Nobody told us about the fee.” We lost it."
    before = prepare(read_fields({"text": told, "team": "Iberia"}), names=NameList(), today=TODAY).fields
    wanted = before.changed(text="In Lyon the buyer signed.")
    after, _ = masked_again(before, wanted, names=NameList(), today=TODAY)
    assert (before.buyer_words, before.region, before.result) == (
        "Nobody told us about the fee.",
        "Porto",
        "failure",
    )
    assert (after.buyer_words, after.region, after.result, after.team) == ("", "Lyon", "win", "Iberia")
    same, _ = masked_again(before, before.changed(title="Fees"), names=NameList(), today=TODAY)
    assert same == before.changed(title="Fees")


def test_amounts_are_masked_where_they_are_confidential_and_everywhere_on_wish() -> None:
    text = "The order was €9,000. Keep this between us: they pay €240k."
    assert masked(text) == "The order was €9,000. Keep this between us: they pay [amount]."
    assert masked(text, Wishes(amounts=True)).count("[amount ") == 2


def test_the_teller_decides_what_stays_and_what_goes_as_well() -> None:
    assert masked("Priya laughed at Bluebird.", Wishes(keep=("Priya",), mask=("Bluebird",))) == (
        "Priya laughed at [person]."
    )


def test_masking_again_changes_nothing_and_no_marker_of_an_answer_can_come_out_of_it() -> None:
    once = masked("Sandra Okafor met Priya Nair.")
    assert once == "[person A] met [person B]."
    assert masked(once) == once
    assert read_fields({"text": "As he said [1] twice"}).text == "As he said (1) twice"


def test_every_field_in_words_is_masked_and_what_was_masked_is_given_back_only_beside_it() -> None:
    fields = read_fields(
        {"text": "Sandra Okafor said no.", "who": "Sandra Okafor, buyer", "title": "Sandra's no"}
    )
    prepared = prepare(fields, names=NAMES, today=TODAY)
    assert "Sandra" not in prepared.fields.model_dump_json()
    assert prepared.originals["[person]"].startswith("Sandra")
    assert report(prepared.spans) == {"person": 1}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"text": "  \x00 "}, "no text"),
        ({"text": "a" * (MAX_TEXT + 1)}, "characters"),
        ({"text": "x", "happened_on": "2099-01-01"}, "future"),
        ({"text": "x", "happened_on": "soon"}, "no date"),
        ({"text": "x", "stage": "lunch"}, "stage"),
        ({"text": "x", "title": "t" * 500}, "title"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line_that_names_it(values: dict[str, str], said: str) -> None:
    with pytest.raises(InputRefusedError, match=said) as refused:
        read_fields(values)
    assert "\n" not in refused.value.message


def test_a_file_gives_its_fields_and_leaves_what_is_unknown() -> None:
    read = read_story_text(b"---\nregion: Porto\ndate: 2026-05-01\nsample: true\n---\nThey left early.\n")
    assert read == {"region": "Porto", "happened_on": "2026-05-01", "text": "They left early."}
    assert read_story_text("Sie kam zu spät.".encode("utf-16"))["text"] == "Sie kam zu spät."
    with pytest.raises(InputRefusedError, match="front matter"):
        read_story_text(b"---\na: [1\n---\nx")


def test_the_nearest_story_is_chosen_and_trust_and_recency_decide_between_near_ones() -> None:
    far, near = Candidate(story("far", evidence="a recording"), 0.44), Candidate(story("near"), 0.60)
    assert choose([far, near], today=TODAY) is near.story
    old = Candidate(story("old", happened_on="2023-01-01"), 0.5)
    seen = Candidate(story("seen", evidence="a recording"), 0.5)
    assert choose([old, seen], today=TODAY) is seen.story
    assert choose([near], today=TODAY, told={"near"}) is None


def test_a_story_that_is_only_near_comes_when_asked_for_and_not_by_itself() -> None:
    vague = [Candidate(story("vague"), 0.38)]
    assert choose(vague, today=TODAY) is None
    assert choose(vague, today=TODAY, asked=True) is vague[0].story


def test_a_story_that_holds_the_words_it_is_asked_for_with_is_found_although_it_is_far() -> None:
    shift, other = story("The night shift"), story("Procurement")
    near = [Candidate(shift, 0.25), Candidate(other, 0.3)]
    assert choose(near, today=TODAY, asked=True) is None
    assert choose(near, today=TODAY, asked=True, topic="the night shifts") is shift


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("my VP about ramp", "ramp"),
        ("a story I can tell my VP about ramp", "ramp"),
        ("discounts in March", "discounts in March"),
    ],
)
def test_one_story_to_tell_somebody_is_looked_for_by_its_matter(words: str, topic: str) -> None:
    assert told_about(words) == topic


def test_the_story_to_tell_about_a_metric_is_one_that_touches_it() -> None:
    ramp, other = story("Leeds", metric="ramp-time"), story("Basel")
    assert to_tell("ramp", [Candidate(other, 0.3), Candidate(ramp, 0.23)], today=TODAY) is ramp
    assert to_tell("football", [Candidate(other, 0.1)], today=TODAY) is None


def test_fields_and_words_narrow_together() -> None:
    porto, riga = story("Porto", region="Porto"), story("Riga", region="Riga")
    assert matching([porto, riga], where={"region": "porto"}) == [porto]
    near = [Candidate(riga, 0.6), Candidate(porto, 0.1)]
    assert matching([porto, riga], near=near, words="late") == [riga]
    assert matching([porto, riga], where={"region": "Porto"}, near=near, words="late") == []


def test_a_retelling_is_likelier_the_same_event_than_another_one_at_the_same_account() -> None:
    told = "The ward nurse timed our pump at 40 seconds and sent the rep home."
    again = "The nurse on the ward timed our pump: 40 seconds. She sent the rep home."
    other = "The ward nurse ordered 12 pumps after the rep came back at six in the morning."
    assert probability(told, again) > SameEvent.load().threshold
    assert probability(told, again) > probability(told, other) + 0.1


@pytest.mark.parametrize(
    "again",
    [
        "The demo crashed in Lisbon, so our rep drew the screen on paper and they signed.",
        "the demo crashed in lisbon so our rep drew the screen on paper and they signed",
        "The demo crashed in Lisbon, and so our rep drew the screens on a paper. They signed.",
    ],
)
def test_a_copy_is_found_however_it_was_typed(again: str) -> None:
    assert (
        probability("The demo crashed in Lisbon, so our rep drew the screen on paper and they signed.", again)
        > 0.8
    )


def test_a_story_of_signs_alone_is_compared_without_a_fault() -> None:
    assert 0 <= probability("…!", "The nurse timed the pump.") <= 1


def probability(one: str, other: str) -> float:
    """That both tell of the same event."""
    return SameEvent.load()(one, other, *LocalEmbedder().embed_words([one, other]))


def test_merging_adds_only_what_the_other_says_more() -> None:
    one = read_fields({"text": "The nurse timed the pump.", "title": "One"})
    other = read_fields(
        {
            "text": "The nurse timed the pump. Procurement cancelled the tender.",
            "title": "Two",
            "region": "Riga",
        }
    )
    both = merged(one, other)
    assert both.text == "The nurse timed the pump.\n\nProcurement cancelled the tender."
    assert (both.title, both.region) == ("One", "Riga")
    assert isinstance(both, Fields)


def test_themes_count_by_month_quote_buyers_and_say_what_rises() -> None:
    told = [
        story(
            "one",
            metric="ramp-time",
            team="North",
            happened_on="2026-11-20",
            buyer_words="Your people are late,",
        ),
        story("two", metric="ramp-time", team="North", happened_on="2026-11-02", result="failure"),
        story("three", metric="ramp-time", happened_on="2026-08-01", buyer_words="[link]"),
        story("four", stage="demo", happened_on="2026-11-01"),
        story("five", cards=("lone",), happened_on="2026-11-01"),
        story("six", happened_on="2026-10-05"),
    ]
    of = {"one": "new-people", "two": "new-people", "three": "new-people", "four": "showing"}
    titles = {"new-people": "New people finding their feet", "showing": "Showing too much"}
    first, *others = themes(told, of=of, titles=titles, today=TODAY)
    assert (first.title, first.rising, first.recent, first.before, first.failures) == (
        "New people finding their feet",
        True,
        2,
        0,
        1,
    )
    assert [count for _, count in first.months] == [1, 0, 0, 2]
    assert first.quotes == (("Your people are late", "one"),)
    assert first.teams == (("North", 2),)
    assert [each.title for each in others] == ["Showing too much", "Everything else"]


def test_where_everything_is_told_more_often_no_single_theme_rises() -> None:
    told = [story(f"{theme}{at}", happened_on="2026-11-20") for theme in "abc" for at in range(2)]
    found = themes(told, of={each.id: each.id[0] for each in told}, titles={}, today=TODAY)
    assert [(each.recent, each.rising) for each in found] == [(2, False)] * 3
    steady = [story(f"a-then{at}", happened_on="2026-10-10") for at in range(5)]
    found = themes(told + steady, of={each.id: each.id[0] for each in told + steady}, titles={}, today=TODAY)
    assert {each.key: each.rising for each in found} == {"a": False, "b": True, "c": True}


def test_the_page_before_a_ride_along_says_what_it_rests_on_and_that_it_replaces_nothing() -> None:
    told = [story("one", metric="ramp-time", buyer_words="Your people are late.")]
    found = themes(told, of={"one": "late"}, titles={"late": "Coming late"}, today=TODAY)
    page = brief_markdown(make_brief("Leeds", told, found, None))
    assert "does not replace it" in page
    assert "Coming late: 1 story" in page
    assert "“Your people are late.”" in page
    assert "take them as questions" in page


def test_the_digest_holds_what_is_new_and_names_the_pilots_that_it_fits() -> None:
    told = [story("one", metric="ramp-time"), story("two", metric="win-rate")]
    pilot = OpenPilot("p1", "New hires in Riga", "ramp time", "")
    found = digest(told, [pilot], since=date(2026, 11, 1), near=lambda _: ())
    assert [[each.id for each in stories] for _, stories in found.pilots] == [["one"]]
    assert "Fits the pilot “New hires in Riga”" in digest_markdown(found)
    assert digest(told, [pilot], since=date(2026, 11, 2), near=lambda _: ()).stories == ()


def test_three_lines_tell_a_story_in_its_own_words_and_ask_to_hear_it_back() -> None:
    told = story("one", text=VISIT, buyer_words="Your demo answers questions I don't have.")
    lines = message(told).splitlines()
    assert lines[0] == "Rode along in Porto yesterday."
    assert "Your demo answers questions" in lines[1]
    assert "nobody has checked it" in lines[2]
    assert "Say it back to me" in lines[3]


def test_a_story_about_the_counterpart_is_never_offered_to_be_told() -> None:
    about = Candidate(story("one", text="My VP walked out of the review.", teller="learning-executive"), 0.9)
    assert choose([about], today=TODAY, asked=True) is None


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Do you have a story I can tell my VP about slow ramp?", "slow ramp"),
        ("How do I brief learning?", "How do I brief learning?"),
    ],
)
def test_a_story_is_looked_for_by_what_it_shall_be_about(asked: str, topic: str) -> None:
    assert topic_of(asked) == topic
