"""Whether a copy in Chroma agrees with the vectors in SQL, as far as a count and a few vectors tell.

Chroma's files tear when a process is killed at the wrong moment: then a collection fails at every call, or
answers from what is left of it.
"""

from collections.abc import Mapping

import numpy as np

from knowledge import shelves
from knowledge.chroma import Chroma
from knowledge.errors import IndexUnavailableError
from knowledge.shelves import Expectation
from knowledge.store.engine import Store


def index_metadata(model: str, dimensions: int) -> dict[str, str | int]:
    """What is written beside a collection; `model` is a name with the digest of its file behind an @."""
    name, _, digest = model.partition("@")
    return {"model": name, "digest": digest, "dimensions": dimensions}


def is_sound(store: Store, chroma: Chroma, collection_id: int, metadata: Mapping[str, str | int]) -> bool:
    """Whether the current copy of a collection can be relied on.

    Raises `IndexUnavailableError` for a server that does not answer: that says nothing about the copy.
    """
    expected = shelves.expectation(store, collection_id)
    if expected.index_name is None:
        return (
            expected.waiting >= expected.windows
        )  # there is none yet, and all that belongs in it is waiting
    try:
        return _agrees(chroma, expected.index_name, expected, metadata)
    except IndexUnavailableError:
        if chroma.remote and not chroma.alive():
            raise
        return False


def _agrees(chroma: Chroma, name: str, expected: Expectation, metadata: Mapping[str, str | int]) -> bool:
    if chroma.metadata(name) != metadata:
        return False
    count = expected.windows if expected.waiting else chroma.count(name)
    # A window without a vector is none of the index's, but to count those without takes a look at each.
    if count != expected.windows and count != expected.with_vector():
        return False
    found = chroma.vectors(name, list(expected.sample))
    same = (np.allclose(found[i], expected.sample[i], atol=1e-4) for i in found)
    return found.keys() == expected.sample.keys() and all(same)
