"""Cards of a company's own: read, checked, kept, removed, and what an upgrade does to them."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from support.advice import VP, ask
from support.cards import CARD, card

import knowledge.card_check
from assistant.bootstrap import House, build_house
from assistant.evals.reports import evaluate_reports, report_cases
from assistant.settings import Settings
from knowledge.card_check import check_card
from knowledge.cards import parse_card, shipped_cards
from knowledge.errors import CardError, InputRefusedError
from knowledge.own_cards import OwnCards
from knowledge.progress import silent
from knowledge.store.tables import Document, Instance, Passage

SHIPPED = card()
OWN = CARD.replace("one-team", "two-teams")
TEMPLATE = Path(knowledge.card_check.__file__).parent / "card-template.md"


@pytest.fixture
def own(tmp_path: Path) -> OwnCards:
    """No card of one's own yet, over one shipped card."""
    return OwnCards(tmp_path / "playbook", shipped=[SHIPPED])


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[House]:
    """An instance of this test's own."""
    house = build_house(Settings(data_dir=tmp_path / "data"))
    yield house
    house.close()


def put(own: OwnCards, name: str, text: str) -> Path:
    """As an editor would write it."""
    path = own.files.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def upgraded(own: OwnCards, source: str) -> OwnCards:
    """The same folder under a later version of the project, which ships this card."""
    return OwnCards(own.files.folder, shipped=[card(source)])


class TestReading:
    def test_without_a_folder_the_shipped_cards_are_the_playbook(self, own: OwnCards) -> None:
        playbook = own.playbook()
        assert (playbook.cards, playbook.origins, playbook.errors) == ((SHIPPED,), {}, ())
        assert not own.files.folder.exists()

    def test_a_file_of_another_id_is_added_and_one_of_a_shipped_id_takes_its_place(
        self, own: OwnCards
    ) -> None:
        put(own, "two-teams.md", OWN)
        put(own, "one-team.md", CARD.replace("Take Dallas.", "Take Lisbon."))
        playbook = own.playbook()
        assert [each.id for each in playbook.cards] == ["one-team", "two-teams"]
        assert playbook.origins == {"one-team": "changed", "two-teams": "own"}
        assert playbook.cards[0].section("Say").text == "Take Lisbon."

    def test_a_broken_file_is_named_with_line_and_reason_and_the_rest_loads(self, own: OwnCards) -> None:
        put(own, "two-teams.md", OWN)
        put(own, "one-team.md", CARD.replace("- Take Dallas.", "- Take {Dallas}."))
        playbook = own.playbook()
        (error,) = playbook.errors
        assert (
            error.what
            == f"one-team.md, line {line_of('- Take Dallas.')}: {{Dallas}} is no slot that is known"
        )
        assert [each.id for each in playbook.cards] == ["one-team", "two-teams"]
        assert playbook.cards[0] == SHIPPED

    def test_what_is_no_text_is_named_and_nothing_waits_for_it(self, own: OwnCards) -> None:
        put(own, "latin.md", "").write_bytes(b"---\nid: latin\ntitle: caf\xe9\n")
        (own.files.folder / "folder.md").mkdir()
        os.mkfifo(own.files.folder / "pipe.md")
        assert [error.what for error in own.playbook().errors] == [
            "folder.md is no file of text",
            "latin.md, line 3: this is no UTF-8 text",
            "pipe.md is no file of text",
        ]

    def test_a_change_of_any_file_is_a_change_of_the_state(self, own: OwnCards) -> None:
        states = [own.state()]
        path = put(own, "two-teams.md", OWN)
        states.append(own.state())
        path.write_text(OWN + "\n")
        states.append(own.state())
        path.unlink()
        states.append(own.state())
        assert len(set(states)) == 3
        assert states[0] == states[3]

    def test_what_editors_leave_behind_and_what_is_kept_aside_is_no_card(self, own: OwnCards) -> None:
        for name in ("two-teams.md~", ".two-teams.md.swp", "notes.txt"):
            put(own, name, OWN)
        own.save(OWN)
        own.remove("two-teams")
        assert own.playbook().cards == (SHIPPED,)
        assert own.playbook().errors == ()


