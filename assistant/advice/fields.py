"""The suggested pilot's fields, as a chat model picks them out of what the user wrote; nothing else may stand in them.

The model fills in a form, which is checked against its shape and then against the conversation: a value whose words,
numbers or denials are not the user's own is left blank, and the playbook's own line stays.
"""

from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict, Field

from assistant.advice.answer import Pilot
from assistant.advice.claims import FOREIGN
from assistant.advice.reading import read
from assistant.chat import ChatModel, Prompted, Usage
from prompts import prompt

_LONGEST = 120


class PilotFields(BaseModel):
    """What somebody said of a pilot; None for what was not said."""

    model_config = ConfigDict(frozen=True)

    group: str | None = Field(None, description="The one team or group to start with, in the user's words")
    outcome: str | None = Field(None, description="The result wanted in that group, in the user's words")
    cadence: str | None = Field(None, description="How often to look at it together, in the user's words")
    stop_rule: str | None = Field(None, description="When to stop, in the user's words")


def pilot_fields(
    model: ChatModel,
    said: Sequence[str],
    *,
    seconds: float,
    waiting: Callable[[], object] = lambda: None,
) -> tuple[PilotFields, Usage]:
    """The fields that the user's messages hold, and what asking took. Raises `ModelError`."""
    text = "\n".join(each.replace("<", "‹").replace(">", "›") for each in said)
    asked = [Prompted("user", prompt("advice", "fields").render(said=text))]
    filled = model.fill(asked, PilotFields, seconds=seconds, waiting=waiting)
    return _borne_out(filled.form or PilotFields(), said), filled.usage


def with_fields(pilot: Pilot, fields: PilotFields) -> Pilot:
    """The pilot with what was said in the place of the playbook's own lines."""
    return pilot.model_copy(update=fields.model_dump(exclude_none=True))


def _borne_out(fields: PilotFields, said: Sequence[str]) -> PilotFields:
    return PilotFields(
        **{
            name: " ".join(value.split())
            for name, value in fields.model_dump(exclude_none=True).items()
            if any(_is_said(value, message) for message in said)
        }
    )


def _is_said(value: str, message: str) -> bool:
    """Whether every word and number of a value is in one message, and none of them is denied there."""
    meant, heard = read(value), read(message)
    if not value.strip() or len(value) > _LONGEST or FOREIGN.search(value) or set("<>[]") & set(value):
        return False
    if " ".join(value.lower().split()) in " ".join(message.lower().split()):
        return not meant.stems & (heard.denied - heard.affirmed - meant.denied)
    numbers = {number for number, _ in meant.numbers} <= {number for number, _ in heard.numbers}
    denied = meant.stems & (heard.denied - heard.affirmed) - meant.denied
    return bool(meant.stems) and meant.stems <= heard.stems and numbers and not denied
