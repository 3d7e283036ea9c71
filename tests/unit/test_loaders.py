"""Files to documents, and the reasons why some are left out."""

import io
import json
import re
import time
import zipfile
from pathlib import Path

import pytest

from knowledge.drafts import DraftDocument
from knowledge.errors import DocumentError
from knowledge.loaders import files_under, read_file


def read(path: Path) -> DraftDocument:
    """The one document of a file."""
    (document,) = read_file(path, lambda *_: False)
    assert isinstance(document, DraftDocument)
    return document


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_markdown_is_cut_at_its_headings_and_each_passage_knows_where_it_stood(tmp_path: Path) -> None:
    source = (
        "---\ntitle: Field guide\n---\n# Field guide\nHello.\n\n## Pilots\nOne team.\n\n### Size\nSix reps.\n"
        "```\n# no heading\n```\n\n## Numbers\nWin rate.\n"
    )
    document = read(written(tmp_path, "guide.md", source))
    assert document.title == "Field guide"
    assert [(passage.section, passage.text) for passage in document.passages] == [
        (None, "Hello."),
        ("Pilots", "One team."),
        ("Pilots › Size", "Six reps.\n```\n# no heading\n```"),
        ("Numbers", "Win rate."),
    ]
    assert re.fullmatch(r"guide-[0-9a-f]{8}#2", document.passages[1].name)
    assert document.passages[1].windows[0].text == "Field guide › Pilots\nOne team."


def test_links_and_pictures_leave_their_words(tmp_path: Path) -> None:
    source = (
        "See [the plan](https://example.org/x 'y') and ![a chart](data:image/png;base64,AAAA).<!-- secret -->"
    )
    text = read(written(tmp_path, "a.md", source.replace("'y'", '"y"'))).passages[0].text
    assert text == "See the plan and a chart."


def test_three_dashes_that_are_no_front_matter_are_text(tmp_path: Path) -> None:
    passages = read(written(tmp_path, "a.md", "---\n: [ not yaml\n---\nHello")).passages
    assert passages[-1].text == "Hello"


def test_a_title_is_taken_from_the_name_where_the_file_has_none(tmp_path: Path) -> None:
    assert read(written(tmp_path, "sales-kick_off.txt", "Hello.")).title == "sales kick off"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_whichever_encoding(tmp_path: Path, encoding: str) -> None:
    said = "Der Vertriebschef sagte: „Fünf Prozent mehr Abschlüsse, sonst höre ich auf.“ Das wäre schön. " * 5
    assert (
        "Fünf Prozent mehr Abschlüsse"
        in read(written(tmp_path, "a.txt", said.encode(encoding))).passages[0].text
    )


def test_control_characters_go_and_letters_are_composed(tmp_path: Path) -> None:
    text = read(written(tmp_path, "a.txt", "Cafe\u0301\x07 \u202etxt\r\nnext\x0cpage\ufeff")).passages[0].text
    assert text == "Café txt\nnext\npage"


def test_html_loses_scripts_and_keeps_headings(tmp_path: Path) -> None:
    source = (
        "<html><head><title>Report</title><style>p{}</style></head><h1>Report</h1><p>Ramp time fell.</p>"
        "<script>alert(1)</script><h2>Next</h2><p>Ask.</p><img src='http://example.org/x.png'></body></html>"
    )
    document = read(written(tmp_path, "a.html", source))
    assert document.title == "Report"
    together = "\n".join(passage.text for passage in document.passages)
    assert "Ramp time fell." in together
    assert "alert" not in together
    assert "example.org" not in together
    assert document.passages[-1].section == "Next"


def test_html_nested_without_end_is_read_or_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.html", "<div>" * 5_000 + "deep" + "</div>" * 5_000)
    try:
        assert "deep" in read(path).passages[0].text
    except DocumentError as error:
        assert error.message


