"""Themes that field stories are grouped by: what people live through with buyers, named in plain words."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

_FILE = Path(__file__).with_suffix(".yaml")


class FieldTheme(BaseModel):
    """A theme: sentences that tell of it, a pattern of words that speak for it, and metrics and stages that do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    words: str
    signs: tuple[str, ...]
    metrics: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()


@cache
def field_themes() -> tuple[FieldTheme, ...]:
    """Every theme, in the order of its file."""
    return TypeAdapter(tuple[FieldTheme, ...]).validate_python(yaml.safe_load(_FILE.read_text("utf-8")))
