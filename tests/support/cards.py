"""A small card, as an author writes it."""

from knowledge.cards import Card, parse_card

CARD = """---
id: one-team
title: One team first
audience: [sales-vp]
principles: [sv-1]
basis: article
source: Advice 1 to VPs
situations: [where do we begin, everybody at once, my board wants all of it]
---
## Why it matters to them
- {They need} one room.
## Do
- Pick {group|one team}, not the field. <!-- lead; no: Should we train everybody? -->
## Say
- Take Dallas.
## Ask
- What would change there?
## Avoid
- Don't begin with the worst team.
## If they say…
- **Why not all?** Because one can be watched.
## Pilot
- Group: one team.
"""


def card(source: str = CARD) -> Card:
    """The card in `source`."""
    return parse_card(source, name="one-team.md")
