"""What a claim and the line it is about have in common, as numbers, and what of it is learned from labelled pairs.

The rules say why two sentences speak against each other; how near they are in words, in meaning and in build is weighed by
a logistic regression over these signs (`make citations`), since no single one of them tells a paraphrase from a distortion.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.advice import conflicts, lexicon
from assistant.advice.reading import Reading, actor_of, content, negates, stem

Floats = NDArray[np.float32]
WEIGHTS = Path(__file__).parent / "pairs.json"
_TURNING = frozenset([
    "least", "most", "worst", "best", "never", "always", "every", "all", "last", "after", "different", "other", "longer",
    "yes", "together", "alone", "everyone", "everybody", "only", "without",
])  # fmt: skip
"""Words that turn a sentence: one that the passage does not have, and the user did not say, is somebody's own."""
_SWITCHES = (
    "before", "after", "instead", "only", "first", "until", "unless", "all", "every", "never", "without", "more", "less",
)  # fmt: skip
_KINDS = {
    "time": {"before", "after", "first", "then", "once", "until", "when"},
    "preference": {"instead", "rather", "prefer", "than", "sooner", "over"},
    "limit": {"only", "alone", "just", "solely"},
}
_HE = frozenset(["he", "him", "his", "himself", "he's", "he'd", "he'll"])
_SHE = frozenset(["she", "her", "hers", "herself", "she's", "she'd", "she'll"])
_NEAR = 0.45
"""Cosine of two words from which one may stand for the other."""
_MATCHED, _STRETCH = 0.55, 0.6
"""Share of the claim that a line has, and of the line's stretch that the claim has: then a denial more or less turns it."""


@dataclass(frozen=True)
class Pair:
    """A claim beside the line that it is nearest to. `cosine` and `shared` are the line's, `gap` its lead over the next."""

    claim: Reading
    line: Reading
    passage: Reading
    own: Reading
    same: Mapping[str, str]
    cosine: float
    shared: float
    gap: float
    embed: Callable[[Sequence[str]], Floats]

    def acts(self, reading: Reading) -> list[str]:
        """Who is named in a sentence, in order of appearance."""
        return list(dict.fromkeys(self.same.get(a, a) for token in reading.tokens if (a := actor_of(token))))

    def keys(self, tokens: Iterable[str]) -> list[str]:
        """Stems, and one key for all names of a person."""
        return [f"@{self.same.get(a, a)}" if (a := actor_of(t)) else stem(t) for t in tokens]


@dataclass(frozen=True)
class PairModel:
    """Weights of the signs; `rules` and `alone` are the least probabilities with and without the rules' consent."""

    weights: Mapping[str, float]
    constant: float
    rules: float
    alone: float

    @classmethod
    @cache
    def load(cls, path: Path = WEIGHTS) -> "PairModel":
        """The model kept in a file of JSON."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(kept["weights"], kept["constant"], kept["rules"], kept["alone"])

    def probability(self, signs: Mapping[str, float]) -> float:
        """How likely the claim is borne out."""
        logit = self.constant + sum(weight * signs[name] for name, weight in self.weights.items())
        return float(1 / (1 + np.exp(-logit)))


def signs(pair: Pair) -> dict[str, float]:
    """Everything that the model weighs, by name."""
    return {
        **_nearness(pair),
        **_against(pair),
        **_denials(pair),
        **_people(pair),
        **_build(pair),
        **_turns(pair),
    }


def veto(pair: Pair) -> tuple[str, str] | None:
    """What no nearness makes up for: the kind of distortion, and the word that shows it."""
    claim, line, said = pair.claim, pair.line, pair.own
    filled = {value for value, _ in said.numbers}
    if word := conflicts.number_conflict(claim, line, said.numbers, filled=filled):
        return "number", word
    new = (t for t in claim.tokens if t in _TURNING and t not in pair.passage.words | said.words)
    if word := conflicts.opposite_conflict(claim, line) or next(new, None):
        return "opposite", word
    if word := _stranger(pair):
        return "person", word
    more, matched, stretch = _denials_in_common(pair)
    return ("negation", "not") if more % 2 and matched > _MATCHED and stretch > _STRETCH else None


def only_known_words(pair: Pair) -> bool:
    """Whether each word that carries matter is the line's, or near to one of its words; what the user said is no excuse."""
    others = _content(pair.line)
    missing = [word for word in _content(pair.claim) if stem(word) not in pair.line.stems]
    if not missing or not others:
        return not missing
    return bool(((pair.embed(missing) @ pair.embed(others).T).max(axis=1) >= _NEAR).all())


def _stranger(pair: Pair) -> str | None:
    """Somebody who stands where the line has somebody else, or whom it does not know."""
    if _swapped(pair) or _replaced(pair) or _turned_round(pair):
        return next(iter(pair.acts(pair.claim)), "somebody")
    strangers = {"I", "vp", "learning", "manager", "seller"} & set(_named(pair.claim)) - set(
        _named(pair.line)
    )
    return min(strangers, default=None)


