"""The one place where settings become working parts and are handed to the features that need them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import cast

from assistant.advice.coach import Coach, Found
from assistant.advice.examples import Examples
from assistant.advice.language import read_language
from assistant.advice.learned import Embed, Learned, learn
from assistant.advice.own_documents import DocumentPassage
from assistant.advice.wording import Wording
from assistant.debrief.read import Debrief, read_debrief
from assistant.draft.check import Checked, check
from assistant.errors import SettingsError, StoreError
from assistant.hearing.hear import Hearing, hear
from assistant.live import LiveCoach
from assistant.moves import Recogniser, Utterance
from assistant.moves.corrections import Example, Taught
from assistant.moves.model import MovesModel
from assistant.pair.memory import Memory, memory_of
from assistant.pair.records import PairRecord, PairRecords
from assistant.pilots.learnt import learnt_stories
from assistant.pilots.measures import Measures
from assistant.pilots.model import Side
from assistant.providers import open_chat_model, open_tracing
from assistant.providers.speech import open_transcriber
from assistant.providers.tracing import TracedChat
from assistant.pseudonyms import Disguise, Pseudonyms, undisguised
from assistant.records import (
    ConversationRecords,
    DraftRecords,
    FeedbackRecords,
    Person,
    PilotRecord,
    PilotRecords,
    RehearsalRecords,
    ReviewRecord,
    ReviewRecords,
    UnsentRecords,
)
from assistant.rehearsal.files import Scenarios
from assistant.rehearsal.room import Room
from assistant.rehearsal.voicing import Voicing
from assistant.review.leaning import WEIGHTS as ROLE_WEIGHTS
from assistant.review.leaning import Leaning
from assistant.review.review import Review, review
from assistant.settings import Settings, load_settings
from assistant.speech import Transcriber
from assistant.storage.conversations import Conversations
from assistant.storage.drafts import Drafts
from assistant.storage.feedback import FeedbackBook
from assistant.storage.pairs import Pairs
from assistant.storage.people import People, given_name
from assistant.storage.pilots import Pilots
from assistant.storage.rehearsals import Rehearsals
from assistant.storage.reviews import Reviews
from assistant.storage.stories import FieldStories
from assistant.storage.story_names import names_of
from assistant.storage.unsent import UnsentWords
from assistant.storage.uploads import OwnDocuments
from assistant.stories.brief import CARD as RIDE_ALONG
from assistant.stories.brief import Brief, make_brief
from assistant.stories.digest import Digest, OpenPilot, digest
from assistant.stories.duplicates import likely_same
from assistant.stories.files import Sheet
from assistant.stories.find import Candidate, topic_of
from assistant.stories.importing import Planned, plan
from assistant.stories.log import Prepared, Suggested, prepare, suggest, with_cards
from assistant.stories.redact import NameList, Wishes
from assistant.stories.story import Fields
from assistant.stories.story import Story as FieldStory
from assistant.stories.story import Visibility as StoryVisibility
from assistant.stories.themes import Theme, themes
from assistant.textmodel import TextModel
from knowledge.cardbook import CardBook
from knowledge.cards import Card, Role
from knowledge.embeddings import LOCAL_NAME, Embedder, Floats, LocalEmbedder, open_embedder
from knowledge.index import LeftIndex, VectorIndex, open_index
from knowledge.names import DOCUMENTS_COLLECTION, PLAYBOOK_COLLECTION
from knowledge.own_cards import OwnCards, Playbook
from knowledge.progress import Board, Progress
from knowledge.samples import STORIES_COLLECTION, Story, shipped_stories
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
NAMES_FILE = "names.txt"


@dataclass(frozen=True)
class House:
    """Everything an instance has, wired. Close it through `open_house` or `close`."""

    settings: Settings
    store: Store
    embedder: Embedder
    index: VectorIndex
    search: Search
    people: People
    pairs: PairRecords
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

    @property
    def voicing(self) -> Voicing | None:
        """Words a counterpart's lines, where there is a chat model."""
        if self.wording is None:
            return None
        return Voicing(
            self.wording.model, embed=self.embedder.embed, seconds=min(self.settings.model_seconds, PATIENCE_S),
            disguise=self.wording.disguise,
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
    def stories(self) -> FieldStories:
        """What people logged of the field."""
        return FieldStories(self.store, self.embedder, self.index)

    def near_stories(
        self, text: str, viewer: Viewer, *, k: int = 20, vector: Floats | None = None
    ) -> list[Candidate]:
        """Logged stories that `viewer` may see, nearest to what `text` is about first; `vector` is that of `text`."""
        topic = topic_of(text)
        text, vector = topic, vector if topic == text else None
        hits, _ = self.search.search_windows(
            text, viewer=viewer, collection=STORIES_COLLECTION, k=4 * k, vector=vector
        )
        near: dict[str, float] = {}
        for hit in hits:
            near[hit.passage_name] = max(near.get(hit.passage_name, 0.0), hit.dense)
        found = self.stories.by_ids(viewer, near)
        chosen = [Candidate(story, near[story.id]) for story in found.values()]
        return sorted(chosen, key=lambda each: -each.relevance)[:k]

    def duplicates(self, fields: Fields, viewer: Viewer) -> list[tuple[FieldStory, float]]:
        """Logged stories that probably tell of the same event, with the probability."""
        near = self.near_stories(f"{fields.title}\n{fields.text}", viewer, k=10)
        return likely_same(fields, near, embed_words=local_embedder(self.embedder).embed_words)

    def tagged(self, prepared: Prepared) -> Prepared:
        """With the cards that the story illustrates, and their principles."""
        near = self.coach.book.near(self.embedder.embed_one(prepared.fields.text))
        return with_cards(prepared, near, self.coach.cards.values())

    def suggest_story(
        self,
        fields: Fields,
        viewer: Viewer,
        *,
        wishes: Wishes | None = None,
        visibility: StoryVisibility | None = None,
    ) -> Suggested:
        """What to offer to whoever tells a story; nothing is kept."""
        today = datetime.now(UTC).date()
        return suggest(
            fields, names=self.name_list(viewer), today=today, wishes=wishes, visibility=visibility
        )

    def themes(self, stories: Sequence[FieldStory]) -> list[Theme]:
        """These stories by theme, named as in the metrics library."""
        cards = self.coach.cards.values()
        return themes(
            stories,
            metrics={card.id: card.title for card in cards if card.kind == "metric"},
            cards={card.id: card.title for card in cards if card.kind == "card"},
            today=datetime.now(UTC).date(),
        )

    def ride_brief(self, stories: Sequence[FieldStory], where: str) -> Brief:
        """The page before a ride-along to `where`, of these stories."""
        return make_brief(where, stories, self.themes(stories), self.coach.cards.get(RIDE_ALONG))

    def story_digest(self, viewer: Viewer, since: date) -> Digest:
        """What was logged since a day, and what of it fits the pilots that `viewer` has open."""
        pilots = [
            OpenPilot(
                each.id,
                each.pilot.title,
                each.pilot.outcome.metric or "",
                " ".join(filter(None, [each.pilot.title, each.pilot.problem, each.pilot.outcome.what])),
            )
            for each in self.pilots.list(viewer)
            if each.pilot.decision is None
        ]
        return digest(
            self.stories.list(viewer),
            pilots,
            since=since,
            near=lambda words: self.near_stories(words, viewer, k=200),
        )

    def plan_import(
        self,
        sheet: Sheet,
        viewer: Viewer,
        *,
        wishes: Wishes | None = None,
        visibility: StoryVisibility | None = None,
        progress: Progress | None = None,
    ) -> list[Planned]:
        """What would become of each row of a file of stories; nothing is kept."""
        names, today = self.name_list(viewer), datetime.now(UTC).date()
        return plan(
            sheet,
            known={story.id for story in self.stories.list(viewer)},
            prepare=lambda fields: self.tagged(
                prepare(fields, names=names, today=today, wishes=wishes, visibility=visibility)
            ),
            alike=lambda fields: self.duplicates(fields, viewer),
            progress=progress,
        )

    def keep_learnt(self, viewer: Viewer, record: PilotRecord) -> PilotRecord:
        """What a decided pilot learnt, kept as stories that answers may tell later; once for each decision."""
        decision = record.pilot.decision
        if decision is None or decision.stories or not decision.learnt:
            return record
        role = next(person.role for person in self.people.list() if person.id == viewer.person_id)
        names, today = self.name_list(viewer), datetime.now(UTC).date()
        shared: StoryVisibility = "pair" if record.pair_id else "me"
        made = [
            self.stories.add(
                viewer, self.tagged(prepare(fields, names=names, today=today, visibility=shared))
            ).id
            for fields in learnt_stories(record.pilot, side=cast(Side, role))
        ]
        kept = decision.model_copy(update={"stories": tuple(made)})
        return self.pilots.update(
            viewer,
            record.id,
            lambda pilot: pilot.model_copy(update={"decision": kept}),
            about="Kept what was learnt",
        )

    def recall(self, viewer: Viewer, about: str = "") -> Memory:
        """What is known between `viewer` and whom `about` names; the first pair where it names nobody."""
        pairs = self.pairs.pairs(viewer)
        if not pairs:
            return Memory()
        named = [pair for pair in pairs if _speaks_of(about, pair.other(viewer.person_id))]
        pair = (named or pairs)[0]
        return memory_of(self.pairs.items(viewer, pair.id), pair, viewer.person_id)

    def read_debrief(self, text: str, *, viewer: Viewer, pair: PairRecord, today: date) -> Debrief:
        """What `viewer` told of a meeting of this pair, read into items to be confirmed; nothing is kept."""
        teller = next((each.role for each in self.people.list() if each.id == viewer.person_id), "coach")
        named = given_name(pair.other(viewer.person_id)) if teller != "coach" else None
        return read_debrief(text, teller=cast(Role, teller), counterpart=named, today=today)

    def name_list(self, viewer: Viewer) -> NameList:
        """Names that stories are cleared of: this workspace's people, and what `names.txt` in the data directory lists."""
        return names_of(
            [person.name for person in self.people.list() if person.workspace_id == viewer.workspace_id],
            self.settings.data_dir / NAMES_FILE,
        )

    def check_draft(self, text: str, *, role: Role) -> Checked:
        """A mail, an agenda or an outline, read before it is sent."""
        return check(text, role=role, recogniser=self.reader(), cards=self.cards)

    def hear(self, text: str, *, writer: Role, viewer: Viewer | None = None) -> Hearing:
        """How a VP and how learning hear what one of them says."""
        return hear(
            text, writer=writer, recogniser=self.reader(viewer), cards=self.cards, language=read_language
        )

    def reader(self, viewer: Viewer | None = None) -> Taught:
        """Reads moves, as `viewer` corrected them."""
        return Taught(self.moves, self.reviews.examples(viewer or self.viewer))

    @property
    def leaning(self) -> Leaning:
        """Tells a VP from a learning executive by what they say."""
        return Leaning(TextModel.load(ROLE_WEIGHTS), embed=local_embedder(self.embedder).embed)

    def review(self, viewer: Viewer, record: ReviewRecord) -> Review:
        """What a conversation that is kept shows, with what people said of it."""
        return review(
            record.transcript,
            recogniser=self.reader(viewer),
            cards=self.cards,
            roles=record.roles,
            corrected=self.reviews.corrected(viewer, record.id),
        )

    def correct(
        self, viewer: Viewer, record: ReviewRecord, turn_id: str, moves: frozenset[str] | None
    ) -> None:
        """Keep what a person says a turn does, with what the machine had thought; None takes it back."""
        turns = record.transcript.turns
        at = next(place for place, turn in enumerate(turns) if turn.id == turn_id)
        around = [
            Utterance(t.id, t.speaker, record.roles.get(t.speaker), t.text)
            for t in turns[max(0, at - 1) : at + 1]
        ]
        read = self.moves.probabilities(around)
        example = Example(
            turns[at].speaker, turns[at].text, moves or frozenset(), read.vectors[-1], read.utterances[-1]
        )
        self.reviews.correct(viewer, record.id, turn_id, None if moves is None else example)

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
    index = LeftIndex() if brief else _index(settings, store, embedder, board)
    feedback, own = FeedbackBook(store), OwnCards.in_data_dir(settings.data_dir)

    def ensure(progress: Progress | None = None) -> Playbook:
        return ensure_playbook(store, embedder, own=own, changed=feedback.settle, progress=progress)

    def brought_in() -> Playbook:
        with board.showing("cards") as told:
            return ensure(told)

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
        conversations=Conversations(store),
        feedback=feedback,
        unsent=UnsentWords(store),
        pilots=Pilots(store),
        drafts=Drafts(store),
        reviews=Reviews(store),
        viewer=people.current(None),
        own_cards=own,
        samples=samples,
        wording=_wording(settings, embedder, people),
        transcriber=open_transcriber(settings),
        live=LiveCoach(
            playbook, state=own.state, ensure=brought_in, build=lambda playbook: _coach(house, playbook)
        ),
        board=board,
        moves=recogniser_of(embedder),
        rehearsals=Rehearsals(store),
        room=room_of(settings, embedder),
    )
    return house


