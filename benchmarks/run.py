"""`make bench`: how fast the parts are, each beside a baseline of the same run.

Machines differ and are shared; the ratios are what may be compared.
"""

import json
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
from sqlalchemy import select

from assistant.bootstrap import House, build_house
from assistant.moves import Recogniser, Utterance
from assistant.moves.sentences import sentences
from assistant.review.acts import Acts, ActsModel
from assistant.review.findings import Judge
from assistant.review.labelled import read_talks
from assistant.review.review import review
from assistant.review.transcript import Transcript, Turn
from assistant.review.verdicts import Verdicts
from assistant.settings import Settings
from assistant.stories.log import prepare
from assistant.stories.redact import NameList
from assistant.stories.story import read_fields
from knowledge.cards import shipped_cards
from knowledge.embeddings import MAX_TOKENS, Floats, LocalEmbedder, unit
from knowledge.exact import ExactScan
from knowledge.index import VectorIndex, open_index
from knowledge.ingest import ingest_paths
from knowledge.playbook_drafts import card_draft
from knowledge.search import Search
from knowledge.store import vectors
from knowledge.store.access import Viewer
from knowledge.store.engine import Store, sqlite_url
from knowledge.store.tables import SYSTEM_PERSON, WORKSPACE, Collection
from knowledge.windows import content_hash

T = TypeVar("T")
R = TypeVar("R")

DOCUMENTS = 20_000
QUESTIONS = 50
VIEWER = Viewer(WORKSPACE, SYSTEM_PERSON)


def main() -> None:
    """Run all, one line a figure."""
    texts = [window.text for card in shipped_cards() for window in card_draft(card).windows()]
    embedding(texts)
    with TemporaryDirectory(prefix="counterpart-bench-") as folder:
        retrieval(Path(folder), texts)
    with TemporaryDirectory(prefix="counterpart-bench-") as folder:
        telling(Path(folder))
    reviewing()


def telling(data_dir: Path) -> None:
    """From keeping a story to finding it, where some are there already, beside embedding its words alone."""
    house = build_house(Settings(data_dir=data_dir))
    try:
        told = [f"The buyer of harbour {n} asked who trains crane {n} at night." for n in range(30)]
        for text in told[:20]:
            _told_and_found(house, text)
        alone = median(_times(house.embedder.embed_one, told[20:]))
        found = _times(partial(_told_and_found, house), told[20:])
        remark = f"{median(found) / alone:.0f} times embedding it; slowest {1_000 * max(found):.0f}"
        say("a story kept and found, ms", 1_000 * median(found), remark)
        for each in house.stories.list(house.viewer):
            house.stories.remove(house.viewer, each.id)
        spent = _times(partial(_told_in_an_answer, house), list(_ASKED))
        say(
            "a story saved and told in an answer, ms",
            1_000 * median(spent),
            f"slowest {1_000 * max(spent):.0f}",
        )
    finally:
        house.close()


_ASKED = {
    "slow ramp of new hires": "Six new hires in Riga took thirty weeks to a deal, since nobody took them along.",
    "discounts at the end of a quarter": "A mill got a discount at the end of the quarter, and had signed before.",
    "demos that nobody asked for": "Our demo took forty minutes, and nobody had asked for a demo.",
    "renewals that we lost": "We lost a renewal: the ferry line had heard from us only in October.",
    "managers who have no time to coach": "The manager in Turin had no time to coach: she sent notes at night.",
}
"""What is asked for, and what is told just before."""


def _told_in_an_answer(house: House, about: str) -> None:
    """From pressing Keep to an answer that tells the story, without the page around it."""
    prepared = prepare(read_fields({"text": _ASKED[about]}), names=NameList(), today=date(2026, 11, 23))
    story = house.stories.add(house.viewer, house.tagged(prepared))
    question = f"Do you have a story about {about}?"
    answer = house.coach.advise(question, role="learning-executive", viewer=house.viewer)
    assert story.text in {each.text for each in answer.citations if each.kind == "story"}, question


