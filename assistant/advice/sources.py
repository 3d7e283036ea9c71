"""What a source is called wherever it appears: on the page, in an export, in a document."""

from assistant.advice.answer import Citation
from knowledge.principles import PRINCIPLES

INVENTED = "An invented example"


def is_invented(citation: Citation) -> bool:
    """Whether this is one of the sample stories that are shipped as illustrations."""
    return citation.kind == "story" and citation.passage_id.startswith("sample-")


def source_title(citation: Citation) -> str:
    """The title of a source; an invented example is called one before anything else is said of it."""
    return f"{INVENTED}: {citation.title}" if is_invented(citation) else citation.title


def source_name(citation: Citation) -> str:
    """What a source is called: its title, and where in it."""
    title = source_title(citation)
    return f"{title} · {citation.section}" if citation.section else title


def principles_line(citation: Citation) -> str:
    """The principles that a source serves, in words; an id that is not known is left out, "" where none is."""
    names = [PRINCIPLES[name].name for name in citation.principles if name in PRINCIPLES]
    return f"{'Principle' if len(names) == 1 else 'Principles'}: {', '.join(names)}" if names else ""
