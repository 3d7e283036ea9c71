"""The other services a person may set: Azure's chat models, and embeddings from a server, over real local ones."""

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr
from support.chat_service import KEY, chat_service, says, status

from assistant.chat import Prompted
from assistant.errors import ModelError
from assistant.providers import open_chat_model
from assistant.settings import Settings

PROGRAM = Path(sys.executable).with_name("counterpart")
WIDTH = 64


class Words(BaseHTTPRequestHandler):
    """An embedding service: a vector counts a text's words, so that texts with the same words are near."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        data = [
            {"object": "embedding", "index": at, "embedding": self._vector(text)}
            for at, text in enumerate(body["input"])
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        content = json.dumps({"object": "list", "model": "words", "data": data, "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _vector(self, text: str) -> list[float]:
        row = [0.01] * WIDTH
        for word in re.findall(r"\w+", text.lower()):
            row[hashlib.sha256(word.encode()).digest()[0] % WIDTH] += 1.0
        return row

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def words() -> Iterator[str]:
    """The address of such a service."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Words)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def azure(url: str) -> Settings:
    return Settings(
        model="azure:our-deployment",
        azure_openai_endpoint=url.removesuffix("/v1"),
        azure_openai_api_key=SecretStr(KEY),
        openai_api_version="2025-04-01-preview",
        model_retries=0,
    )


def test_azure_is_asked_by_deployment_with_its_version_and_its_own_header() -> None:
    with chat_service(says("Good morning.")) as service:
        model = open_chat_model(azure(service.url))
        assert model is not None
        pieces = list(model.stream([Prompted("user", "Hello")], seconds=30))
        model.close()
        assert service.paths == [
            "/openai/deployments/our-deployment/chat/completions?api-version=2025-04-01-preview"
        ]
        headers = {name.lower(): value for name, value in service.headers[0].items()}
    assert "".join(piece.text for piece in pieces) == "Good morning."
    assert headers["api-key"] == KEY
    assert "authorization" not in headers


@pytest.mark.parametrize(("code", "names"), [(401, "AZURE_OPENAI_API_KEY"), (404, "AZURE_OPENAI_ENDPOINT")])
def test_what_is_wrong_with_azure_is_said_with_azure_s_own_settings(code: int, names: str) -> None:
    with chat_service(status(code)) as service:
        model = open_chat_model(azure(service.url))
        assert model is not None
        with pytest.raises(ModelError) as failed:
            list(model.stream([Prompted("user", "Hello")], seconds=30))
        model.close()
    assert names in str(failed.value)
    assert KEY not in str(failed.value)


def _run(data: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PROGRAM, *arguments, "--data-dir", data],
        check=False,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_a_change_of_the_embedding_model_is_said_and_reindex_does_it(
    words: str, tmp_path: Path, data_dir: Path
) -> None:
    note = tmp_path / "heron.md"
    note.write_text("# Heron\n\nThe heron plan lends the Utrecht team to learning for six weeks.\n")
    remote = {"COUNTERPART_EMBEDDING": "openai-compatible:words", "OPENAI_BASE_URL": words}
    indexed = _run(data_dir, "index", str(note), "--collection", "notes", "--json")
    assert indexed.returncode == 0, indexed.stderr

    refused = _run(data_dir, "search", "heron Utrecht team", "--collection", "notes", "--json", **remote)
    assert refused.returncode in {1, 2}
    assert "reindex" in refused.stderr
    assert refused.stdout == ""

    done = _run(data_dir, "reindex", **remote)
    assert done.returncode == 0, done.stderr
    found = _run(data_dir, "search", "heron Utrecht team", "--collection", "notes", "--json", **remote)
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["results"][0]["title"] == "Heron"
