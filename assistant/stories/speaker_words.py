"""The words by which a story says who speaks: verbs of saying, who is one of us, who buys, and what stands between."""

import re

QUOTED = re.compile(
    r"[“\"«„](?P<double>[^”\"»“\n]{8,400})[”\"»“]"
    r"|(?<![\w’'])[‘'](?P<single>[^‘\n]{7,400}?[.,!?])[’'](?!\w)"
)
SAYING = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|ask(?:ed|s|ing)?|told|tells?|telling|answer(?:ed|s)?|repl(?:ied|ies)|wrote|writes|shout(?:ed|s)?|whisper(?:ed|s)"
    r"|mutter(?:ed|s)|laughed|goes|went|add(?:ed|s)|explain(?:ed|s)?|snapped|sighed|texted|e?-?mailed|admitted|opens?|opened|began|begins?|started|starts"
    r"|put it|remarked|insisted|pitch(?:ed|es)|promised|offered|reads?|interrupted|(?:is|was|were) like|kept on|tried|called (?:it|us)|complained|warned|blurt(?:ed|s)(?: out)?)\b",
    re.IGNORECASE,
)
TELLING = re.compile(r"^\W*(?:so |then |and |just )?(?:asked|told|opened|began|started|pitched|tried|offered|explained)\b", re.IGNORECASE)  # fmt: skip
PASSIVE = re.compile(r"\b(?:am|was|were|got|get|been)\s+(?:then |just )?(?:told|asked|shouted at)\b", re.IGNORECASE)  # fmt: skip
ALWAYS_BUYER = r"buyers?|customers?|clients?|prospects?|champion|contact|sponsor"
BUYER = (
    rf"{ALWAYS_BUYER}|chief \w+ officer|c[efitmor]o|cmo|chro|procurement(?: \w+)?|purchaser|purchasing|owner|chef|surgeon|doctor|nurse|pharmacist|matron|baker"
    r"|grower|farmer|clerk|planner|superintendent|broker|shopkeeper|receptionist|gatekeeper|secretary|assistant|controller|accountant|lawyer|legal|principal"
    r"|foreman|architect|librarian|engineer|treasurer|sister|dentist|wholesaler|dealer|headmaster|headmistress|landlord|mechanic|director|buying committee|committee"
    r"|producer|consultant|agent|guard|man from \w+|woman from \w+|chief executive|partner|(?:chair)(?:man|woman)?|vet|waiter|housekeeper|dispatcher|headteacher|teacher"
    r"|head of (?!sales|learning|enablement|training|l&d)\w+(?: and \w+)?"
    r"|(?:plant|ward|store|shop|office|production|facilities|logistics|fleet|it|hr|finance|financial|operations|marketing|quality|warehouse|event|property|works|site|hotel"
    r"|kitchen|branch|category|export|maintenance|safety|project|security|practice|chain|data|construction|depot|service|school|laboratory|lab|clinic|estate)"
    r" (?:manager|director|lead|leader|chief|head|officer|man|woman|people)"
)
OURS = (
    r"(?:sales )?reps?|sellers?|sales(?:man|woman|person|people)|sales (?:manager|director|engineer|lead|trainer|leader)|account (?:manager|man|woman|executive|exec)s?|aes?"
    r"|[sb]drs?|colleagues?|trainers?|coach(?:es)?|facilitator|instructor|team leads?|supervisors?|vp(?: of sales)?|svp|cro|head of (?:sales|learning|enablement|training)"
    r"|enablement|learning(?: (?:lead|manager|director|executive))?|new (?:hire|starter|one|lad|rep)s?|newest \w+|starters?|hires?|presales|mentor|callers?"
    r"|(?:regional|area|district|line|front-?line|channel|country|territory) managers?|managers?|boss|team|lad|rookie|veteran|(?<=our )(?:people|man|woman|guy|side)|(?<=my )(?:people|man|guy)"
)
NOUN = re.compile(rf"\b(?:(?P<buyer>{BUYER})|(?P<ours>{OURS}))\b(?P<theirs>['’]s)?", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:I|[Ww]e|[Mm]e|[Uu]s|[Hh]e|[Ss]he|[Tt]hey|[Hh]im|[Hh]er|[Hh]is|[Tt]hem|[Tt]heir)\b(?!['’]s)")  # fmt: skip
OWN, SUBJECTS = frozenset({"i", "we", "me", "us"}), frozenset({"i", "we", "he", "she", "they"})
OWNER = re.compile(r"\b(?P<who>my|our|their|his|her|whose|one of my|one of our|(?:customer|client|buyer)['’]s)(?: [\w-]+){0,2} $", re.IGNORECASE)  # fmt: skip
OF_THEIRS = re.compile(r"^ (?:at|of|from) (?:the|their|a|an) (?:\w+ )?(?:customer|client|buyer|bank|hospital|mill|plant|clinic|school|hotel|firm)\b|^ over there|^ on their side", re.IGNORECASE)  # fmt: skip
OBJECT = re.compile(
    r"\b(?:with|to|of|at|for|from|about|behind|beside|near|on|in|against|into|by|asks?|tells?|told|took|met|saw|let|made|rang|sent|gave|called|had|got|\w{2,}ed)"
    r"(?: (?:the|a|an|my|our|their|his|her|one of (?:my|our)|some|another|that|this)(?: [\w-]+)?)? $",
    re.IGNORECASE,
)  # fmt: skip
HEARD = re.compile(r"\b(?:heard?|watched|saw|let|listened to|hearing|when|because|and|but|then|so)(?: (?:the|a|an|my|our|one of (?:my|our)))?(?: [\w-]+)? $", re.IGNORECASE)  # fmt: skip
NAMED = re.compile(r"^,? (?P<after>(?!The|A|She|He|They|I|We|But|And|On|In)[A-Z][a-zà-ž]+)\b|^$")
INTRODUCED = re.compile(r"\b(?P<name>[A-Z][a-zà-ž]+), (?:the|our|my|their|a|an|one of our)(?: [\w-]+){0,2} $")
BREAK = re.compile(r"[.!?…][\s”\"»)]+|\n+|[”\"»]\s*")
WHO = re.compile(r"^(?: (?:in|at|from|of) [\w ]{1,25})?,? who\b")
FOLLOWS = re.compile(r"^\W*(?:and|but|when|so|then|while|which|because|until)\b", re.IGNORECASE)
ONE_OF_US = re.compile(r"\b(?:he|she) (?:is|was) (?:my|our|one of (?:my|our))\b", re.IGNORECASE)
MEN = re.compile(r"man$|lad$|foreman|landlord|headmaster$", re.IGNORECASE)
WOMEN = re.compile(r"woman$|sister|matron|headmistress", re.IGNORECASE)
OF_A_HOUSE = re.compile(
    r"manager|director|boss|team|lead|supervisor|consultant|colleague|sales", re.IGNORECASE
)
RETOLD = re.compile(
    r"\b(?:play(?:s|ed|ing)? (?:it |this |that )?back|repeat(?:s|ed|ing)?|summ(?:ed|ing) (?:it )?up|sums (?:it )?up)\b",
    re.IGNORECASE,
)
"""Somebody says in their own voice what another one said before."""
