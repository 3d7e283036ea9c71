"""What a line is, for the two ears: the first kind that fits, the ones that part the two before those that join them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant import nouns
from assistant.draft.gaps import means_everybody, names_outcome
from assistant.moves.sentences import plain
from assistant.review import signals
from assistant.review.marks import VP, Line
from assistant.review.signs import shows

Seen = Callable[[Line], bool]
Source = tuple[str, int]
"""A card's id, and which sentence of its part on the other's view, from 0."""

_THEORY = re.compile(
    r"\b(?:kirkpatrick|blended|competenc(?:y|ies)|learner journeys?|learning (?:journeys?|paths?|architecture|culture|outcomes|objectives|experience|ecosystem|science)|"
    r"andragog\w+|adult learning|bloom's|70[-/: ]20[-/: ]10|micro-?learning|spaced (?:learning|repetition|practice)|upskill\w*|reskill\w*|cohort-based|gamif\w+|"
    r"instructional design|learner[- ]cent\w+|neuroscience|forgetting curve|capability (?:building|framework|model)|maturity model|growth mindset)\b"
)
_FIELD_BLAMED = re.compile(
    r"\b(?:(?:your |the |sales )?(?:managers|reps|sellers|people|field|sales teams?)) (?:simply |just |still |really )?(?:don't|do not|didn't|won't|never|refuse|resist\w*|aren't|are not|lack|fail\w*|ignor\w+|skip\w*|need to (?:take|want|be))\b"
    r"|\b(?:resistance (?:from|in) (?:the )?(?:field|sales|managers|reps)|lack of (?:manager|management|leadership|sales) (?:support|buy-in|commitment)|no buy-in|(?:nobody|no one) (?:from|in) (?:sales|the field|your \w+))\b"
)
_PATIENCE = re.compile(
    r"\b(?:takes? (?:some |a bit of |a little )?time|give it (?:some |a bit of |a little |more )?time|be patient|early days|too early to (?:say|tell|judge)|it's a journey|trust the process|rome|bear with (?:us|me)|"
    r"behaviou?r(?:al)? change (?:takes|is)|you can't (?:measure|put a number on)|hard to (?:measure|quantify)|not (?:directly )?measurable|long[- ]term investment)\b"
)
_TIME_ASKED = re.compile(
    r"\b(?:(?:could|can|may) (?:we|i) (?:have|get|take|book|schedule|set up|find)|i(?:'d| would) (?:need|like|love)|we(?:'d| would| will)? need|need|block|free up|give (?:me|us)) (?:[\w'-]+ ){0,4}(?:hours?|half (?:a )?day|full day|more time|sixty minutes|60 minutes|90 minutes|two days|longer (?:slot|meeting))\b"
)
_SEAT_ASKED = re.compile(
    r"\b(?:seat at the table|(?:learning|training|enablement) (?:drives|enables|is (?:key|crucial|critical|essential)|pays)|strategic (?:partner|advisor)|taken seriously|trusted advisor|business partner|recogni[sz]ed for|value of (?:learning|training|enablement|l&d)|importance of (?:learning|training|enablement|l&d)|"
    r"(?:prove|show|demonstrate) (?:our|the|my) (?:value|worth|impact|roi))\b"
)
_VAGUE = re.compile(
    r"\b(?:sell (?:more|better|smarter)|better results|(?:improve|improving|drive|driving|boost|boosting|lift|raise|raising) (?:the |our |your |sales |team |overall )*(?:performance|results|sales|productivity|effectiveness|excellence|skills?|capabilit\w+|engagement|quality)|more strategic|step (?:it )?up|"
    r"next level|do better|be better|sales excellence|better conversations?|more effective|up(?:ping)? (?:their|our|your|the) game|world[- ]class|best[- ]in[- ]class|high[- ]perform\w+|move the needle|more consultative|sharpen|stronger (?:team|skills)|win more|results[- ]driven|aligned?|alignment|synerg\w+|"
    r"make (?:us|them|it) (?:better|great)|support the business|business impact|something (?:on|about|around) \w+|happy to (?:support|help)|whatever you (?:think|need|want)|how i can (?:help|support))\b"
)
_HOW_TOLD = re.compile(
    r"\b(?:just (?:teach|show|tell|give|use|copy|do|run|take)|do it like|the way (?:i|we) (?:did|do)|same (?:format|deck|course|way|as last)|use (?:my|our|the) (?:slides?|deck|script)|in my day|when i was (?:a rep|selling)|you should (?:use|teach|start with|put|add|cut)|"
    r"make it (?:\w+ )?(?:shorter|longer|fun|online|mandatory|hours?|minutes|days?)|change (?:the )?slides?|i'd (?:cut|drop|add|put))\b"
)
_ACTIVITY_ASKED = re.compile(
    r"\b(?:completion|attendance|attended|completed|enrol\w*|certified|how many (?:\w+ ){0,4}(?:done|finished|trained|through|been)|who (?:has|hasn't) (?:finished|completed)|scores?|ratings?|satisfaction|sign-?ups)\b"
)
_DISMISSAL = re.compile(
    r"\b(?:cost cent(?:er|re)|vacation|waste of (?:time|money)|nice[- ]to[- ]have|(?:don't|do not|doesn't|does not) (?:have time|need) (?:for )?(?:training|learning|courses|this)|no time for (?:training|learning|courses|this)|fluff\w*|(?:training|learning|enablement) (?:doesn't|does not|never|won't) (?:work|help|change|sell)|"
    r"never (?:carried|sold)|ivory tower|box[- ]ticking|tick(?:ing)? (?:a |the )?box\w*|play school|cute|hr (?:stuff|thing|project)|(?:reps|sellers|managers|they) hate|pulls? my (?:reps|people|sellers)|off the (?:phones?|road|floor) (?:for|again))\b"
)
_TIME_RATIONED = re.compile(
    r"\b(?:(?:you|you've|you have|i|i've|i have|we have|we've|got)(?: got| can give you| only have| have)? (?:only |just |about )?(?:five|ten|fifteen|twenty|thirty|5|10|15|20|30) minutes|make it (?:quick|short|fast)|i have a hard stop|(?:keep it|be) (?:short|quick|brief)|after (?:the )?quarter|not this quarter|no time (?:today|this week|now))\b"
)
_PRAISE = re.compile(
    r"\b(?:great (?:job|work|session|stuff|course|training|workshop|presentation|deck)|good (?:job|work|stuff)|well done|love(?:d)? (?:it|this|the|your)|looks (?:great|good|fantastic|nice)|fantastic|awesome|brilliant|nice (?:work|job|one)|keep (?:it up|up the good|going|doing what)|you're doing (?:great|well)|the (?:team|reps|guys) (?:loved|liked|enjoyed)|very happy with|(?:was|were) (?:really |very |so |such )?(?:great|fun|good|brilliant|a success|well received)|i like (?:it|you|this|the course))\b"
)
_HOW_LEFT = re.compile(
    r"\b(?:(?:the )?how (?:is|'s|'s all) (?:all )?(?:yours|up to you|her'?s)|how (?:we|you) (?:get|do|go) (?:there|it|about it)[\w ]{0,12} (?:is |'s )?(?:yours|up to you|your (?:call|business|job))|you (?:decide|choose|say) how|your call|you (?:are|'re) the expert|i trust you|i leave (?:the how|that|it) to you|that (?:part )?is yours)\b"
)
_SPECIFIC = re.compile(r"\d")
_PROPOSED = re.compile(
    r"(?:so |therefore |and |hence )*(?:i|we)(?:'d| would)? (?:strongly |would |like to )*(?:propose|suggest|recommend)\b"
)
_BACK = re.compile(
    r"(?:so )?(?:what )?(?:you're|you are|are you) saying\b|(?:so )?(?:if i (?:heard|understood|hear|understand) you|what i hear(?: you)?(?: say\w*)? is|you said|in your words|it sounds (?:like|as if)|sounds like)\b"
)
_INVITES = re.compile(
    r"\b(?:(?:ride|come|sit in|travel|drive) (?:along )?with (?:me|us|my)|come (?:along|to (?:my|our))|join (?:me|us|my|our)|take (?:[\w']+ ){1,3}slot|sit in on (?:my|our)|use my (?:\w+ )?(?:slot|name|staff call|call)|i'll (?:introduce you|get you into|open))\b"
)
_TROUBLE = re.compile(
    r"\b(?:kill\w*|hurt\w*|problem|low|weak|poor|down|stuck|slip\w*|drop\w*|fall\w*|sink\w*|declin\w*|terrible|bad|awful|worse|worrie[sd]|worry\w*|embarrassing|too (?:long|low|high|slow)|bleed\w*|all over the place)\b"
)
_BURNT = re.compile(
    r"\b(?:seen this (?:movie|film|before)|here we go again|not again|another (?:programme|program|course|training|initiative|workshop)|the last (?:one|programme|program|course|training|workshop)|we (?:tried|did|had) (?:that|this|it)|tried that|flavou?r of the month|nothing (?:moved|changed|came of))\b"
)
_NUDGE = re.compile(
    r"\b(?:(?:just |only )?(?:following up|touching base|checking in|circling back|bumping this|a (?:gentle|quick|friendly) reminder|chasing)|did you (?:get|see|have a chance)|my (?:last|previous) (?:\w+ )?(?:e-?mails?|messages?))\b"
)
_CHASE = re.compile(
    r"\b(?:get|ask|remind|make|have|push) (?:[\w']+ ){1,4}(?:to )?(?:complet\w+|finish|attend|enrol\w*|sign up|take|do) (?:[\w'-]+ ){0,3}(?:module|course|training|session|workshop|survey|certification|e-learning)s?\b"
)
_TRAINED = re.compile(
    r"\b(?:trained|taught|reached|coached|certified|onboarded) (?:over |more than |all |about )?[\d,]+\b"
)
_LIKES_TO_HEAR = re.compile(
    r"\b(?:i'd|i would|we'd) (?:love|like) to (?:hear|know|understand|learn) (?:how|what|why|where|which|who|from)\b|^tell me (?:how|what|why|where|about)\b"
)
_WANTS_CHANGE = re.compile(
    r"\b(?:want|like|need|expect) (?:my|the|our|these) (?:\w+ ){0,2}(?:reps|managers|sellers|people|team|aes|sdrs|leads) to (?!do (?:the|a|this)\b|take\b|attend|complete|get\b|be\b|know\b|learn|understand|improve|sell better|go through|have\b)\w+"
)
_UNSURE = re.compile(
    r"\b(?:no idea|don't know(?: yet)?|not sure|can't (?:say|tell)(?: yet)?) (?:what|which|how) (?:to ask|i (?:want|need)|i'm (?:asking|looking)|you could|we need|number|outcome)\b"
)
_AFRAID = re.compile(
    r"\b(?:i'm out|my job|my head|my neck|i'm (?:gone|toast|done for)|somebody else (?:has|sits)|they'll replace me|cost me my)\b"
)
_NOT_MINE = re.compile(
    r"\b(?:(?:that's|it's|this is) (?:your|learning's) (?:job|problem)|not my (?:job|problem)|you(?:'ll)? take it from here|leave me out|i'm not involved|just get on with it)\b"
)
_VENDOR = re.compile(
    r"\b(?:vendor|consultan\w+|agency|outside (?:trainer|firm|company)|external (?:trainer|provider))\b"
)
_LOST = re.compile(r"\b(?:[Ww]e|[Hh]e|[Ss]he|[Tt]hey|I|rep|team) (?:lost|won|closed) [A-Z][a-z]+")
_MOVING_ON = re.compile(
    r"\b(?:look(?:ing)? elsewhere|elsewhere if|mov(?:e|ing) on (?:from|without)|find(?:ing)? someone else|go(?:ing)? (?:to|with) (?:a|an|another|someone) (?:vendor|outside|agency|else)\w*|i'?m done with|pull(?:ing)? the plug)\b"
)


_SURELY = 0.75


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of line. `apart` says that the two hear different things; each ear has the card that says so."""

    id: str
    apart: bool
    seen: Seen
    vp: Source
    learning: Source


