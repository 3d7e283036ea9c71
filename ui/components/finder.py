"""Finding cards on the playbook page: by their words first, then by how near their situations are."""

from assistant.bootstrap import House
from knowledge.cards import Card

_FLOOR = 0.28
_MOST = 20


def find_cards(house: House, words: str) -> list[Card]:
    """All cards by title where nothing is searched, otherwise at most twenty, the best first."""
    cards = house.coach.cards
    wanted = " ".join(words.split()).casefold()
    if not wanted:
        return sorted(cards.values(), key=lambda card: (card.kind != "card", card.title.casefold()))
    named = [card.id for card in cards.values() if wanted in card.title.casefold()]
    near = house.coach.book.near(house.embedder.embed_one(wanted[:500]))
    entries = near.best("situation", "title", "objection", "sentence", top=200)
    nearest = [entry.card_id for entry, score in entries if score >= _FLOOR]
    return [cards[name] for name in dict.fromkeys([*named, *nearest])][:_MOST]
