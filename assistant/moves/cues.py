"""Signs of a move in the words themselves: what an experienced listener would point at.

No sign decides alone; each is one input of the model, which weighs it with the meaning and the context.
"""

from knowledge.patterns import Later

_NUMBER = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|a hundred|half|a third|a quarter)"
_UNIT = rf"(?:{_NUMBER} ?(?:%|per ?cent|percent|points?|pts|days|weeks|months|deals|meetings|calls|k\b|m\b|million|out of|in|of (?:them|the|our|my|{_NUMBER})))"
_OUTCOME = (
    r"(?:win[- ]rates?|close rates?|closing (?:rate|more|deals)|conversion|ramp(?:ing|ed| time| up)?|sales cycles?|cycle (?:time|length)|deal sizes?|pipeline|quotas?|attainment|"
    r"forecast(?:s|ing| accuracy)?|discount(?:s|ed|ing)?|renewals?|renew(?:ed|ing)?|churn(?:ed|ing)?|upsells?|cross[- ]sells?|expansion|revenue|margins?|bookings|second (?:meetings?|calls?)|first deals?|"
    r"deals?|no[- ]decisions?|stalls?|stalled|stalling|slips?|slipped|slipping|meetings? booked|demos?|proposals?|close[ds]?|closing|lost to|the number|numbers|target|retention|attrition|average order|"
    r"tickets?|handle time|opportunit(?:y|ies)|productivity|market share|price (?:increase|cut|objection)s?|concessions?)"
)
_LEARNING = (
    r"(?:courses?|modules?|workshops?|certif\w+|e-?learnings?|curricul\w+|class(?:es|room)?|training|trainings|trainers?|enablement|lms|onboarding|boot ?camps?|webinars?|completions?|completion rates?|"
    r"smile sheets?|feedback forms?|satisfaction|nps|quiz(?:zes)?|badges?|academy|playbooks?|content|slides?|deck|learning (?:path|journey|objectives|hours|platform|team|needs)|micro-?learning|roll-?outs?|"
    r"pathways?|role-?plays?|facilitators?|needs analysis|blended|simulations?|videos?|storyboard|programmes?|programs?|sessions?|kick-?off|l&d|learning and development|instructional|assessments?|handbooks?|catalogue)"
)
_SELLERS = r"(?:reps?|sellers?|salespeople|salesperson|ae|aes|sdrs?|bdrs?|account (?:execs?|executives?|managers?)|managers?|customers?|buyers?|prospects?|clients?|procurement|cfo|cio|buyer's|champions?|team lead)"
_WHEN = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|tonight|this (?:week|afternoon|morning|month)|next (?:week|month|quarter|time)|by (?:the )?(?:end|close|noon|lunch|first|\d)|end of (?:the )?(?:day|week|month|quarter)|month[- ]end|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|in (?:a|two|three|\d+) (?:days?|weeks?)|before (?:noon|lunch|the)|the \d+(?:st|nd|rd|th)|at (?:\d+|nine|ten|noon))"
_PAST = r"(?:said|told|asked|went|called|walked|sat|lost|won|came|gave|looked|wrote|put|took|sent|hung|stood|had|was|were|kept|opened|closed|signed|showed|started|stopped|rang|laughed|cried|found|heard|saw|watched|got|made|answered)"
_FUTURE_ME = (
    r"(?:i'll|i will|i can|i'm going to|i am going to|we'll|we will|let me|i promise|i'd be happy to)"
)