def kind_of(line: Line) -> Kind | None:
    """What the line is, for who says it; None where neither would make much of it."""
    if is_small_talk(line):
        return None
    kinds = VP_SAYS if line.role == VP else LEARNING_SAYS
    return next((kind for kind in kinds if kind.seen(line)), None)


def is_small_talk(line: Line) -> bool:
    """A greeting, logistics, one word: nothing is made of it, whatever a pattern sees in it."""
    return len(line.text.split()) < 3


def _matches(pattern: re.Pattern[str], *, unless: Seen | None = None) -> Seen:
    def seen(line: Line) -> bool:
        return bool(pattern.search(plain(line.text))) and not (unless and unless(line))

    return seen


def _good(line: Line) -> bool:
    """What one would want to hear stands in it too: no pattern of words outweighs that."""
    return (
        _asks_outcome(line)
        or line.does("candour", "field_story", "small_start", "reflection", "approach")
        or (names_outcome(line) and bool(_SPECIFIC.search(line.text)))
    )


def _asks_outcome(line: Line) -> bool:
    return signals.asks_for_outcome(line) and not line.does("order", "persuading")


def _named(line: Line) -> bool:
    if line.role == VP and _WANTS_CHANGE.search(plain(line.text)):
        return True
    return names_outcome(line) and not line.does("persuading", "project_talk")


