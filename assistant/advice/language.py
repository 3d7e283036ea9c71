"""Which language a message is in, so that its limit can be said in that language."""

import re
from functools import cache
from typing import Any

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "i",
        "me",
        "my",
        "we",
        "our",
        "you",
        "he",
        "she",
        "they",
        "him",
        "her",
        "them",
        "his",
        "their",
        "it",
        "is",
        "are",
        "was",
        "be",
        "do",
        "does",
        "did",
        "how",
        "what",
        "why",
        "which",
        "who",
        "when",
        "to",
        "of",
        "in",
        "on",
        "for",
        "with",
        "and",
        "or",
        "but",
        "not",
        "no",
        "if",
        "so",
        "that",
        "this",
        "at",
        "from",
        "by",
        "as",
        "can",
        "should",
        "would",
        "will",
        "have",
        "has",
        "just",
        "get",
        "all",
        "any",
        "more",
        "need",
        "want",
    ]
)
_SURE = 0.85


def read_language(text: str) -> str:
    """ISO 639-1 code out of `LANGUAGES`; English unless the text is long enough and clearly is not."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if sum(word in _ENGLISH for word in words) > 0.2 * len(words):
        return "en"
    if not text.isascii() and sum(ord(letter) > 0x24F for letter in text if letter.isalpha()) > len(text) / 4:
        return "other"  # before words are counted, since some scripts put no blanks between them
    if len(words) < 4:
        return "en"
    code, probability = _identifier().classify(text)
    return str(code) if probability > _SURE else "en"


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