CUES: dict[str, Later] = {
    name: Later(pattern)
    for name, pattern in {
        # plays back
        "so_you": r"^(?:(?:okay|ok|right|yeah|mm-?hm+|mhm|hm+|um|uh|and|well|alright|i see|got it|sure|oh)[,. ]+)*so,? (?:for you|it's|it is|that's|it|you|you're|your|what you|there's|part of you|on (?:the )?one|if i|they|he|she|the|two|with|right now|even|really|basically|a lot|some)\b",
        "sounds_like": r"\b(?:sounds?|seems?|feels?|looks?) (?:to me )?(?:like|as if|as though|that)\b|\bsounds (?:really |pretty |very |quite )?(?:hard|tough|frustrating|difficult|painful|exhausting|lonely|scary|stressful|tiring|like)\b",
        "sounds_start": r"^(?:(?:okay|ok|right|yeah|and|so|well|um|uh|mm-?hm+|hm+)[,. ]+)*(?:it |that |this )?(?:sounds?|seems?|must|feels) ",
        "saying": r"\byou(?:'re| are| were|'ve been)? (?:saying|said|telling me|told me|mentioned|describing|mean)\b",
        "hearing": r"\b(?:what i'm hearing|i'm hearing|what i hear|i hear (?:you|that|a|two|some|in)|let me (?:see if|make sure|check)|if i (?:understand|hear|heard|got|follow)|in other words|let me play|if i'm (?:hearing|following))\b",
        "you_feel": r"\byou(?:'re| are|'ve been| were)? (?:really |also |just |kind of |sort of |quite |pretty |a bit |still |feeling )*(?:feel|feeling|felt|worried|frustrated|afraid|scared|tired|stuck|torn|proud|hoping|angry|anxious|concerned|unsure|not sure|want|wanting|need|noticed?|care|know|see|realiz\w+|realis\w+|recogni\w+|struggl\w+|trying|willing|ready|looking|thinking|wondering|doing|getting)\b",
        "starts_you": r"^(?:(?:okay|ok|right|yeah|and|so|but|well|um|uh|mm-?hm+|mhm|hm+|yes|i see|wow|oh)[,. ]+)*(?:you|your|you're|you've|you'd)\b",
        "starts_they": r"^(?:(?:okay|right|yeah|and|so|but|well|mm-?hm+)[,. ]+)*(?:he|she|it's|they|they're|it|the|that's|there's|that)\b",
        "one_hand": r"\b(?:on (?:the )?one hand|at the same time|part of you|and yet|on the other)\b",
        "must_be": r"\b(?:that|it|this) must(?: have)?\b|\bthat's (?:hard|tough|a lot|rough|frustrating|heavy|painful|lonely|difficult|been)\b",
        "matters_to_you": r"\b(?:important to you|matters to you|for you,?|weigh\w*|on your mind|bother\w* you|worr(?:ies|ying) you|keeps you|scares you)\b",
        "first_person": r"\b(?:i|i'm|i've|i'll|i'd|my|me|mine)\b",
        "we_person": r"\b(?:we|we're|we've|we'll|we'd|our|us)\b",
        "second_person": r"\b(?:you|you're|you've|you'll|you'd|your|yours)\b",
        "third_person": r"\b(?:he|she|they|him|her|them|his|their)\b",
        "should": r"\b(?:should|ought|have to|need to|must|supposed)\b",
        # results
        "outcome": rf"\b{_OUTCOME}\b",
        "outcome_number": rf"\b{_OUTCOME}\b.{{0,60}}(?:\d|{_NUMBER}\b)|{_UNIT}.{{0,60}}\b{_OUTCOME}\b",
        "number_unit": rf"\b{_UNIT}",
        "number": r"\d",
        "percent": r"%|per ?cent\b",
        "money": r"[$€£]|\b(?:dollars|euros|pounds|grand)\b",
        "behave": rf"\b(?:get|have|see|hear|want|make) (?:them|the|my|our|your|every|these|those|{_SELLERS})(?: \w+){{0,2}} (?:ask\w*|call\w*|book\w*|clos\w*|stop\w*|start\w*|talk\w*|open\w*|sell\w*|hold\w*|walk\w*|bring\w*|qualif\w*|prospect\w*|listen\w*|defend\w*|win\w*)\b",
        "rep_does": rf"\b{_SELLERS} (?:\w+ ){{0,2}}(?:ask|asking|asked|call|calling|book|booking|discount\w*|clos\w+|sell\w*|prospect\w*|qualif\w*|coach\w*|pitch\w*|talk\w*|giv\w+|gave|hold\w*|defend\w*|demo\w*)\b",
        "earlier": r"\b(?:earlier|sooner|faster|quicker|more often|fewer|less|higher|lower|shorter|instead of|rather than|in the first (?:call|meeting|week))\b",
        "sellers": rf"\b{_SELLERS}\b",
        # learning's output
        "learning": rf"\b{_LEARNING}\b",
        "learning_two": rf"\b{_LEARNING}\b.*\b{_LEARNING}\b",
        "deliver": rf"\b(?:launch\w*|roll(?:ed|ing)? (?:it |this |that )?out|deliver\w*|complet\w+|enroll?\w*|attend\w*|finish\w*|signed? up|went through|took the|build\w*|built|design\w*|redesign\w*|updat\w*|record\w*)\b.{{0,50}}\b{_LEARNING}\b|\b{_LEARNING}\b.{{0,40}}\b(?:launch\w*|rolled out|deliver\w*|complet\w+|live|ready|done|finished)\b",
        "ratings": r"\b(?:\d\.\d|four point \w+|out of five|ratings?|rated|scores?|satisfaction|smile sheet|completion|completed)\b",
        # argues
        "research": r"\b(?:research|stud(?:y|ies)|science|evidence|according to|proven|adult(?:s)? learn\w*|forgetting curve|retention|neuroscience|best practice|benchmark\w*|data (?:shows?|says?)|literature|model (?:says|tells)|70-20-10|kirkpatrick|spaced|cognitive|methodology|framework)\b",
        "argue": r"\b(?:you (?:have to|need to|must|should|can't|cannot) (?:understand|see|know|remember|realise|realize|expect|just|appreciate)|the (?:thing|point|fact|truth|reason|problem|reality) is|what (?:people|you|sales|they) (?:don't|do not|forget)|that's (?:exactly )?(?:why|how)|because|the whole point|in fact|if you (?:look|don't|want|skip)|without (?:it|that|a|the)|otherwise|it's not (?:just|about)|it works|it really works|actually|everybody who|anyone who|trust me|believe me|of course it|that's what|only works)\b",
        "because": r"\b(?:because|since|so that|which means|that's why|which is why|therefore|after all)\b",
        "defend": r"\b(?:our (?:scores|ratings|team|programme|program|approach|reps|function|courses|content|numbers|process)|my (?:team|department|people|function)|we (?:already|did|have|had|delivered|trained|put|got|gave)|industry|award\w*|excellent|world[- ]class|best[- ]in[- ]class|state of the art|comprehensive|proper(?:ly)?|professional\w*)\b",
        "value": r"\b(?:value|invest\w*|benefit\w*|worth|pays? (?:off|for itself)|culture|strategic|roi|impact|powerful|effective|transform\w*)\b",
        # proposes
        "could_we": r"\b(?:we|i|you) (?:could|can|might|should|'d) (?:\w+ )?(?:run|build|do|try|put|offer|add|create|make|give|design|set up|bring|start|record|pull|use|have|take|write|hold|send|host|organi[sz]e|launch|develop)\b",
        "i_would": r"\b(?:i'd|i would|we'd|we would|let's|let us|why don't we|why not|how about|what if we|my (?:suggestion|idea|proposal|recommendation)|i (?:suggest|propose|recommend|was thinking)|i'm (?:thinking|proposing|suggesting)|we're proposing|i have (?:an idea|just the|something)|there's a (?:vendor|course|tool|programme|program)|idea)\b",
        "artefact": r"\b(?:two-day|half-day|one-day|three-day|weekly|a (?:course|module|workshop|playbook|cheat sheet|one-pager|video|tool|checklist|call guide|battle ?card|script|template|clinic|bootcamp|simulation|game|academy|session|series|programme|program)|battle ?cards?|call guides?|scripts?|job aids?|checklists?|clinics?|cheat ?sheets?|deal reviews?|peer coaching|mentor\w*|buddy|office hours)\b",
        # finds out first
        "before_i": r"\bbefore (?:i|we|you|anyone|anybody|any|anything|deciding|building|we even)\b",
        "find_out": r"\b(?:find out|look into|understand|learn|see for (?:myself|ourselves)|diagnos\w+|sit in|listen(?:ing)? (?:to|in)|ride along|shadow|interview|talk to (?:\w+ ){0,3}(?:reps|managers|sellers|people|buyers|customers)|watch (?:\w+ ){0,3}calls|hear (?:\w+ ){0,3}calls|recordings?|observe|compare|look at (?:\w+ ){0,4}(?:calls|deals|data|losses))\b",
        "decide": r"\b(?:decide|deciding|then (?:we|you and i|you)|check (?:after|at|in|again|whether)|stop if|if (?:it|nothing|that) (?:doesn't|hasn't|moves?|moved|changes?)|test|hypothes\w+|evidence first|no (?:course|module|training|solution|build) (?:yet|until)|not (?:build|promise|promising|building)|how (?:we'd|we'll|would we|will we) know|measure|baseline|what (?:we|i)'d look)\b",
        "first_then": r"\bfirst\b.*\bthen\b|\bstep (?:one|two)\b|\bafter that\b",
        # size
        "one_team": r"\b(?:one|a single|just (?:the|one|your|my)|only|pick (?:a|one)|a small|first (?:team|group|region|pod)|two|six|eight) (?:\w+ ){0,2}(?:team|region|group|pod|branch|office|manager|squad|territory|city|store|segment|country|site|crew|cohort|district|reps|people|sellers)\b",
        "small_words": r"\b(?:start (?:small|with|there)|pilot|small(?:er)?|test group|start in|only (?:with )?(?:the|my|your)|before (?:we|anyone) (?:scale|go|touch)|rest (?:can )?wait|nobody else|keep it to|stay with|stick with|first[.,]|shrink|narrow)\b",
        "everyone": r"\b(?:everyone|everybody|all (?:of )?(?:the |my |our |your |\d+ ?|hundred |\w+ hundred )?(?:reps|sellers|regions|teams|managers|people|offices|countries|staff|branches|of them|salespeople|aes|sites|stores)|whole (?:force|team|company|organi[sz]ation|field|sales|floor|country|region)|entire|across the (?:board|company|organi[sz]ation|field|regions)|company-?wide|global(?:ly)?|worldwide|every (?:single )?(?:rep|seller|team|region|manager|office|branch|country|ae|store|one)|the lot|all at once|mandatory|all hands|nationwide|all (?:two|three|four|five|six|nine|ten|\d+)\b)",
        # tells
        "past_person": rf"\b(?:{_SELLERS}|he|she|they|guy|woman|lady|man|kid|one of (?:my|our|your|the)|[a-z]+'s) (?:\w+ ){{0,3}}{_PAST}\b",
        "once": r"\b(?:last (?:week|month|tuesday|monday|wednesday|thursday|friday|quarter|year|night|time|spring|autumn|fall|summer|winter)|yesterday|the other day|this morning|a (?:week|month|year|while) ago|(?:two|three|four|\d+) (?:days|weeks|months|years) ago|on (?:monday|tuesday|wednesday|thursday|friday)|one (?:day|time|morning|rep|of my|of our|of the)|there was (?:a|this)|i was (?:in|on|at|sitting|riding)|i sat|i listened|i watched|i rode|back in|in (?:january|february|march|april|june|july|august|september|october|november|december))\b",
        "quoted": r"\"[^\"]+\"|\b(?:he|she|they|i)(?:'s| was| were)? (?:goes|like|said|says|told|asks|asked)\b",
        "past": rf"\b{_PAST}\b",
        "usually": r"\b(?:always|usually|never|tend to|often|every time|generally|most|keep \w+ing|reps (?:say|want|hate|love|don't)|they (?:all|say|want|hate|don't))\b",
        # promises
        "i_will": rf"\b{_FUTURE_ME}\b",
        "i_will_do": rf"\b{_FUTURE_ME} (?:\w+ )?(?:send|bring|have|get|ask|call|talk|tell|set|put|sit|come|join|give|clear|introduce|email|write|make|book|share|pull|take|find|open|draft|check|be|ride|listen|meet|speak|block|free|drop|forward|block|add|let|start)\b",
        "when": rf"\b{_WHEN}",
        "i_will_when": rf"\b(?:{_FUTURE_ME}|you'll|you get|take|have|we meet|see you|same time|let's (?:meet|talk|say|do|look|sit|speak)|back)\b.{{0,80}}\b{_WHEN}",
        "take_my": r"\b(?:take (?:my|the|ten|twenty|half)|use my name|you can have|you have (?:my|me)|my calendar|count me in|i'm in|it's yours|deal\b|done\b|agreed|let's do (?:it|that)|you've got (?:me|it|my)|come (?:to|with|along)|sit in on my|my (?:monday|tuesday|wednesday|thursday|friday))\b",
        "cannot": r"\b(?:can't|cannot|won't|not going to|don't want to|i'm not|couldn't|refuse|no way|not (?:promise|promising|commit))\b",
        "refuse_promise": r"\b(?:can't|cannot|won't|not|couldn't) (?:\w+ )?(?:promise|commit|guarantee|sign up|give you|say|do that|make)\b",
        # how far
        "from_to": rf"\bfrom (?:about |roughly |around )?(?:\S+ )?{_NUMBER}\S*(?: \w+){{0,3}} (?:to|down|up)\b|\b(?:up|down|risen|dropped|fell|fallen|rose|improved|moved|climbed|grew|flat|slipped|went)\b.{{0,25}}(?:\d|{_NUMBER}\b|per ?cent)|\b(?:was|were) {_NUMBER}\b.*\b(?:now|is|are|today)\b",
        "so_far": r"\b(?:so far|since (?:we|the|then|january|february|march|april|may|june|july|august|september|october|november|december)|to date|week (?:two|three|four|five|six|\d)|month (?:one|two|three|\d)|after (?:\w+ )(?:weeks|months)|halfway|this (?:month|quarter)|compared|against (?:the )?(?:baseline|last|\w+)|baseline|versus|vs|now (?:it's|at|we're|they're)|by now|before it was)\b",
        "where_are_we": r"\b(?:where (?:are|do|did) (?:we|you|they|things)|any (?:movement|change|progress|improvement|difference|news)|how (?:are|is|did|have|has) (?:we|the|they|it|that|those|things|your|our)|did (?:it|the|that|any|they) (?:move|change|go|come|shift|land|improve)|has (?:it|anything|the \w+ \w*) (?:moved|changed|shifted|improved)|what (?:do|did) the numbers|(?:is|are) (?:we|it|they) (?:up|down|better|moving)|moved)\b",
        # says it plainly
        "plain_no": r"\b(?:i don't (?:feel|see|think)|don't (?:feel|see) (?:any|much|the|it)|no progress|nothing(?:'s| has| is)? (?:changed|moved|different|happened|to show)|not (?:working|moving|going to work|going anywhere|enough|there yet|landing|seeing|feeling|convinced|helping)|isn't (?:working|moving|going|helping|landing)|(?:won't|wouldn't|will not|doesn't|didn't|don't) (?:work|land|fly|help|stick|move|happen|change|last|fix|do it)|hasn't (?:moved|changed|worked|helped)|haven't (?:moved|changed|seen|felt)|waste of|fail(?:ed|ing|s)?|dead|pointless|useless|same (?:number|place|problem|as|conversation|result)|stuck|flat|moving on|looking elsewhere|losing (?:patience|faith)|not sure (?:it|this|that|we)|too (?:late|little|thin|broad))\b",
        "plainly": r"\b(?:honest(?:ly)?|frank(?:ly)?|to be (?:honest|fair|blunt|clear|straight)|plain(?:ly)?|blunt(?:ly)?|straight|truth is|truthfully|between us|i have to (?:say|tell)|let me be|i'm going to be|i'd rather (?:say|tell)|bluntly|fair warning|i'll (?:say|be|admit)|my gut|i feel|hand on heart)\b",
        # orders and takes orders
        "i_need": r"\b(?:i|we) (?:need|want|'d like|would like|require|expect|have to have|must have)\b|\bi'm (?:looking for|after|going to need)\b",
        "i_need_it": rf"\b(?:i|we)(?:'ll| will)? (?:need|want|'d like|would like|require)\b.{{0,60}}\b(?:{_LEARNING}|something on|certified|trained|refresher|one-pager|guide|script)\b",
        "imperative": rf"^(?:(?:so|and|okay|right|look|just|please|then|well|now|listen)[, ]+)*(?:get|build|put|make|give|send|set|run|train|roll|book|do|create|design|organi[sz]e|schedule|have|write|cut|add|turn|deliver|find|sort|fix|launch|record|prepare|can you|could you)\b.{{0,80}}(?:\b{_LEARNING}\b|\b{_WHEN}|\btrained\b|\bcertified\b)",
        "trained_by": rf"\b(?:trained|certified|through it|ready|done|live|finished|in place|on my desk|scheduled|rolled out|up and running)\b.{{0,30}}\b{_WHEN}",
        "sure": r"^(?:(?:oh|um|uh|well|yes|yeah|yep|ok|okay|right|and|ah|mm)[,. !]+)*(?:sure|will do|no problem|of course|absolutely|certainly|consider it|you got it|you've got it|happy to|gladly|can do|no worries|leave it with me|on it|i'm on it|fine|okay|ok|understood|got it|noted|perfect|great|done|not a problem|we can do|that's doable|you'll have|say no more|right away|my pleasure|easy|okey|makes sense|sounds good|good|as you wish|if that's what|whatever)\b",
        "compliant": r"\b(?:consider it done|will do|no problem|you'll have (?:it|them|the|a|both|that|everything)|i'll (?:have (?:it|them|that|the|a|something)|get (?:it|that|on|started|the|my|them)|start (?:on|building|drafting)|put (?:it|that|something|together|the|a)|build|turn|set (?:it|that|up)|draft|send (?:the|out|a) (?:invites?|calendar|enrol)|schedule|book|add|pull)|we'll (?:have|get|build|turn|put|deliver|squeeze|make)|leave (?:it|that) (?:with|to) (?:me|us)|happy to|right away|can do|same format|as (?:usual|before|last time)|i'll make it|whatever you|by then)\b",
        # neither
        "greeting": r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|morning|thanks|thank you|bye|goodbye|see you|cheers|nice to|welcome|take care|have a (?:good|nice)|sorry i'm late|talk soon)\b",
        "logistics": r"\b(?:can you hear|you're on mute|on mute|share my screen|see my screen|coffee|traffic|parking|weather|train|flight|lunch|wifi|connection|camera|link|invite|zoom|teams call|the door|water|one second|hang on|sit down|how was (?:your|the)|weekend|holiday)\b",
        "backchannel": r"^(?:(?:right|okay|ok|yeah|yes|mm+|mm-?hm+|mhm|hm+|uh-?huh|sure|true|i see|got it|no|yep|exactly|oh|ah|wow|really|fair|fair enough|good|great|well|noted|interesting|huh|um|uh|thanks|thank you|indeed|go on|absolutely|cool)[.,!… —-]*)+$",
        "irony": r"\b(?:another|yet another|great, |wonderful|lovely|brilliant|fantastic|of course they)\b",
        "title": r"\b(?:called|named|titled|the \"?[a-z ]+ (?:accelerator|mastery|academy|excellence|essentials|fundamentals|masterclass|101))\b",
        "if_only": r"\b(?:if|unless|suppose|imagine|would have|could have)\b",
        "negated": r"\b(?:not|n't|no|never|nothing|nobody|none|without)\b|n't\b",
        "hesitates": r"\b(?:um+|uh+|er+|you know|i mean|sort of|kind of|like,)\b|\.\.\.|…|—",
    }.items()
}


def cues(text: str) -> set[str]:
    """Names of the signs in a text that is already `plain`."""
    return {name for name, pattern in CUES.items() if pattern.search(text)}
