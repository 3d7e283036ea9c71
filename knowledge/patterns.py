"""Patterns that are compiled when they are first used: hundreds of them cost each command a sixth of its time."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any


class Later:
    """A pattern as `re.compile` would make it, made at its first use."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """As for `re.compile`; a wrong pattern is found when it is used."""
        self.pattern, self.flags = pattern, flags

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def search(self, text: str, *within: int) -> re.Match[str] | None:
        """As `re.Pattern.search`; `within` are the first place and the last."""
        return self._made.search(text, *within)

    def match(self, text: str, *within: int) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self._made.match(text, *within)

    def fullmatch(self, text: str, *within: int) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self._made.fullmatch(text, *within)

    def finditer(self, text: str, *within: int) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._made.finditer(text, *within)

    def findall(self, text: str, *within: int) -> list[Any]:
        """As `re.Pattern.findall`."""
        return self._made.findall(text, *within)

    def split(self, text: str, maxsplit: int = 0) -> list[str | Any]:
        """As `re.Pattern.split`."""
        return self._made.split(text, maxsplit)

    def sub(self, repl: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As `re.Pattern.sub`."""
        return self._made.sub(repl, text, count)
