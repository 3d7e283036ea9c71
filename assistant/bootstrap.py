"""The one place where settings become working parts and are handed to the features that need them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from assistant.advice.coach import Coach, Found
from assistant.advice.examples import Examples
from assistant.advice.learned import TUNED, Embed, Learned, learn
from assistant.advice.own_documents import DocumentPassage
from assistant.advice.wording import Wording
from assistant.bootstrap_between import HouseOfPairs
from assistant.bootstrap_readings import HouseOfReadings
from assistant.bootstrap_stories import NAMES_FILE, HouseOfStories
from assistant.errors import SettingsError, StoreError
from assistant.live import LiveCoach
from assistant.moves import Recogniser
from assistant.pair.coaching import CoachRecords
from assistant.pair.records import PairRecords
from assistant.pilots.measures import Measures
from assistant.providers import open_chat_model, open_tracing
from assistant.providers.speech import open_transcriber
from assistant.providers.tracing import TracedChat, Tracing
from assistant.pseudonyms import Disguise, Pseudonyms, undisguised
from assistant.records import (
    ConversationRecords,
    DraftRecords,
    FeedbackRecords,
    PilotRecords,
    RehearsalRecords,
    ReviewRecords,
    UnsentRecords,
)
from assistant.rehearsal.files import Scenarios
from assistant.rehearsal.room import Room
from assistant.rehearsal.voicing import Voicing
from assistant.settings import Settings, load_settings
from assistant.speech import Transcriber
from assistant.storage.coaching import Coaching
from assistant.storage.conversations import Conversations
from assistant.storage.drafts import Drafts
from assistant.storage.feedback import FeedbackBook
from assistant.storage.pairs import Pairs
from assistant.storage.people import People
from assistant.storage.pilots import Pilots
from assistant.storage.rehearsals import Rehearsals
from assistant.storage.reviews import Reviews
from assistant.storage.story_names import names_of
from assistant.storage.unsent import UnsentWords
from assistant.storage.uploads import OwnDocuments
from knowledge.cardbook import CardBook
from knowledge.cards import Card
from knowledge.classifier import LocalClassifier
from knowledge.embeddings import (
    LOCAL_NAME,
    Embedder,
    Floats,
    LocalEmbedder,
    open_embedder,
    shipped_embedder,
)
from knowledge.index import VectorIndex, open_index
from knowledge.names import DOCUMENTS_COLLECTION, PLAYBOOK_COLLECTION
from knowledge.own_cards import OwnCards, Playbook
from knowledge.progress import Board, Progress
from knowledge.samples import Story, shipped_stories
from knowledge.search import Search
from knowledge.setup import ensure_playbook, ensure_samples, samples_in_use
from knowledge.shipped import shipped_vectors
from knowledge.store.access import Viewer
from knowledge.store.engine import Store, sqlite_url
from knowledge.vectorise import vectors_of

__all__ = [
    "House",
    "Progress",
    "build_house",
    "database_url",
    "embedder_of",
    "open_house",
    "recogniser_of",
    "room_of",
    "voicing_of",
]

CANDIDATE_WINDOWS = 200
PATIENCE_S = 12.0
"""Seconds that a line in a rehearsal is waited for; then the bank's line stands."""


@dataclass(frozen=True)
class House(HouseOfStories, HouseOfReadings, HouseOfPairs):
    """Everything an instance has, wired. Close it through `open_house` or `close`."""

    settings: Settings
    store: Store
    embedder: Embedder
    index: VectorIndex
    search: Search
    people: People
    pairs: PairRecords
    coaching: CoachRecords
    conversations: ConversationRecords
    feedback: FeedbackRecords
    unsent: UnsentRecords
    pilots: PilotRecords
    drafts: DraftRecords
    reviews: ReviewRecords
    viewer: Viewer
    own_cards: OwnCards
    samples: Sequence[Story]
    live: LiveCoach
    moves: Recogniser
    rehearsals: RehearsalRecords
    room: Room
    wording: Wording | None
    transcriber: Transcriber | None
    board: Board
    tracing: Tracing | None

    @property
    def voicing(self) -> Voicing | None:
        """Words a counterpart's lines, where there is a chat model."""
        if self.wording is None:
            return None
        return Voicing(
            self.wording.model, embed=self.embedder.embed, seconds=min(self.settings.model_seconds, PATIENCE_S),
            disguise=self.wording.disguise, observed=nullcontext if self.tracing is None else self.tracing.line,
        )  # fmt: skip

    @property
    def coach(self) -> Coach:
        """The coach over the cards as they are now; built when first needed, and again when a card file changed."""
        return self.live.current()

    @property
    def playbook(self) -> Playbook:
        """The cards that are in force, where they come from, and which files could not be used."""
        return self.live.playbook

    @property
    def documents(self) -> OwnDocuments:
        """What people added themselves; uploads lie in the data directory."""
        return OwnDocuments(self.store, self.embedder, self.index, folder=self.settings.data_dir / "uploads")

    @property
    def measures(self) -> Measures:
        """The metrics library, from the cards as they are now."""
        return Measures(self.playbook.cards)

    @property
    def cards(self) -> Mapping[str, Card]:
        """The cards that are in force, by id."""
        return {card.id: card for card in self.playbook.cards}

    def close(self) -> None:
        """Give the index's lock and the database back."""
        if self.wording is not None:
            self.wording.model.close()
        self.index.close()
        self.store.close()