def _named(reading: Reading) -> list[str]:
    return [a for token in reading.tokens if (a := actor_of(token))]


def _nearness(pair: Pair) -> dict[str, float]:
    here, there = _content(pair.claim), _content(pair.line)
    forth, back = _covered(pair, here, there), _covered(pair, there, here)
    missing = float((forth < 1).sum())
    return {
        "cosine": pair.cosine,
        "shared": pair.shared,
        "support": (pair.cosine + pair.shared) / 2,
        "gap": pair.gap,
        "covered": float(forth.mean()),
        "least covered": float(forth.min()),
        "second covered": float(np.sort(forth)[min(1, len(forth) - 1)]),
        "covers": float(back.mean()),
        "least covers": float(back.min()),
        "missing": missing,
        "missing share": missing / max(1, len(here)),
        "words": float(len(here)),
        "length": len(here) / max(1, len(there)),
        "nearly whole": float(pair.shared > 0.85),
        "nearly whole, missing": float(pair.shared > 0.85) * missing,
    }


def _content(reading: Reading) -> list[str]:
    return list(dict.fromkeys(token for token in reading.tokens if content(token)))


def _covered(pair: Pair, words: Sequence[str], others: Sequence[str]) -> Floats:
    """For each word how near the nearest of the others comes: 1 for the same stem, else the cosine of the two."""
    if not words or not others:
        return np.zeros(1, dtype=np.float32)
    known = {stem(word) for word in others} | pair.own.stems
    missing = [word for word in words if stem(word) not in known]
    found = np.ones(len(words), dtype=np.float32)
    if missing:
        nearest = (pair.embed(missing) @ pair.embed(others).T).max(axis=1)
        found[[words.index(word) for word in missing]] = nearest
    return found


def _against(pair: Pair) -> dict[str, float]:
    claim, line, said = pair.claim, pair.line, pair.own
    found = {
        "number": conflicts.number_conflict(claim, line, said.numbers),
        "negation": conflicts.negation_conflict(claim, line),
        "person": conflicts.actor_conflict(claim, line, pair.same),
        "opposite": conflicts.opposite_conflict(claim, line),
        "substitution": conflicts.substitution_conflict(claim, line, said.words | said.stems),
        "order": conflicts.order_conflict(claim, line),
        "addition": conflicts.addition(claim, line, said.stems),
    }
    fired = {name: float(bool(word)) for name, word in found.items()}
    new = {v for v, _ in claim.numbers} - {v for v, _ in said.numbers}
    old = {v for v, _ in line.numbers}
    return {
        **fired,
        "conflicts": sum(fired.values()),
        "antonyms": float(_antonyms(claim, line)),
        "new numbers": float(len(new - old)),
        "numbers new to all": float(len(new - {v for v, _ in pair.passage.numbers})),
        "same numbers": float(len(new & old)),
        "lost numbers": float(len(old - new)),
    }


def _antonyms(claim: Reading, line: Reading) -> int:
    here, there = claim.stems | {stem(w) for w in claim.words}, line.stems | {stem(w) for w in line.words}
    return sum(bool(_opposites().get(word, frozenset()) & there) for word in here - there)


@cache
def _opposites() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for group in conflicts.OPPOSITES:
        for word in group:
            found.setdefault(stem(word), set()).update(stem(other) for other in group if other != word)
    return found


def _denials(pair: Pair) -> dict[str, float]:
    here, there = (sum(_negated(reading.tokens)) for reading in (pair.claim, pair.line))
    more, matched, stretch = _denials_in_common(pair)
    odd = float(more % 2)
    return {
        "denials apart": float(min(abs(here - there), 2)),
        "denials odd": float((here - there) % 2),
        "denials here": float(min(here, 2)),
        "denials there": float(min(there, 2)),
        "denials apart in common": float(min(abs(more), 2)),
        "denials odd in common": odd,
        "matched": matched,
        "stretch": stretch,
        "denials odd, matched": odd * matched * stretch,
    }


def _negated(tokens: Sequence[str]) -> list[bool]:
    return [negates(list(tokens), at) for at in range(len(tokens))]


def _denials_in_common(pair: Pair) -> tuple[int, float, float]:
    """Denials of the claim above those of the stretch of the line it matches; the shares of both that match."""
    here, there = pair.claim.tokens, pair.line.tokens
    matcher = SequenceMatcher(None, pair.keys(here), pair.keys(there), autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if any(map(content, here[b.a : b.a + b.size]))]
    if not blocks:
        return 0, 0.0, 0.0
    start, first = max(0, blocks[0].b - 3), blocks[0].b
    while start < first and any(t in lexicon.FULL_STOPS for t in there[start:first]):
        start += 1
    end = blocks[-1].b + blocks[-1].size
    matched = sum(block.size for block in blocks)
    more = sum(_negated(here)) - sum(_negated(there)[start:end])
    return more, matched / max(1, len(here)), matched / max(1, end - first)


