"""Files of a graph are looked at before native code reads them."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.chroma import open_folder
from knowledge.errors import IndexUnavailableError
from knowledge.graph_files import cut_short


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of Chroma with one graph on disk; 1,000 vectors make it write one."""
    chroma = open_folder(tmp_path / "chroma")
    chroma.create("cp-test", {"model": "x"})
    rows = np.random.default_rng(0).normal(size=(1_000, 8)).astype(np.float32)
    chroma.upsert("cp-test", np.arange(1_000), rows)
    chroma.query("cp-test", rows[0], 1)
    chroma.close()
    assert list((tmp_path / "chroma").glob("*/header.bin"))
    return tmp_path / "chroma"


def test_a_folder_that_was_closed_is_whole(folder: Path) -> None:
    assert cut_short(folder) is None


def test_a_folder_that_is_not_there_is_whole(tmp_path: Path) -> None:
    assert cut_short(tmp_path / "nowhere") is None


@pytest.mark.parametrize("name", ["header.bin", "data_level0.bin", "length.bin", "link_lists.bin"])
@pytest.mark.parametrize("keep", [0, 30, -1])
def test_a_file_that_is_cut_short_is_noticed_before_chroma_reads_it(
    folder: Path, name: str, keep: int
) -> None:
    (path,) = folder.glob(f"*/{name}")
    path.write_bytes(path.read_bytes()[:keep])
    assert cut_short(folder) == path.parent
    with pytest.raises(IndexUnavailableError, match="cut short"):
        open_folder(folder)


@pytest.mark.parametrize("name", ["header.bin", "data_level0.bin", "length.bin", "link_lists.bin"])
def test_a_file_that_is_gone_is_noticed(folder: Path, name: str) -> None:
    (path,) = folder.glob(f"*/{name}")
    path.unlink()
    assert cut_short(folder) == path.parent


def test_a_layout_that_is_not_known_is_left_to_chroma(folder: Path) -> None:
    (path,) = folder.glob("*/header.bin")
    path.write_bytes((9).to_bytes(4, "little") + path.read_bytes()[4:])
    assert cut_short(folder) is None
