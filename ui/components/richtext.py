"""Answers and passages as HTML that holds nothing but text, our few marks and our own buttons.

Everything a user wrote, or a card or document says, passes through here. Text is escaped; images, links, raw
HTML and automatic links are never recognised, so nothing is fetched and nothing leads away from the page.
"""

import re
from collections.abc import Sequence
from html import escape

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from assistant.advice.answer import Citation
from assistant.advice.markup import MARKER, answer_parser
from assistant.advice.sources import is_invented, source_name

_MARKUP = re.compile(r"([\\`*_\[\]<>#$:~|!{}])")
_LINE_SIGNS = re.compile(r"^\s{0,3}(?:#{1,6}\s+|(?P<bullet>[-*+]\s+)|>\s?)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|__)(?=\S)([^*\n]+?)(?<=\S)\1")
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(([^()\s]+)\)")
_COPY = '<button type="button" class="cp-copy" aria-label="Copy these words">Copy</button>'


class _Renderer(RendererHTML):
    """Plain HTML; `[1]` becomes a small link to its source, a quotation gets a copy button."""

    # The parser calls these by their names with four arguments, wanted or not.
    def text(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        known: dict[int, Citation] = env["citations"]
        parts, end = [], 0
        content = tokens[idx].content
        for match in MARKER.finditer(content):
            if citation := known.get(int(match.group(1))):
                env["invented"] = env.get("invented", False) or is_invented(citation)
                before = escape(content[end : match.start()])
                parts.append(_kept_together(before, _marker(citation, env["message"])))
                end = match.end()
        return "".join(parts) + escape(content[end:])

    def blockquote_open(
        self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        env.pop("invented", None)
        return "<blockquote>\n"

    def blockquote_close(
        self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, env: EnvType
    ) -> str:
        # An invented example: it is never handed over as something to tell a real person.
        return "</blockquote>\n" if env.pop("invented", False) else f"{_COPY}</blockquote>\n"


_PARSER = answer_parser(_Renderer)


def answer_html(markdown: str, *, citations: Sequence[Citation], message: str) -> str:
    """An answer's Markdown as HTML; `message` is the id that its markers carry to whoever opens them."""
    known = {citation.marker: citation for citation in citations}
    return (
        f'<div class="cp-answer">{_PARSER.render(markdown, {"citations": known, "message": message})}</div>'
    )


def plain_text(markdown: str) -> str:
    """An answer for the clipboard of a mail: no markers, no asterisks, quotations in their own lines."""
    lines = [re.sub(r"^(>\s?)+", "", line) for line in MARKER.sub("", markdown).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\*\*|__", "", "\n".join(lines))).strip()


def text_html(text: str, *, css_class: str) -> str:
    """Words as they were typed, line by line."""
    lines = "<br>".join(escape(line) for line in text.splitlines())
    return f'<div class="{css_class}" dir="auto">{lines}</div>'


def draft_html(words: str) -> str:
    """What a chat model has said so far, laid out as its answer will be; nothing while it has said nothing."""
    if not words:
        return "<span></span>"
    said = _PARSER.render(words, {"citations": {}, "message": ""})
    label = '<p class="cp-label">Draft: not yet checked against the playbook</p>'
    return f'<div class="cp-draft" aria-busy="true">{said}</div>{label}'


def question_html(text: str, *, message: str) -> str:
    """What somebody asked; the page scrolls to the newest one by its message id."""
    turn = escape(message, quote=True)
    return f'<div class="cp-turn" data-turn="{turn}">{text_html(text, css_class="cp-question")}</div>'


def as_label(text: str, *, limit: int = 200) -> str:
    """Words for a button or a heading, where the framework reads Markdown, icons and formulas into words."""
    line = " ".join(text.split())
    short = line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
    return _MARKUP.sub(r"\\\1", short) or "…"


def file_name(title: str, extension: str) -> str:
    """A file name out of a title: letters, digits and hyphens."""
    words = re.sub(r"[^\w]+", "-", title, flags=re.UNICODE).strip("-_").lower()[:60]
    return f"{words or 'conversation'}.{extension}"


def passage_html(citation: Citation) -> str:
    """The whole passage with the quoted words marked, without the signs that only lay it out."""
    text, words = unmarked(citation.text), unmarked(citation.quote)
    marked = escape(text)
    if words and words in text:
        before, quote, after = text.partition(words)
        marked = f"{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}"
    return "".join(f"<p>{line}</p>" for line in _whole_marks(marked.splitlines()) if line.strip())


def unmarked(text: str) -> str:
    """Markdown as it is read: emphasis, headings, lists and links lose their signs, every word stays."""
    lines = (_LINE_SIGNS.sub(_bullet, line) for line in text.splitlines())
    words = _LINK.sub(r"\1 (\2)", "\n".join(lines))
    return _CODE.sub(r"\1", _EMPHASIS.sub(r"\2", words))


def _bullet(signs: re.Match[str]) -> str:
    return "• " if signs["bullet"] else ""


def definition_list(rows: Sequence[tuple[str, str]]) -> str:
    """Names beside their values, as escaped HTML; each value begins with a capital."""
    shown = [(escape(name), escape(value[:1].upper() + value[1:])) for name, value in rows]
    items = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in shown)
    return f'<dl class="cp-facts">{items}</dl>'


def _kept_together(text: str, marker: str) -> str:
    """A marker never stands alone at the start of a line: it stays with the word before it."""
    head, space, word = text.rpartition(" ")
    return f'{head}{space}<span class="cp-keep">{word}{marker}</span>'


def _marker(citation: Citation, message: str) -> str:
    label = escape(f"Source {citation.marker}: {source_name(citation)}", quote=True)
    where = escape(f"{message}/{citation.marker}", quote=True)
    return (
        f'<sup><a class="cp-cite" href="#source-{citation.marker}" role="button" data-cite="{where}"'
        f' aria-label="{label}" title="{label}">{citation.marker}</a></sup>'
    )


def _whole_marks(lines: Sequence[str]) -> list[str]:
    """A mark that runs over a line's end is closed there and opened again on the next line."""
    result, inside = [], False
    for line in lines:
        opened = f"<mark>{line}" if inside else line
        inside = opened.count("<mark>") > opened.count("</mark>")
        result.append(f"{opened}</mark>" if inside else opened)
    return result
