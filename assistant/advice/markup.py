"""The few marks that an answer's text may carry, and the parser that sees no others.

Text of people, cards and documents passes through it: images, links, raw HTML and automatic links are never
recognised, whatever the text says, so that they stay the characters they are.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML, RendererProtocol

MARKER = re.compile(r"\s*\[(\d{1,3})\]")
"""A citation's marker, with the blanks before it."""

_RULES = ("paragraph", "list", "blockquote", "emphasis", "hr", "newline", "escape", "backticks")


def answer_parser(renderer: type[RendererProtocol] = RendererHTML) -> MarkdownIt:
    """A Markdown parser for answers."""
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "breaks": True}, renderer_cls=renderer)
    return parser.enable(list(_RULES))
