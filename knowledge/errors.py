"""The root of the error tree, and the branch for content and the index over it.

The whole tree is drawn in `assistant/errors.py`; it starts here because nothing in this folder may import that one.
"""


class CounterpartError(Exception):
    """Something a person can act on: what happened, what was kept, what to do next.

    `exit_code` is what the command line returns: 2 for refused input, 1 for a fault outside the input.
    """

    exit_code = 1

    def __init__(self, what: str, *, kept: str = "", next_step: str = "") -> None:
        self.what, self.kept, self.next_step = what.rstrip("."), kept.rstrip("."), next_step.rstrip(".")
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """One line, in the order a person needs it."""
        return " ".join(f"{part}." for part in (self.what, self.kept, self.next_step) if part)


class InputRefusedError(CounterpartError):
    """What was given cannot be used; nothing was changed."""

    exit_code = 2


class KnowledgeError(CounterpartError):
    """Content or the index over it."""


class CardError(KnowledgeError, InputRefusedError):
    """A playbook card that cannot be read; names file, line and reason."""


class DocumentError(KnowledgeError, InputRefusedError):
    """A document that cannot be read; the others of the same run are kept."""


class EmbeddingError(KnowledgeError):
    """The embedding model is missing, not the one expected, or its service failed."""


class EmbeddingMismatchError(EmbeddingError, InputRefusedError):
    """A collection was built with another embedding model than the one configured."""


class IndexUnavailableError(KnowledgeError):
    """The vector index cannot be used now; answers come from the exact search meanwhile."""


class StoreError(KnowledgeError):
    """The database cannot be opened, read or written."""


class StoreBusyError(StoreError):
    """Another process holds the database or the folder for longer than we are willing to wait."""