@contextmanager
def open_house(
    settings: Settings | None = None,
    *,
    data_dir: Path | None = None,
    progress: Progress | None = None,
    brief: bool = False,
) -> Iterator[House]:
    """A working instance; an empty data directory is set up first (schema, shipped playbook).

    `brief`: leave the vector index closed, which opens slowly; the exact search answers, and the next to open it
    catches up.
    """
    house = build_house(settings or load_settings(data_dir=data_dir), progress=progress, brief=brief)
    try:
        yield house
    finally:
        house.close()


def build_house(
    settings: Settings, *, progress: Progress | None = None, set_up: bool = True, brief: bool = False
) -> House:
    """The same, for a process that keeps it open for as long as it lives.

    `set_up=False` leaves the playbook as it is, for commands that mend what keeps it from being set up.
    """
    _make_folder(settings.data_dir)
    store = Store.open(database_url(settings), progress=progress)
    embedder, board = embedder_of(settings), Board()
    index = _index(settings, store, embedder, board, left=brief)
    feedback, own = FeedbackBook(store), OwnCards.in_data_dir(settings.data_dir)

    def ensure(progress: Progress | None = None) -> Playbook:
        return ensure_playbook(store, embedder, own=own, changed=feedback.settle, progress=progress)

    def brought_in() -> Playbook:
        with board.showing("cards") as told:
            return ensure(told)

    tracing = open_tracing(settings)
    playbook = ensure(progress) if set_up else own.playbook()
    samples = ensure_samples(store, embedder, progress=progress) if set_up else []
    people = People(store)
    house = House(
        settings=settings,
        store=store,
        embedder=embedder,
        index=index,
        search=Search(store, embedder, index),
        people=people,
        pairs=Pairs(store),
        coaching=Coaching(store),
        conversations=Conversations(store),
        feedback=feedback,
        unsent=UnsentWords(store),
        pilots=Pilots(store),
        drafts=Drafts(store),
        reviews=Reviews(store),
        viewer=people.current(None),
        own_cards=own,
        samples=samples,
        wording=_wording(settings, embedder, people, tracing),
        transcriber=open_transcriber(settings),
        live=LiveCoach(
            playbook, state=own.state, ensure=brought_in, build=lambda playbook: _coach(house, playbook)
        ),
        board=board,
        moves=recogniser_of(embedder),
        rehearsals=Rehearsals(store),
        room=room_of(settings, embedder),
        tracing=tracing,
    )
    return house


def _index(settings: Settings, store: Store, embedder: Embedder, board: Board, *, left: bool) -> VectorIndex:
    return open_index(
        store,
        data_dir=settings.data_dir,
        url=settings.chroma_url,
        token=settings.chroma_token.get_secret_value() if settings.chroma_token else None,
        model=embedder.name,
        dimensions=embedder.dimensions,
        board=board,
        left=left,
    )


def database_url(settings: Settings) -> str:
    """The records' address: PostgreSQL if set, otherwise the SQLite file in the data directory."""
    return (
        settings.database_url.get_secret_value() if settings.database_url else sqlite_url(settings.data_dir)
    )


def embedder_of(settings: Settings) -> Embedder:
    """The embedding model that the settings name; nothing is loaded yet."""
    return open_embedder(
        settings.embedding,
        threads=settings.embedding_threads,
        model_dir=settings.embedding_model_dir,
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
    )


def _wording(
    settings: Settings, embedder: Embedder, people: People, tracing: Tracing | None
) -> Wording | None:
    model = open_chat_model(settings)
    if model is None:
        return None
    return Wording(
        model if tracing is None else TracedChat(model, tracing),
        observed=nullcontext if tracing is None else tracing.answer,
        embed=embedder.embed,
        seconds=settings.model_seconds,
        disguise=_disguise(settings, people) if settings.pseudonymise else undisguised,
        show_unsupported=settings.model_unsupported == "show",
    )


