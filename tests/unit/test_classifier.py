"""The tuned encoder that says whether a message is in reach and which card answers it."""

from pathlib import Path

import pytest

from assistant.advice.learned import SCOPES, TUNED, Learned
from assistant.advice.tuning import gather
from assistant.moves.hearing import TUNED as MOVES
from assistant.moves.utterance import NAMED
from knowledge.cards import shipped_cards
from knowledge.classifier import MAX_BEFORE, MAX_TOKENS, LocalClassifier, ids_of
from knowledge.embeddings import LocalEmbedder
from knowledge.errors import EmbeddingError


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture(scope="module")
def tuned(embedder: LocalEmbedder) -> LocalClassifier:
    return LocalClassifier(TUNED, embedder)


def test_what_ships_was_trained_on_the_lines_and_cards_that_ship(
    tuned: LocalClassifier, embedder: LocalEmbedder
) -> None:
    lines = gather(shipped_cards(), embedder)

    assert tuned.data == lines.digest, "Lines or cards have changed: run make tuned"
    assert set(tuned.probabilities("hello")["cards"]) == {card.id for card in shipped_cards()}


def test_every_head_gives_probabilities_of_its_classes(tuned: LocalClassifier) -> None:
    found = tuned.probabilities("He wants a two-day course by March, what do I say?")

    assert set(found) == {"cards", "scopes"}
    assert set(found["scopes"]) == set(SCOPES)
    assert all(sum(odds.values()) == pytest.approx(1, abs=1e-4) for odds in found.values())
    assert max(found["scopes"], key=found["scopes"].__getitem__) == "in"


def test_the_best_marathon_plan_is_out_of_reach(tuned: LocalClassifier) -> None:
    scopes = tuned.probabilities("What is the best training plan for a marathon in Berlin?")["scopes"]

    assert max(scopes, key=scopes.__getitem__) == "out"


def test_of_a_long_text_the_beginning_is_read(tuned: LocalClassifier) -> None:
    beginning = "course " * (MAX_TOKENS - 2)

    assert tuned.probabilities(beginning + "marathon " * 300) == tuned.probabilities(beginning)


@pytest.mark.parametrize("content", [b"", b"no graph at all", None], ids=["empty", "torn", "absent"])
def test_a_file_that_cannot_be_run_leaves_the_coach_to_its_other_models(
    content: bytes | None, tmp_path: Path, embedder: LocalEmbedder
) -> None:
    path = tmp_path / "tuned.onnx"
    if content is not None:
        path.write_bytes(content)
    broken = LocalClassifier(path, embedder)
    shipped = Learned.load()
    assert shipped is not None
    question = "He wants a two-day course by March"

    assert broken.probabilities(question) == {}
    alone = Learned(shipped.scope, shipped.cards, tuned=broken.probabilities)
    vector = embedder.embed_one(question)
    assert alone.scopes(question, vector) == shipped.scope.probabilities(question, vector)


def test_a_card_written_since_keeps_the_probability_it_had(
    embedder: LocalEmbedder, tuned: LocalClassifier
) -> None:
    shipped = Learned.load()
    assert shipped is not None
    question, newer = "He wants a two-day course by March", shipped.cards.classes[0]

    def without(text: str) -> dict[str, dict[str, float]]:
        return {
            "cards": {
                name: odds for name, odds in tuned.probabilities(text)["cards"].items() if name != newer
            }
        }

    vector = embedder.embed_one(question)
    odds = Learned(shipped.scope, shipped.cards, tuned=without).card_odds(question, vector)

    assert odds[newer] == shipped.cards.probabilities(question, vector)[newer]
    assert sum(odds.values()) == pytest.approx(1, abs=1e-3)


def test_what_came_before_stands_in_a_segment_of_its_own_and_is_cut_at_its_beginning(
    embedder: LocalEmbedder,
) -> None:
    (first, long) = ids_of(embedder, ["Yes.", "Yes."], ["", "early " * 40 + "late"])
    alone = embedder.token_ids(["Yes."])[0]

    assert first.tokens == [*embedder.token_ids([""])[0], *alone[1:]]
    assert first.types == [0, 0, 1, 1, 1]
    assert len(long.tokens) == len(long.types) == MAX_BEFORE + 2 + len(alone) - 1
    assert long.tokens[MAX_BEFORE] == embedder.token_ids(["late"])[0][1]


def test_a_text_has_the_same_logits_alone_and_in_company(embedder: LocalEmbedder) -> None:
    listened = LocalClassifier(MOVES, embedder)
    asked = ["Which team shall we begin with?", "I need a course by March.", "Mm."]
    together = listened.logits(asked, ["Let's start small.", "", "I need it."])["moves"]
    alone = listened.logits(asked[:1], ["Let's start small."])["moves"]

    assert together.shape == (3, len(NAMED))
    assert (together[0] == alone[0]).all()
    assert listened.logits([], [])["moves"].shape == (0, len(NAMED))


def test_logits_of_a_file_that_cannot_be_run_are_an_error_that_says_so(
    tmp_path: Path, embedder: LocalEmbedder
) -> None:
    with pytest.raises(EmbeddingError, match="cannot be run"):
        LocalClassifier(tmp_path / "none.onnx", embedder).logits(["Yes."])
