"""Word lists of the debrief: what tells an undertaking from a habit, a wish, a jibe or a memory."""

import re

_I = re.IGNORECASE

ACTIONS = frozenset(
    ["send", "bring", "give", "take", "write", "draft", "call", "ring", "phone", "tell", "introduce", "set", "get", "stop", "start", "listen", "watch", "join", "come", "pick", "choose", "free", "share", "prepare", "book", "arrange", "organise", "organize", "lend", "show", "report", "check", "find", "speak", "present", "sit", "open", "clear", "copy", "forward", "correct", "fix", "test", "shadow", "interview", "ask", "invite", "collect", "gather", "deliver", "return", "hand", "release", "nominate", "name", "mail", "email", "text", "print", "block", "reserve", "swap", "drop", "pay", "sign", "approve", "confirm", "review", "read", "mark", "score", "visit", "ride", "line", "pull", "follow", "chase", "warn", "brief", "track", "record", "host", "sort", "let", "cover", "file", "post", "upload", "schedule", "circulate", "compile", "rewrite", "summarise", "summarize", "message", "raise", "mention", "nudge", "square", "propose", "suggest", "supply", "provide", "pass", "remind", "update", "loop", "sketch", "attend", "observe", "trial", "pilot", "select", "shortlist", "measure", "log", "scan", "compare"]
)  # fmt: skip
"""Verbs with which a plain present tells what somebody is going to do."""

"""What follows "will" where nobody undertakes anything."""

WISHED = re.compile(
    r"\bif (?:he|she|they|only|i|we)(?:['’]d| would| could| had| only)\b|\bif only\b|\bi wish\b|\bwishe?d?\b|\bwouldn['’]t it be\b|\b(?:would|['’]d) (?:be (?:lovely|nice|great|good|happy)|love|like)\b|"
    r"\bin (?:an ideal|a perfect) world\b|\bideally\b|\bhopefully\b|\bfingers crossed\b|\bi (?:do )?hope\b|\bin theory\b|\bone (?:can|could) dream\b|\bwho knows\b|"
    r"\b(?:maybe|perhaps|might|apparently|supposedly|presumably|possibly)\b|\bsurely\b|\bi could have\b|\bshould have\b|\bi guess (?:he|she|they)\b|"
    r"\bnext time\b|\bgoes? on (?:leave|holiday)\b|\btakes? the (?:train|plane)\b|\bi doubt\b|\bnot holding my breath\b",
    _I,
)

SARCASM = re.compile(
    r"\boh,? (?:sure|yes|yeah|right|of course|absolutely|brilliant|great|lovely|wonderful|joy|goody)\b|\byeah,? (?:right|sure)\b|\bas (?:always|usual|ever)\b|\b(?:he|she|they) always (?:does|do|says?|thinks?|will|promises?)\b|"
    r"\bany day now\b|\b(?:i['’]m|i am) (?:quite |absolutely )?sure (?:he|she|they|it)(?:['’]ll| will)\b|\bno doubt\b|\bhell freezes\b|\bpigs (?:might |will |can )?fly\b|\bbelieve (?:it|that) when\b|"
    r"\bdon['’]t hold (?:your|my) breath\b|\bof course (?:he|she|they)(?:['’]ll| will)\b|\bi bet (?:he|she|they)\b|\bsame as (?:always|last time|every)\b|\bheard that (?:one )?before\b|"
    r"\blike (?:he|she|they) (?:did|promised|said) (?:last|the)\b|\bwhat a surprise\b|\bthe cheque is in the post\b|\bin the year \d{4}\b|\bthis decade\b|\bthis century\b|\bi['’]ll frame it\b|/s\b",
    _I,
)

EARLIER = re.compile(
    r"\b(?:in|back in|since|last) (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|q[1-4])\b[^.]*\b(?:said|promised|told|was going to|were going to|would)\b|"
    r"\b(?:said|promised|told|was going to|were going to)\b[^.]*\b(?:in|back in|last) (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|year|month|time|week|quarter)\b|"
    r"\b(?:last (?:time|month|week|year|quarter|meeting)|at the (?:\w+ )?(?:review|kick-?off|last meeting)|weeks? ago|months? ago|a year ago|the (?:other|previous) (?:time|meeting)|originally|back then)\b[^.]*\b(?:said|promised|told|was going to|would|['’]d)\b|"
    r"\bkeeps? (?:saying|promising|telling)\b|\bwas (?:going|supposed|meant) to\b|\bwere (?:going|supposed|meant) to\b|\bforget what i said\b|\bhad (?:said|promised|told)\b",
    _I,
)

