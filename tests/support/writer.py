"""A process that keeps writing into a data directory until it is killed: `python -m support.writer DIR NAME`.

Each document is named on stdout once it was committed.
"""

import sys
from itertools import count
from pathlib import Path

from sqlalchemy import select

from knowledge.index import open_index
from knowledge.store.engine import Store, sqlite_url
from knowledge.store.tables import Collection
from support.content import DIMENSIONS, MODEL, add_collection, add_document

WINDOWS = 200


def texts_of(document: str) -> list[str]:
    """What the windows of this document say."""
    return [f"{document}, window {n}" for n in range(WINDOWS)]


def main(data_dir: Path, name: str) -> None:
    """Write documents and tell the index, for ever."""
    store = Store.open(sqlite_url(data_dir))
    index = open_index(store, data_dir=data_dir, model=MODEL, dimensions=DIMENSIONS)
    with store.read() as session:
        found = session.scalar(select(Collection.id))
    collection = found or add_collection(store)
    for number in count():
        document = f"{name}-{number}"
        with store.write() as session:
            add_document(session, collection, document, texts_of(document))
        print(document, flush=True)  # noqa: T201  # that is the acknowledgement
        index.sync()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
