"""How an answer was made, in words: who worded it, what was given to it, what the check found, what it took."""

from collections.abc import Iterable, Mapping

from assistant.advice.answer import Answer, Made, Sentence, Understood
from assistant.chat import Usage
from knowledge.cards import Card
from prompts import phrase

FACT_NAMES = {
    "date": "by when",
    "deliverable": "what was asked for",
    "symptom": "what is seen today",
    "baseline": "today",
    "target": "wanted",
    "tried": "already tried",
}
"""What facts are called where their own names would not be understood."""


def making(answer: Answer, cards: Mapping[str, Card]) -> list[tuple[str, str]]:
    """Names and values, in the order in which one asks."""
    made = answer.made
    rows = [("Words", _who(answer))]
    if made is not None:
        rows += [("Model", f"At {made.place}: {made.model}" if made.place else made.model)]
        rows += [("What to do", made.remedy)] if made.remedy else []
        rows += [("Check", checked)] if (checked := _checked(made)) else []
        rows += [("It was given", "; ".join(_named(made.passages, cards)))] if made.passages else []
        rows += [("Names", _hidden(made.names_hidden))] if made.names_hidden else []
        rows += [("Read by the model", ", ".join(read))] if (read := model_read(answer.understood)) else []
        rows += [("Suggested by the model", " ".join(made.suggested))] if made.suggested else []
        rows += [("Tokens", Usage(made.tokens_in, made.tokens_out).told)] if made.tokens_in else []
    rows += [("Time", took)] if (took := _took(answer)) else []
    prompts = " ".join(filter(None, (answer.trace.phrases, made.prompt if made else "")))
    return [*rows, ("Prompts", f"Digests {prompts}")] if prompts else rows


def making_line(answer: Answer) -> str | None:
    """The same in one line, for an export; None where no chat model was asked."""
    made = answer.made
    if made is None:
        return None
    parts = [_who(answer).rstrip("."), _checked(made) or "", _took(answer) or ""]
    if made.tokens_in:
        parts.append(Usage(made.tokens_in, made.tokens_out).told)
    return f"{'. '.join(filter(None, parts))}. {made.model}, prompts {made.prompt}."


def left_out(answer: Answer) -> list[tuple[str, str]]:
    """Sentences of the model that may not be shown as the coach's, each with the reason."""
    made = answer.made
    found = [(s.text, why(s)) for s in made.sentences if not s.passed] if made else []
    return [*dict.fromkeys(found)]  # a weak model says one thing many times


def why(sentence: Sentence) -> str:
    """What the check found, in words."""
    return phrase("advice", f"why-{sentence.why}")


def model_read(understood: Understood) -> list[str]:
    """What of the reading is the model's, in words: "group: the Leeds crew", "tried: survey"."""
    known = understood.facts.known()
    return [
        f"{FACT_NAMES.get(name, name)}: {known.get(name, tag_words(tag))}"
        for part in understood.from_model
        for name, _, tag in [part.partition(":")]
    ]


def tag_words(tag: str) -> str:
    """A tag of what was tried, as one says it."""
    return tag if tag == "e-learning" else tag.replace("-", " ")


def _hidden(count: int) -> str:
    return f"{count} {'was' if count == 1 else 'were'} replaced before the call and put back here"


def _who(answer: Answer) -> str:
    made = answer.made
    if made is not None and made.note:
        return made.note
    return phrase("advice", "made-by-model" if answer.mode == "model" else "made-by-playbook")


def _checked(made: Made) -> str | None:
    if not made.sentences:
        return None
    passed = sum(s.passed for s in made.sentences)
    said = f"{passed} of {len(made.sentences)} sentences passed"
    return f"{said}; {len(made.repaired)} sent back once to be put right" if made.repaired else said


def _named(passages: Iterable[str], cards: Mapping[str, Card]) -> list[str]:
    """Passages by the title of their card, each title once."""
    found: dict[str, list[str]] = {}
    for passage in passages:
        card, _, section = passage.partition("#")
        title = cards[card].title if card in cards else passage
        found.setdefault(title, []).append(section.replace("-", " ").capitalize() if card in cards else "")
    return [f"{title} ({', '.join(names)})" if any(names) else title for title, names in found.items()]


def _took(answer: Answer) -> str | None:
    total = answer.timings_ms.get("total")
    if answer.made is not None and answer.mode == "composed":
        total = (total or 0.0) + answer.made.seconds * 1_000
    if total is None:
        return None
    words = f"{total / 1_000:.1f} seconds"
    return f"{words}, {answer.made.seconds:.1f} of them with the model" if answer.made else words
