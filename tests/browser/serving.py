"""The real command, serving a fresh instance for a browser."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def chromium() -> str:
    """Where Chromium is; skips without it, or fails under COUNTERPART_TEST_STRICT=1."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("COUNTERPART_TEST_STRICT") == "1":
            pytest.fail("Chromium is not installed: apt install chromium")
        pytest.skip("Chromium is not installed: apt install chromium")
    return found


@contextmanager
def served(folder: Path, *program: str) -> Iterator[str]:
    """Where `program ui` serves a fresh instance in `folder`; it must end without a traceback."""
    chromium()
    command = [*program, "ui", "--data-dir", str(folder / "data")]
    with (folder / "stderr").open("w") as stderr:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert match, f"{line!r} {(folder / 'stderr').read_text()}"
        yield match.group(0)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) in {0, 130}
        assert "Traceback" not in (folder / "stderr").read_text()
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
