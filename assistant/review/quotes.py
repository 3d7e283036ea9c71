"""The words of a line that show a finding: verbatim, a sentence or two, never a whole monologue."""

from assistant.moves.sentences import sentences
from assistant.review.marks import Line
from assistant.review.seen import Seen

QUOTE_WORDS = 40


def quote_of(line: Line, seen: Seen) -> str:
    """A stretch of the line's text as it stands there."""
    text = line.piece(*seen.moves).text if seen.moves else line.text
    if len(text.split()) <= QUOTE_WORDS:
        return text
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if kept and len(longer.split()) > QUOTE_WORDS:
            break
        kept = longer
    return kept if kept in line.text and len(kept.split()) <= QUOTE_WORDS else _first_words(line.text, text)


def _first_words(whole: str, text: str) -> str:
    """The first forty words; the text of a turn has single spaces, so that it is found again as it is."""
    cut = " ".join(text.split()[:QUOTE_WORDS])
    return cut if cut in whole else whole[:240]
