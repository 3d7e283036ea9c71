"""Every sentence the coach frames an answer with, and every prompt, is a file here, one folder a feature.

A file is YAML with front matter fields (`purpose`, `version`) and `phrases`; `phrase` renders strictly: a missing or an
extra value is an error.
"""

import string
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_HERE = Path(__file__).parent


class PhraseBook(BaseModel):
    """One file of phrases."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str
    version: int
    phrases: dict[str, str]


@cache
def phrase_book(feature: str) -> PhraseBook:
    """The phrases of one feature, from `prompts/<feature>/phrases.yaml`."""
    return PhraseBook.model_validate(
        yaml.safe_load((_HERE / feature / "phrases.yaml").read_text(encoding="utf-8"))
    )


@cache
def digest(feature: str) -> str:
    """Short digest of a feature's phrases, kept with each answer that they framed."""
    return sha256((_HERE / feature / "phrases.yaml").read_bytes()).hexdigest()[:12]


def phrase(feature: str, name: str, /, **values: str) -> str:
    """The phrase with its values put in. Raises KeyError for an unknown phrase, ValueError for a wrong set of values."""
    template = phrase_book(feature).phrases[name]
    wanted = {field for _, field, _, _ in string.Formatter().parse(template) if field}
    if wanted != set(values):
        raise ValueError(f"the phrase {feature}/{name} takes {sorted(wanted)}, not {sorted(values)}")
    return template.format(**values)
