"""Who is meant by the words before a colon: a speaker, or a heading, a note, a time, a web address."""

import re
from collections import Counter

LABEL = re.compile(r"^(?P<label>[^\W\d_][^:\n\t<>]{0,48}?)\s*[:：](?!//)(?P<rest>(?:\s.*|$))", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*\.?")
_TITLE = re.compile(r"^(?P<name>[^(\[,]+?)\s*(?:\((?P<a>[^)]*)\)|\[(?P<b>[^\]]*)\]|,\s*(?P<c>.+))$")
HEADINGS = frozenset(
    """
    action actions agenda answer apologies attachment attachments attendees aside background bcc call cc comment
    comments conclusion context conclusions date decision decisions details disclaimer discussion duration example file
    follow-up footnote from fwd fw goal goals heading hint host http https important invitees ics item items link links
    location meeting minutes next note notes nb objective objectives organiser organizer outcome outcomes page
    participants phone point points ps purpose question recap recording ref regarding re reminder result results
    risk risks room section sent source status step steps subject summary task tasks time tip title to todo topic topics
    transcript transcription update url video warning web when where who why zoom
    """.split()  # noqa: SIM905  # a word list is read as one
)  # fmt: skip
_SENTENCE = frozenset(
    """
    a about actually an and are as at basically because been being but by can could did do does either even
    exactly first finally for frankly he her here his honestly how i if in instead is it its just last like look maybe mean
    my never no nobody not of oh ok okay on one only or our perhaps remember said same say says second see she should simply
    since so someone something still that the their then there these they thing third this those though today too two
    was we well were what whatever which will with would yes yesterday yet you your
    """.split()  # noqa: SIM905  # a word list is read as one
)  # fmt: skip
_LONGEST = 5


def split_label(line: str) -> tuple[str, str] | None:
    """`Name`, `text` where the line may begin with a speaker; None where it certainly does not."""
    found = LABEL.match(line.strip())
    if found is None or not _like_a_name(found["label"]):
        return None
    return found["label"].strip(" *_"), found["rest"].strip()


def heading(line: str) -> bool:
    """Whether a line begins as a heading or a note of the page does, not as speech."""
    found = LABEL.match(re.sub(r"^[\d:.\s\-]+(?=\D)", "", line.strip()))
    return found is not None and _plain(found["label"].split()[-1]) in HEADINGS | {"action items"}


def speakers_of(labels: list[str], *, strict: bool = False) -> frozenset[str]:
    """Those labels that are people: they come back, or look like names; if `strict`, both."""
    counted = Counter(labels)
    if strict:
        return frozenset(label for label, count in counted.items() if count > 1 and _capital(label))
    few = max(counted.values(), default=0) == 1 and len(counted) < 4
    return frozenset(label for label, count in counted.items() if count > 1 or few or _capital(label))


def name_and_title(label: str) -> tuple[str, str]:
    """`Dana (VP Sales)` as `Dana`, `VP Sales`; a bare name has no title."""
    found = _TITLE.match(label.strip())
    if found is None:
        return label.strip(), ""
    return found["name"].strip(), (found["a"] or found["b"] or found["c"] or "").strip()


def _like_a_name(label: str) -> bool:
    name, _ = name_and_title(label)
    words = [_plain(word) for word in _WORD.findall(name)]
    if not words or len(words) > _LONGEST or any(mark in name for mark in '?!;"“”/\\@='):
        return False
    if words[-1] in HEADINGS or words[0] in HEADINGS:
        return False
    single = len(words) == 1 and len(words[0]) == 1
    return single or not any(word in _SENTENCE for word in words)


def _capital(label: str) -> bool:
    words = _WORD.findall(name_and_title(label)[0])
    return all(
        not word[0].islower() or word in ("de", "van", "von", "der", "da", "di", "la", "bin")
        for word in words
    )


def _plain(word: str) -> str:
    return word.lower().strip(".*_ ")
