"""Themes of the field: where a story belongs, and whether its name says so."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from assistant.stories.draw import draw
from assistant.stories.story import Story, read_fields
from assistant.stories.theme_of import themes_of
from knowledge.embeddings import LocalEmbedder
from knowledge.field_themes import FieldTheme, field_themes

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TOLD = yaml.safe_load((Path(__file__).parent / "told_themes.yaml").read_text("utf-8"))


def stories_of(texts: list[str]) -> list[Story]:
    return [
        Story(
            id=str(at), workspace_id="w", owner_id="o", visibility="workspace", pair_id=None, grade="anecdote", version=1,
            fields=draw(read_fields({"text": text}), today=NOW.date()), redactions={}, linked=(), batch_id=None,
            created_at=NOW, updated_at=NOW,
        )
        for at, text in enumerate(texts)
    ]  # fmt: skip


def found_for(texts: list[str]) -> dict[str, str]:
    embedder, stories = LocalEmbedder(), stories_of(texts)
    signs = embedder.embed([sign for kind in field_themes() for sign in kind.signs])
    vectors = embedder.embed([f"{story.title}\n{story.text}" for story in stories])
    return themes_of(stories, field_themes(), vectors=vectors, signs=signs)


def test_four_of_five_stories_that_have_a_theme_stand_where_a_person_would_put_them() -> None:
    found = found_for([each["text"] for each in TOLD])
    right = {half: [] for half in (0, 1)}  # type: dict[int, list[bool]]
    for at, each in enumerate(TOLD):
        if theme := found.get(str(at)):
            right[at % 2].append(theme in each["themes"])
    for half in right.values():
        assert len(half) >= 24
        assert sum(half) / len(half) >= 0.8


def test_what_has_nothing_to_do_with_selling_has_no_theme() -> None:
    assert found_for(["The cat slept on the warm roof all day.", "xyzzy plugh", "🙂🙂🙂"]) == {}


@pytest.mark.parametrize("theme", field_themes(), ids=lambda theme: theme.id)
def test_a_theme_is_named_in_a_few_plain_words_and_its_pattern_can_be_read(theme: FieldTheme) -> None:
    title, words = theme.title, theme.words
    assert 3 <= len(title.split()) <= 8
    assert not re.search(r"[A-Z]{2,}|-rate|KPI|pipeline", title)
    assert re.compile(words).groups == 0
