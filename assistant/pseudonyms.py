"""Names of people and companies, and addresses, replaced before a chat model is called, and put back in what it says."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Self

from assistant.stories.redact import NameList, Span, find_spans, labels_for

_LABEL = re.compile(r"\b(Person|Company|Email|Phone|Link|Account) ([A-Z]{1,2})\b")
_HIDDEN = frozenset({"person", "company", "email", "phone", "link", "account"})


class Pseudonyms:
    """What stands for what in one call. Names that nobody listed are recognised, which misses some."""

    def __init__(self, labels: dict[str, str]) -> None:
        """`labels` by the words that they stand for."""
        self._labels = labels
        self._words = {label: words for words, label in reversed(labels.items())}
        longest = sorted(labels, key=len, reverse=True)
        alternatives = "|".join(re.escape(words) for words in longest)
        self._known = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if labels else None

    @classmethod
    def of(cls, texts: Iterable[str], names: NameList) -> Self:
        """For whoever is named in these texts."""
        spans = [span for text in texts for span in find_spans(text, names=names) if span.kind in _HIDDEN]
        found = labels_for(spans)
        return cls({_words(span): _label(found, span) for span in spans})

    def __len__(self) -> int:
        return len(self._words)

    def hide(self, text: str) -> str:
        """The text as it leaves the machine."""
        return self._known.sub(lambda m: self._labels[m.group()], text) if self._known else text

    def restore(self, text: str) -> str:
        """The text as it is read here."""
        return _LABEL.sub(lambda m: self._words.get(m.group(), m.group()), text)


Disguise = Callable[[Sequence[str]], Pseudonyms]
"""Finds who is named in these texts."""


def undisguised(_: Sequence[str]) -> Pseudonyms:
    """Nothing is replaced."""
    return Pseudonyms({})


def _words(span: Span) -> str:
    return re.sub(r"[’']s$", "", span.text)


def _label(found: dict[str, str], span: Span) -> str:
    """“[person B]” as “Person B”; one that is alone has a letter as well."""
    folded = " ".join(re.sub(r"[’']s\b", "", span.text).lower().split())
    kind, _, letter = found[f"{span.kind}:{folded}"].strip("[]").partition(" ")
    return f"{kind.capitalize()} {letter or 'A'}"