def _asks_openly(line: Line) -> bool:
    if _LIKES_TO_HEAR.search(plain(line.text)):
        return True
    return line.does("open_question", least=signals.SURE) and not line.does("order", "solution_proposal")


def _persuades(line: Line) -> bool:
    return signals.argues(line) and not line.does("candour", "field_story") and not _named(line)


def _takes_order(line: Line) -> bool:
    return line.does("order_taking") and not signals.has_question(line)


def _solution(line: Line) -> bool:
    return (
        (signals.proposes(line) or bool(_PROPOSED.match(plain(line.text))))
        and nouns.topic(line.text) is not None
        and not _named(line)
        and not line.does("small_start", "approach", "order_taking")
    )


def _project(line: Line) -> bool:
    told = bool(_TRAINED.search(plain(line.text)))
    talks = told or line.does("project_talk") or shows(line.text, "activity")
    good = line.does("candour", "field_story", "approach", "small_start", "reflection", "outcome_talk")
    return talks and not good and not signals.has_question(line)


def _order(line: Line) -> bool:
    return line.does("order") and not _named(line) and not _opens(line)


def _wishes(line: Line) -> bool:
    """A wish in general words, with no deliverable in it."""
    return bool(_VAGUE.search(plain(line.text))) and not (_good(line) or nouns.deliverable(line.text))


