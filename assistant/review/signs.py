"""Signs in the words of a turn, by name: a day, a promise that binds nobody, a measure, a word that concedes.

Patterns, since each must be explainable to whoever reads a finding. They are looked for in `plain` text, and the model of
acts learns what each is worth.
"""

import re

from assistant.moves.sentences import plain

_COUNT = r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|half|a third|a quarter)"
METRIC = (
    r"(?:win[- ]?rates?|clos(?:e|ing) rates?|hit rates?|conversions?(?: rates?)?|ramp(?:[- ]?up)?(?: time)?|ramping|time to (?:first|productivity)\w*(?: deal)?|"
    r"first deals?|sales cycles?|cycle (?:time|length)s?|deal sizes?|average (?:deal|order|contract)s?(?: size| value)?|pipeline(?: coverage)?|quotas?|attainment|"
    r"forecast (?:accuracy|error)|discount(?:s|ing|ed)?(?: rates?)?|margins?|renewals?(?: rates?)?|churn|retention|upsells?|cross[- ]?sell(?:s|ing)?|expansion|"
    r"second (?:meetings?|calls?|visits?)|follow[- ]?up meetings?|no[- ]decisions?|meetings booked|booked meetings|market share|attach rates?|revenue per|"
    r"average handle time|deal velocity|stage (?:two|three|2|3|conversion)|late[- ]stage (?:losses|deals)|lost deals|losses|price objections?)"
)
SIGNS = {
    name: re.compile(pattern)
    for name, pattern in {
        "behaviour": (
            r"\b(?:reps?|sellers?|salespeople|aes?|sdrs?|managers?|they|them|people|team|everyone|starters|hires)(?:'ll| to| would| will| should| could)? (?:actually |really |even |all |just |to |start |stop |be )*"
            r"(?:ask|asking|asks|asked|call|calling|hold|holding|holds|stop|stops|stopping|bring|bringing|qualify\w*|walk(?:ing)? away|defend\w*|listen\w*|coach\w*|open|opening|book|booking|name|naming|sell|selling|talk|talking|get to|getting to|lead(?:ing)? with|follow(?:ing)? up)\b"
            r".{0,80}\b(?:before|earlier|instead|first|without|about|with|when|until|at|in the|by the|price|money|budget|buyers?|customers?|discount\w*|proposal|demo)\b"
            r"|\b(?:ask(?:ing)?|talk(?:ing)?|call(?:ing)?|bring(?:ing)?) (?:\w+ ){0,5}(?:before|earlier|instead of|in the first|by the second)\b"
            r"|\bstop (?:\w+ ){0,3}(?:discounting|demoing|pitching|giving)\b|\bhold(?:ing)? (?:the |their |our )?price\b"
        ),
        "metric": rf"\b{METRIC}\b",
        "numbered": rf"{_COUNT} ?(?:%|per ?cent|percent|points?|days|weeks|months|deals?|meetings?|calls?|visits?)|\b(?:from|to|at|by|of) {_COUNT}\b|\b{_COUNT} (?:out )?(?:of|in) {_COUNT}\b",
        "vague": r"\b(?:sell (?:more|better)|better results|improve(?:d)? (?:performance|results|sales)|more strategic|step up|next level|do better|be better|sales excellence|better conversations?|more effective)\b",
        "course": (
            r"\b(?:courses?|modules?|workshops?|trainings?|programmes?|programs?|certifications?|academ(?:y|ies)|e-?learnings?|"
            r"bootcamps?|webinars?|playbooks?|curricul\w+|accelerator|masterclass|essentials|sessions?)\b"
        ),
        "activity": (
            r"\b(?:complet(?:ion|ions|ed)\b|completion rates?|attend(?:ed|ance|ees)|enrol\w*|satisfaction|ratings?|rated|scored?|smile sheets?|"
            r"feedback (?:was|is|forms?|scores?)|nps|went through|sat through|badges?|certified|rolled out|launched|delivered|hours of (?:learning|training)|"
            r"\d\.\d(?: out of| average)?|four point \w+|modules?|engagement|sign-?ups|logins?|log-?ins)\b"
        ),
        "when": (
            r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\btomorrow\b|\btoday\b|\btonight\b|\bthis (?:week|afternoon|morning|month|evening)\b|"
            r"\bnext (?:week|month|quarter|one-?on-?one|one-?to-?one)\b|\bin (?:a|an|one|two|three|four|six|ten|\d+) (?:days?|weeks?|months?|hours?)(?:' time)?\b|"
            r"\b(?:by|before|on|until|till|from|for) (?:the )?(?:end of|close of|start of|first of|\d{1,2}(?:st|nd|rd|th)?\b|noon|lunch|qbr|kick-?off|sko|month[- ]end|quarter[- ]end|year[- ]end|board|review|weekend|summer|easter|christmas)|"
            r"\bend of (?:the |this |next )?(?:day|week|month|quarter)\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|\b(?:in|by|of|until|before|late|early|mid) may\b|"
            r"\bthe \d{1,2}(?:st|nd|rd|th)\b|\bthe (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|fifteenth|sixteenth|twentieth|thirtieth)\b(?! (?:call|meeting|deal|time|thing|one|team|page|slide|group|region|visit|question|line))|\b(?:at|by) (?:\d{1,2}(?::\d\d)?|nine|ten|eleven|noon|one|two|three|four|five) ?(?:am|pm|o'clock)?(?=[ .,;?!]|$)(?! (?:team|region|group|of|rep|deal|thing|point|time|number|per|%))|\bq[1-4]\b|\bweek (?:one|two|three|four|\d+)\b|"
            r"\bevery (?:other |second )?(?:week|month|monday|tuesday|wednesday|thursday|friday|fortnight)\b|\b(?:a )?fortnight\b|\bafter the (?:qbr|kick-?off|board|pipeline|call)\b|\bbefore the (?:\w+ )?(?:qbr|kick-?off|board|pipeline|meeting|call|review|forecast)\b"
        ),
        "who": (
            r"\b(?:i'll|i will|i'm going to|i am going to|i can|let me|i promise|you'll|you will|you get|you have (?:my|the|it)|you send|you bring|you ask|you tell|you give|you pick|you call|we'll|we will|we meet|"
            r"let's (?:meet|sit|look|talk|speak|say|do|listen|go|start|take|put|review|check|compare)|take (?:my|the)|come (?:to|with|along|and)|sit (?:in|with)|i've (?:put|booked|blocked)|i'd like you to|"
            r"(?:he|she|they)'ll|will (?:send|call|bring|join|meet|have|sit|ask|tell|get)|send me|bring me|give me|call me|from (?:me|you)|i owe you|i want (?:it|that|them|one|a page)|same time|see you|back here|i send|i bring|i ride|i call|i listen|i sit|i'm there|i'm in)\b"
        ),
        "loose": (
            r"\b(?:stay in touch|keep (?:in touch|talking|you posted|me posted|in the loop)|touch base|circle back|catch up|pick (?:this|it|that) up|follow up|some ?time|soon|at some point|when (?:things|it) (?:calm|quiet|settle)\w*|"
            r"one of these days|let's (?:see|think|keep|talk|do this)|we should|i'll (?:see|think|send|look|get back|have a think|put something|be in touch)|think about it|sleep on it|next steps|later|great (?:talk|chat|conversation)|good (?:talk|chat|conversation|meeting)|reach out|to be continued|let me (?:think|know))\b"
        ),
        "for_what": (
            r"\b(?:what|which|where|who|how|why|when|in what|tell me|walk me)\b.{0,140}\b(?:different\w*|chang\w+|look like|happen\w*|outcome|result|number|goal|target|success|worked|working|fixed|better|seeing|see|hear\w*|want\w*|behind|made you|makes you|hop\w+|achieve|for\b|prompt\w*|problem|trying|need to be true|mean|lose|losing|lost|notice|know)\b"
            r"|\bwhat(?:'s| is| was) (?:it|that|this|the \w+) (?:for|about)\b|\bwhat for\b|\bwhy (?:that|this|now|a|the|do|is)\b|\bhow (?:would|will|do) (?:you|we) (?:know|tell|notice|measure)\b|\bis it (?:the|about)\b"
        ),
        "story_asked": r"\b(?:tell me about (?:a|one|the last|that|the)|last time|for example|an example|give me one|which deal|which rep|what happened|who was (?:it|that|the last)|when did you last|a recent|walk me through (?:a|one|the|that)|a story|say more about (?:that|the) (?:call|deal|visit)|what did (?:the )?\w+ (?:say|do))\b",
        "concedes": (
            r"\b(?:you're right|you are right|that's fair|fair(?: enough)?\b|fair point|i (?:don't|can't|do not|cannot) (?:know|have|show|say|name|point|disagree|argue|prove|tell)|my part|my fault|my mistake|that's on (?:me|us)|on me\b|i should have|we should have|"
            r"i was wrong|i got that wrong|point taken|i agree|agreed|you have a point|true enough|i'll stop|let me stop|i'd rather (?:hear|ask|stop)|thank you for (?:saying|telling)|thanks for (?:saying|telling|being)|i'm glad you said|good that you say|nothing (?:yet|to show)|not yet|no, (?:it|nothing|not)|it hasn't|it isn't|it didn't|i noticed (?:that|it) too|same here|i feel (?:that|it|the same) too|i owe you|sorry)\b"
        ),
        "smooths": (
            r"\b(?:i hear you,? but|i understand,? but|yes,? but|takes (?:some |a bit of |a little )?time|give it (?:some |a bit of |a little )?time|be patient|early days|too early|it's a journey|stay positive|trust (?:me|the process)|rome|bear with|"
            r"let's not|(?:don't|do not) worry|i wouldn't worry|we'll get there|it'll come|it will come|wait (?:until|till|for)|anyway|on another note|by the way|speaking of|moving on to|in other news|as i said|with respect|in fairness|to be fair to|you have to (?:understand|remember|see)|actually|our (?:scores|ratings|numbers|feedback)|the feedback (?:was|is|has been)|industry|best practice|not (?:really )?(?:our|my) (?:job|fault)|managers (?:don't|didn't|need to|have to)|reps (?:don't|didn't|need to|have to)|adoption)\b"
        ),
        "past": r"\b(?:last (?:year|time|spring|summer|autumn|fall|winter|quarter)|we (?:ran|did|had|built|tried)|used to|back then|we already|i (?:ran|did|built))\b",
        "refused": r"\b(?:not (?:going to|proposing|suggesting|building|offering)|won't (?:build|propose|suggest|offer|promise)|no (?:course|training|workshop|module|programme|program|solution)\b|instead of (?:a|another)|rather than (?:a|another)|i could (?:offer|propose|suggest|build).{0,60}\bbut|without (?:a|another) (?:course|module|workshop)|drop the|forget the|before i (?:build|propose|suggest|offer|design))",
        "progress_asked": (
            r"\bwhere (?:are|do|did) (?:we|you|things|they)\b|\bany (?:movement|change|progress|improvement|difference|news|effect|sign)\b|\b(?:did|has|have|is|are|was) (?:it|that|the|anything|they|any|those|your|our)\b.{0,60}\b(?:mov\w+|chang\w+|improv\w+|shift\w*|up|down|better|work(?:ed|ing)?|help\w*|different)\b|"
            r"\bhow (?:far|are we doing|is it going|did (?:it|that) go|has|have|are the|is the|much)\b.{0,60}(?:\b(?:mov\w+|chang\w+|number|rate|ramp|come|doing|going|improv\w+|looking)\b)|\bwhat (?:has|have|did|'s) (?:\w+ ){0,3}(?:changed?|moved?|improved?|happened|come of)\b|\bwhat do (?:we|you|i) have to show\b|\bis it (?:working|moving|helping)\b|\bwhat came of\b"
        ),
        "door": (
            r"\b(?:ride (?:along|with)|sit in|come (?:to|with|along|and)|join|shadow|listen (?:to|in)|my (?:calendar|monday|tuesday|wednesday|thursday|friday|slot|forecast|pipeline|team meeting|one-on-one|assistant|name)|"
            r"use my name|introduc\w+|i'll (?:tell|ask|call|brief|clear|free|make|get|let|text|ring|speak|talk|put|open|back|block|say)|take (?:my|the|ten|five)|you (?:can|may) (?:have|use|take|sit|join|call)|you have my|you(?:'ll| will)? (?:get|have) (?:the|my|full|a)|access|recordings?|my manager|on stage|in front of)\b"
        ),
        "everyone": (
            r"\b(?:everyone|everybody|all (?:of )?(?:the |my |our |your |of them|(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|\w+ hundred) )?(?:reps|sellers|regions|teams|managers|people|offices|countries|staff|branches|them|salespeople|aes|sites|stores)\b|"
            r"(?:the |our |my )?(?:whole|entire) (?:force|team|company|organi[sz]ation|field|sales (?:force|team|floor|org)|floor|country|region|org)|across the (?:board|company|organi[sz]ation|field|regions)|company-?wide|global(?:ly)?|worldwide|nationwide|every (?:single )?(?:rep|seller|team|region|manager|office|branch|country|ae|store))"
        ),
        "one_group": r"\b(?:one|a single|just (?:the|one|your|my)|only (?:the|one|your|my)|first|pick (?:a|one)|start (?:with|in)|begin (?:with|in)|small) (?:\w+ ){0,3}(?:team|region|group|pod|branch|office|manager|squad|territory|city|store|segment|country|site|crew|cohort|district|desk|reps|people|sellers|starters|hires)\b|\bstart (?:with|in) (?:[a-z]+)\b|\bpilot\b",
        "wish": (
            r"\b(?:i want|i'd like|i would like|we want|i need|what i'm after|should|have to stop|has to|must|i'd love|my (?:goal|target)|"
            r"to be (?:one|two|three|\d)|get (?:it|them|that) (?:to|from))\b"
        ),
        "argues": (
            r"\b(?:research(?:ed)?|stud(?:y|ies) show|well researched|science (?:says|shows)|proven|best practice|you have to (?:understand|remember|see|realise)|"
            r"other companies|industry (?:standard|benchmark)|pays for itself|that's exactly why|which is why we|the whole point of|without a common)\b"
        ),
        "once": (
            r"(?:\b(?:last (?:week|month|monday|tuesday|wednesday|thursday|friday)|yesterday|the other day|this morning|on the \w+ call|in [a-z]+ a (?:customer|buyer|rep|manager))\b.{0,90}"
            r"\b(?:said|told|asked|sat|went|gave|dropped|lost|walked|came|talked|introduced|wrote|rang|called|heard|watched|opened|closed|stopped|showed)\b)"
            r"|(?:\bi (?:heard|watched|saw|sat (?:beside|next to|with)|rode with) [a-z]+\b.{0,60}\b(?:yesterday|last|on (?:monday|tuesday|wednesday|thursday|friday)|this morning)\b)"
        ),
    }.items()
}


def signs(text: str) -> set[str]:
    """Names of the signs in a text that is already `plain`."""
    return {name for name, pattern in SIGNS.items() if pattern.search(text)}


def shows(text: str, *names: str) -> bool:
    """Whether one of these signs is in a text."""
    said = plain(text)
    return any(SIGNS[name].search(said) for name in names)


def words_of(text: str, name: str) -> str | None:
    """The words that are the sign, in lower case, if it is there."""
    found = SIGNS[name].search(plain(text))
    return found.group(0) if found else None