class TestChecking:
    @pytest.mark.parametrize(
        ("was", "instead", "says"),
        [
            ("id: one-team", "id: One Team", "front matter, id"),
            ("title: One team first", "title: One: team", "no valid YAML"),
            ("title: One team first", "title: [a, b]", "front matter, title"),
            ("principles: [sv-1]", "principles: [sv-9]", "front matter, principles"),
            ("audience: [sales-vp]", "audience: [boss]", "front matter, audience"),
            ("## Say", "## Shout", "there is no section “Shout”"),
            ("- Take Dallas.", "- Take Dallas [1].", "a number in square brackets"),
            ("- Take Dallas.", "- Take\x1b[31m Dallas.", "a control character (U+001B)"),
            ("- Take Dallas.", "- Take \u202eDallas.", "a control character (U+202E)"),
            ("<!-- lead;", "<!-- leads;", "the note “leads” is not known"),
        ],
    )
    def test_a_card_that_cannot_be_used_is_refused_with_its_line(
        self, was: str, instead: str, says: str
    ) -> None:
        with pytest.raises(CardError, match=r"^one-team\.md, line \d+: ") as refused:
            check_card(CARD.replace(was, instead), name="one-team.md")
        assert says in refused.value.what
        assert f"line {line_of(was)}" in refused.value.what

    @pytest.mark.parametrize(
        "text", ["", " \n\t\n", "# no front matter", "---\n- a list\n---\n", "a" * 50_000]
    )
    def test_what_is_no_card_at_all_is_refused(self, text: str) -> None:
        with pytest.raises(CardError, match=r"^card\.md"):
            check_card(text)

    def test_front_matter_that_only_looks_like_some_is_refused(self) -> None:
        for odd in ("[" * 5_000, "a: 2024-13-45", "a: &a [*a]", "{", "\x00", "? ? ?"):
            with pytest.raises(CardError):
                check_card(f"---\n{odd}\n---\n## Say\n- Yes.\n")

    @given(st.text(max_size=400))
    def test_any_text_is_a_card_or_is_refused(self, text: str) -> None:
        for source in (text, CARD.replace("Take Dallas.", text), CARD.replace("One team first", text)):
            try:
                check_card(source)
            except CardError as error:
                assert error.what

    def test_lengths_are_remarks_and_keep_nobody_from_using_a_card(self) -> None:
        checked = check_card(CARD.replace("- Take Dallas.", "- " + "word " * 36 + "end."))
        assert (
            f"line {line_of('- Take Dallas.')}: 37 words; up to 35 can be said in one breath"
            in checked.remarks
        )
        assert f"line {line_of('## Ask')}: “Ask” has 1 sentences; 3 to 5 are usual" in checked.remarks

    def test_links_and_html_are_remarked_upon(self) -> None:
        (remark,) = [r for r in check_card(CARD.replace("Dallas", "<b>Dallas</b>")).remarks if "HTML" in r]
        assert remark.startswith(f"line {line_of('- Take Dallas.')}: ")

    def test_the_card_to_begin_with_can_be_used_as_it_is(self) -> None:
        assert check_card(TEMPLATE.read_text(encoding="utf-8")).remarks == ()

    def test_every_shipped_card_passes_the_check_of_own_cards(self) -> None:
        for each in shipped_cards():
            check_card(each.digest_source)


class TestKeeping:
    def test_a_card_is_kept_as_a_file_and_nothing_else_is_left(self, own: OwnCards) -> None:
        own.save(OWN)
        assert [path.name for path in own.files.folder.iterdir()] == ["two-teams.md"]
        assert own.source("two-teams") == OWN
        assert own.origin("two-teams") == "own"

    def test_a_refused_card_leaves_the_one_before_in_place(self, own: OwnCards) -> None:
        own.save(OWN)
        with pytest.raises(CardError):
            own.save(OWN.replace("## Say", "## Shout"))
        assert own.source("two-teams") == OWN

    def test_what_was_replaced_or_removed_is_kept_aside(self, own: OwnCards) -> None:
        later = OWN.replace("Dallas", "Lisbon")
        own.save(OWN)
        own.save(later)
        own.save(later)
        aside = own.remove("two-teams")
        assert aside.read_text(encoding="utf-8") == later
        assert sorted(path.read_text(encoding="utf-8") for path in aside.parent.iterdir()) == sorted(
            [OWN, later]
        )
        assert own.origin("two-teams") is None

    def test_removing_a_changed_card_brings_the_shipped_one_back(self, own: OwnCards) -> None:
        own.save(CARD.replace("Dallas", "Lisbon"))
        own.remove("one-team")
        assert own.playbook().cards == (SHIPPED,)
        with pytest.raises(InputRefusedError, match="one-team is a shipped card"):
            own.remove("one-team")

    def test_a_card_that_somebody_else_changed_meanwhile_is_not_written_over(self, own: OwnCards) -> None:
        own.save(OWN)
        own.save(OWN.replace("Dallas", "Lisbon"), over=OWN)
        with pytest.raises(InputRefusedError, match="changed by somebody else"):
            own.save(OWN.replace("Dallas", "Oslo"), over=OWN)
        with pytest.raises(InputRefusedError, match="There is a card one-team already"):
            own.save(CARD.replace("Dallas", "Oslo"), over="")

    @pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", "", "A", "x\n", ".base", "a" * 300])
    def test_what_is_no_id_reaches_no_file(self, own: OwnCards, name: str) -> None:
        for use in (own.source, own.remove, own.origin, own.upgrade, own.leave, own.difference):
            with pytest.raises(InputRefusedError, match="is no id of a card"):
                use(name)


