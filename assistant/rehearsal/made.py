"""How the lines of a counterpart were made, in words: which model was asked, what became of each line, what it took."""

from collections.abc import Sequence

from assistant.chat import Usage
from assistant.rehearsal.voiced import Voiced

Row = tuple[str, str]


def lines_made(voiced: Sequence[Voiced | None]) -> list[Row]:
    """A row for each line that a chat model was asked for, by its number, and then what all of them took."""
    asked = [(at, each) for at, each in enumerate(voiced, 1) if each is not None]
    if not asked:
        return []
    calls = [each.call for _, each in asked]
    used = sum((call.usage for call in calls), Usage())
    rows = [(f"Answer {at}", f"{each.told} {each.call.seconds:.1f} seconds.") for at, each in asked]
    rows += [("Model", "; ".join(dict.fromkeys(f"At {call.place}: {call.model}" for call in calls)))]
    rows += [("Tokens", used.told)] if used.tokens_in else []
    return [*rows, ("Prompts", "Digests " + " ".join(dict.fromkeys(call.prompt for call in calls)))]
