"""Words that several pages show."""

from dataclasses import dataclass

from assistant.pair.coaching import Share
from knowledge.cards import Role

ROLE_NAMES: dict[Role, str] = {
    "learning-executive": "Learning executive",
    "sales-vp": "Sales VP",
    "coach": "Coach",
}


@dataclass(frozen=True)
class Opening:
    """What an empty page says to one role."""

    promise: str
    placeholder: str
    starters: tuple[str, ...]


OPENINGS: dict[Role, Opening] = {
    "learning-executive": Opening(
        "Advice for working with your VP of Sales: what to do, what to say, what to ask. "
        "Every claim names the card it comes from.",
        "What is going on between you and your VP?",
        (
            "He only ever gives me thirty minutes, how should I use them?",
            "She wants a course for everyone by the end of the quarter. What do I say?",
            "How do I find out which outcome my VP really cares about?",
            "He called us a cost centre in front of HR. What now?",
        ),
    ),
    "sales-vp": Opening(
        "Advice for working with your learning executive: what to ask for, how to brief, "
        "how to say so when nothing moves.",
        "What would you like from learning, and what do you get?",
        (
            "How do I brief learning so that something changes in the field?",
            "Which team should I give her first, my best or my worst?",
            "Three months in, all I get is completion rates. What do I say?",
            "I like her, but I don't know what to ask her for.",
        ),
    ),
    "coach": Opening(
        "Advice for the one in the middle: what to notice, what to ask either side, when to step back.",
        "What is going on between the two?",
        (
            "Both say the other doesn't listen, and I have one session left.",
            "How do I run a first session with the two of them?",
            "What do I do when their promises keep slipping?",
            "They are polite and vague. How do I get them to one outcome?",
        ),
    ),
}

SHARE_NAMES: dict[Share, str] = {
    "promises": "Promises",
    "mirror": "The mirror",
    "outcome": "Outcome and team",
    "pilots": "Pilots",
}
"""What the two may show a coach as a whole."""
