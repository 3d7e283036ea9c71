"""What the openai client and a server may raise, in the words of whoever set the model up."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import ModelError, ModelFault

if TYPE_CHECKING:
    import openai

_KEPT = "Answers are composed from the playbook meanwhile"
_NO_MODEL = re.compile(
    r"(?:model|deployment)\b.{0,80}?(?:not found|not exist)|(?:unknown|no such) model|model_not_found|deploymentnotfound"
)
_BUSY = 503
_VERSION = re.compile(r"/v\d")


@dataclass(frozen=True, slots=True)
class Named:
    """What a model is called in a message: its place, its name, and the settings that say so."""

    place: str
    model: str
    key_setting: str
    place_setting: str

    def error(self, fault: ModelFault, what: str, brief: str, next_step: str) -> ModelError:
        """An error that names this model."""
        who = f"The chat model {self.model} at {self.place}"
        return ModelError(f"{who} {what}", fault=fault, brief=brief, kept=_KEPT, next_step=next_step)

    def address_step(self, otherwise: str) -> str:
        """What to do about an address that leads nowhere; the usual slip is named first."""
        if self.place_setting != "OPENAI_BASE_URL" or _VERSION.search(urlsplit(self.place).path):
            return otherwise
        return f"{self.place_setting} has no /v1 at its end, as most servers want it: try {self.place.rstrip('/')}/v1"


def no_key(named: Named) -> ModelError:
    """A service that wants a key, and there is none."""
    return named.error(
        "key", "needs a key", "it has no key", f"Set {named.key_setting}, or COUNTERPART_MODEL=none"
    )


def too_slow(named: Named, seconds: float) -> ModelError:
    """The time is up."""
    return named.error(
        "time",
        f"did not answer within {round(seconds, 1):g} seconds",
        f"it did not answer within {round(seconds, 1):g} seconds",
        "Try again later, or allow more with COUNTERPART_MODEL_SECONDS",
    )


def asked_to_wait(named: Named, seconds: float, *, busy: bool = False) -> ModelError:
    """Status 429, or 503 from a server that is `busy`, with a time that is longer than anybody would wait."""
    wait = f"asks to wait {round(seconds, 1):g} seconds"
    if busy:
        return named.error(
            "server", f"is busy and {wait}", f"its server is busy and {wait}", "Try again later"
        )
    return named.error(
        "quota",
        f"takes no more for now and {wait}",
        "its rate or its quota is used up",
        "Wait, or look at the limits of the account",
    )


def cut_off(named: Named) -> ModelError:
    """The reply stopped in the middle."""
    return named.error(
        "cut", "broke off in the middle of its reply", "its reply broke off", "Ask again in a moment"
    )


def no_words(named: Named) -> ModelError:
    """A reply without any text."""
    return named.error(
        "empty",
        "sent a reply without words; it may have declined",
        "it sent no words and may have declined",
        "Put the question in other words, or choose another model",
    )


def no_room(named: Named) -> ModelError:
    """The limit of tokens was reached before a word was said: the model thinks, and thought all the while."""
    return named.error(
        "empty",
        "used all its tokens before it said a word: it thinks first",
        "it used all its tokens before it said a word",
        "Allow more with COUNTERPART_MODEL_TOKENS, or choose a model that does not think aloud",
    )


def loading(named: Named) -> ModelError:
    """A server that is there, and not ready."""
    return named.error("server", "is still being loaded", "it is still being loaded", "Ask again in a moment")


def refused(named: Named) -> ModelError:
    """The model or its filter declined."""
    return named.error(
        "refused", "declined to answer this", "it declined to answer this", "Put the question in other words"
    )


def unreadable(named: Named) -> ModelError:
    """Something came that is not of the protocol."""
    return named.error(
        "unreadable",
        "sent something that is no reply of a chat model",
        "its reply could not be read",
        named.address_step(
            f"Check {named.place_setting}: it must lead to a server that speaks OpenAI's protocol"
        ),
    )


def web_page(named: Named) -> ModelError:
    """HTML came: from a proxy, a login page or a web site."""
    return named.error(
        "unreadable",
        "did not answer, a web page came instead",
        "a web page came in place of its reply",
        named.address_step(
            f"Check {named.place_setting}, and whether a proxy or a login page stands in between"
        ),
    )


def no_model(named: Named) -> ModelError:
    """The server is there and does not know the name."""
    return named.error(
        "model",
        "is not known there",
        "no such model is known there",
        "Check the name in COUNTERPART_MODEL, letter by letter, and that this server has it",
    )


def translated(error: Exception, named: Named, *, seconds: float, begun: bool) -> ModelError:  # noqa: PLR0911  # a line for each kind
    """The error of the tree for whatever the client raised; `begun` says that words had come before."""
    import openai

    if isinstance(error, ModelError):
        return error
    if isinstance(error, openai.APITimeoutError):
        return too_slow(named, seconds)
    if isinstance(error, openai.APIStatusError):
        return _status(error, named)
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return refused(named)
    if isinstance(error, openai.APIConnectionError):
        return cut_off(named) if begun else _unreachable(named)
    if isinstance(error, openai.APIError):  # the server reports a fault inside the stream
        return named.error("server", "failed on its side", "its server failed", "Try again later")
    return cut_off(named) if begun else unreadable(named)


def _unreachable(named: Named) -> ModelError:
    return named.error(
        "address",
        "cannot be reached",
        "it cannot be reached",
        f"Check that it runs, and its host and port in {named.place_setting}",
    )


def _status(error: "openai.APIStatusError", named: Named) -> ModelError:
    """By status; the server's own words are not passed on, since they may repeat a key or the question."""
    code, words = error.status_code, f"{error.code or ''} {error.message}".lower()
    if (told := _by_words(error, words, named)) is not None:
        return told
    by_status: dict[int, tuple[ModelFault, str, str, str]] = {
        401: ("key", "does not accept the key", "it does not accept the key", f"Check {named.key_setting}"),
        403: (
            "rights",
            "does not let this key use it",
            "this key may not use it",
            f"Check the rights of the key in {named.key_setting}",
        ),
        404: (
            "model",
            "is not known there",
            "no such model or address is known there",
            named.address_step(f"Check {named.place_setting}, and the name in COUNTERPART_MODEL"),
        ),
        408: ("time", "gave up waiting", "it took too long", "Try again later"),
        429: (
            "quota",
            "takes no more for now: its rate or its quota is used up",
            "its rate or its quota is used up",
            "Wait, or look at the limits and the credit of the account",
        ),
    }
    known = by_status.get(code)
    if known is not None:
        return named.error(*known)
    if code >= 500:
        return named.error(
            "server", f"failed on its side (status {code})", "its server failed", "Try again later"
        )
    return _bad_request(words, named)