def _hurts(line: Line) -> bool:
    """A sales measure that is in trouble, without a figure or a wish."""
    text = plain(line.text)
    bare = signals.metric_in(text) and not _SPECIFIC.search(text)
    return bare and bool(_TROUBLE.search(text)) and not signals.has_question(line)


def _opens(line: Line) -> bool:
    return bool(_INVITES.search(plain(line.text))) or (line.does("commitment") and shows(line.text, "door"))


def _agrees(line: Line) -> bool:
    return line.does("commitment") and shows(line.text, "when")


def _binds_nobody(line: Line) -> bool:
    return shows(line.text, "loose") and not shows(line.text, "when") and not _good(line)


def _measured(line: Line) -> bool:
    return line.does("progress_report") and shows(line.text, "numbered") and not shows(line.text, "activity")


def _asks_activity(line: Line) -> bool:
    asks = signals.has_question(line) or line.does("order", "progress_report")
    asks = asks or line.text.rstrip().endswith("?")
    return asks and bool(_ACTIVITY_ASKED.search(plain(line.text))) and not names_outcome(line)


def _tells(line: Line) -> bool:
    return signals.tells_story(line) or bool(_LOST.search(line.text))


def _reflects(line: Line) -> bool:
    return line.does("reflection", least=signals.SURE) and not line.does("persuading", "solution_proposal")


