"""What a model thinks aloud before it answers, taken out of its words.

Servers that know a model's way of thinking send it apart from the words; others leave it at their beginning, between the
two marks that most open models write.
"""

_OPENS, _CLOSES = "<think>", "</think>"


class Thinking:
    """Takes pieces of a reply in order, and gives what of them is no thought."""

    def __init__(self) -> None:
        self._held: str | None = ""
        self.thought = False
        """Whether it began with a thought."""

    def words(self, piece: str) -> str:
        """What of the reply so far can be said now and was not before."""
        if self._held is None:
            return piece
        self._held += piece
        began = self._held.lstrip()
        if began.startswith(_OPENS):
            self.thought = True
            _, closed, rest = began.partition(_CLOSES)
            return self._open(rest.lstrip()) if closed and rest.strip() else ""
        return "" if _OPENS.startswith(began) else self._open(self._held)

    def _open(self, words: str) -> str:
        self._held = None
        return words
