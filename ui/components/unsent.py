"""Words that somebody types and has not sent: kept while they are typed, there again after a refresh or a crash.

The page's script sends what is typed to `/unsent`. Call `keep_words` before a field is drawn, and `drop_words`
once its words were sent or given up.
"""

import asyncio
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from assistant.bootstrap import House
from assistant.errors import CounterpartError, NotFoundError
from knowledge.store.access import Viewer
from ui.house import open_house
from ui.session import session, set_value, value_of

_MOST_BYTES = 1_000_000
_OLDEST_MS = 366 * 86_400_000


def keep_words(house: House, viewer: Viewer, key: str, default: str = "", *, folded: bool = False) -> None:
    """Give the text field with this key the words typed there last, or `default`, and keep what is typed from now.

    What is `folded` away (in a popover) gets them with every run: the page forgets what it was given for a field
    that was not yet on it.
    """
    now = session()
    now.shown_fields.add(key)
    if key in now.showings and value_of(key) is not None and not folded:
        return
    now.showings.setdefault(key, secrets.token_hex(4))
    kept = house.unsent.of(viewer, key)
    set_value(key, default if kept is None else kept)


def keep_chat_words(house: House, viewer: Viewer, key: str) -> None:
    """The same for a chat input, which shows words that it is given once."""
    now = session()
    now.shown_fields.add(key)
    if key not in now.showings:
        now.showings[key] = secrets.token_hex(4)
        set_value(key, house.unsent.of(viewer, key) or "")


def words_wait(house: House, viewer: Viewer, key: str) -> bool:
    """Whether words for this field were found when the tab was opened, and are neither sent nor given up."""
    now = session()
    if now.waiting_words is None:
        now.waiting_words = set(house.unsent.fields(viewer))
    return key in now.waiting_words


def drop_words(house: House, viewer: Viewer, *keys: str) -> None:
    """The words of these fields were sent, or their author let them go."""
    for key in keys:
        showing = session().showings.pop(key, "")
        house.unsent.drop(viewer, key, showing=showing)
        (session().waiting_words or set()).discard(key)


def begin_again(key: str) -> str:
    """Give a field that stays on the page the name of a new showing."""
    session().showings[key] = showing = secrets.token_hex(4)
    return showing


def put_words(house: House, viewer: Viewer, key: str, words: str) -> None:
    """Keep words for this field that came from elsewhere, so that a refresh finds them there."""
    if house.unsent.of(viewer, key) != words:
        house.unsent.keep(viewer, key, words, showing=begin_again(key))


def read_again(keys: Iterable[str]) -> None:
    """Have these fields show what is kept for them, since newer words arrived after they were drawn."""
    for key in keys:
        session().showings.pop(key, None)
    session().waiting_words = None


def fields_to_keep() -> dict[str, str]:
    """Each field on the page whose words are kept, with the name of this showing."""
    now = session()
    return {key: now.showings[key] for key in sorted(now.shown_fields) if key in now.showings}


class _Typed(BaseModel):
    person: str = Field(max_length=64)
    field: str = Field(max_length=200)
    showing: str = Field(max_length=64)
    step: int = Field(ge=0, le=2**31 - 1)
    text: str
    age_ms: int = Field(default=0, ge=0, le=2**53)


async def take_unsent(request: Request) -> Response:
    """`POST /unsent`: what stands in a field now. 201 where that was news, 4xx for what no page of ours sends."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return Response(status_code=413)
    try:
        typed = _Typed.model_validate_json(bytes(body))
        news = await asyncio.to_thread(_keep, typed)
    except (ValidationError, NotFoundError):
        return Response(status_code=400)
    except CounterpartError:  # a full disk, say: the words stay in the field
        return Response(status_code=503)
    return Response(status_code=201 if news else 204)


def _keep(typed: _Typed) -> bool:
    house = open_house()
    viewer = house.people.current(typed.person)
    age = timedelta(milliseconds=min(typed.age_ms, _OLDEST_MS))
    return house.unsent.keep(viewer, typed.field, typed.text, showing=typed.showing, step=typed.step, age=age)


def as_data(viewer: Viewer) -> dict[str, Any]:
    """What the page's script needs to know."""
    return {"person": viewer.person_id, "fields": fields_to_keep()}
