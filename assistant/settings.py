"""Settings, read once from the environment into one frozen object. Nothing else reads the environment."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """What can be set, each as `COUNTERPART_<NAME>`; an empty variable counts as unset.

    `OPENAI_API_KEY` and `OPENAI_BASE_URL` keep OpenAI's own names.
    """

    model_config = SettingsConfigDict(
        env_prefix="COUNTERPART_", env_ignore_empty=True, frozen=True, extra="ignore", populate_by_name=True
    )

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("counterpart"),
        description="Where this instance keeps everything",
    )
    database_url: SecretStr | None = Field(
        None, description="PostgreSQL instead of the SQLite file in the data directory"
    )
    chroma_url: str | None = Field(
        None, description="A Chroma server instead of the folder in the data directory"
    )
    chroma_token: SecretStr | None = Field(
        None, description="Bearer token for a proxy in front of the Chroma server"
    )
    embedding: str = Field("local", description="local, openai:<name>, or openai-compatible:<name>")
    embedding_model_dir: Path | None = Field(
        None, description="Folder with model.onnx, if the packaged model is not to be used"
    )
    embedding_threads: int = Field(
        2, ge=1, le=64, description="Processor threads for the local embedding model"
    )
    model: str = Field("none", description="Chat model that words the answers; none is the embedded coach")
    host: str = Field("127.0.0.1", description="Address the pages are served on")
    port: int = Field(8501, ge=0, le=65535, description="Port the pages are served on")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "WARNING", description="How much is logged to stderr"
    )
    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(None, validation_alias="OPENAI_BASE_URL")

    @property
    def this_machine_only(self) -> bool:
        """Whether the pages are served on loopback, where no other machine reaches them."""
        return self.host in LOOPBACK

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("chroma_url", "openai_base_url")
    @classmethod
    def _http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value

    @field_validator("embedding")
    @classmethod
    def _embedding(cls, value: str) -> str:
        if value != "local" and not value.startswith(("openai:", "openai-compatible:")):
            raise ValueError("must be local, openai:<name> or openai-compatible:<name>")
        return value

    @field_validator("model")
    @classmethod
    def _model(cls, value: str) -> str:
        if value != "none":
            raise ValueError("only 'none', the embedded coach, is available in this version")
        return value


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment, with what the command line gave laid over them.

    Raises `SettingsError`, one line that names the variable.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # the values are validated here, that is the point
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name if name.isupper() else f"COUNTERPART_{name.upper()}"
        raise SettingsError(
            f"{variable} has a value that cannot be used: {first['msg'].removeprefix('Value error, ')}",
            next_step=f"Correct {variable} or unset it, then try again",
        ) from None
