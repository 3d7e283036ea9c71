"""What the contracts of the records share: the person who uses an instance first, and their conversations."""

import pytest

from assistant.storage.conversations import Conversations
from assistant.storage.people import People
from knowledge.store.access import Viewer
from knowledge.store.engine import Store


@pytest.fixture
def conversations(store: Store) -> Conversations:
    return Conversations(store)


@pytest.fixture
def viewer(store: Store) -> Viewer:
    return People(store).current(None)