class TestUpgrade:
    def test_a_shipped_card_that_changed_under_ours_is_a_difference(self, own: OwnCards) -> None:
        own.save(CARD.replace("Dallas", "Lisbon"))
        assert own.upgrades() == []
        later = upgraded(own, CARD.replace("They need} one room", "They need} two rooms"))
        (upgrade,) = later.upgrades()
        assert "-- {They need} one room." in upgrade.news
        assert "+- {They need} two rooms." in upgrade.news
        assert later.playbook().cards[0].section("Say").text == "Take Lisbon."
        assert "+- Take Lisbon." in later.difference("one-team")

    def test_left_alone_it_is_not_shown_again_until_the_next_change(self, own: OwnCards) -> None:
        own.save(CARD.replace("Dallas", "Lisbon"))
        second = CARD.replace("one room", "two rooms")
        later = upgraded(own, second)
        later.leave("one-team")
        assert later.upgrades() == []
        assert len(upgraded(own, second.replace("two rooms", "three rooms")).upgrades()) == 1

    def test_a_change_made_in_an_editor_counts_from_when_it_was_first_seen(self, own: OwnCards) -> None:
        put(own, "one-team.md", CARD.replace("Dallas", "Lisbon"))
        own.playbook()
        assert own.upgrades() == []
        assert len(upgraded(own, CARD.replace("one room", "two rooms")).upgrades()) == 1

    def test_a_card_that_is_shipped_no_more_stays_ours(self, own: OwnCards) -> None:
        own.save(CARD.replace("Dallas", "Lisbon"))
        later = OwnCards(own.files.folder, shipped=[])
        (upgrade,) = later.upgrades()
        assert upgrade.shipped == ""
        assert later.playbook().origins == {"one-team": "own"}
        later.leave("one-team")
        assert later.upgrades() == []

    def test_ours_that_became_unreadable_troubles_nobody(self, own: OwnCards) -> None:
        own.save(CARD.replace("Dallas", "Lisbon"))
        own.files.path("one-team").write_bytes(b"\xff\xfe")
        later = upgraded(own, CARD.replace("one room", "two rooms"))
        assert later.upgrades() == []
        assert len(later.playbook().errors) == 1