def _people(pair: Pair) -> dict[str, float]:
    here, there = pair.acts(pair.claim), pair.acts(pair.line)
    mine, theirs = pair.claim.doers(pair.same), pair.line.doers(pair.same)
    common = mine.keys() & theirs.keys()
    clash = sum(not mine[word] & theirs[word] for word in common)
    strangers = set(_named(pair.claim)) - set(_named(pair.line))
    return {
        "people apart": float(len(set(here) ^ set(there))),
        "new people": float(len(set(here) - set(there))),
        "lost people": float(len(set(there) - set(here))),
        "people": float(len(here)),
        "same first": float((here[:1] or ["you"]) == (there[:1] or ["you"])),
        "same people in order": float(here == there),
        "doers apart": float(clash),
        "doers apart share": clash / max(1, len(common)),
        "he and she swapped": float(_swapped(pair)),
        "person replaced": float(_replaced(pair)),
        "person turned round": float(_turned_round(pair)),
        **{
            f"new {who}": float(who in strangers)
            for who in ("you", "I", "we", "they", "vp", "learning", "manager", "seller")
        },
    }


def _swapped(pair: Pair) -> bool:
    """Whether he and she have changed places."""
    here, there = _he_and_she(pair.claim), _he_and_she(pair.line)
    return set(here) == set(there) == {"he", "she"} and here[0] != there[0]


def _he_and_she(reading: Reading) -> list[str]:
    return [who for t in reading.tokens for who, words in (("he", _HE), ("she", _SHE)) if t in words]


def _replaced(pair: Pair) -> bool:
    """Whether a person stands where the line, otherwise the same, has another."""
    keys = pair.keys(t for t in pair.claim.tokens if t[0].isalnum())
    lines = [pair.keys(unit) for unit in _sentences(pair.line.tokens)]
    nearest = max(lines, key=lambda line: len(set(line) & set(keys)), default=[])
    for kind, i, j, k, end in SequenceMatcher(None, keys, nearest, autojunk=False).get_opcodes():
        old, new = ({w for w in part if w[0] == "@"} for part in (nearest[k:end], keys[i:j]))
        if kind == "replace" and old and new and old != new:
            return True
    return False


def _sentences(tokens: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for token in tokens:
        if token in lexicon.FULL_STOPS:
            found.append([])
        elif token[0].isalnum():
            found[-1].append(token)
    return [sentence for sentence in found if sentence]


def _turned_round(pair: Pair, *, anybody: bool = True) -> bool:
    """Whether words of one clause stand the other way round in one of the line's, a person among them (or nobody)."""
    for mine in _clauses(pair, pair.claim):
        for theirs in _clauses(pair, pair.line):
            common = [w for w in mine if w in theirs and mine.count(w) == theirs.count(w) == 1]
            if common != [w for w in theirs if w in common] and (
                not anybody or any(w[0] == "@" for w in common)
            ):
                return True
    return False


def _clauses(pair: Pair, reading: Reading) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for token in reading.tokens:
        if token in lexicon.PARTS:
            found.append([])
        elif content(token) or actor_of(token):
            found[-1] += pair.keys([token])
    return found


def _build(pair: Pair) -> dict[str, float]:
    here, there = (
        pair.keys(t for t in reading.tokens if content(t) or actor_of(t))
        for reading in (pair.claim, pair.line)
    )
    run = sum(b.size for b in SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks())
    whole = SequenceMatcher(None, pair.keys(pair.claim.tokens), pair.keys(pair.line.tokens), autojunk=False)
    steps = [step for step in whole.get_opcodes() if step[0] != "equal"]
    short = any(kind == "replace" and j - i <= 2 and n - m <= 2 for kind, i, j, m, n in steps)
    return {
        "run": run / max(1, len(here)),
        "in order": run / max(1, len(set(here) & set(there))),
        "alike": whole.ratio(),
        "turned round": float(_turned_round(pair, anybody=False)),
        "short edit": float(short),
        "short edit, alike": whole.ratio() * short,
        "edits": len(steps) / max(1, len(pair.claim.tokens)),
    }


def _turns(pair: Pair) -> dict[str, float]:
    here, there = pair.claim.words, pair.line.words
    found = {f"{word} or not": float((word in here) != (word in there)) for word in _SWITCHES}
    for kind, words in _KINDS.items():
        found[f"{kind} or not"] = float(bool(words & here) != bool(words & there))
        found[f"{kind} in both"] = float(bool(words & here) and bool(words & there))
    for word in ("before", "after", "only"):
        found[f"new {word}"] = float(word in here - there)
        found[f"lost {word}"] = float(word in there - here)
    return found
