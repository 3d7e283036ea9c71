"""What an instance does with field stories, wired; a part of `assistant.bootstrap.House`."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from assistant.advice.coach import Coach
from assistant.pilots.learnt import learnt_stories
from assistant.pilots.model import Side
from assistant.records import PilotRecord, PilotRecords
from assistant.settings import Settings
from assistant.storage.people import People
from assistant.storage.stories import FieldStories
from assistant.storage.story_names import names_of
from assistant.stories.brief import CARD as RIDE_ALONG
from assistant.stories.brief import Brief, make_brief
from assistant.stories.digest import Digest, OpenPilot, digest
from assistant.stories.duplicates import likely_same
from assistant.stories.files import Sheet
from assistant.stories.find import Candidate, to_tell, told_about, topic_of
from assistant.stories.importing import Planned, plan
from assistant.stories.log import Prepared, Suggested, prepare, suggest, with_cards
from assistant.stories.redact import NameList, Wishes
from assistant.stories.story import Fields, Story, Visibility, read_fields
from assistant.stories.theme_of import themes_of
from assistant.stories.themes import Theme, themes
from knowledge.embeddings import Embedder, Floats, shipped_embedder
from knowledge.field_themes import field_themes
from knowledge.index import VectorIndex
from knowledge.progress import Progress
from knowledge.samples import STORIES_COLLECTION
from knowledge.search import Search
from knowledge.store.access import Viewer
from knowledge.store.engine import Store
from knowledge.vectorise import vectors_of
from knowledge.windows import windows

NAMES_FILE = "names.txt"


@dataclass(frozen=True)
class HouseOfStories(ABC):
    """Its parts are those of the house."""

    settings: Settings
    store: Store
    embedder: Embedder
    index: VectorIndex
    search: Search
    people: People
    pilots: PilotRecords

    @property
    @abstractmethod
    def coach(self) -> Coach:
        """The coach over the cards as they are now."""

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

    def story_to_tell(self, words: str, viewer: Viewer) -> Story | None:
        """The one story that `viewer` can tell somebody about this."""
        topic = told_about(words)
        return to_tell(topic, self.near_stories(topic, viewer), today=datetime.now(UTC).date())

    def duplicates(self, fields: Fields, viewer: Viewer) -> list[tuple[Story, float]]:
        """Logged stories that probably tell of the same event, with the probability."""
        near = self.near_stories(f"{fields.title}\n{fields.text}", viewer, k=10)
        return likely_same(fields, near, embed_words=shipped_embedder(self.embedder).embed_words)

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
        visibility: Visibility | None = None,
    ) -> Suggested:
        """What to offer to whoever tells a story; nothing is kept."""
        today = datetime.now(UTC).date()
        return suggest(
            fields, names=self.name_list(viewer), today=today, wishes=wishes, visibility=visibility
        )

    def themes(self, stories: Sequence[Story]) -> list[Theme]:
        """These stories by theme: what people live through, in plain words."""
        kinds, embedder = field_themes(), shipped_embedder(self.embedder)
        told = [next(iter(windows(story.text, head=story.title)), story.title) for story in stories]
        signs = vectors_of(self.store, embedder, [sign for kind in kinds for sign in kind.signs])
        return themes(
            stories,
            of=themes_of(stories, kinds, vectors=vectors_of(self.store, embedder, told), signs=signs),
            titles={kind.id: kind.title for kind in kinds},
            today=datetime.now(UTC).date(),
        )

    def ride_brief(self, stories: Sequence[Story], where: str) -> Brief:
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

    def log_told(self, viewer: Viewer, words: str) -> Story:
        """A story that came up while something else was told: masked, and at first its teller's alone."""
        fields = read_fields({"text": words, "teller": self.people.role_of(viewer)})
        today = datetime.now(UTC).date()
        prepared = prepare(fields, names=self.name_list(viewer), today=today, visibility="me")
        return self.stories.add(viewer, self.tagged(prepared))

    def plan_import(
        self,
        sheet: Sheet,
        viewer: Viewer,
        *,
        wishes: Wishes | None = None,
        visibility: Visibility | None = None,
        progress: Progress | None = None,
    ) -> list[Planned]:
        """What would become of each row of a file of stories; nothing is kept.

        Who may see a story is `visibility`, or else what its row says, or else what its words suggest.
        """
        names, today = self.name_list(viewer), datetime.now(UTC).date()

        def prepared(fields: Fields, said: Visibility | None) -> Prepared:
            said = "me" if said == "pair" and not viewer.pair_ids else said
            return self.tagged(
                prepare(
                    fields,
                    names=names,
                    today=today,
                    wishes=wishes,
                    visibility=visibility or said,
                    told_today=False,
                )
            )

        return plan(
            sheet,
            known={story.id for story in self.stories.list(viewer)},
            prepare=prepared,
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
        shared: Visibility = "pair" if record.pair_id else "me"
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

    def name_list(self, viewer: Viewer) -> NameList:
        """Names that stories are cleared of: this workspace's people, and what `names.txt` in the data directory lists."""
        return names_of(
            [person.name for person in self.people.list() if person.workspace_id == viewer.workspace_id],
            self.settings.data_dir / NAMES_FILE,
        )
