"""Bytes of a text file to text: byte order marks, UTF-16 with and without one, old Windows encodings."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text with plain line ends and without control characters, and what was odd about its encoding."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _clean(content[len(mark) :].decode(encoding, errors="replace")), []
    if wide := _wide(content):
        return _clean(content.decode(wide, errors="replace")), []
    try:
        return _clean(content.decode("utf-8")), []
    except UnicodeDecodeError:
        return _guessed(content)


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: half of the bytes of Latin text are zero."""
    sample = content[:4_000]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(zeros) > 3 and zeros.count(0) > 0.4 * len(zeros):
            return encoding
    return None


def _guessed(content: bytes) -> tuple[str, list[str]]:
    """A guess needs many foreign letters to rest on; otherwise it is the encoding of western Windows."""
    encoding = "cp1252"
    if sum(byte > 127 for byte in content) > 0.25 * len(content):
        from charset_normalizer import from_bytes

        best = from_bytes(content[:200_000]).best()
        encoding = best.encoding if best is not None else encoding
    text = content.decode(encoding, errors="replace")
    return _clean(text), [f"The file is not UTF-8; it was read as {encoding}. Look at names with accents."]


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return "".join(each for each in text if each >= " " or each in "\n\t")
