"""Stories as files: front matter and text, CSV, JSONL, Markdown and Word, in and out."""

from contextlib import suppress
from typing import Any

import frontmatter
import yaml

from assistant.errors import InputRefusedError
from assistant.stories.story import Fields

MAX_BYTES = 20_000_000
_FOREIGN = 0.06
"""Share of letters beyond ASCII from which the encoding of a text can be told by them."""
_NAMES = {"date": "happened_on", "words": "buyer_words", "story": "text"}


def read_story_text(content: bytes) -> dict[str, Any]:
    """The fields of one story in Markdown or plain text; front matter may hold some. Raises `InputRefusedError`."""
    text = decoded(content)
    try:
        post = frontmatter.loads(text)
    except (yaml.YAMLError, ValueError, TypeError) as error:
        first = str(error).splitlines()[0]
        raise InputRefusedError(
            f"The front matter of the story cannot be read ({first})", next_step="Mend it or leave it out"
        ) from error
    values = {_NAMES.get(name, name): value for name, value in post.metadata.items()}
    known = {
        name: _plain(value)
        for name, value in values.items()
        if name in Fields.model_fields and value is not None
    }
    return {**known, "text": post.content}


def decoded(content: bytes) -> str:
    """Text in UTF-8, or in whatever other encoding it most likely is. Raises `InputRefusedError` for what is no text."""
    if len(content) > MAX_BYTES:
        raise InputRefusedError(
            f"The file has {len(content) / 1e6:.0f} MB; {MAX_BYTES // 1_000_000} are the most",
            kept="Nothing was kept of it",
            next_step="Split it",
        )
    wide = _wide(content)
    try:
        return content.decode(wide or "utf-8-sig")
    except UnicodeDecodeError:
        if wide or b"\x00" in content:
            raise _no_text() from None
    return _older(content)


def _older(content: bytes) -> str:
    """Text in an encoding of before UTF-8: that of western Windows, unless so many letters are foreign that one can tell."""
    if sum(byte > 127 for byte in content) <= _FOREIGN * len(content):
        with suppress(UnicodeDecodeError):
            return content.decode("cp1252")
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        raise InputRefusedError("The file's encoding cannot be told", next_step="Save it as UTF-8")
    return str(best)


def _wide(content: bytes) -> str | None:
    """The encoding of two bytes a letter that it is in; None where it is in none. Raises `InputRefusedError`."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    if b"\x00" not in content:
        return None
    for encoding, zeros, letters in (
        ("utf-16-le", content[1::2], content[::2]),
        ("utf-16-be", content[::2], content[1::2]),
    ):
        if zeros.count(0) > len(zeros) / 2 and 0 not in letters:  # no sign at its beginning says so
            return encoding
    raise _no_text()


def _no_text() -> InputRefusedError:
    return InputRefusedError("The file is no text", next_step="Save it as text, CSV, JSONL, Markdown or DOCX")


def _plain(value: Any) -> Any:
    """YAML's own types as the fields take them."""
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    return value if isinstance(value, bool) or value is None else str(value)