def _finds_out(line: Line) -> bool:
    return line.does("approach") and not line.does("small_start", least=_SURELY)


def _does(*moves: str) -> Seen:
    return lambda line: line.does(*moves)


LEARNING_SAYS: tuple[Kind, ...] = (
    Kind("theory", True, _matches(_THEORY, unless=_asks_outcome), ("theory-slides", 0), ("one-page-approach", 2)),
    Kind("field_blamed", True, _matches(_FIELD_BLAMED, unless=_does("open_question", "field_story")), ("managers-not-reinforcing", 0), ("reps-resist", 2)),
    Kind("patience", True, _matches(_PATIENCE, unless=_does("open_question", "commitment")), ("pilot-fails", 0), ("no-progress", 1)),
    Kind("seat_asked", True, _matches(_SEAT_ASKED, unless=_asks_outcome), ("urge-to-persuade", 0), ("she-talks-modules", 1)),
    Kind("nudge", True, _matches(_NUDGE, unless=_good), ("silent-vp", 0), ("no-time-for-learning", 2)),
    Kind("chase", True, _matches(_CHASE), ("eye-rolling-reps", 0), ("ordered-a-course", 1)),
    Kind("story", False, _tells, ("story-i-can-tell", 0), ("tell-stories", 0)),
    Kind("outcome_asked", False, _asks_outcome, ("vp-own-view", 0), ("name-the-outcome", 0)),
    Kind("played_back", False, _matches(_BACK), ("vp-own-view", 0), ("outcome-not-clear-yet", 1)),
    Kind("order_taken", True, _takes_order, ("order-taker", 0), ("learning-agrees-to-all", 0)),
    Kind("persuading", True, _persuades, ("urge-to-persuade", 0), ("how-is-hers", 0)),
    Kind("whole_force", True, means_everybody, ("choose-first-group", 1), ("whole-force-at-once", 0)),
    Kind("approach", False, _finds_out, ("one-page-approach", 1), ("how-is-hers", 0)),
    Kind("small_start", False, _does("small_start"), ("choose-first-group", 1), ("pick-the-team", 2)),
    Kind("time_asked", True, _matches(_TIME_ASKED, unless=_good), ("thirty-minutes", 0), ("no-time-for-learning", 0)),
    Kind("candour", False, signals.candid, ("pilot-fails", 0), ("no-progress", 1)),
    Kind("progress", False, _measured, ("reporting-to-executives", 1), ("help-her-report", 0)),
    Kind("outcome_named", False, _named, ("thirty-minutes", 2), ("name-the-outcome", 1)),
    Kind("solution_before_outcome", True, _solution, ("jumped-to-the-answer", 2), ("she-talks-modules", 1)),
    Kind("project_only", True, _project, ("completion-rates", 1), ("ordered-a-course", 1)),
    Kind("vague", True, _matches(_VAGUE, unless=_good), ("vague-outcome", 0), ("two-of-us-vague", 2)),
    Kind("played_back", False, _reflects, ("vp-own-view", 0), ("outcome-not-clear-yet", 1)),
    Kind("next_step", False, _agrees, ("good-meeting-nothing-happened", 1), ("stay-engaged", 0)),
    Kind("loose", True, _binds_nobody, ("good-meeting-nothing-happened", 2), ("two-of-us-vague", 0)),
    Kind("open_question", False, _asks_openly, ("vp-own-view", 0), ("learning-agrees-to-all", 0)),
)  # fmt: skip
"""What learning may say. The first that fits is the line's kind."""

