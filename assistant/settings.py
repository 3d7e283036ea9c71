"""Settings, read once from the environment into one frozen object. Nothing else reads the environment."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DEFAULT_MODEL = "openai:gpt-5.4-mini"
"""What a key alone switches on: quick, and known to the installed openai package."""
MODEL_KINDS = frozenset({"none", "openai", "openai-compatible", "azure", "scripted"})


class Settings(BaseSettings):
    """What can be set, each as `COUNTERPART_<NAME>`; an empty variable counts as unset.

    What OpenAI and Azure have names of their own for keeps those.
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
    model: str | None = Field(
        None,
        description="Chat model that words the answers: none, openai:<name>, openai-compatible:<name>, "
        "azure:<deployment> or scripted:<file>",
    )
    model_seconds: float = Field(
        20.0, ge=0.1, le=600, description="After how many seconds the composed answer is given instead"
    )
    model_tokens: int = Field(900, ge=16, le=32_000, description="The longest reply of the chat model")
    model_temperature: float | None = Field(None, ge=0, le=2, description="How freely the chat model words")
    model_retries: int = Field(1, ge=0, le=5, description="How often a failed request is sent again")
    model_unsupported: Literal["drop", "show"] = Field(
        "drop",
        description="What becomes of the model's sentences that no passage bears out: drop, or show as such",
    )
    pseudonymise: bool = Field(
        False, description="Replace names of people and companies before a chat model is called"
    )
    speech_model_dir: Path | None = Field(
        None, description="Folder with a faster-whisper model, if the packaged one is not to listen"
    )
    host: str = Field("127.0.0.1", description="Address the pages are served on")
    port: int = Field(8501, ge=0, le=65535, description="Port the pages are served on")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "WARNING", description="How much is logged to stderr"
    )
    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(None, validation_alias="OPENAI_BASE_URL")
    openai_api_version: str = Field("2025-04-01-preview", validation_alias="OPENAI_API_VERSION")
    azure_openai_endpoint: str | None = Field(None, validation_alias="AZURE_OPENAI_ENDPOINT")
    azure_openai_api_key: SecretStr | None = Field(None, validation_alias="AZURE_OPENAI_API_KEY")

    otel_endpoint: str | None = Field(None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")

    @property
    def chat_model(self) -> str:
        """The chat model in use. A key for OpenAI alone is enough; one beside another address is not a choice."""
        if self.model is not None:
            return self.model
        return DEFAULT_MODEL if self.openai_api_key and not self.openai_base_url else "none"

    @property
    def this_machine_only(self) -> bool:
        """Whether the pages are served on loopback, where no other machine reaches them."""
        return self.host in LOOPBACK

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("chroma_url", "openai_base_url", "azure_openai_endpoint", "otel_endpoint")
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
    def _model(cls, value: str | None) -> str | None:
        kind, _, name = (value or "none").partition(":")
        if kind not in MODEL_KINDS or (kind != "none" and not name.strip()) or (kind == "none" and name):
            raise ValueError(
                "must be none, openai:<name>, openai-compatible:<name>, azure:<deployment> or scripted:<file>"
            )
        return value

    def check_model(self) -> None:
        """Raises `SettingsError` where the chat model lacks the address that it needs."""
        kind = self.chat_model.partition(":")[0]
        wanting = (
            "OPENAI_BASE_URL"
            if kind == "openai-compatible" and not self.openai_base_url
            else "AZURE_OPENAI_ENDPOINT"
            if kind == "azure" and not self.azure_openai_endpoint
            else None
        )
        if wanting:
            raise SettingsError(
                f"{wanting} is not set, and {self.chat_model} needs the address of its server",
                next_step=f"Set {wanting}, or COUNTERPART_MODEL=none",
            )


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment, with what the command line gave laid over them.

    Raises `SettingsError`, one line that names the variable.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # the values are validated here, that is the point
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name if name.isupper() else f"COUNTERPART_{name.upper()}"
        raise SettingsError(
            f"{variable} has a value that cannot be used: {first['msg'].removeprefix('Value error, ')}",
            next_step=f"Correct {variable} or unset it, then try again",
        ) from None
    settings.check_model()
    return settings
