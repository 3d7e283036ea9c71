"""Settings: read once, wrong values named, secrets kept."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.errors import SettingsError
from assistant.settings import Settings, load_settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def variables() -> dict[str, str]:
    """The environment variable of every field."""
    return {
        name: str(field.validation_alias or f"COUNTERPART_{name.upper()}")
        for name, field in Settings.model_fields.items()
    }


def test_without_any_variable_everything_stays_on_this_machine() -> None:
    settings = load_settings()
    assert (settings.host, settings.chat_model, settings.embedding) == ("127.0.0.1", "none", "local")
    assert settings.database_url is settings.chroma_url is settings.openai_api_key is None


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COUNTERPART_DATA_DIR")
    unset = load_settings()
    for variable in variables().values():
        monkeypatch.setenv(variable, "")
    assert load_settings() == unset


def test_what_the_command_line_gives_is_laid_over_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COUNTERPART_PORT", "9000")
    monkeypatch.setenv("COUNTERPART_DATA_DIR", str(tmp_path / "environment"))
    settings = load_settings(data_dir=tmp_path / "given", port=None)
    assert (settings.data_dir, settings.port) == (tmp_path / "given", 9000)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("COUNTERPART_PORT", "many"),
        ("COUNTERPART_PORT", "70000"),
        ("COUNTERPART_EMBEDDING_THREADS", "0"),
        ("COUNTERPART_EMBEDDING", "word2vec"),
        ("COUNTERPART_CHROMA_URL", "chroma:8000"),
        ("COUNTERPART_MODEL", "parrot"),
        ("COUNTERPART_LOG_LEVEL", "LOUD"),
        ("OPENAI_BASE_URL", "ftp://somewhere"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert refused.value.message.startswith(f"{variable} has a value")
    assert variable in refused.value.next_step and "\n" not in refused.value.message


def test_settings_do_not_change_once_they_are_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().port = 1  # type: ignore[misc]  # that it cannot be done is what is tested


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("COUNTERPART_DATABASE_URL", "COUNTERPART_CHROMA_TOKEN", "OPENAI_API_KEY"):
        monkeypatch.setenv(variable, "postgresql://me:hush@db/x")
    settings = load_settings()
    assert "hush" not in f"{settings!r} {settings} {settings.model_dump()}"
    assert settings.openai_api_key and "hush" in settings.openai_api_key.get_secret_value()


def test_a_data_directory_is_absolute_and_knows_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings(data_dir="~/mine").data_dir == tmp_path / "mine"
    monkeypatch.chdir(tmp_path)
    assert load_settings(data_dir="mine").data_dir == tmp_path / "mine"


def test_the_document_lists_every_setting_and_no_other() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(rows) == sorted(variables().values())


def test_the_document_tells_the_default_of_every_setting() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]*) \|", text, flags=re.MULTILINE))
    for name, variable in variables().items():
        default = Settings.model_fields[name].default
        if name != "data_dir":
            assert rows[variable].strip() == ("unset" if default is None else f"`{default}`"), variable