def test_word_documents_are_cut_at_their_headings(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("Coaching plan", 1)
    document.add_paragraph("We begin with the Dallas team.")
    document.add_heading("Cadence", 2)
    document.add_paragraph("Every second Friday.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "win rate", "21%"
    document.save(str(tmp_path / "plan.docx"))
    found = read(tmp_path / "plan.docx")
    assert found.title == "Coaching plan"
    assert [passage.section for passage in found.passages] == [None, "Cadence"]
    assert "21%" in found.passages[1].text


def test_slides_know_their_number_and_bring_their_notes(tmp_path: Path) -> None:
    import pptx

    deck = pptx.Presentation()
    for title, notes in (("Results", "Say this slowly."), ("Plan", "")):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = f"About {title.lower()}"
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    deck.save(str(tmp_path / "deck.pptx"))
    passages = read(tmp_path / "deck.pptx").passages
    assert any("Say this slowly." in passage.text and passage.detail["slide"] == 1 for passage in passages)
    assert passages[-1].detail["slide"] == 2
    assert passages[-1].section is not None
    assert passages[-1].section.endswith("slide 2")


def pdf(*pages: str) -> bytes:
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer)
    for text in pages:
        if text:
            sheet.drawString(72, 720, text)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    passages = read(written(tmp_path, "a.pdf", pdf("Win rate rose.", "", "Ramp time fell."))).passages
    assert [(passage.section, passage.text) for passage in passages] == [
        ("page 1", "Win rate rose."),
        ("page 3", "Ramp time fell."),
    ]
    assert passages[1].detail == {"page": 3}


def test_a_pdf_of_pictures_says_that_it_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no text layer"):
        read(written(tmp_path, "scan.pdf", pdf("", "")))


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("secret"))))
    writer.encrypt("word", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(DocumentError, match="protected by a password"):
        read(written(tmp_path, "a.pdf", buffer.getvalue()))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.md", b"", "empty"),
        ("a.txt", b"  \n ", "empty"),
        ("a.md", b"# Only a heading\n", "holds no text"),
        ("a.txt", b"\x00\x01\x02binary", "no text"),
        ("a.pdf", b"%PDF-1.7 torn", "no PDF that can be read"),
        ("a.docx", b"PK\x03\x04torn", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password, or in the format before 2007"),
        ("a.pptx", b"plain", "damaged"),
        ("a.jsonl", b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_gives_its_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(DocumentError, match=reason):
        list(read_file(written(tmp_path, name, content), lambda *_: False))


def test_an_archive_of_something_else_is_damaged_not_a_crash(tmp_path: Path) -> None:
    for name in ("a.docx", "a.pptx"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("hello.txt", "hello")
        with pytest.raises(DocumentError, match="not what its ending says"):
            read(tmp_path / name)


def test_an_archive_that_would_unpack_to_gigabytes_is_left_closed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    with pytest.raises(DocumentError, match="unpack to far more"):
        read(tmp_path / "bomb.docx")


def test_entities_that_multiply_do_not_fill_the_memory(tmp_path: Path) -> None:
    import docx

    docx.Document().save(str(tmp_path / "good.docx"))
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e11;</x>'
    with zipfile.ZipFile(tmp_path / "good.docx") as good, zipfile.ZipFile(tmp_path / "bad.docx", "w") as bad:
        for name in good.namelist():
            bad.writestr(name, laughs if name == "word/document.xml" else good.read(name))
    with pytest.raises(DocumentError):
        read(tmp_path / "bad.docx")


def test_a_corpus_gives_a_document_for_each_line_and_says_which_lines_are_none(tmp_path: Path) -> None:
    lines = [
        json.dumps({"_id": "d1", "title": "Wins", "text": "A rep won."}),
        "not json",
        json.dumps({"_id": "d2", "text": ""}),
        "",
        json.dumps({"_id": 3, "title": None, "text": "A manager coached."}),
        json.dumps(["a list"]),
    ]
    items = list(read_file(written(tmp_path, "corpus.jsonl", "\n".join(lines)), lambda *_: False))
    documents = [item for item in items if isinstance(item, DraftDocument)]
    assert [(document.external_id, document.title) for document in documents] == [("d1", "Wins"), ("3", "3")]
    assert documents[0].passages[0].windows[0].text == "Wins\nA rep won."
    assert [item.split(" ")[1] for item in items if isinstance(item, str)] == ["2", "3", "6"]


def test_files_of_one_name_have_passages_of_different_names(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    names = {
        read(written(folder, "index.md", "x")).passages[0].name for folder in (tmp_path, tmp_path / "sub")
    }
    assert len(names) == 2


@pytest.mark.parametrize(
    "text", ["[" * 300_000, "![](" * 100_000, "<!--" * 100_000, "> " * 50_000, "*a " * 100_000]
)
def test_text_made_to_be_slow_is_read_in_seconds(tmp_path: Path, text: str) -> None:
    started = time.process_time()
    assert read(written(tmp_path, "a.md", text)).passages
    assert time.process_time() - started < 10


def test_hidden_files_are_passed_over_and_other_kinds_are_named(tmp_path: Path) -> None:
    for name in (".hidden.md", "b.md", "a.md", "movie.mp4"):
        written(tmp_path, name, "x")
    (tmp_path / ".git").mkdir()
    written(tmp_path / ".git", "c.md", "x")
    found = files_under([tmp_path, tmp_path / "a.md"])
    assert [(each.path.name, each.reason) for each in found] == [
        ("a.md", ""),
        ("b.md", ""),
        ("movie.mp4", "No text is read from .mp4."),
    ]


def test_what_is_unchanged_is_not_read_further(tmp_path: Path) -> None:
    path = written(tmp_path, "torn.pdf", b"%PDF torn")
    asked: list[tuple[str, str]] = []
    assert list(read_file(path, lambda *about: bool(asked.append(about)) or True)) == []
    assert asked[0][0] == str(path)