def _index(settings: Settings, store: Store, embedder: Embedder, board: Board) -> VectorIndex:
    return open_index(
        store,
        data_dir=settings.data_dir,
        url=settings.chroma_url,
        token=settings.chroma_token.get_secret_value() if settings.chroma_token else None,
        model=embedder.name,
        dimensions=embedder.dimensions,
        board=board,
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


def _wording(settings: Settings, embedder: Embedder, people: People) -> Wording | None:
    model = open_chat_model(settings)
    if model is None:
        return None
    tracing = open_tracing(settings)
    return Wording(
        model if tracing is None else TracedChat(model, tracing),
        observed=nullcontext if tracing is None else tracing.answer,
        embed=embedder.embed,
        seconds=settings.model_seconds,
        disguise=_disguise(settings, people) if settings.pseudonymise else undisguised,
    )


def _disguise(settings: Settings, people: People) -> Disguise:
    def disguise(texts: Sequence[str]) -> Pseudonyms:
        listed = names_of([person.name for person in people.list()], settings.data_dir / NAMES_FILE)
        return Pseudonyms.of(texts, listed)

    return disguise


def recogniser_of(embedder: Embedder) -> Recogniser:
    """Reads with the local embedding model, which its weights belong to, whatever else the search uses."""
    return Recogniser(MovesModel.load(), embed=local_embedder(embedder).embed)


def local_embedder(embedder: Embedder) -> LocalEmbedder:
    """The model that comes with the project, which small learned models belong to, whatever the search uses."""
    ours = isinstance(embedder, LocalEmbedder) and embedder.name == LOCAL_NAME
    return embedder if ours and isinstance(embedder, LocalEmbedder) else LocalEmbedder()


def room_of(settings: Settings, embedder: Embedder | None = None) -> Room:
    """Where rehearsals begin: needs the local embedding model and no database."""
    known = embedder is not None and embedder.name == LOCAL_NAME
    local = embedder if embedder and known else LocalEmbedder(threads=settings.embedding_threads)
    return Room(
        Scenarios(settings.data_dir / "scenarios"), recogniser=recogniser_of(local), embed=local.embed
    )


def voicing_of(settings: Settings) -> Voicing | None:
    """Words lines in a terminal. None without a model, or where names would have to be hidden: that needs the records."""
    model = None if settings.pseudonymise else open_chat_model(settings)
    if model is None:
        return None
    local = LocalEmbedder(threads=settings.embedding_threads)
    return Voicing(model, embed=local.embed, seconds=min(settings.model_seconds, PATIENCE_S))


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


def _speaks_of(text: str, person: Person) -> bool:
    name = given_name(person)
    return (
        name is not None and re.search(rf"\b{re.escape(name.split()[0])}\b", text, re.IGNORECASE) is not None
    )


def _near_documents(house: House, text: str, viewer: Viewer, vector: Floats) -> list[DocumentPassage]:
    found = house.search.search(text, viewer=viewer, collections=[DOCUMENTS_COLLECTION], k=5, vector=vector)
    return [
        DocumentPassage(hit.passage_id, hit.title, hit.section, hit.text, hit.dense, hit.lexical)
        for hit in found.hits
    ]


def _learned(house: House, embed: Embed, cards: Sequence[Card]) -> Learned:
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
