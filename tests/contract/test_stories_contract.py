"""Field stories in an instance, on either database: found at once, by whom they are meant for, never overwritten."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from pydantic import SecretStr
from sqlalchemy import create_engine, select, text

import knowledge.store.engine as engine_module
from assistant.advice.conversation import Turn, ask
from assistant.bootstrap import House, build_house
from assistant.cli.story_files import written
from assistant.errors import InputRefusedError, NotFoundError
from assistant.settings import Settings
from assistant.storage.stories import Batch, StoryChangedError
from assistant.stories.files import read_stories
from assistant.stories.importing import Planned
from assistant.stories.log import prepare
from assistant.stories.story import Story, read_fields
from knowledge.store import tables
from knowledge.store.access import Viewer
from knowledge.store.engine import Store, sqlite_url

QUESTION = "Do you have a story I can tell my VP about slow ramp of new hires?"
RAMP = (
    "A new hire in Riga waited until week nine for her first call, since nobody had shown her a ward round."
)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An instance on each database in turn."""
    url = (
        SecretStr(request.getfixturevalue("postgres").new_database())
        if request.param == "postgresql"
        else None
    )
    chroma = request.getfixturevalue("chroma_url") if url else None
    built = build_house(
        Settings(data_dir=tmp_path_factory.mktemp("stories"), database_url=url, chroma_url=chroma)
    )
    yield built
    built.close()


@pytest.fixture(autouse=True)
def no_stories(house: House) -> Iterator[None]:
    """Each test begins without stories."""
    yield
    for person in house.people.list():
        viewer = house.people.current(person.id)
        for removed in (False, True):
            for each in house.stories.list(viewer, removed=removed):
                if each.owner_id == viewer.person_id:
                    house.stories.erase(viewer, each.id)


def viewer_of(house: House, role: str) -> Viewer:
    return house.people.current(next(each.id for each in house.people.list() if each.role == role))


def log(house: House, words: str, viewer: Viewer | None = None, **values: object) -> Story:
    who = viewer or house.viewer
    shared = values.pop("visibility", None)
    prepared = prepare(
        read_fields({"text": words, **values}),
        names=house.name_list(who),
        today=datetime.now(UTC).date(),
        visibility=shared,  # type: ignore[arg-type]  # one of the three, as the tests write it
    )
    return house.stories.add(who, house.tagged(prepared))


def asked(house: House, question: str, viewer: Viewer | None = None, conversation: str | None = None) -> Turn:
    return ask(
        question,
        role="learning-executive",
        conversation_id=conversation,
        coach=house.coach,
        conversations=house.conversations,
        viewer=viewer or house.viewer,
    )


def told(turn: Turn) -> list[str]:
    return [each.passage_id for each in turn.answer.citations if each.kind == "story"]


def test_a_story_is_in_the_next_answer_word_for_word_and_an_anecdote_says_so(house: House) -> None:
    story = log(house, RAMP)
    turn = asked(house, QUESTION)
    assert told(turn) == [story.id]
    assert RAMP in turn.answer.answer
    assert "anecdote" in turn.answer.answer
    assert turn.answer.rests_on_anecdotes
    assert turn.answer.as_contract()["rests_on_anecdotes"]
    assert "invented" not in turn.answer.answer
    (citation,) = [each for each in turn.answer.citations if each.kind == "story"]
    assert citation.quote in citation.text == story.text


def test_an_answer_that_a_card_stands_behind_rests_on_no_anecdote_alone(house: House) -> None:
    log(house, RAMP)
    answer = asked(house, "How do I use thirty minutes with my VP?").answer
    assert answer.citations
    assert not answer.rests_on_anecdotes


def test_a_story_that_is_asked_for_is_told_although_its_matter_is_out_of_reach(house: House) -> None:
    night = log(house, "The night shift in Bremen never saw our trainer, and the buyer said so.")
    assert told(asked(house, "Do you have a story about the night shift?")) == [night.id]
    assert asked(house, "Do you have a story about football?").answer.abstained


def test_without_a_story_of_ones_own_only_an_invented_example_comes_and_is_called_one(house: House) -> None:
    turn = asked(house, QUESTION)
    assert all(each.startswith("sample-") for each in told(turn))
    assert "invented" in turn.answer.answer


def test_a_story_is_told_once_in_a_conversation(house: House) -> None:
    story = log(house, RAMP)
    first = asked(house, QUESTION)
    again = asked(house, QUESTION, conversation=first.conversation_id)
    assert told(first) == [story.id]
    assert story.id not in told(again)


def test_a_measured_story_names_its_number_and_source(house: House) -> None:
    log(house, RAMP, figure="9 weeks", figure_source="the CRM")
    assert "“9 weeks” (“the CRM”)" in asked(house, QUESTION).answer.answer


