"""Patterns with which a paragraph says whose a deed is: labels, tags, orders taken, gifts, subjects."""

import re

from assistant.debrief.words import ACTIONS

ORDINARY = 4.2
"""Zipf value from which a word with a capital is hardly a name."""
ANY = re.IGNORECASE
NAME = r"(?:(?:Mrs?|Ms|Dr)\.?\s+)?[A-ZÀ-Þ][\w-]+(?:\s+(?!I\b)[A-ZÀ-Þ][\w-]+)?"
WORD = r"[\w'’-]+"
TOLD = r"(?:said|says|saying|told\s+\w+|promised(?:\s+\w+)?|agreed|undertook|offered|swore|sworn|confirmed|pledged|decided)"
REPORT = re.compile(
    rf"^.{{0,40}}?\b(?:{TOLD}|left\s+it|settled|(?:gave|given|gives)\s+(?:his|her|my|me|us|him)\s+(?:\w+\s+)?(?:word|promise))\s+(?:that\s+)?"
    r"(?=(?:the\s+\w+,\s+)?(?:I|i|he|she|they|we|both|[A-Z][\w-]+)(?:['’](?:ll|d)|\s+(?:will|would|should|had|both|is|was|can|[a-z]+s)\b))",
)
LABEL = re.compile(
    rf"(?:^|[.;,!?\n]\s*|\s[–—-]\s+|\bthen\s+)(?:(?:so|and|then|also|now|first|action(?:s|\sitem)?|homework|jobs?|tasks?|to-?do|down|up|over|back|next|ball|on)\s+){{0,3}}"
    rf"(?:on|for|to|with)?\s*(?P<who>me|mine|i|my|him|his|hers?|she|he|us|ours?|both|both of us|(?-i:{NAME}))"
    r"(?:\s+(?:part|side|job|jobs|bit|homework|task|end|list|turn|action|actions|share|to-?dos?)(?:\s+of\s+(?:it|the\s+\w+))?)?\s*(?:\([^)]*\))?\s*(?::|\s[–—]|(?<=mine)\.|(?<=hers)\.)\s*$",
    ANY,
)
OWES = re.compile(r"\bwhat\s+(?P<who>i|she|he|we)\s+(?:owes?|does|do)\b[^.:]*[.:]\s*$", ANY)
SELF = r"(?P<who>me|mine|you|yours|him|his|hers?|us|(?-i:[A-Z][\w-]+)(?:['’]s)?)"
ONLY_SELF = r"(?P<who>me|mine|you|yours|his|hers)"
TAGS = (
    re.compile(r"^(?P<who>mine|yours|his|hers)\s+(?:is|are)\b", ANY),
    re.compile(r"\bis\s+(?P<who>you)\W*$", ANY),
    re.compile(rf"(?:\b(?:that|this|it|those|which|and)(?:['’]?s|\s+(?:is|are|one['’]?s|one\s+is)))\s+(?:on|with|down\s+to|up\s+to|for)?\s*(?:all\s+)?{SELF}(?=\s*(?:[,.;]|$|to\s+\w+|doing\b|job\b|problem\b))(?!\s+to\s+the\b)", ANY),
    re.compile(r"^[^,:]{3,60},\s+(?:all\s+)?(?P<who>me|mine|his|hers)(?=,|$|\s+by\b)"),
    re.compile(rf"\b(?:down|falls|fell|up|comes?)\s+to\s+{SELF}\s+to\b", ANY),
    re.compile(rf"\b(?:down|falls|fell|left|is|it['’]?s|lands?|landed|sits|rests|stays)\s+(?:down\s+)?(?:on|to|with)\s+{SELF}(?:['’]s\s+(?:desk|list|plate))?(?=\s*(?:[,.;:]|$|to\b|by\b|for\b|now\b))", ANY),
    re.compile(r"\bon\s+(?P<who>my|his|her)\s+(?:list|plate|desk|to-?do)\b", ANY),
    re.compile(r"\bit(?:['’]?s|\s+is|\s+was)\s+(?P<who>me|him|her|(?-i:[A-Z][\w-]+))\s+(?:who|that)\b", ANY),
    re.compile(r"\bball(?:['’]s|\s+is)?\s+(?:is\s+)?(?:now\s+)?(?:back\s+)?in\s+(?P<who>my|his|her|our|(?-i:[A-Z][\w-]+)(?=['’]s))", ANY),
    re.compile(r"\b(?:is|are|was|['’]s)\s+(?P<who>mine|yours|his|hers|ours)\s+to\s+\w+"),
    re.compile(r"\b(?:is|are)\s+(?P<who>my)\s+(?:\w+\s+)?(?:job|task|homework|business|lunch|evening|morning|turn|problem|part)\b"),
    re.compile(r"^(?:the\s+)?(?P<who>my|his|her|our)\s+(?:own\s+|only\s+|next\s+)?(?:part|job|side|bit|end|homework|task|undertaking|share|turn|promise|contribution)\b", ANY),
    re.compile(r"\b(?P<who>his|hers?|my|[A-Z][\w-]+(?=['’]s))(?:['’]s)?\s+(?:doing|treat|idea and job)\b\W*$"),
    re.compile(rf"\b(?:by|from)\s+{SELF}\s*(?=[,.;]|$|from\b|by\b|on\b)(?<!by his)(?<!by her)"),
)  # fmt: skip
PASSIVE = re.compile(r"\b(?:gets?|got|is|are|be|being|get)\s+\w+(?:ed|t|n)\b|\bcomes?\b|\bgoes\b", ANY)
OFF = re.compile(
    rf"\b(?:gets?|have|has|hears?|receives?|comes?|due|arrives?)\b[^.;:]*?\b(?:from|off)\s+(?P<who>me|you|him|her|them|us|{NAME})|^\W*(?!(?:I|[Hh]e|[Ss]he|[Ww]e)\b){WORD}(?:\s+{WORD}){{0,3}}\s+from\s+(?P<also>me|him|her|[A-Z][\w-]+)\b"
)
TO_ME = re.compile(
    r"\b(?:due\s+to\s+me|in\s+my\s+(?:inbox|hands?|mail|post)|on\s+my\s+desk|(?:reach(?:es)?|comes?\s+to)\s+me)\b",
    ANY,
)
MADE_ME = re.compile(
    rf"\b(?:he|she|{NAME})\s+(?:has|had|got|gets|made|put|puts|has\s+put|booked)\s+me\s+(?!a\b|an\b|the\b|in\s+touch\b|my\b|his\b|her\b|two\b|three\b|through\b|onto\b|on\s+to\b|into\b|with\b)",
    ANY,
)
WANTS = re.compile(
    rf"\b(?:he|she|they|{NAME})(?:['’]d|\s+\w+ly)?\s+(?:wants?|wanted|asks?|asked|needs?|needed|would\s+like|like|likes|expects?|demands?|demanded|insists?|insisted|ordered|orders)\b",
    ANY,
)
I_AGREED = re.compile(
    r"\bI\s+(?:\w+\s+)?(?:said|agreed|nodded|accepted|told\s+(?:him|her|them))\s*(?:,|that\s+)?\s*[“\"'‘]?(?:it\s+was\s+)?(?:(?:to|on)\s+it|(?:I\s+would|i['’]d|we\s+would)\b|fine|ok(?:ay)?|yes|sure|yeah|deal|done|no\s+(?:bother|problem|worries)|of\s+course|alright|all\s+right|will\s+do|consider|she['’]d\s+have|he['’]d\s+have|$|[.,;])|\bI\s+(?:nodded|agreed)\b|\border\s+taken\b|\b(?:ok|okay|fine)\s*,?\s*deal\b|\bdeal\b\W*$",
    ANY,
)
MY_ASK = re.compile(
    rf"(?:^|\bI\s+(?:\w+\s+)?)(?:asked|wanted|begged|invited)\s+(?:if|whether|him|her|for|{NAME})\b", ANY
)
THEY_AGREED = re.compile(
    rf"\b(?:he|she|{NAME})\s+(?:\w+\s+)?(?:said|says|agreed|nodded|accepted|replied)\s*,?\s*[“\"'‘]?(?:yes|fine|ok(?:ay)?|sure|deal|done|of\s+course|alright|he\s+would|she\s+would|he['’]d|she['’]d|$|[.,;])",
    ANY,
)
TOGETHER = re.compile(
    r"\b(?:him|her|he|she|[A-Z]\w+)\s+and\s+(?:me|I)\b|\bthe\s+(?:pair|two)\s+of\s+us\b|\bboth\s+of\s+us\b|\b(?:we|We)(?:['’]ll|['’]re|\s+are)?\s+both\b|^(?:US|Us|us|Both|both|each of us|Each of us)\b|\b[Mm]e\s+and\s+(?:him|her|[A-Z]\w+)\b"
)
MEET_AGAIN = re.compile(
    r"^(?:they|we)\s+(?:meet|talk|speak|sit)\b|^next\s+(?:talk|call|meeting|session)\b", ANY
)
LEADS = re.compile(
    r"^(?:(?:and|so|then|but|also|now|well|ok|okay|yes|first|second|third|lastly|finally|in return|in exchange|meanwhile|besides|there|today|tonight|tomorrow|afterwards|(?:mon|tues|wednes|thurs|fri)day(?:\s+the\s+\w+)?)\b\W*+|(?:"
    r"(?:on|by|before|after|until|till|from|within|in|at|for|as)\s+(?:soon\s+as\s+)?[^,]{1,45}?(?:,|(?=\s+(?:I|i|he|she|we)(?:['’]|\s))))\W*+)++",
    ANY,
)
VERB = r"(?:['’](?:ll|m|s|d|re|ve)\b|\s+(?!and\b|or\b|team\b|desk\b|branch\b|office\b|crew\b)[a-z][a-z'’]+)"
ASIDE = r"(?:\s*\([^)]*\)|,\s+[^,]{2,45},|\s+who\s+[^,]{2,40}?(?=\s+(?:is|will|has)\b)|\s+(?:in|from|at|of|the)\s+[\w’']+(?:\s+[\w’']+)?)?"
ACTS = re.compile(
    rf"(?P<who>I|i|[Hh]e|[Ss]he|[Ww]e|[Tt]hey|[Bb]oth|[Yy]ou)(?P<verb>{VERB}|(?=,))|(?P<run>[Ii]m|[Ii]ve|[Ii]ll|[Ii]d|[Hh]es|[Ss]hes|[Ww]ell|[Tt]heyre|[Tt]heyll)\s+(?=[a-z])"
)
RUN = {
    "im": "i",
    "ive": "i",
    "ill": "i",
    "id": "i",
    "hes": "he",
    "shes": "she",
    "well": "we",
    "theyre": "they",
    "theyll": "they",
}
NAMED = re.compile(
    rf"(?P<who>{NAME}(?:\s+and\s+{NAME})?){ASIDE}[:,]?(?P<verb>{VERB})|(?P<also>{NAME})(?:,\s+(?=who\b|his\b|her\b|my\b)|\s+who\b|:)"
)
ROLE = re.compile(
    rf"(?:[Aa]n?|[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir|[Tt]he|[A-Z][\w-]+['’]s)\s+(?:[\w-]+\s+){{0,2}}?[\w-]+(?:\s+(?:in|from|at)\s+\w+)?,\s+(?:an?\s+)?(?P<who>{NAME}),?\s+(?=[a-z'’])|(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir)\s+(?:[\w-]+\s+)?(?![a-z]+s\s)[\w-]+\s+(?P<also>[A-Z][\w-]+)\s+(?=[a-z])"
)
GROUP = re.compile(
    r"(?:(?:the|my|his|her|our|their)\s+)?(?:each\s+of\s+the\s+)?(?:(?!of\b|who\b|from\b)[\w-]+\s+){0,2}?(?:managers?|leads?|heads?|reps|planners?|trainers?|boss|assistant|chap|coordinator|dispatcher|caretaker|deputy|director|secretary|analyst|controller|supervisor|sellers|owner|VP|learning\s+executive|partner|clerk|team)\b(?:,\s+[^,]{2,40},)?(?=['’]|\s+(?!for\b|who\b|and\b|in\b|at\b|to\b|with\b|by\b|of\b|on\b)[a-z])",
    ANY,
)
LOW_NAME = re.compile(
    r"(?:(?:and|so|then|her|his|my)\s+)*(?:[a-z]+\s+)?(?P<who>[a-zà-öø-ÿ]{3,})(?=\s+(?:from\s+\w+\s+|in\s+my\s+\w+\s+)?(?:is|will|has|said|says|owes|does|gets|[a-z]{2,}s)\b|['’]s\b|['’]ll\b)"
)
RARE = 2.6
"""Zipf value below which a word before a deed is a name that nobody gave its capital."""
GETS = re.compile(
    r"^(?:['’]ve\s+(?=(?:her|his|the|an?|their)\s)|(?:['’]ll|\s+will|['’]d|\s+would|\s+shall)?\s*(?:gets?|have|has|hears?(?=\s+(?:back|from))|receives?|expects?|wants?)\s+)(?P<what>(?!to\b|your\b|me\b|us\b|him\b|her\b|put\b|set\b|got\b|sworn\b|given\b|taken\b|been\b|until\b|till\b|told\b|said\b|had\b|a\s+word\b|committed\b|undertaken\b|moreover\b|decided\b|himself\b|herself\b|agreed\b|promised\b|back\b|in\s+touch\b|on\s+to\b|hold\b|asked\b|\w+ed\b|started\b|going\b|rid\b)\S.*)$",
    re.DOTALL,
)
GOES_TO = re.compile(
    r"\bto\s+(?:him|her|them|us|me|[A-Z][\w-]+)\b|\bfor\s+(?:him|her|me|us)\b|^(?:the\s+)?\w+(?:\s+\w+)?\s+to\s+\w+|^\w+(?:\s+\w+){1,3}\s+(?:re)?(?:\w+ed|written|done|made)\b|\b(?:ready|done|finished|written|sorted|squared|cleared|opened|together|into|out\s+of)\b|^(?:it|that|them|those)\s+\w+ed\b|^heard\b"
)
DEEDS = "|".join(sorted(ACTIONS))
SO_I = re.compile(rf"(?:,|\band|\bso)\s+[Ii](?:['’](?:ll|m))?\s+(?:{DEEDS}|owe|promised)\b")
MADE_THEM = re.compile(
    rf"\bI\s+(?:\w+\s+)?(?:got|had|made|talked)\s+(?P<who>him|her|{NAME})\s+(?:to|into)\b|^granted\b", ANY
)
FINITE = re.compile(rf"\b(?P<who>I|i|[Hh]e|[Ss]he|[Ww]e|{NAME})(?={VERB})")