DONE = re.compile(
    r"\b(?:already|that['’]?s done|is done|so that(?: one)?['’]?s (?:done|off)|off the list|sorted already|done and dusted)\b",
    _I,
)

TAKEN_BACK = re.compile(
    r"\btook (?:it|that) back\b|\bforget what i said\b|\bbacktracked\b|\bwent back on\b|\bchanged (?:his|her|their) mind\b|\bunsaid it\b|\bwithdrew (?:it|that|the offer)\b",
    _I,
)

NO_NAMES = frozenset({
    "I", "A", "An", "The", "And", "But", "So", "Then", "That", "This", "These", "Those", "There", "It", "Its", "If", "In",
    "On", "At", "By", "For", "From", "To", "With", "Of", "Or", "As", "Not", "No", "Yes", "Nor", "He", "She", "They", "We",
    "You", "My", "His", "Her", "Their", "Our", "Your", "Me", "Him", "Them", "Us", "Who", "What", "When", "Where", "Why",
    "How", "Which", "Whoever", "Both", "Each", "Is", "Was", "Are", "Were", "Be", "Been", "Do", "Does", "Did", "Has",
    "Have", "Had", "Will", "Would", "Could", "Should", "Can", "May", "Might", "Must", "Let", "Asked", "Told", "Said",
    "Says", "Ok", "Okay", "Right", "Well", "Oh", "Good", "Great", "Nice", "Fine", "Sorry", "Thanks", "Sure", "Brilliant",
    "Honestly", "Anyway", "Also", "Still", "Now", "Once", "Only", "Just", "Today", "Tomorrow", "Tonight", "Yesterday",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April",
    "June", "July", "August", "September", "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul",
    "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Christmas", "Easter", "Outcome", "Goal", "Number", "Action", "Actions",
    "Next", "Wants", "Tried", "Mine", "Promise", "Promises", "Notes", "Summary", "Felt", "Met", "Meeting", "Teams",
    "Zoom", "Finance", "Sales", "Learning", "Marketing", "Legal", "Procurement", "Board", "Budget", "Everyone",
    "Everybody", "Nobody", "Somebody", "Nothing", "Something", "Half", "One", "Two", "Three", "Four", "Five", "Six",
    "Seven", "Eight", "Nine", "Ten", "Fifteen", "Twenty", "Thirty", "Last", "First", "Second", "Third", "After", "Before",
    "Because", "Small", "Best", "Worst", "Short", "Long", "Quick", "Went", "Came", "Got", "Gave", "Took", "Left", "Spent",
    "Ended", "Started", "Never", "Always", "Maybe", "Perhaps", "Apparently", "Annoying", "Excel", "Slack", "CRM", "Q1",
    "Q2", "Q3", "Q4", "VP", "CEO", "CFO", "CRO", "HR", "QBR", "SKO", "EMEA", "Typing", "Quarter", "Homework", "Granted", "Painful",
})  # fmt: skip
"""Words that stand with a capital and are nobody."""

WORDS_TOO = frozenset({
    "will", "mark", "grant", "rob", "bill", "pat", "sue", "grace", "hope", "joy", "dawn", "may", "june", "april", "art",
    "rose", "frank", "jack", "max", "page", "rich", "drew", "chance", "price", "win", "see", "van", "ray", "gene", "lee",
    "don", "guy", "young", "long", "early", "sales", "major", "king", "sunny", "star", "case", "chase", "said", "miss",
    "love", "self", "many", "son", "man", "holly", "ivy", "so", "an", "my", "in", "do", "che", "sol", "ash", "tell",
    "ever", "till", "ward", "lead", "deal", "reps", "rep", "call", "team", "desk",
})  # fmt: skip
"""First names that are ordinary words as well: in lower case they are taken for those."""


def lemma_of(verb: str) -> str:
    """The plain form of a present: send for sends, try for tries, fix for fixes."""
    word = verb.lower()
    if word in ("does", "goes"):
        return word[:-2]
    if word == "has":
        return "have"
    if word in ("is", "are", "am"):
        return "be"
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def plain_verb(word: str) -> str:
    """The plain form of a present or of an -ing form that undertakes something; another word as it is."""
    lower = word.lower()
    if lower.endswith("ing") and len(lower) > 5:
        return next((each for each in (lower[:-3], f"{lower[:-3]}e", lower[:-4]) if each in ACTIONS), word)
    lemma = lemma_of(lower)
    return (
        lemma
        if lemma in ACTIONS or lemma in ("go", "do", "have", "make", "let", "keep", "talk", "put")
        else word
    )
