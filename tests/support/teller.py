"""A process that keeps telling stories in a data directory until it is killed: `python -m support.teller DIR NAME`.

Each story is named on stdout once it is kept.
"""

import sys
from datetime import date
from itertools import count
from pathlib import Path

from assistant.storage.people import People
from assistant.storage.stories import FieldStories
from assistant.stories.log import prepare
from assistant.stories.redact import NameList
from assistant.stories.story import read_fields
from knowledge.embeddings import LocalEmbedder
from knowledge.index import open_index
from knowledge.store.engine import Store, sqlite_url


def main(data_dir: Path, name: str) -> None:
    """Tell stories, one after the other, for ever."""
    store, embedder = Store.open(sqlite_url(data_dir)), LocalEmbedder(threads=1)
    index = open_index(store, data_dir=data_dir, model=embedder.name, dimensions=embedder.dimensions)
    stories, viewer = FieldStories(store, embedder, index), People(store).current(None)
    for number in count():
        title = f"{name}-{number}"
        fields = read_fields({"text": f"The buyer of {title} asked who trains the wards.", "title": title})
        stories.add(viewer, prepare(fields, names=NameList(), today=date(2026, 11, 23), masking="off"))
        print(title, flush=True)  # noqa: T201  # that is the acknowledgement


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