VP_SAYS: tuple[Kind, ...] = (
    Kind("dismissal", True, _matches(_DISMISSAL, unless=_asks_outcome), ("called-a-cost", 0), ("managers-call-it-vacation", 2)),
    Kind("moving_on", False, _matches(_MOVING_ON), ("pilot-fails", 0), ("moving-on", 1)),
    Kind("vendor", True, _matches(_VENDOR, unless=_asks_outcome), ("outside-vendor", 2), ("outside-vendor", 1)),
    Kind("afraid", False, _matches(_AFRAID), ("vp-afraid", 1), ("afraid-for-my-job", 1)),
    Kind("unsure", False, _matches(_UNSURE), ("friendly-and-vague", 1), ("outcome-not-clear-yet", 0)),
    Kind("not_mine", True, _matches(_NOT_MINE), ("one-page-approach", 0), ("stay-engaged", 2)),
    Kind("how_left", False, _matches(_HOW_LEFT), ("vp-own-view", 1), ("how-is-hers", 0)),
    Kind("story", False, _tells, ("collecting-field-stories", 1), ("tell-stories", 0)),
    Kind("activity_asked", True, _asks_activity, ("completion-rates", 2), ("name-the-outcome", 0)),
    Kind("story_asked", False, signals.asks_for_story, ("story-i-can-tell", 2), ("tell-stories", 1)),
    Kind("outcome_asked", False, _asks_outcome, ("one-page-approach", 0), ("outcome-not-clear-yet", 0)),
    Kind("how_told", True, _matches(_HOW_TOLD, unless=_named), ("order-taker", 0), ("how-is-hers", 1)),
    Kind("small_start", False, _does("small_start"), ("choose-first-group", 0), ("pick-the-team", 2)),
    Kind("played_back", False, _matches(_BACK), ("vp-own-view", 0), ("outcome-not-clear-yet", 1)),
    Kind("pain", True, _hurts, ("vp-own-view", 0), ("outcome-not-clear-yet", 1)),
    Kind("outcome_named", False, _named, ("vague-outcome", 2), ("name-the-outcome", 1)),
    Kind("whole_force", True, means_everybody, ("everyone-by-date", 1), ("whole-force-at-once", 1)),
    Kind("door", False, _opens, ("ride-along", 0), ("stay-engaged", 1)),
    Kind("vague", True, _wishes, ("vague-outcome", 0), ("two-of-us-vague", 2)),
    Kind("order_given", True, _order, ("order-taker", 1), ("ordered-a-course", 0)),
    Kind("time_rationed", True, _matches(_TIME_RATIONED, unless=_good), ("thirty-minutes", 0), ("no-time-for-learning", 1)),
    Kind("burnt", True, _matches(_BURNT, unless=_does("open_question")), ("burnt-before", 0), ("credit-and-blame", 0)),
    Kind("candour", False, signals.candid, ("burnt-before", 2), ("no-progress", 1)),
    Kind("praise", True, _matches(_PRAISE, unless=_good), ("friendly-and-vague", 0), ("two-of-us-vague", 1)),
    Kind("played_back", False, _reflects, ("vp-own-view", 0), ("outcome-not-clear-yet", 1)),
    Kind("next_step", False, _agrees, ("good-meeting-nothing-happened", 1), ("stay-engaged", 0)),
    Kind("loose", True, _binds_nobody, ("good-meeting-nothing-happened", 2), ("two-of-us-vague", 1)),
    Kind("open_question", False, _asks_openly, ("one-page-approach", 0), ("learning-agrees-to-all", 0)),
)  # fmt: skip
"""What the VP may say."""
