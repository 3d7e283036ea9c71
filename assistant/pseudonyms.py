"""Names of people and companies, and addresses, replaced before a chat model is called, and put back in what it says."""

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Any, Self

from assistant.chat import ChatModel, Filled, Form, Piece, Prompted
from assistant.stories.known_words import KNOWN, PLACES
from assistant.stories.redact import NameList, Span, find_spans, labels_for
from assistant.stories.surroundings import TITLE_WORDS
from assistant.stories.wordlists import common, first_names, folded, surnames

_LABEL = re.compile(r"\b(Person|Company|Email|Phone|Link|Account) ([A-Z]{1,2})\b")
_ADDRESSES = frozenset({"email", "phone", "link", "account"})
_NAMES = frozenset({"person", "company"})
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_RUN = re.compile(rf"{_NAME.pattern}(?:[ ]{_NAME.pattern})*")
_SHORTEST = 3
_UNUSUAL, _ORDINARY = 3.7, 4.6
"""How common a word is (Zipf): below the first a capital makes it a name, from the second on no list of names does."""


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
        spans = [span for text in texts for span in _spans(text, names)]
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


class Disguised:
    """A chat model that reads pseudonyms; in a form that it fills in, names stand again."""

    def __init__(self, model: ChatModel, names: Pseudonyms) -> None:
        self._model, self._names = model, names
        self.name, self.place = model.name, model.place

    def stream(self, messages: Sequence[Prompted], *, seconds: float) -> Generator[Piece, None, None]:
        """What the model says, still with pseudonyms: one may begin in one piece and end in the next."""
        return self._model.stream(self._hidden(messages), seconds=seconds)

    def fill(
        self,
        messages: Sequence[Prompted],
        form: type[Form],
        *,
        seconds: float,
        waiting: Callable[[], object] = lambda: None,
    ) -> Filled[Form]:
        filled = self._model.fill(self._hidden(messages), form, seconds=seconds, waiting=waiting)
        if filled.form is None:
            return filled
        return Filled(form.model_validate(self._named(filled.form.model_dump())), filled.usage)

    def warm(self) -> None:
        self._model.warm()

    def wake(self) -> None:
        self._model.wake()

    def close(self) -> None:
        self._model.close()

    def _hidden(self, messages: Sequence[Prompted]) -> list[Prompted]:
        return [Prompted(message.speaker, self._names.hide(message.text)) for message in messages]

    def _named(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._names.restore(value)
        if isinstance(value, dict):
            return {name: self._named(each) for name, each in value.items()}
        return [self._named(each) for each in value] if isinstance(value, list | tuple) else value


Disguise = Callable[[Sequence[str]], Pseudonyms]
"""Finds who is named in these texts."""


def undisguised(_: Sequence[str]) -> Pseudonyms:
    """Nothing is replaced."""
    return Pseudonyms({})


def _spans(text: str, names: NameList) -> list[Span]:
    """Addresses first: a name inside one is no name by itself. Of what overlaps, listed names stand, then longer ones."""
    addresses = [span for span in find_spans(text, names=NameList()) if span.kind in _ADDRESSES]
    rest = text
    for span in addresses:
        rest = rest[: span.start] + " " * len(span.text) + rest[span.end :]
    found = [span for span in find_spans(rest, names=names) if span.kind in _NAMES]
    chosen = addresses
    for span in sorted(
        [*found, *_likely(rest)], key=lambda each: (each.why != "listed", each.start - each.end)
    ):
        if all(span.end <= other.start or other.end <= span.start for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda each: each.start)


def _likely(text: str) -> Iterator[Span]:
    """Words that may be names, more of them than a story's masking takes: what is hidden here is put back."""
    for match in _RUN.finditer(text):
        words = [m for m in _NAME.finditer(text, *match.span()) if _may_name(text, m)]
        for first, last in _neighbours(words):
            yield Span(first.start(), last.end(), "person", text[first.start() : last.end()], "recognised")


def _neighbours(words: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """First and last of each stretch of words that follow each other."""
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or words[at].start() - words[at - 1].end() > 1:
            yield words[start], words[at - 1]
            start = at


def _may_name(text: str, word: re.Match[str]) -> bool:
    key = folded(_bare(word.group()))
    if key in KNOWN | PLACES | TITLE_WORDS or len(key) < _SHORTEST or word.group().isupper():
        return False
    listed, usual = key in first_names() or key in surnames(), common(key)
    if word.group()[0].islower():
        return key in first_names() and usual < _UNUSUAL
    if re.search(r"(?:^|[.!?:\n“\"])\s*$", text[: word.start()]):  # any word begins a sentence with a capital
        return listed and usual < _ORDINARY
    return usual < _UNUSUAL or (listed and (usual < _ORDINARY or key in first_names()))


def _words(span: Span) -> str:
    return _bare(span.text)


def _bare(words: str) -> str:
    return re.sub(r"[’']s$", "", words)


def _label(found: dict[str, str], span: Span) -> str:
    """“[person B]” as “Person B”; one that is alone has a letter as well."""
    folded = " ".join(re.sub(r"[’']s\b", "", span.text).lower().split())
    kind, _, letter = found[f"{span.kind}:{folded}"].strip("[]").partition(" ")
    return f"{kind.capitalize()} {letter or 'A'}"