def test_an_answer_about_something_else_tells_no_story(house: House) -> None:
    log(house, "The chef sent the lettuce back because it came wet on a Friday.")
    assert told(asked(house, "My VP cut our budget. What do I say?")) == []


def test_a_private_story_reaches_nobody_else_by_list_search_id_or_answer(house: House) -> None:
    vp = viewer_of(house, "sales-vp")
    story = log(house, RAMP, visibility="me")
    assert house.stories.list(vp) == []
    assert house.near_stories(RAMP, vp) == []
    assert story.id not in told(asked(house, QUESTION, vp))
    with pytest.raises(NotFoundError):
        house.stories.get(vp, story.id)
    assert [each.story.id for each in house.near_stories(RAMP, house.viewer)] == [story.id]


def test_a_story_for_the_pair_reaches_the_pair_and_nobody_beside_it(house: House) -> None:
    story = log(house, RAMP, visibility="pair")
    outsider = house.people.current(house.people.add("Somebody else", "sales-vp").id)
    assert told(asked(house, QUESTION, viewer_of(house, "sales-vp"))) == [story.id]
    assert house.near_stories(RAMP, outsider) == []


def test_two_workspaces_whose_stories_differ_in_one_word_see_only_their_own(house: House) -> None:
    other = another_workspace(house.store)
    ours = log(house, RAMP)
    theirs = log(house, RAMP.replace("Riga", "Porto"), other)
    for viewer, mine in ((house.viewer, ours), (other, theirs)):
        assert [each.id for each in house.stories.list(viewer)] == [mine.id]
        assert [each.story.id for each in house.near_stories(RAMP, viewer)] == [mine.id]
    assert told(asked(house, QUESTION)) == [ours.id]
    house.stories.erase(other, theirs.id)


def another_workspace(store: Store) -> Viewer:
    with store.write() as session:
        workspace = tables.Workspace(name="Another company")
        session.add(workspace)
        session.flush()
        person = tables.Person(workspace_id=workspace.id, name="Theirs", role="sales-vp")
        session.add(person)
        session.flush()
        return Viewer(workspace.id, person.id)


def test_of_two_who_edit_at_once_the_second_is_told_and_overwrites_nothing(house: House) -> None:
    story = log(house, RAMP)
    changed = house.stories.change(house.viewer, story.id, story.fields.changed(region="Riga"), version=1)
    assert changed.version == 2
    with pytest.raises(StoryChangedError, match="meanwhile") as refused:
        house.stories.change(house.viewer, story.id, story.fields.changed(region="Oslo"), version=1)
    assert refused.value.story.fields.region == "Riga"
    assert house.stories.get(house.viewer, story.id).fields.region == "Riga"


def test_a_change_is_searched_at_once_and_the_words_before_it_are_not(house: House) -> None:
    story = log(house, RAMP)
    house.stories.change(
        house.viewer,
        story.id,
        story.fields.changed(title="The chef", text="The chef sent it back."),
        version=1,
    )
    ((found,), (gone,)) = (
        house.near_stories(words, house.viewer) for words in ("The chef sent it back.", RAMP)
    )
    assert found.relevance > 0.8
    assert gone.relevance < 0.5


def test_what_is_taken_out_is_in_no_answer_and_comes_back_and_an_erased_one_does_not(house: House) -> None:
    story = log(house, RAMP)
    house.stories.remove(house.viewer, story.id)
    assert house.near_stories(RAMP, house.viewer) == []
    assert story.id not in told(asked(house, QUESTION))
    house.stories.restore(house.viewer, story.id)
    assert told(asked(house, QUESTION)) == [story.id]
    house.stories.erase(house.viewer, story.id)
    with pytest.raises(NotFoundError):
        house.stories.get(house.viewer, story.id, removed_too=True)
    with house.store.read() as session:
        assert session.scalar(select(tables.Passage.id).where(tables.Passage.name == story.id)) is None


def test_somebody_elses_story_is_read_and_not_changed(house: House) -> None:
    story, vp = log(house, RAMP), viewer_of(house, "sales-vp")
    assert house.stories.get(vp, story.id).text == RAMP
    for change in (house.stories.remove, house.stories.erase):
        with pytest.raises(InputRefusedError, match="somebody else"):
            change(vp, story.id)


def test_two_tellings_are_named_and_merged_into_one_that_points_at_the_other(house: House) -> None:
    again = f"{RAMP} Her manager found out from payroll."
    one = log(house, RAMP)
    assert [each.id for each, _ in house.duplicates(read_fields({"text": again}), house.viewer)] == [one.id]
    other = log(house, again)
    kept = house.stories.merge(house.viewer, one, other, one.fields.changed(text=other.text))
    assert kept.linked == (other.id,)
    assert [each.id for each in house.stories.list(house.viewer)] == [one.id]


