"""Every error a person may meet, as one tree.

    CounterpartError                what happened, what was kept, what to do next
    ├── InputRefusedError           exit 2: the input cannot be used, nothing was changed
    │   ├── SettingsError           a setting has a wrong value; names the variable
    │   ├── NotFoundError           no such record, or not for this person to see
    │   └── AnsweredError           a question that has its answer, or was asked anew meanwhile
    ├── SpeechError                 (refused) sound that cannot be listened to
    ├── ModelError                  the chat model cannot be reached, refuses, or gives nothing that can be used
    └── KnowledgeError              content and the index over it
        ├── CardError               (refused) a playbook card that cannot be read
        ├── DocumentError           (refused) a document that cannot be read
        ├── EmbeddingError          the embedding model or its service
        │   └── EmbeddingMismatchError   (refused) a collection was built with another model
        ├── IndexUnavailableError   the vector index cannot be used now
        └── StoreError              the database cannot be opened, read or written
            └── StoreBusyError      another process holds it

The root and the knowledge branch live in `knowledge/errors.py`, since imports point one way.
"""

from typing import Literal

from knowledge.errors import (
    CardError,
    CounterpartError,
    DocumentError,
    EmbeddingError,
    EmbeddingMismatchError,
    IndexUnavailableError,
    InputRefusedError,
    KnowledgeError,
    StoreBusyError,
    StoreError,
)

__all__ = [
    "AnsweredError",
    "CardError",
    "CounterpartError",
    "DocumentError",
    "EmbeddingError",
    "EmbeddingMismatchError",
    "IndexUnavailableError",
    "InputRefusedError",
    "KnowledgeError",
    "ModelError",
    "NotFoundError",
    "SettingsError",
    "SpeechError",
    "StoreBusyError",
    "StoreError",
]


class SettingsError(InputRefusedError):
    """A setting has a wrong value; the message names the environment variable."""


class NotFoundError(InputRefusedError):
    """No such record, or not one this person may see: the two are not told apart."""


class SpeechError(InputRefusedError):
    """Sound cannot be listened to: unreadable, too long, or what listens is not whole."""


class AnsweredError(InputRefusedError):
    """That question has its answer, or somebody asked it anew: another answer to it is not kept."""


ModelFault = Literal[
    "address",
    "cut",
    "empty",
    "key",
    "model",
    "quota",
    "refused",
    "request",
    "resting",
    "rights",
    "server",
    "time",
    "too-long",
    "unreadable",
]


class ModelError(CounterpartError):
    """The chat model was of no use this time; answers are composed without it.

    `fault` says why in one word, and `brief` in a few, to stand beside an answer.
    """

    def __init__(
        self, what: str, *, fault: ModelFault, brief: str, kept: str = "", next_step: str = ""
    ) -> None:
        super().__init__(what, kept=kept, next_step=next_step)
        self.fault, self.brief = fault, brief
