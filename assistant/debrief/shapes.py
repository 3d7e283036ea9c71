"""The shapes in which people say that somebody is going to do something.

Each has the groups `subj` (who) and `what` (from the deed to the end of the clause).
"""

import re

_I = re.IGNORECASE
ADV = r"(?:\s+(?:also|then|now|only|just|first|each|both|all|personally|even|himself|herself|themselves|myself|still|finally|at least|in turn|definitely|happily))*"
ROLES = r"[Tt]he\s+(?:[\w-]+\s+)?(?:managers|manager|team\s+leads|leads|heads|analyst|assistant|trainers?|facilitators|regional\s+heads)|[Hh](?:is|er)\s+(?:PA|assistant|deputy|chief\s+of\s+staff|analyst)"
SUBJ = rf"(?P<subj>\bI\b|\bi\b|\b[Hh]e\b|\b[Ss]he\b|\b[Tt]hey\b|\b[Ww]e\b|\b[Bb]oth of us\b|\b[Ee]ach of us\b|\b{ROLES}\b|\b(?:O['’])?[A-Z][\w-]*(?=\b))"
APPOSITION = r"(?:,\s[^,]{2,40},|\s+\([^)]{2,40}\)|\s+from\s+\w+(?=\s)|,(?=\s+[a-z]+s\s)|\s+the\s+[\w-]+(?:\s+[\w-]+)?(?=\s))?"
WILL = re.compile(
    rf"{SUBJ}{APPOSITION}(?:['’]ll|\s+will|\s+shall|(?:['’]s|['’]m|['’]re|\s+is|\s+am|\s+are)\s+(?:going\s+to|gonna)|\s+gonna|(?:['’]s|['’]m|['’]re|\s+is|\s+am|\s+are)(?:\s+also)?\s+to(?=\s+\w+)){ADV}\s+(?P<what>\S.*)$",
    re.DOTALL,
)
SAID = r"(?:said|says|saying|promised|promises|told\s+(?:him|her|them|me|us|\w+)|agreed|agrees|offered|texted\s+(?:him|her|them|\w+)|wrote|mailed|swore|confirmed|(?:he|she|I|we|they)\s+goes|left\s+it|decided)"
REPORTED = re.compile(
    rf"(?:(?P<speaker>\bI\b|\bi\b|\b[Hh]e\b|\b[Ss]he\b|\b[Tt]hey\b|\b[Ww]e\b|\b[Hh]im\b|\b[Hh]er\b|\b[Yy]ou\b|\b[A-Z][\w’'-]*)\s+)?(?:also\s+|even\s+|then\s+|\w+ly\s+)?(?:['’]?ve\s+|has\s+|have\s+)?(?P<verb>(?i:{SAID}))\s+(?:that\s+)?(?P<subj>I|i|he|she|they|we|[A-Z][\w’-]*)(?P<both>\s+both)?(?:['’]d|\s+would|['’]ll|\s+will|['’]m\s+going\s+to){ADV}\s+(?P<what>\S.*)$",
    re.DOTALL,
)
GOES_ON = re.compile(rf"^(?P<subj>I|i|he|she|they|we)(?:['’]d|\s+would){ADV}\s+(?P<what>\S.*)$", re.DOTALL)
REPORTING = re.compile(
    r"\b(?P<speaker>I|i|he|she|they|we|[A-Z][\w-]+)\s+(?:also\s+|then\s+)?(?:said|told\s+\w+|promised|agreed|offered)\b",
    re.DOTALL,
)
NEXT_TALK = re.compile(
    r"^(?:our\s+|the\s+)?next\s+(?:talk|meeting|call|session|one-to-one|1:1|catch-up|coffee)\b(?:\s+(?:is|on|at))?\W*",
    _I,
)
PROMISED_TO = re.compile(
    rf"{SUBJ}{APPOSITION}(?:\s+(?:has|have|also|even|then)|['’]ve|['’]s)*\s+(?:promised(?:\s+(?:me|him|her|them|us))?|agreed|offered|volunteered|undertook|committed|undertakes|offers|agrees|promises|signed\s+up|took\s+it\s+on\s+(?:him|her|my)self)\s+to\s+(?P<what>\S.*)$",
    re.DOTALL,
)
TOOK_ON = re.compile(
    r"\b[Ww]hat\s+(?P<subj>I|he|she|we|they)\s+(?:did\s+take|took|take|takes|am\s+taking|is\s+taking)\s+on\s+is\s+to\s+(?P<what>\S.*)$|\b(?P<subj2>[Ii]|[Hh]e|[Ss]he|[Ww]e)\s+took\s+on\s+(?P<what2>\S.*)$",
    re.DOTALL,
)
PROMISED = re.compile(
    rf"(?:{SUBJ}(?:['’]ve|['’]s|\s+has|\s+have)?(?:\s+also|\s+even)?\s+)(?:promised|offered|guaranteed)\s+(?:me\s+|him\s+|her\s+|us\s+|them\s+|you\s+)?(?!to\b|that\b|he\b|she\b|I\b|we\b|it\b|nothing\b|himself\b|herself\b|myself\b)(?P<what>\S.*)$",
    re.DOTALL,
)
ON_SOMEBODY = re.compile(
    r"(?:^|\b(?i:it['’]s|it\s+is|is|action|next\s+step|ball['’]s|down|up|job|that['’]s))\s*(?:now\s+)?(?:on|with|for|down\s+to|up\s+to)\s+(?P<subj>me|him|her|them|us|[A-Z][\w-]+)\s*(?:\s+to|:|,)\s+(?P<what>\S.*)$",
    re.DOTALL,
)
SOMEBODY_TO = re.compile(
    r"^(?:so\s+|and\s+)?(?P<subj>me|us|both|him|her|[A-Z][\w-]+)\s+to\s+(?P<what>[a-z].*)$", re.DOTALL
)
EXPECTED = re.compile(
    r"\bI(?:['’]m|\s+am)?\s+(?:expecting|waiting\s+for|getting|expect|get|receive)\s+(?P<what>\S.*?)\s+from\s+(?P<subj>him|her|them|[A-Z][\w-]+)\b.*$",
    re.DOTALL,
)
FROM_SOMEBODY = re.compile(
    r"^(?P<what>[\w\s'’-]{3,40}?)\s+(?:from|by)\s+(?P<subj>me|him|her|them|[A-Z][\w-]+)\b", re.DOTALL
)
PROMISED_BARE = re.compile(
    r"^(?:Promised|promised|Offered|offered)\s+(?:him\s+|her\s+|them\s+)(?!to\b|that\b|he\b|she\b|I\b|nothing\b)(?P<what>\S.*)$",
    re.DOTALL,
)
GERUND = re.compile(
    r"\b(?:parted|left|ended|finished|settled|agreed|closed|ends?)\b[^,.;]{0,30}?\b(?:with|on)\s+(?P<subj>him|her|me|us|them|[A-Z][\w-]+)\s+(?P<what>[a-z]+ing\b.*)$",
    re.DOTALL,
)
TOLD_TO = re.compile(
    r"\b(?:[Tt]old|[Aa]sked|getting|having)\s+(?P<subj>[A-Z][\w-]+)\s+(?:to\s+)?(?P<what>(?:have|send|bring|pull|get|call|ring|write|set|book|draft|share|give|take)\b.*)$",
    re.DOTALL,
)
AGREED_ON = re.compile(
    r"^(?:(?:[Ww]e|[Bb]oth)\s+)?(?:[Ss]hook(?:\s+hands)?|[Aa]greed|[Ss]ettled|[Ll]anded)\s+on\s+(?P<what>\S.*)$",
    re.DOTALL,
)
CAN = re.compile(
    rf"{SUBJ}\s+can\s+(?P<what>(?:get|give|let|send|have|bring|lend|show)\s+(?:me|us)\b.*)$", re.DOTALL
)
HAS_UNTIL = re.compile(
    rf"{SUBJ}(?:['’]ve)?\s+(?:has|have|got|had)?\s*(?:got\s+)?(?:until|till)\s+[^,.;]{{2,25}}?\s+to\s+(?P<what>\S.*)$",
    re.DOTALL,
)
DUE_TO = re.compile(rf"{SUBJ}(?:['’]m|['’]s|\s+is|\s+am)\s+due\s+to\s+(?P<what>\S.*)$", re.DOTALL)
UNLESS = re.compile(rf"^[Uu]nless\b.*?{SUBJ}(?:['’]m|['’]s|['’]ll)\s+(?P<what>\S.*)$", re.DOTALL)
RECEIVES = re.compile(
    r"\b(?P<subj>[Hh]e|[Ss]he|[Tt]hey)(?:['’]ll\s+(?:have|get)|\s+will\s+(?:have|get)|\s+gets|['’]d\s+get)\s+(?P<what>it|them|one|that|those|this)\b",
)
FORWARD = re.compile(rf"^{SUBJ}(?:['’]d|\s+would){ADV}\s+(?P<what>\S.*)$", re.DOTALL)
SAID_BEHIND = re.compile(r"^(?P<speaker>I|i|he|she|they|[A-Z][\w-]+)\s+(?:said|says|told\s+me|promised)\b")
WHO_WILL = re.compile(
    r"^(?P<what>(?:['’]ll|will|['’]s\s+going\s+to|is\s+going\s+to|['’]s|is)\s+\S.*)$", re.DOTALL
)
ASKED_OF = re.compile(
    r"\b(?:I|i)\s+asked\s+(?:(?:if|whether)\s+(?P<subj>he|she|they|[A-Z][\w-]+)(?:['’]d|\s+would|\s+could|\s+can|\s+might)\s+|(?P<subj2>him|her|them|[A-Z][\w-]+)\s+(?:for|to)\s+|for\s+)(?P<what>\S.*?)(?:,?\s+and\s+|,\s+)(?:he|she|they|[A-Z][\w-]+)\s+(?:said\s+(?:yes|fine|sure|ok(?:ay)?|of\s+course|he\s+would|she\s+would|why\s+not)|agreed|nodded|can\b|will\b|wrote\s+it\s+down)(?P<rest>[^.!?]*)",
    re.DOTALL,
)
OWES = re.compile(rf"{SUBJ}\s+(?:still\s+|also\s+|now\s+)?owes?\s+(?P<what>\S.*)$", re.DOTALL)
HOOK = re.compile(
    rf"{SUBJ}(?:['’]s|['’]m|['’]re|\s+is|\s+am|\s+are)\s+(?:now\s+)?(?:on\s+the\s+hook\s+for|down\s+for|in\s+charge\s+of|responsible\s+for|signed\s+up\s+for|lined\s+up\s+for)\s+(?P<what>\S.*)$",
    re.DOTALL,
)
PROGRESSIVE = re.compile(
    rf"{SUBJ}{APPOSITION}(?:['’]s|['’]m|['’]re|\s+is|\s+am|\s+are){ADV}\s+(?P<what>(?P<verb>[a-z]+?)ing\b.*)$",
    re.DOTALL,
)
PRESENT = re.compile(rf"{SUBJ}{APPOSITION}{ADV}\s+(?P<what>(?P<verb>[a-z]+)\b.*)$", re.DOTALL)
MUST = re.compile(
    rf"{SUBJ}(?:['’]ve)?\s+(?:have\s+to|has\s+to|(?<=['’]ve\s)(?:got\s+)?to|need\s+to|needs\s+to|must|got\s+to|['’]ve\s+got\s+to|better)\s+(?P<what>\S.*)$",
    re.DOTALL,
)
LABEL = re.compile(
    r"^(?:(?P<mine>mine|me|my (?:part|bit|side|job|task|homework|to-?do|action|end)(?: (?!is\b)[^:]{1,25}(?=:))?|(?:action|to-?do)s?(?: for)? me|on me)|(?P<theirs>(?:his|hers|her|their|theirs|him|them)(?: (?:part|bit|side|job|task|homework|to-?do|action|end))?)|"
    r"(?P<both>both|us|ours|we|together)|(?P<name>[A-Z][\w-]+|the \w+)(?:['’]s (?:part|bit|side|job|task|homework|to-?do|action|end)(?: (?!is\b)[^:]{1,25}(?=:))?)?)(?:\s*[:=]\s*|\s+[–—-]\s+|\s+is\s+to\s+)(?P<what>\S.*)$",
    re.DOTALL | _I,
)
COMES = re.compile(
    r"(?:(?P<whose>\b[Hh]is|\b[Hh]er|\b[Tt]heir|\b[Mm]y|[A-Z][\w-]+['’]s)\s+|\b[Tt]he\s+)?(?P<what>(?:[\w-]+\s+){1,4}?)(?:should\s+be\s+(?:here|with\s+(?:me|us)|in)|will\s+be\s+with\s+(?:me|us)|is\s+with\s+(?:me|us)|comes?|is\s+coming|arrives?|lands?|follows?|is\s+due|due|goes\s+out|is\s+going\s+out|reach(?:es)?\s+me|will\s+be\s+(?:here|with\s+me|in\s+my\s+inbox))\b(?P<rest>.*)$",
    re.DOTALL,
)
WANTED = re.compile(
    r"(?P<subj>\b[Hh]e|\b[Ss]he|\b[Tt]hey|[A-Za-z][\w-]+)\s+(?:also\s+)?(?:wants|needs|asked\s+for|asks\s+for|asked\s+me\s+for|wanted|asked\s+to\s+have|asked\s+me\s+to|wants\s+me\s+to|asked\s+if\s+I(?:['’]d|\s+could|\s+would))\s+(?P<what>\S.*)$",
    re.DOTALL,
)
EXPECT = re.compile(r"^(?:[Ee]xpect|[Ee]xpecting)\s+(?P<what>\S.*)$", re.DOTALL)
BARE = re.compile(
    r"^(?:(?P<will>(?i:will|shall|['’]ll|must remember to|remember to|don['’]t forget to|need to|have to|must|got to|to do:?|to))\s+)?(?P<what>(?P<verb>[A-Za-z]+)\b.*)$",
    re.DOTALL,
)
IN_QUOTES = re.compile(
    r"\b(?:I['’]ll|I will|I['’]m going to|let me|you['’]ll (?=have|get)|you will (?=have|get))\s*(?P<what>[^.!?;”\"»]+)",
    _I,
)
BY_ME_BEFORE = re.compile(
    r"\b(?:I|i)\s+(?:said|told|say|wrote|texted|goes?|mailed|answered|replied)[^.]{0,30}$"
)
BY_ME_AFTER = re.compile(r"^[,.]?\s*(?:I|i)\s+(?:said|told|say|wrote|answered|replied)\b")
CONDITION = re.compile(
    r"^(?:only\s+)?(?:if|unless|whether|when(?:ever)?|once|until|before|after|as\s+soon\s+as|even\s+if|because|since|where|how|why|whoever)\b",
    _I,
)
NEGATED = re.compile(r"^(?:not|never|nothing|n['’]t)\b", _I)
MEETING_AGAIN = re.compile(
    r"^(?:be\s+)?(?:meet(?:ing)?|speak(?:ing)?|talk(?:ing)?|see(?:ing)?|catch(?:ing)?\s+up|have\s+(?:lunch|a\s+coffee))\b(?!\s+(?:to|with|them|the))",
    _I,
)
NO_DATE = re.compile(r",?\s*\bno date(?: (?:yet|given|named|set))?\b", _I)