def _told_and_found(house: House, text: str) -> None:
    prepared = prepare(read_fields({"text": text}), names=NameList(), today=date(2026, 11, 23), masking="off")
    story = house.stories.add(house.viewer, house.tagged(prepared))
    assert story.id in {each.story.id for each in house.near_stories(text, house.viewer, k=5)}


def reviewing() -> None:
    """A meeting of an hour (600 turns of some 15 words), beside embedding its words alone, and one four times as long."""
    embedder = LocalEmbedder()
    recogniser = Recogniser.shipped(embedder)
    cards = {card.id: card for card in shipped_cards()}
    acts, verdicts = ActsModel.load(), Verdicts.load()

    def review_of(turns: int, salt: int) -> float:
        talk = _meeting(turns, salt)
        judge = Judge(Acts(acts, moves=recogniser), verdicts)
        roles = {"Dana": "sales-vp", "Ines": "learning-executive"}
        return timed(lambda: review(talk, recogniser=recogniser, cards=cards, roles=roles, judge=judge))[1]

    review_of(20, 0)
    hour = review_of(600, 1)
    _, alone = timed(lambda: embedder.embed([turn.text for turn in _meeting(600, 2).turns]))
    say("reviewing an hour of 600 turns, s", hour)
    say("ratio", hour / alone, "(to embedding its turns alone)")
    say("ratio", review_of(2_400, 3) / hour, "(2,400 turns to 600; 4 is linear)")
    _listening(embedder)


def _listening(embedder: LocalEmbedder) -> None:
    """What recognising moves costs a sentence beyond the embedding, which is taken out of the measured run."""
    size = embedder.dimensions
    bare = Recogniser.shipped(embedder).embedding_with(
        lambda texts: np.zeros((len(texts), size), dtype=np.float32)
    )
    turns = [Utterance(turn.id, turn.speaker, None, turn.text) for turn in _meeting(600, 4).turns]
    bare.read(turns[:2])
    _, spent = timed(lambda: bare.read(turns))
    count = sum(len(sentences(turn.text)) for turn in turns)
    say("moves beyond the embedding, ms a sentence", 1000 * spent / count)


def _meeting(turns: int, salt: int) -> Transcript:
    """Lines of the labelled talks in an order of chance, each made unlike all before by a number."""
    lines = [turn.text for talk in read_talks() for turn in talk.transcript.turns]
    picked = np.random.default_rng(salt).integers(len(lines), size=turns)
    said = (f"{lines[line]} And that makes {salt}{at}." for at, line in enumerate(picked))
    return Transcript(
        "hour.txt",
        "plain",
        tuple(Turn(f"t{at}", ("Dana", "Ines")[at % 2], text) for at, text in enumerate(said)),
    )