def test_what_was_masked_is_kept_only_if_asked_and_for_its_teller_alone(house: House) -> None:
    who, vp = house.viewer, viewer_of(house, "sales-vp")
    prepared = prepare(
        read_fields({"text": "Sandra Okafor said no."}),
        names=house.name_list(who),
        today=datetime.now(UTC).date(),
    )
    without, with_them = (
        house.stories.add(who, prepared),
        house.stories.add(who, prepared, keep_originals=True),
    )
    assert house.stories.originals(who, without.id) == {}
    assert house.stories.originals(who, with_them.id) == {"[person]": "Sandra Okafor"}
    assert house.stories.originals(vp, with_them.id) == {}


def test_a_database_with_data_in_it_moves_forward_and_keeps_it(data_dir: Path) -> None:
    data_dir.mkdir()
    url = sqlite_url(data_dir)
    config = Config()
    config.set_main_option("script_location", str(Path(engine_module.__file__).parent / "migrations"))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(text("UPDATE workspace SET name = 'Ours'"))
    engine.dispose()
    store = Store.open(url)
    with store.read() as session:
        assert session.scalars(select(tables.Workspace.name)).all() == ["Ours"]
        assert session.scalars(select(tables.Story.id)).all() == []
    store.close()


CSV = (
    "ID;Headline;What happened;Date;Stage;Colour\n"
    'a-1;Silence;"=HYPERLINK(""http://x.example"") The buyer, Sandra Okafor, said nothing and signed.";03.04.2026;demo;red\n'
    "a-2;Café;The controller in Köln counted the money in the café and left.;2026-05-01;onboarding;blue\n"
    "a-1;Again;The id of the first row once more.;;;\n"
    "a-3;Ragged;only three\n"
    "a-4;Future;It has not happened yet.;2099-01-01;;\n"
    "a-5;<script>alert(1)</script>;<img src=x onerror=alert(1)> The chef ordered forty cases [1].;;;\n"
)


def brought_in(house: House, name: str, content: bytes) -> tuple[list[Planned], Batch]:
    sheet = read_stories(name, content)
    planned = house.plan_import(sheet, house.viewer)
    return planned, house.stories.import_all(house.viewer, name, sheet.format, planned)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_each_row_of_a_file_comes_in_or_says_why_not_and_the_whole_import_is_undone(
    house: House, encoding: str
) -> None:
    planned, batch = brought_in(house, "told.csv", CSV.encode(encoding))
    assert [each.result for each in planned] == ["new", "new", "left out", "left out", "left out", "new"]
    assert [each.reason.split(" ")[0] for each in planned if each.result == "left out"] == [
        "Row",
        "It",
        "The",
    ]
    kept = {story.id: story for story in house.stories.list(house.viewer)}
    assert kept["a-1"].fields.happened_on == date(2026, 4, 3)
    assert "Sandra" not in kept["a-1"].text
    assert "Köln" in kept["a-2"].text
    assert house.near_stories("a controller who counts", house.viewer)[0].story.id == "a-2"
    assert {each.result for each in house.plan_import(read_stories("told.csv", CSV.encode(encoding)), house.viewer)} == {
        "already here", "left out",
    }  # fmt: skip
    assert house.stories.undo_import(house.viewer, batch.id) == 3
    assert house.stories.list(house.viewer) == []
    assert house.near_stories("a controller who counts", house.viewer) == []


@pytest.mark.parametrize("form", ["csv", "jsonl", "md", "docx"])
def test_what_was_exported_comes_back_as_it_was_and_no_spreadsheet_runs_it(house: House, form: str) -> None:
    brought_in(house, "told.csv", CSV.encode())
    private = house.stories.get(house.viewer, "a-2")
    house.stories.change(house.viewer, "a-2", private.fields, version=private.version, visibility="me")
    before = {story.id: story.fields for story in house.stories.list(house.viewer)}
    content = written(house.stories.list(house.viewer), form)
    if form == "csv":
        cells = [cell for line in csv.reader(content.decode("utf-8-sig").splitlines()) for cell in line]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    for name in before:
        house.stories.erase(house.viewer, name)
    brought_in(house, f"out.{form}", content)
    after = {story.id: story.fields for story in house.stories.list(house.viewer)}
    assert after == before
    assert house.stories.get(house.viewer, "a-2").visibility == "me"


def test_a_word_file_that_would_unpack_to_gigabytes_is_left_closed() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 400_000_000)
    with pytest.raises(InputRefusedError, match="unpack"):
        read_stories("bomb.docx", stream.getvalue())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("told.xls", b"x", "no file of stories"),
        ("told.csv", b"", "no story"),
        ("told.csv", b"colour,size\nred,4\n", "No column holds the story"),
        ("told.csv", b"text,text\na,b\n", "Two columns"),
        ("told.jsonl", b"\n" * 3, "no story"),
        ("told.docx", b"not a zip", "damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_line(name: str, content: bytes, said: str) -> None:
    with pytest.raises(InputRefusedError, match=said):
        read_stories(name, content)