def _by_words(error: "openai.APIStatusError", words: str, named: Named) -> ModelError | None:
    """Where the reply says more than its status."""
    code = error.status_code
    if code < 500 and "html" in error.response.headers.get("content-type", ""):
        return web_page(named)
    if code == _BUSY and "loading" in words:
        return loading(named)
    if code == 405:  # another program's address
        return unreadable(named)
    if code in {400, 404, 422} and _NO_MODEL.search(words):
        return no_model(named)
    if code == 429 and "insufficient_quota" in words:
        return named.error(
            "quota",
            "takes no more: its quota is used up",
            "its quota is used up",
            "Look at the credit and the limits of the account: waiting does not help",
        )
    return _bad_request(words, named) if code in {400, 413, 422} else None


def _bad_request(words: str, named: Named) -> ModelError:
    if any(
        sign in words for sign in ("context", "too long", "maximum length", "too many tokens", "too large")
    ):
        return named.error(
            "too-long",
            "takes less text than this conversation and its passages have",
            "the conversation is too long for it",
            "Start a new conversation, or choose a model that takes more",
        )
    if "content_filter" in words or "content management policy" in words:
        return refused(named)
    return named.error(
        "request",
        "does not accept the request",
        "it does not accept the request",
        "Check COUNTERPART_MODEL, COUNTERPART_MODEL_TEMPERATURE and COUNTERPART_MODEL_TOKENS",
    )
