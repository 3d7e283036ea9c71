"""Stories told by processes that are killed at random moments, read meanwhile: `python -m support.soak WRITES`.

Every acknowledged story must be there, found, and there once; none may be there by half.
"""

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from assistant.bootstrap import build_house
from assistant.settings import Settings
from assistant.storage.people import People
from assistant.storage.stories import FieldStories
from knowledge.embeddings import LocalEmbedder
from knowledge.errors import IndexUnavailableError
from knowledge.index import VectorIndex, open_index
from knowledge.samples import STORIES_COLLECTION
from knowledge.search import Search
from knowledge.store import outbox
from knowledge.store.engine import Store, sqlite_url
from knowledge.store.tables import Collection, Document, Passage, Story, Window

TESTS = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a soak saw: acknowledged stories, kills, reads meanwhile, and everything that was wrong."""

    acknowledged: int
    kills: int
    reads: int
    wrong: tuple[str, ...]


def soak(data_dir: Path, writes: int, *, seed: int = 6) -> Soaked:
    """Have `writes` stories told and kill each teller after a few; then look at what is left."""
    moments, told, kills = random.Random(seed), list[str](), 0
    reader = _Reader(data_dir)
    while len(told) < writes:
        teller = _teller(data_dir, f"life{kills}")
        told += _killed(teller, min(moments.randint(4, 25), writes - len(told)), moments.uniform(0, 0.25))
        kills += 1
        reader.start()
    reads = reader.stop()
    return Soaked(len(told), kills, reads, tuple(_look(data_dir, told)) + tuple(reader.wrong))


@dataclass(frozen=True, slots=True)
class Beside:
    """What was acknowledged by a process that holds the index and by commands beside it, and everything wrong."""

    acknowledged: tuple[str, ...]
    wrong: tuple[str, ...]


def beside(data_dir: Path, commands: int) -> Beside:
    """Have one process tell stories without a pause, and `commands` tell one each at the same time."""
    build_house(Settings(data_dir=data_dir)).close()
    teller = _teller(data_dir, "page")
    assert teller.stdout is not None
    first = teller.stdout.readline().strip()
    names = [f"line-{number}" for number in range(commands)]
    running = [_command(data_dir, name) for name in names]
    refused = [f"{name}: {said}" for name, one in zip(names, running, strict=True) if (said := _refusal(one))]
    told = [first, *_killed(teller, 1, 0), *names]
    return Beside(tuple(told), (*refused, *_missing(data_dir, told)))


def _command(data_dir: Path, name: str) -> "subprocess.Popen[str]":
    text = f"The buyer of {name} asked who trains the wards."
    options = ["--text", text, "--set", f"title={name}", "--no-mask", "--data-dir", str(data_dir), "--json"]
    program = Path(sys.executable).with_name("counterpart")
    return subprocess.Popen(
        [program, "story", "add", *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def _refusal(command: "subprocess.Popen[str]") -> str:
    _, said = command.communicate(timeout=240)
    return said if command.returncode else ""


def _missing(data_dir: Path, told: list[str]) -> list[str]:
    house = build_house(Settings(data_dir=data_dir))
    try:
        kept = Counter(story.title for story in house.stories.list(house.viewer))
        near = {each.story.title for each in house.near_stories("who trains the wards", house.viewer, k=500)}
        house.index.sync()
        return [f"{name} is there {kept[name]} times" for name in told if kept[name] != 1] + [
            f"{name} is not found" for name in told if name not in near
        ]
    finally:
        house.close()


class _Reader:
    """Reads in a thread while others write."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir, self.reads, self.wrong = data_dir, 0, list[str]()
        self._end, self._thread = threading.Event(), threading.Thread(target=self._read)

    def start(self) -> None:
        """Begin, once there is a database."""
        if not self._thread.is_alive():
            self._thread.start()

    def stop(self) -> int:
        """How often it read."""
        self._end.set()
        self._thread.join()
        return self.reads

    def _read(self) -> None:
        store = Store.open(sqlite_url(self.data_dir))
        while not self._end.wait(0.02):
            with store.read() as session:
                stories = session.scalar(select(func.count()).select_from(Story))
                documents = session.scalar(select(func.count()).select_from(Document))
            if stories != documents:
                self.wrong.append(f"{stories} stories and {documents} documents at one moment")
            self.reads += 1
        store.close()


def _teller(data_dir: Path, name: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "support.teller", str(data_dir), name]
    return subprocess.Popen(
        command, cwd=TESTS, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": f"{TESTS.parent}"}
    )


def _killed(teller: "subprocess.Popen[str]", after: int, seconds: float) -> list[str]:
    assert teller.stdout is not None
    told = [teller.stdout.readline().strip() for _ in range(after)]
    time.sleep(seconds)
    teller.kill()
    told += [line for line in teller.stdout.read().split("\n")[:-1] if line]
    teller.stdout.close()
    teller.wait()
    assert all(told), "the teller ended by itself"
    return told


def _look(data_dir: Path, told: list[str]) -> list[str]:
    store, embedder = Store.open(sqlite_url(data_dir)), LocalEmbedder(threads=1)
    index = open_index(store, data_dir=data_dir, model=embedder.name, dimensions=embedder.dimensions)
    try:
        viewer = People(store).current(None)
        kept = Counter(story.title for story in FieldStories(store, embedder, index).list(viewer))
        wrong = [f"{title} is there {kept[title]} times" for title in told if kept[title] != 1]
        wrong += _halves(store)
        search = Search(store, embedder, index)
        for title in (told[0], told[len(told) // 2], told[-1]):
            hits, _ = search.search_windows(
                f"The buyer of {title} asked who trains the wards.",
                viewer=viewer,
                collection=STORIES_COLLECTION,
                k=5,
            )
            if not any(f"buyer of {title} asked" in hit.text for hit in hits):
                wrong.append(f"{title} is not found")
        return wrong + _index(store, index)
    finally:
        index.close()
        store.close()


def _halves(store: Store) -> list[str]:
    with store.read() as session:
        stories = set(session.scalars(select(Story.id)))
        searched = select(Document.external_id).join(Passage).join(Window)
        found = Counter(session.scalars(searched.where(Document.kind == "story")))
    return [f"story {each} has {found[each]} windows" for each in stories if found[each] != 1] + [
        f"a window of {each} has no story" for each in found if each not in stories
    ]


def _index(store: Store, index: VectorIndex) -> list[str]:
    with store.read() as session:
        collection = session.scalars(select(Collection.id)).one()
    end = time.monotonic() + 60
    while True:
        try:
            index.sync()
            sound = index.check(collection)
            break
        except IndexUnavailableError as error:
            if time.monotonic() > end:
                return [f"the index stays away: {error.message}"]
            time.sleep(0.1)
    with store.read() as session:
        waiting = outbox.waiting(session)
    return [] if sound and not waiting else [f"the index is sound: {sound}, {waiting} changes wait"]


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        report = soak(Path(folder) / "data", int(sys.argv[1]))
        together = beside(Path(folder) / "together", int(sys.argv[1]) // 50)
    print(report)  # noqa: T201  # its result
    print(f"beside commands: {len(together.acknowledged)} acknowledged, wrong: {together.wrong}")  # noqa: T201  # likewise
    sys.exit(1 if report.wrong or together.wrong else 0)
