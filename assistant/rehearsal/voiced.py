"""What became of one line of his that a chat model was to word: kept with the rehearsal, and told to whoever asks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from assistant.chat import Call
from prompts import phrase

Fault = Literal["empty", "long", "role", "coaching", "agreement", "facts", "secret", "lost", "added", "again"]
"""Why words of a model may not stand for a line of his; each is told as `not-…` in the phrases."""


Kept = Mapping[str, Any]
"""What is written down of a model's part in one line."""


@dataclass(frozen=True)
class Voiced:
    """`text` stands, and it is the model's own unless `why` says why not: a verdict, or how the model failed.

    `failed` says it to the learner where the model itself failed, and not its words.
    """

    text: str
    why: str | None
    call: Call
    failed: str | None = None

    @property
    def by_model(self) -> bool:
        """Whether the words are the model's."""
        return self.why is None

    @property
    def told(self) -> str:
        """Who worded this line, and if not the model, why."""
        if self.why is None:
            return phrase("rehearsal", "voiced-by-model")
        if self.why in get_args(Fault):
            return phrase("rehearsal", "voiced-not", why=phrase("rehearsal", f"not-{self.why}"))
        return phrase("rehearsal", "not-voiced", why=self.why)

    def kept(self) -> dict[str, Any]:
        """As it is written down beside the line, whose words stand there."""
        return {"why": self.why, "failed": self.failed is not None, **asdict(self.call)}


def voiced_from(kept: Kept | None, text: str) -> Voiced | None:
    """What was written down; None where no model was asked, or where it cannot be read."""
    if not kept:
        return None
    values = dict(kept)
    why, failed = values.pop("why", None), values.pop("failed", False)
    try:
        call = Call(**values)
    except TypeError:
        return None
    return Voiced(text, why, call, phrase("rehearsal", "not-voiced", why=str(why)) if failed else None)
