"""Windows: the stretches of a passage that are embedded and searched, each with its passage's title in front.

A passage scores by its best window, since the embedding model reads 256 tokens and blurs what it reads.
"""

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

WINDOW_WORDS = 160  # below the model's 256 tokens for nearly all prose
OVERLAP_WORDS = 40
_HEAD_CHARACTERS = 160

# A word, a piece of a very long one, or one character of a script that has no spaces.
_WORD = re.compile(r"[⺀-鿿가-힯]|[^\s⺀-鿿가-힯]{1,16}")
_BORDERS = [r"\n{2,}", r"\n", r"(?<=[.!?…])\s+", r"(?<=[;:,])\s+", r"\s+", ""]


def content_hash(text: str) -> str:
    """What a vector is found by: the SHA-256 of exactly the text that was embedded."""
    return hashlib.sha256(text.encode()).hexdigest()


def count_words(text: str) -> int:
    """Words, as the windows count them."""
    return sum(1 for _ in _WORD.finditer(text))


def windows(text: str, *, head: str = "") -> list[str]:
    """Stretches of about 160 words that overlap by about 40, cut at paragraphs and sentences where possible.

    `head` (title, headings) stands in front of each. Empty for a text without content.
    """
    lead = f"{head[:_HEAD_CHARACTERS].strip()}\n" if head.strip() else ""
    return [lead + stretch for stretch in split(text, WINDOW_WORDS, OVERLAP_WORDS)]


def split(text: str, words: int, overlap: int = 0) -> list[str]:
    """`text` in stretches of at most `words` words."""
    if count_words(text) <= words:
        return [text.strip()] if text.strip() else []
    return [stretch for stretch in _splitter(words, overlap).split_text(text) if stretch.strip()]


@cache
def _splitter(words: int, overlap: int) -> "RecursiveCharacterTextSplitter":
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=_BORDERS,
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=words,
        chunk_overlap=overlap,
        length_function=count_words,
    )
