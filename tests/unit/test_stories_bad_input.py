"""What nobody should give the stories, as it comes: each is read, or refused in a line, and none does harm."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import InputRefusedError
from assistant.stories.export import stories_csv
from assistant.stories.files import read_stories
from assistant.stories.importing import Planned, plan
from assistant.stories.log import prepare
from assistant.stories.redact import NameList
from assistant.stories.story import SAID_IN_WORDS, Fields, Story, read_fields

TODAY = datetime.now(UTC).date()
HEAD = "id,title,text,date\n"
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "laughter laughter">'
    + "".join(f'<!ENTITY {new} "{10 * f"&{old};"}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><w>&i;</w>"
)


def planned(content: str | bytes, *, known: tuple[str, ...] = ()) -> list[Planned]:
    given = content.encode() if isinstance(content, str) else content
    return plan(
        read_stories("told.csv", given),
        known=known,
        prepare=lambda fields, said: prepare(
            fields, names=NameList(), today=TODAY, visibility=said, masking="off"
        ),
        alike=lambda _: [],
    )


def results(rows: list[Planned]) -> list[tuple[str, str]]:
    return [(each.result, each.reason) for each in rows]


def fields_of(row: Planned) -> Fields:
    assert row.prepared is not None
    return row.prepared.fields


def test_a_paste_of_5_mb_is_refused_and_its_length_is_named() -> None:
    with pytest.raises(InputRefusedError, match=r"5,400,000 characters; 20,000 are the most"):
        read_fields({"text": "and then " * 600_000})


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_csv_in_another_encoding_is_read_as_it_was_written(encoding: str) -> None:
    content = HEAD + "a,Café,The buyer in Köln counted the money in the café; Señora Peña sighed and left.,\n"
    (row,) = planned(content.encode(encoding))
    assert "Köln" in fields_of(row).text
    assert "café" in fields_of(row).text


def test_a_short_csv_of_western_windows_is_read_as_such_and_polish_as_polish() -> None:
    (row,) = planned((HEAD + "a,,The owner in Málaga said no.,\n").encode("cp1252"))
    assert "Málaga" in fields_of(row).text
    told = "Kierownik zakładu w Łodzi powiedział, że przyjdzie później; część zamówienia wróciła."
    (row,) = planned((HEAD + f"a,,{told},\n".replace(", że", " że")).encode("cp1250"))
    assert "części" in fields_of(row).text or "część" in fields_of(row).text


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 200, HEAD.encode() + b"a,,The chef\x00left.,\n"])
def test_a_csv_that_is_no_text_in_any_encoding_is_refused(content: bytes) -> None:
    with pytest.raises(InputRefusedError, match="no text"):
        planned(content)


def test_ragged_rows_are_left_out_and_named_and_the_others_come_in() -> None:
    rows = planned(HEAD + "a,One\nb,Two,The chef ordered forty cases.,\nc,Three,The chef left.,,,x\n\n")
    assert results(rows) == [
        ("left out", "It has 2 cells where the first row has 4"),
        ("new", ""),
        ("left out", "It has 6 cells where the first row has 4"),
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r="])
def test_a_formula_in_any_field_does_not_run_in_an_export_and_comes_back_as_it_was(sign: str) -> None:
    bad = f"{sign}HYPERLINK(A1)"
    told = read_fields(dict.fromkeys(SAID_IN_WORDS, bad) | {"tags": (bad,)})
    content = stories_csv([kept(told)])
    cells = [cell for line in csv.reader(io.StringIO(content)) for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    (row,) = planned(content)
    assert (fields_of(row).team, fields_of(row).text) == (told.team, told.text)


def kept(fields: Fields) -> Story:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    return Story(
        id="one", workspace_id="w", owner_id="o", visibility="me", pair_id=None, fields=fields, grade="anecdote",
        version=1, redactions={}, linked=(), batch_id=None, created_at=now, updated_at=now,
    )  # fmt: skip


def word(document: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return stream.getvalue()


@pytest.mark.parametrize("document", [b" " * 300_000_000, ENTITIES.encode()], ids=["spaces", "entities"])
def test_a_docx_bomb_is_left_closed(document: bytes) -> None:
    with pytest.raises(InputRefusedError):
        read_stories("bomb.docx", word(document))


def test_duplicated_ids_in_a_file_are_left_out_and_those_that_are_here_already_stay_as_they_are() -> None:
    rows = planned(HEAD + "a,One,The chef left.,\na,Two,The cook left.,\nb,Three,All left.,\n", known=("b",))
    assert results(rows) == [("new", ""), ("left out", "Row 1 has the same id"), ("already here", "")]


def test_a_date_in_the_future_is_refused_and_todays_is_not() -> None:
    rows = planned(
        HEAD
        + f"a,,The chef left.,{TODAY + timedelta(days=3)}\nb,,The cook left.,{TODAY}\nc,,All left.,32.13.2026\n"
    )
    assert [each.result for each in rows] == ["left out", "new", "left out"]
    assert "future" in rows[0].reason


def test_the_column_of_sentences_is_the_story_whatever_it_is_called_and_a_field_can_be_left_aside() -> None:
    file = (
        b"Kennung,Bemerkung,Title\n"
        b"1,The controller counted to ten and then she signed.,x\n"
        b"2,He left before the demo had even begun.,y\n"
    )
    sheet = read_stories("told.csv", file, mapping={"title": ""})
    assert sheet.mapping == {"text": "Bemerkung"}
    assert sheet.ignored == ("Kennung", "Title")


def test_who_may_see_a_story_is_what_its_row_says_and_an_unknown_word_is_left_out() -> None:
    rows = planned(
        "text,visibility\nThe chef left.,me\nThe chef came.,Workspace\nThe chef stayed.,the board\n"
    )
    assert [each.prepared and each.prepared.visibility for each in rows] == ["me", "workspace", None]
    assert "Nobody is meant by “the board”" in rows[2].reason