def _disguise(settings: Settings, people: People) -> Disguise:
    def disguise(texts: Sequence[str]) -> Pseudonyms:
        listed = names_of([person.name for person in people.list()], settings.data_dir / NAMES_FILE)
        return Pseudonyms.of(texts, listed)

    return disguise


def recogniser_of(embedder: Embedder) -> Recogniser:
    """Reads with the local embedding model, which its weights belong to, whatever else the search uses."""
    return Recogniser.shipped(shipped_embedder(embedder))


def room_of(settings: Settings, embedder: Embedder | None = None) -> Room:
    """Where rehearsals begin: needs the local embedding model and no database."""
    known = embedder is not None and embedder.name == LOCAL_NAME
    local = embedder if embedder and known else LocalEmbedder(threads=settings.embedding_threads)
    return Room(
        Scenarios(settings.data_dir / "scenarios"), recogniser=recogniser_of(local), embed=local.embed
    )


def voicing_of(settings: Settings) -> Voicing | None:
    """Words lines in a terminal, which needs no records: names are those of names.txt and what is recognised."""
    model, tracing = open_chat_model(settings), open_tracing(settings)
    if model is None:
        return None
    local = LocalEmbedder(threads=settings.embedding_threads)

    def disguise(texts: Sequence[str]) -> Pseudonyms:
        return Pseudonyms.of(texts, names_of([], settings.data_dir / NAMES_FILE))

    return Voicing(
        model if tracing is None else TracedChat(model, tracing), embed=local.embed,
        seconds=min(settings.model_seconds, PATIENCE_S), disguise=disguise if settings.pseudonymise else undisguised,
        observed=nullcontext if tracing is None else tracing.line,
    )  # fmt: skip


def _coach(house: House, playbook: Playbook) -> Coach:
    ready = shipped_vectors(house.embedder.name)

    def embed(texts: Sequence[str]) -> Floats:
        with house.board.showing("cards") as told:
            return vectors_of(house.store, house.embedder, texts, ready=ready, progress=told)

    def find_cards(query: str, vector: Floats) -> Found:
        started = perf_counter()
        hits, path = house.search.search_windows(
            query, viewer=house.viewer, collection=PLAYBOOK_COLLECTION, k=CANDIDATE_WINDOWS, vector=vector
        )
        cards: dict[str, float] = {}
        for hit in hits:
            if hit.card_id is not None:
                cards[hit.card_id] = max(cards.get(hit.card_id, 0.0), hit.fused)
        return Found(cards, path, (perf_counter() - started) * 1_000)

    return Coach(
        CardBook(playbook.cards, embed),
        examples=Examples(shipped_stories(), embed, wanted=lambda: samples_in_use(house.store)),
        embed=house.embedder.embed_one,
        find_cards=find_cards,
        learned=_learned(house, embed, playbook.cards),
        own=playbook.origins.keys(),
        find_stories=lambda text, vector, viewer: house.near_stories(text, viewer, vector=vector),
        find_documents=lambda text, vector, viewer: _near_documents(house, text, viewer, vector),
        recall=house.recall,
    )


def _near_documents(house: House, text: str, viewer: Viewer, vector: Floats) -> list[DocumentPassage]:
    found = house.search.search(text, viewer=viewer, collections=[DOCUMENTS_COLLECTION], k=5, vector=vector)
    return [
        DocumentPassage(hit.passage_id, hit.title, hit.section, hit.text, hit.dense, hit.lexical)
        for hit in found.hits
    ]


def _learned(house: House, embed: Embed, cards: Sequence[Card]) -> Learned:
    tuned = LocalClassifier(
        TUNED, shipped_embedder(house.embedder), threads=house.settings.embedding_threads
    ).probabilities
    return replace(_trained(house, embed, cards), tuned=tuned)


def _trained(house: House, embed: Embed, cards: Sequence[Card]) -> Learned:
    """The shipped models, or ones trained once for another embedding model and kept in the data directory."""
    shipped = Learned.load()
    if shipped is not None and shipped.scope.embedding == house.embedder.name:
        return shipped
    folder = house.settings.data_dir / "learned"
    kept = Learned.load(folder)
    if kept is None or kept.scope.embedding != house.embedder.name:
        kept = learn(cards, embed, embedding=house.embedder.name)
        _make_folder(folder)
        kept.save(folder)
    return kept


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what people write is theirs alone
    except FileExistsError as error:
        raise SettingsError(
            f"{folder} is a file, not a folder", next_step="Choose another one with --data-dir"
        ) from error
    except OSError as error:
        raise StoreError(
            f"The data directory {folder} cannot be made ({error.strerror})",
            next_step="Choose another one with --data-dir or COUNTERPART_DATA_DIR",
        ) from error