class TestInUse:
    QUESTION = "Who gets the orchid greenhouse first?"

    def test_a_file_that_appears_answers_the_next_question_and_one_that_leaves_does_not(
        self, instance: House
    ) -> None:
        before = instance.coach
        assert instance.coach is before
        path = put(instance.own_cards, "two-teams.md", OWN.replace("where do we begin", self.QUESTION))
        answer = ask(instance.coach, VP, self.QUESTION)
        assert answer.trace.spine == "two-teams"
        assert not answer.abstained
        assert "Pick one team, not the field." in answer.answer
        path.unlink()
        assert ask(instance.coach, VP, self.QUESTION).trace.spine != "two-teams"
        with instance.store.read() as session:
            assert session.scalar(select(Document.id).where(Document.external_id == "two-teams")) is None

    def test_the_store_holds_what_a_changed_card_says_now(self, instance: House) -> None:
        source = instance.own_cards.source("thirty-minutes")
        assert source is not None
        instance.own_cards.save(source.replace("\n## Do\n", "\n## Do\n- Bring the map of Lisbon.\n", 1))
        instance.live.refresh()
        wanted = select(Passage.text).where(Passage.name == "thirty-minutes#do")
        with instance.store.read() as session:
            (text,) = session.scalars(wanted)
        assert text.startswith("Bring the map of Lisbon.\n")

    def test_own_cards_outlive_a_restart_and_a_reindex(self, instance: House) -> None:
        from knowledge.setup import reembed

        instance.own_cards.save(OWN)
        reembed(instance.store, instance.embedder, own=instance.own_cards)
        again = build_house(instance.settings)
        try:
            assert "two-teams" in again.coach.cards
            with again.store.read() as session:
                assert session.scalar(select(Document.id).where(Document.external_id == "two-teams"))
        finally:
            again.close()

    def test_many_threads_ask_while_a_card_changes_and_each_gets_an_answer(self, instance: House) -> None:
        spines: list[str | None] = []
        instance.coach  # noqa: B018  # built on first use

        def asks() -> None:
            question = "Which team should I give her first?"
            spines.extend(ask(instance.coach, VP, question).trace.spine for _ in range(3))

        threads = [threading.Thread(target=asks) for _ in range(4)]
        for thread in threads:
            thread.start()
        for city in ("Lisbon", "Oslo", "Turin"):
            put(instance.own_cards, "two-teams.md", OWN.replace("Dallas", city))
        for thread in threads:
            thread.join()
        assert len(spines) == 12
        assert all(spines)
        said = instance.coach.cards["two-teams"].section("Say").text
        assert said == "Take Turin."

    def test_a_report_becomes_a_case_and_is_settled_when_its_card_changes(self, instance: House) -> None:
        from assistant.advice.conversation import ask as ask_and_keep

        turn = ask_and_keep(
            "He only ever gives me thirty minutes, how should I use them?",
            role="learning-executive",
            conversation_id=None,
            coach=instance.coach,
            conversations=instance.conversations,
            viewer=instance.viewer,
        )
        first = turn.answer.citations[0]
        instance.feedback.report(
            instance.viewer, turn.message_id, reason="no", passage_id=first.passage_id, card_id=first.card_id
        )
        (case,) = report_cases(instance.feedback, instance.viewer, cards=instance.coach.cards)
        assert (case.role, case.turns) == ("learning-executive", (turn.answer.question,))
        report = evaluate_reports(instance.coach, [case], progress=silent)
        assert (report.cases, report.settled) == (1, 0)
        assert report.failures[0]["card_id"] == first.card_id
        instance.own_cards.save(
            str(instance.own_cards.source(str(first.card_id))).replace("title: ", "title: Our ", 1)
        )
        instance.live.refresh()
        assert instance.feedback.reports(instance.viewer) == []

    def test_a_report_without_its_conversation_is_asked_by_a_reader_of_the_card(
        self, instance: House
    ) -> None:
        from assistant.advice.conversation import ask as ask_and_keep

        turn = ask_and_keep(
            "Which team should I give her first?",
            role="coach",
            conversation_id=None,
            coach=instance.coach,
            conversations=instance.conversations,
            viewer=instance.viewer,
        )
        instance.feedback.report(
            instance.viewer, turn.message_id, reason="no", passage_id="win-rate#formula", card_id="win-rate"
        )
        instance.conversations.erase(instance.viewer, turn.conversation_id)
        (case,) = report_cases(instance.feedback, instance.viewer, cards=instance.coach.cards)
        assert (case.turns, case.role) == (
            ("Which team should I give her first?",),
            instance.coach.cards["win-rate"].about.audience[0],
        )
        assert evaluate_reports(instance.coach, [case], progress=silent).settled == 1

    def test_a_change_that_was_not_taken_to_its_end_is_told_again(self, instance: House) -> None:
        from knowledge.setup import ensure_playbook

        instance.own_cards.save(OWN)
        ensure_playbook(instance.store, instance.embedder, own=instance.own_cards, changed=lambda _: None)
        instance.own_cards.save(OWN.replace("Dallas", "Lisbon"))
        told: list[set[str]] = []

        def dies(names: object) -> None:
            told.append(set(names))  # type: ignore[call-overload]  # names of cards
            if len(told) == 1:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ensure_playbook(instance.store, instance.embedder, own=instance.own_cards, changed=dies)
        ensure_playbook(instance.store, instance.embedder, own=instance.own_cards, changed=dies)
        assert told == [{"two-teams"}, {"two-teams"}]
        with instance.store.read() as session:
            assert session.get(Instance, "cards") is not None


def line_of(start: str) -> int:
    """Where a line that holds this stands in the small card."""
    return next(number for number, line in enumerate(CARD.splitlines(), 1) if start in line)


def test_the_small_card_of_these_tests_is_one() -> None:
    assert parse_card(CARD, name="one-team.md") == SHIPPED
