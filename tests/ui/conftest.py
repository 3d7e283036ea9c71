"""The pages on a real instance, through the real router."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest, app_test
from ui_helpers import run

from assistant.bootstrap import House
from ui.house import close_houses, open_house

APP = Path(__file__).parents[2] / "ui" / "app.py"
PATIENCE_S = 60


@pytest.fixture(scope="session", autouse=True)
def no_folder_left_behind() -> Iterator[None]:
    """The framework's test tool makes a temporary folder on import and leaves it to the garbage collector."""
    yield
    app_test.TMP_DIR.cleanup()


@pytest.fixture(scope="session")
def instance_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory that every page test of this run shares; it is set up once."""
    yield tmp_path_factory.mktemp("pages")
    close_houses()


@pytest.fixture
def house(instance_dir: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """The instance that the pages of this test work with."""
    monkeypatch.setenv("COUNTERPART_DATA_DIR", str(instance_dir))
    return open_house()


@pytest.fixture
def page(house: House) -> Callable[..., AppTest]:
    """Opens the application in a new tab, at the address that `query` gives, and runs it once."""

    def open_page(**query: str) -> AppTest:
        tab = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
        for name, value in query.items():
            tab.query_params[name] = value
        return run(tab)

    return open_page
