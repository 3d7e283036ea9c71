"""What is said instead of advice: declining, one human sentence, handing over the part that belongs to somebody else."""

import re

from assistant.advice.answer import Understood
from assistant.advice.compose import say
from knowledge.cards import Card

_HUMAN: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "thanks",
            r"\b(thanks?|thank you|thx|cheers|appreciate|that helped|helpful|perfect|great,? (?:that|i'?ll))\b",
        ),
        (
            "complaint",
            r"\b(useless|rubbish|wrong|bad answer|doesn'?t help|not helpful|nonsense|stupid|terrible|you missed|generic)\b",
        ),
        ("goodbye", r"\b(bye|goodbye|see you|good ?night|talk (?:later|soon)|ciao)\b"),
        (
            "greeting",
            r"^\W*(hi|hello|hey|good (?:morning|afternoon|evening)|morning|yo|howdy)\b|\bare you there\b",
        ),
        ("about", r"\b(who|what) are you\b|\bwhat can you do\b|\bhow do you work\b"),
    )
)


def human_sentence(text: str) -> str:
    """One human sentence and nothing else, for a message that asks for no advice."""
    for kind, pattern in _HUMAN:
        if pattern.search(text):
            return say(f"human-{kind}")
    return say("human-vent")


def refusal(understood: Understood, nearest: Card | None) -> str:
    """Why there is no answer, in one sentence, and the nearest thing there is help with."""
    if understood.language != "en":
        near = [say("language-nearest", title=nearest.title)] if nearest else []
        return " ".join([language_limit(understood), *near])
    scope = understood.scope
    sentences = [say(scope)]
    if nearest is not None:
        sentences.append(say(f"{scope}-nearest", title=nearest.title))
    return " ".join(sentences)


def hand_off(understood: Understood) -> str | None:
    """The sentence that gives the part that isn't ours to whoever has it."""
    return say(f"hand-off-{understood.hand_off}") if understood.hand_off else None


def language_limit(understood: Understood) -> str:
    """That only English is understood, said in the user's language."""
    return say("language" if understood.language == "other" else f"language-{understood.language}")
