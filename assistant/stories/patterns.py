"""Identities that have a form: addresses, numbers, links; and amounts of money where they are confidential."""

import re
from collections.abc import Iterator
from typing import Literal

_DOT = r"(?:\.|\s?(?:\(dot\)|\[dot\])\s?)"
_EMAIL = re.compile(rf"[\w.+'-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[a-zA-Z]{{2,}}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"”’]+[^\s<>\"”’.,;:!?)]|\b(?:linkedin|xing)\.com/[^\s<>\"”]+")
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z]\w{2,}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d.,]\d)")
_NUMBER = re.compile(r"(?<![\w.,/])(?:\+|00|\(0|\(\+?|0)[\d()\s./-]{6,22}\d(?![\w%])|(?<![\w.,/])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w%])")  # fmt: skip
_CALLED = re.compile(r"\b(?:tel|phone|mobile|cell|call|ring|reach|whatsapp|number)\b\W{0,3}(?:\w+\W{1,2}){0,4}$", re.IGNORECASE)  # fmt: skip
_REGIONS = ("GB", "US", "DE", "FR", "ES", "IT", "NL", "AU", "IN", "ZA")

_UNIT = r"(?:k|m|mn|bn|thousand|million|billion|mio|mrd)\b"
_AMOUNT = re.compile(
    rf"(?:[€£$¥₹]|\b(?:EUR|USD|GBP|CHF|AUD|CAD|SEK|NOK|DKK|PLN|INR|ZAR|BRL)\b)\s?\d[\d.,' ]*\d?\s?(?:{_UNIT})?"
    rf"|\b\d[\d.,']*\s?(?:{_UNIT})?\s?(?:[€£$¥₹]|(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds|quid|francs?|rand|rupees|kronor|zloty)\b)"
    rf"|\b\d[\d.,]*\s?(?:k|m|mn|bn|million|billion)\b",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:confidential(?:ly)?|in confidence|under (?:an? )?nda|not (?:yet )?public|off the record|between (?:us|you and me|ourselves)"
    r"|do ?n[o']t (?:share|repeat|pass)|not for sharing|keep (?:this|that|it) (?:quiet|private|to yourself)|secret|internal only|strictly internal)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\d)[^.!?\n]+)*[.!?\n]*")
Form = Literal["email", "phone", "link", "account"]


def patterned(text: str) -> Iterator[tuple[int, int, Form]]:
    """Stretches that are an address, a link or a number of somebody's."""
    for match in _EMAIL.finditer(text):
        yield *match.span(), "email"
    for pattern in (_LINK, _HANDLE):
        for match in pattern.finditer(text):
            yield *match.span(), "link"
    for match in _IBAN.finditer(text):
        if _iban(match.group()):
            yield *match.span(), "account"
    for match in _CARD.finditer(text):
        if _luhn(match.group()):
            yield *match.span(), "account"
    yield from _phones(text)


def amounts(text: str, *, all_of_them: bool = False) -> Iterator[tuple[int, int]]:
    """Sums of money in sentences that call them confidential, or everywhere."""
    for sentence in _SENTENCE.finditer(text):
        if all_of_them or _SECRET.search(sentence.group()):
            for match in _AMOUNT.finditer(sentence.group()):
                start = sentence.start() + match.start()
                yield start, start + len(match.group().rstrip(" ,."))


def _phones(text: str) -> Iterator[tuple[int, int, Form]]:
    """By form first, so that dates and sums are none; then by the numbering plans, or by the words before it."""
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if not 8 <= len(digits) <= 15 or re.fullmatch(r"(?:19|20)\d{6}", digits):
            continue
        start, end = match.start(), match.start() + len(match.group().rstrip())
        named = _CALLED.search(text[max(0, start - 40) : start]) is not None
        if named or any(_possible(match.group(), region) for region in _REGIONS):
            yield start, end, "phone"


def _possible(number: str, region: str) -> bool:
    from phonenumbers import NumberParseException, is_possible_number, parse

    try:
        return is_possible_number(parse(number, region))
    except NumberParseException:
        return False


def _iban(text: str) -> bool:
    """The check of ISO 13616: the number modulo 97 is 1."""
    bare = re.sub(r"\s", "", text)
    if not 15 <= len(bare) <= 34:
        return False
    turned = bare[4:] + bare[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


def _luhn(text: str) -> bool:
    """The check of ISO/IEC 7812."""
    digits = [int(each) for each in text if each.isdigit()][::-1]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)) % 10 == 0