def embedding(texts: list[str]) -> None:
    """Texts a second, beside batches in the order given that are all padded to 256 tokens."""
    embedder = LocalEmbedder()
    embedder.embed_one("warm")
    sample = texts[:: max(1, len(texts) // 192)][:192]
    padded_rows, padded = timed(lambda: _padded(embedder, sample[:64]))
    rows, ours = timed(lambda: embedder.embed(sample))
    nearest = float((rows[:64] * padded_rows).sum(axis=1).min())
    say("embedding, texts a second", len(sample) / ours)
    say("embedding, padded to 256", 64 / padded)
    say("ratio", (len(sample) / ours) / (64 / padded), f"(same vectors: cosine {nearest:.5f} or more)")
    say("embedding a question, ms", 1000 * median(_times(embedder.embed_one, sample[:40])))


def retrieval(data_dir: Path, texts: list[str]) -> None:
    """Keeping documents whose vectors are known, and asking for them by either path."""
    store = Store.open(sqlite_url(data_dir))
    embedder = LocalEmbedder()
    corpus, rows = _corpus(data_dir, texts, embedder.dimensions)
    with store.write() as session:
        vectors.put(session, rows, embedder.name)
    report, spent = timed(lambda: ingest_paths(store, embedder, [corpus], viewer=VIEWER))
    say("keeping documents, a second", report.documents / spent, "(without embedding)")
    again, spent = timed(lambda: ingest_paths(store, embedder, [corpus], viewer=VIEWER))
    say("looking over unchanged ones, a second", again.unchanged / spent)
    index = open_index(store, data_dir=data_dir, model=embedder.name, dimensions=embedder.dimensions)
    told, spent = timed(index.sync)
    say("telling the index, windows a second", told / spent)
    try:
        queries(store, embedder, index, texts)
    finally:
        index.close()
        store.close()


def queries(store: Store, embedder: LocalEmbedder, index: VectorIndex, texts: list[str]) -> None:
    """Milliseconds for one question: nearest windows by either path, then search as a whole."""
    with store.read() as session:
        collection_id = session.scalars(select(Collection.id)).one()
    scan, rng = ExactScan(store, embedder.name), np.random.default_rng(1)
    asked = list(unit(rng.normal(size=(QUESTIONS, embedder.dimensions)).astype(np.float32)))
    by_scan = 1000 * median(_times(lambda vector: scan.query(collection_id, vector, 200), asked))
    by_index = 1000 * median(_times(lambda vector: index.query(collection_id, vector, 200), asked))
    say(f"200 nearest of {DOCUMENTS}, exact, ms", by_scan)
    say(f"200 nearest of {DOCUMENTS}, index, ms", by_index)
    say("ratio", by_scan / by_index)
    search = Search(store, embedder, index)
    pairs = list(zip(texts[::7], asked, strict=False))
    whole = _times(
        lambda pair: search.search(pair[0][:80], viewer=VIEWER, collections=["documents"], vector=pair[1]),
        pairs,
    )
    say("search with full text and rights, ms", 1000 * median(whole), "(without embedding)")


def _padded(embedder: LocalEmbedder, texts: list[str]) -> Floats:
    """What a plain wrapper does: batches of 32 in the order given, each text padded to 256 tokens."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(embedder._tokenizer.to_str())
    tokenizer.enable_padding(length=MAX_TOKENS)
    made = []
    for start in range(0, len(texts), 32):
        encoded = tokenizer.encode_batch(texts[start : start + 32])
        ids = np.array([each.ids for each in encoded], dtype=np.int64)
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = embedder._session.run(None, feed)
        made.append((states * mask[:, :, None]).sum(axis=1))
    return unit(np.concatenate(made))


def _corpus(folder: Path, texts: list[str], dimensions: int) -> tuple[Path, dict[str, Floats]]:
    """A corpus of short entries out of the playbook's words, and a vector for each."""
    rng = np.random.default_rng(0)
    others = rng.integers(len(texts), size=DOCUMENTS)
    entries = [f"Entry {n}. {texts[n % len(texts)]} {texts[other]}"[:500] for n, other in enumerate(others)]
    entries = [" ".join(entry.split()) for entry in entries]
    path = folder / "corpus.jsonl"
    path.write_text("\n".join(json.dumps({"_id": f"e{n}", "text": text}) for n, text in enumerate(entries)))
    centres = rng.normal(size=(200, dimensions))[rng.integers(200, size=DOCUMENTS)]
    rows = unit(centres + 0.6 * rng.normal(size=(DOCUMENTS, dimensions)))
    return path, {content_hash(text): row for text, row in zip(entries, rows, strict=True)}


def _times(work: Callable[[T], object], inputs: Sequence[T]) -> list[float]:
    """Seconds for each input; the first is done once before, to load what is loaded late."""
    work(inputs[0])
    return [timed(partial(work, each))[1] for each in inputs]


def timed(work: Callable[[], R]) -> tuple[R, float]:
    """What `work` returns, and the seconds it took."""
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def say(what: str, value: float, remark: str = "") -> None:
    """One line."""
    print(f"{what:42} {value:10.2f}  {remark}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
