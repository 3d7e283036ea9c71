"""Word lists of the debrief: what tells an undertaking from a habit, a wish, a jibe or a memory."""

import re

_I = re.IGNORECASE

ACTIONS = frozenset(
    ["send", "bring", "give", "take", "write", "draft", "call", "ring", "phone", "tell", "introduce", "set", "get", "stop", "start", "listen", "watch", "join", "come", "pick", "choose", "free", "share", "prepare", "book", "arrange", "organise", "organize", "lend", "show", "report", "check", "find", "speak", "present", "sit", "open", "clear", "copy", "forward", "correct", "fix", "test", "shadow", "interview", "ask", "invite", "collect", "gather", "deliver", "return", "hand", "release", "nominate", "name", "mail", "email", "text", "print", "block", "reserve", "swap", "drop", "pay", "sign", "approve", "confirm", "review", "read", "mark", "score", "visit", "ride", "line", "pull", "follow", "chase", "warn", "brief", "track", "record", "host", "sort", "let", "cover", "file", "post", "upload", "schedule", "circulate", "compile", "rewrite", "summarise", "summarize", "message", "raise", "mention", "nudge", "square", "propose", "suggest", "supply", "provide", "pass", "remind", "update", "loop", "sketch", "attend", "observe", "trial", "pilot", "select", "shortlist", "measure", "log", "scan", "compare"]
)  # fmt: skip
"""Verbs with which a plain present tells what somebody is going to do."""

STATES = frozenset(
    ["want", "need", "say", "think", "reckon", "like", "hate", "love", "know", "feel", "seem", "be", "have", "look", "sound", "mean", "believe", "hope", "wonder", "understand", "prefer", "remember", "agree", "disagree", "care", "matter", "own", "trust", "doubt", "suppose", "guess", "expect", "fear", "live", "belong", "depend", "deserve", "enjoy", "miss", "regret", "worry", "wish", "swear", "claim", "insist", "admit", "complain", "moan", "talk", "laugh", "smile", "nod", "shrug", "sigh", "grunt", "cry", "handle", "refuse", "see", "fly", "leave", "retire", "travel", "finish", "close", "end", "return", "expire", "celebrate", "sleep", "play", "wait", "dread", "stay", "remain", "spend", "marry", "could", "would", "should", "might", "must", "can", "may", "shall", "will", "don", "didn", "won", "isn", "wasn", "hasn", "haven", "couldn", "wouldn", "doesn", "aren", "weren", "cannot"]
)  # fmt: skip

NOT_AFTER_WILL = re.compile(
    r"^(?:not|never|been|bed\b|do better|have (?:been|seen|had)\b|walk\b|defend|have to|have (?:your|my|his|her) (?:head|guts)|do (?:what|my best|his best|her best)|need|know|like|love|hate|want|regret|laugh|complain|believe|remember|mind|miss|understand|cost|work|"
    r"cope|survive|moan|forget|say|think it|faint|see (?:who|what|if|how|whether|about)|see$|try\W*$|be (?!on (?!holiday|leave|the road)|there\b|with (?:me|us|him|her|them)\b|sitting\b|joining\b|doing\b|sending\b|out with\b|the one\b)|"
    r"probably|surely|happen|depend|agree|admit|go well|do well|do fine|win|lose|always|believe|eat|take that|kill|no doubt|"
    r"get over|feel|come round|come around|be (?:away|off|out)\b|end up|hit|explode|retire|stay the same|care|notice|read it|"
    r"thank me|hold (?:it|that) against|buy lunch|buy (?:me|her|him) lunch)\b",
    _I,
)
"""What follows "will" where nobody undertakes anything."""

PAST = frozenset(
    [
        "went",
        "came",
        "got",
        "gave",
        "took",
        "left",
        "said",
        "told",
        "made",
        "did",
        "had",
        "was",
        "were",
        "sent",
        "brought",
        "wrote",
        "drew",
        "rang",
        "spoke",
        "met",
        "sat",
        "saw",
        "found",
        "felt",
        "thought",
        "knew",
        "heard",
        "read",
        "kept",
        "held",
        "ran",
        "began",
        "lost",
        "won",
        "paid",
        "put",
        "set",
        "let",
        "cut",
        "hit",
        "hurt",
        "shut",
        "spent",
        "sold",
        "bought",
        "built",
        "taught",
        "caught",
        "fought",
        "drove",
        "rode",
        "rose",
        "fell",
        "flew",
        "grew",
        "threw",
        "wore",
        "broke",
        "chose",
        "woke",
        "stood",
        "understood",
        "forgot",
        "swore",
        "shook",
        "ate",
        "drank",
        "sang",
        "rang",
        "slept",
        "swept",
        "meant",
        "dealt",
        "led",
        "fed",
        "bit",
        "hid",
        "stuck",
        "struck",
        "swung",
        "hung",
        "dug",
        "sank",
        "sprang",
        "stole",
        "froze",
        "tore",
        "bore",
    ]
)

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

ACCEPTED = re.compile(
    r"\bi (?:said|say|told (?:him|her|them)) (?:fine|yes|yeah|yep|ok(?:ay)?|sure|of course|done|deal|no problem|i would|i will|i['’]d (?:do|have|get|send)|go on then|all right|alright|consider it done)\b|\bi (?:agreed|nodded|accepted|promised (?:it|that|him|her|them)|signed up)\b|\bfine by me\b|\bwhich is fair\b",
    _I,
)

ACCEPTED_NEXT = re.compile(
    r"^(?:i (?:said|say) (?:fine|yes|yeah|ok(?:ay)?|sure|of course|done|deal|no problem)|i agreed|i nodded|fine\b|yes\b|deal\b|will do|happy to|"
    r"i told (?:him|her|them) (?:he|she|they)['’]d (?:get|have)|(?:he|she|they)(?:['’]ll (?:get|have)| gets) (?:it|them|one|that))\b",
    _I,
)

AGREEMENT = re.compile(
    r"\b(?:we|both) (?:agreed|settled|decided|shook|landed|left it)\b|\bagreed\b|\bdeal\b|\bin (?:return|turn|exchange)\b|\bthe plan\b|\bnext steps?\b|\bactions?\b|\bwhat['’]s left\b|\bso (?:now|here it is)\b|\bthen:|\bsettled on\b",
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
    "Q2", "Q3", "Q4", "VP", "CEO", "CFO", "CRO", "HR", "QBR", "SKO", "EMEA", "Typing", "Quarter",
})  # fmt: skip
"""Words that stand with a capital and are nobody."""

WORDS_TOO = frozenset({
    "will", "mark", "grant", "rob", "bill", "pat", "sue", "grace", "hope", "joy", "dawn", "may", "june", "april", "art",
    "rose", "frank", "jack", "max", "page", "rich", "drew", "chance", "price", "win", "see", "van", "ray", "gene", "lee",
    "don", "guy", "young", "long", "early", "sales", "major", "king", "sunny", "star", "case", "chase", "said", "miss",
    "love", "self", "many", "son", "man", "holly", "ivy", "so", "an", "my", "in", "do", "che", "sol", "ash", "tell",
    "ever", "lead", "deal", "reps", "rep", "call", "team", "desk",
})  # fmt: skip
"""First names that are ordinary words as well: in lower case they are taken for those."""
