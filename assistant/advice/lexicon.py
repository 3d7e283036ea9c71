"""The small words that a reading turns on: numbers, denials, persons, and where a clause ends."""

from collections.abc import Mapping

NUMBERS: Mapping[str, float] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
    "half": 0.5, "double": 2, "twice": 2, "triple": 3, "thirds": 3,
    "quarters": 4, "single": 1, "dozen": 12, "fortnight": 14, "once": 1,
}  # fmt: skip
ORDINALS: Mapping[str, str] = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
DATES = frozenset([
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "june", "july", "august", "september", "october", "november", "december", "daily", "weekly",
    "monthly", "quarterly", "yearly", "today", "tomorrow", "yesterday", "tonight",
])  # fmt: skip
TIMES = frozenset([
    "minut", "hour", "day", "week", "month", "quarter", "year",
])  # fmt: skip
NEGATORS_OF_VERBS = frozenset([
    "avoid", "drop", "leave", "refuse", "resist", "skip", "stop",
])  # fmt: skip
NEGATORS = NEGATORS_OF_VERBS | frozenset([
    "not", "never", "no", "none", "nobody", "nothing", "neither", "nor", "cannot", "without", "hardly", "instead",
    "rather",
])  # fmt: skip
NOT_ORDERED_OFF = frozenset([
    "in", "by", "with", "for", "to", "when", "while", "before", "after", "early",
])  # fmt: skip
"""After these a verb such as “drop” or “stop” orders nothing off: “drop in”, “stop for a meeting”."""
NAMES_A_NO = frozenset([
    "a", "the", "this", "that", "first", "third", "plain", "their", "his", "her", "your", "clear",
])  # fmt: skip
"""After these a “no” is a thing: “the first no”."""
SIGNS = frozenset(".,;:!?—–“”()")
FULL_STOPS = frozenset(".;:!?")
BOUNDARY = SIGNS | frozenset([
    "but", "because", "so", "until", "unless", "while", "when", "if", "although", "though", "since", "whereas",
    "which", "who", "and", "or", "then",
])  # fmt: skip
"""Where a denial ends."""
CLAUSE_ENDS = SIGNS | frozenset([
    "before", "after", "but", "because", "so", "until", "unless", "while", "when", "if", "although", "and",
    "that", "which", "who",
])  # fmt: skip
"""Where what a person does ends."""
COMPARATORS = frozenset([
    "before", "after", "over", "than", "instead", "not", "beats", "against", "until", "without",
])  # fmt: skip
PARTS = SIGNS | COMPARATORS | frozenset([
    "and", "but", "or", "then", "while", "so", "because", "when", "if", "though", "although",
])  # fmt: skip
"""Where words stop standing together."""
DEGREES = frozenset([
    "more", "less", "fewer", "most", "least", "first", "last", "best", "worst", "better", "worse", "no",
])  # fmt: skip
AUXILIARIES = frozenset([
    "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "done", "have", "has", "had",
    "having", "will", "would", "can", "could", "may", "might", "must", "shall", "should", "let", "get", "got",
    "go", "goes", "went",
])  # fmt: skip
MODALS = frozenset([
    "can", "could", "will", "would", "do", "does", "did", "should", "must", "may", "i'll", "you'll", "we'll",
    "they'll", "it'll", "i'd", "you'd", "we'd",
])  # fmt: skip
FILLERS = frozenset([
    "i", "you", "he", "she", "it", "we", "they", "also", "just", "really", "even", "ever", "always", "still",
    "be", "have", "already",
])  # fmt: skip
"""What may stand between an auxiliary and its verb."""
ALIKE: Mapping[str, str] = {"begin": "start", "pick": "choose", "select": "choose"}
_ACTORS: Mapping[str, tuple[str, ...]] = {
        "I": ("i", "me", "my", "mine", "myself", "i'm", "i'd", "i'll", "i've",),
        "you": ("you", "your", "yours", "yourself", "you're", "you'd", "you'll", "you've",),
        "we": ("we", "us", "our", "ours", "we're", "we'd", "we'll", "we've", "let's",),
        "they": ("he", "him", "his", "she", "her", "hers", "they", "them", "their", "theirs", "he's", "she's",
        "they're", "they'd", "they'll", "he'd", "she'd", "he'll", "she'll", "they've",),
        "vp": ("vp", "vps", "cro", "boss", "executive", "sponsor",),
        "learning": ("learning", "l&d", "enablement", "trainer", "training",),
        "manager": ("manager", "managers",),
        "seller": ("rep", "reps", "seller", "sellers", "salespeople", "people",),
        "buyer": ("buyer", "buyers", "customer", "customers", "client", "clients",),
        "finance": ("finance", "cfo",),
        "coach": ("coach",),
        "vendor": ("vendor", "vendors",),
}  # fmt: skip
ACTOR_OF = {word: actor for actor, words in _ACTORS.items() for word in words}
