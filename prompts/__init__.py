"""Every sentence the coach frames an answer with, and every prompt, is a file here, one folder a feature.

Phrases are YAML with front matter fields (`purpose`, `version`) and `phrases`; a prompt is Markdown with front matter
(`purpose`, `version`, `inputs`). Both render strictly: a missing or an extra value is an error.
"""

import string
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import frontmatter
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


class _About(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str
    version: int
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prompt:
    """One prompt: what is sent to a chat model, with places for values."""

    about: _About
    template: str
    digest: str

    def render(self, **values: str) -> str:
        """The text with its values put in, as they are. Raises ValueError for a wrong set of values."""
        if set(self.about.inputs) != set(values):
            raise ValueError(f"the prompt takes {sorted(self.about.inputs)}, not {sorted(values)}")
        return self.template.format(**values)


@cache
def prompt(feature: str, name: str) -> Prompt:
    """The prompt in `prompts/<feature>/<name>.md`. Raises ValueError where it does not name the inputs it has."""
    source = (_HERE / feature / f"{name}.md").read_text(encoding="utf-8")
    post = frontmatter.loads(source)
    about = _About.model_validate(post.metadata)
    wanted = {field for _, field, _, _ in string.Formatter().parse(post.content) if field}
    if wanted != set(about.inputs):
        raise ValueError(f"{feature}/{name}.md names {sorted(about.inputs)} and has {sorted(wanted)}")
    return Prompt(about, post.content, sha256(source.encode()).hexdigest()[:12])
