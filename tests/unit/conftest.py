"""The coach as an instance has it: the real playbook, the real embedding model, the real index."""

from collections.abc import Iterator

import pytest

from assistant.advice.coach import Coach
from assistant.bootstrap import House, build_house
from assistant.settings import Settings


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A fresh instance, set up once for the whole run; whatever this machine has set is overruled."""
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("house"),
        database_url=None,
        chroma_url=None,
        embedding="local",
        embedding_model_dir=None,
    )
    built = build_house(settings)
    yield built
    built.close()


@pytest.fixture(scope="session")
def coach(house: House) -> Coach:
    """The coach of that instance."""
    return house.coach
