"""Changes to a draft: where, in place of what, and two wordings made of the draft's own words. Nothing else is touched."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import nouns
from assistant.draft.gaps import Gap, Written
from assistant.draft.narrowing import narrowed
from assistant.draft.patterns import day_named, is_done, something
from assistant.review.marks import COACH, VP, Line
from prompts import phrase_book

LEFT = -1
_AGAIN = {
    "persuading": "persuading_again",
    "solution_before_outcome": "solution_again",
    "order_given": "order_given_again",
}
"""Phrases for a line of the kind where the reader is asked by now, or the order was turned round before."""
_MINUTES = re.compile(r"\s*\(?\b\d{1,3} ?(?:min(?:ute)?s?|')\)?\.?$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?P<before>[ \t]*)(?P<number>\d{1,2})(?P<after>[.)][ \t])", re.MULTILINE)
_LUNCH = re.compile(r"\blunch(?: ?& ?| and |[- ]'?n'?[- ])learns?\b", re.IGNORECASE)
_BRACKET = re.compile(r"\[[^\]]+\]")


@dataclass(frozen=True, slots=True)
class Change:
    """`options` may stand in place of `draft[start:end]`; an empty one leaves the words out.

    An insertion has `start == end`. `line_id` is the line concerned, or the one before which something is put in.
    """

    id: str
    type: str
    principle: str
    line_id: str | None
    start: int
    end: int
    before: str
    options: tuple[str, ...]

    @property
    def inserts(self) -> bool:
        """Whether it adds words and replaces none."""
        return self.start == self.end


def changes_of(written: Written, gaps: Sequence[Gap]) -> tuple[Change, ...]:
    """At most one change for each line, then what is missing altogether; in the order of the draft."""
    maker = _Maker(written)
    for gap in gaps:
        maker.take(gap)
    found = sorted(maker.found, key=lambda each: (each.start, each.end))
    return tuple(replace(each, id=f"c{number}") for number, each in enumerate(found, start=1))


def applied(text: str, changes: Sequence[Change], choices: Mapping[str, int] | None = None) -> str:
    """The draft with the chosen wording of each change (the first, unless chosen otherwise; `LEFT` leaves it alone)."""
    result, end = [], 0
    for change in changes:
        choice = (choices or {}).get(change.id, 0)
        if choice == LEFT or change.start < end or choice >= len(change.options):
            continue
        new = change.options[choice]
        result.append(text[end : change.start] + new)
        end = change.end
        if not new:
            end = _swallowed(text, change)
    result.append(text[end:])
    new = "".join(result)
    return text if new == text else _renumbered(text, _tidied(new))


def blanks(text: str) -> tuple[str, ...]:
    """The places in square brackets that the writer has to fill in."""
    return tuple(_BRACKET.findall(text))


def _swallowed(text: str, change: Change) -> int:
    """Where the draft goes on after words that are left out: their space goes with them, an empty item's line too."""
    end = change.end
    while end < len(text) and text[end] in " \t":
        end += 1
    return end


def _tidied(text: str) -> str:
    """No empty space where words were left out."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+(?=\n)", "", text))


def _renumbered(before: str, after: str) -> str:
    """A list that counted from 1 without a gap does so again."""
    counted = [int(found["number"]) for found in _NUMBERED.finditer(before)]
    if len(counted) < 2 or counted != list(range(1, len(counted) + 1)):
        return after
    numbers = iter(range(1, 1_000))
    return _NUMBERED.sub(lambda found: f"{found['before']}{next(numbers)}{found['after']}", after)


class _Maker:
    """Collects the changes; knows which lines already have one and whether the reader is asked by now."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.found: list[Change] = []
        self._side = "vp" if written.role == VP else "learning"
        self._parts = {line.id: line for line in written.draft.lines}
        self._taken: set[str] = set()
        self._asked, self._ordered = written.asks, False
        self._book = phrase_book("draft").phrases
        self._values = _values(written)

    def take(self, gap: Gap) -> None:
        """The changes for one gap."""
        lines = [line for line in gap.lines if line.id not in self._taken]
        if gap.type == "no_outcome_named":
            if not self._asked:
                self._insert(gap, self._outcome_options(), last=self.written.draft.kind in ("mail", "note"))
        elif gap.type == "no_owner_or_date":
            self._next_step(gap, lines)
        elif gap.type == "project_only":
            self._activity(gap, lines)
        elif gap.type == "whole_force":
            for line in lines:
                self._replace(gap, line, self._narrower(line))
        else:
            for line in lines:
                self._reworded(gap, line)

    def _narrower(self, line: Line) -> tuple[str, ...]:
        """The same about one group; after an order that was turned round no more than with whom to begin."""
        options = narrowed(line.text, self._values, self._book["later"])
        if self._parts[line.id].part == "item":
            return options[:1]
        return (self._book["vp-first-team"], *options[:1]) if self._ordered else options

    def _reworded(self, gap: Gap, line: Line) -> None:
        known = self._asked or (gap.type == "persuading" and self.written.outcome is not None)
        again = known if gap.type in ("persuading", "solution_before_outcome") else self._ordered
        name = _AGAIN.get(gap.type, gap.type) if again else gap.type
        self._ordered = self._ordered or gap.type == "order_given"
        options = self._options(f"{self._side}-{name}", line)
        if gap.type == "order_taken":
            asked = self._book["learning-order_taken_asking"]
            options = (f"{line.text.rstrip()} {asked}", *options)
        elif name == "order_given_again" and (day := day_named(line.text)):
            options = (self._book["vp-order_given_by_day"].replace("{day}", day), *options)
        elif gap.type == "persuading" and self._parts[line.id].part == "item" and not again:
            options = (self._book["item-persuading"], "")
            self._asked = True
        self._replace(gap, line, options)
        self._asked = self._asked or any("?" in option for option in options[:1])

    def _replace(self, gap: Gap, line: Line, options: tuple[str, ...]) -> None:
        place = self._parts[line.id]
        whole = place.part == "item" and "" in options
        start = self._line_start(place.start) if whole and options[0] == "" else place.start
        self._taken.add(line.id)
        self.found.append(
            Change(
                "",
                gap.type,
                gap.principle,
                line.id,
                start,
                place.end,
                self.written.draft.text[start : place.end],
                options,
            )
        )

    def _line_start(self, at: int) -> int:
        return self.written.draft.text.rfind("\n", 0, at) + 1

    def _activity(self, gap: Gap, lines: Sequence[Line]) -> None:
        """The last sentence of the report says what is not known; each item of an agenda says what it is for."""
        sentences = [line for line in lines if self._parts[line.id].part == "sentence"]
        items = [line for line in lines if self._parts[line.id].part == "item"]
        if self._ordered:
            return
        prefix = "tie-vp" if self._side == "vp" else "tie"
        done = [line for line in sentences if is_done(line.text)]
        for line in (done or ([] if self._asked else sentences))[-1:]:  # one question is enough
            tied = self._options(prefix if done else f"{prefix}-plan", line)
            tied = tied[::-1] if self._asked else tied
            self._asked = self._asked or not done
            self._replace(gap, line, tuple(f"{line.text} {each}" for each in tied))
        if self.written.draft.kind == "mail" and items and not sentences:
            tied = self._options(prefix, items[-1])
            self._after(gap, items[-1], tied)
            return
        for line in items if self.written.draft.kind != "mail" else ():
            self._replace(gap, line, self._item(line))

    def _item(self, line: Line) -> tuple[str, ...]:
        """An item with what it is for; on an agenda its details give way to that."""
        minutes = _MINUTES.search(line.text)
        bare = (line.text[: minutes.start()] if minutes else line.text).rstrip(" .;:")
        bare = bare.split(":")[0] if self.written.draft.kind == "agenda" else bare
        ends = [self._book[f"item-{'done-' if is_done(line.text) else ''}{n}"] for n in (1, 2)]
        after = minutes.group(0) if minutes else ""
        return tuple(f"{bare} ({each}){after}" if ":" in bare else f"{bare}: {each}{after}" for each in ends)

    def _next_step(self, gap: Gap, lines: Sequence[Line]) -> None:
        if self.written.draft.kind == "agenda":
            self._insert(gap, (self._book["agenda-next-1"], self._book["agenda-next-2"]), last=True)
            return
        side = "coach" if self.written.role == COACH else self._side
        options = tuple(self._book[f"{side}-next-{n}"] for n in (1, 2))
        if lines:
            self._replace(gap, lines[-1], options)
        else:
            self._insert(gap, options, last=True)

    def _outcome_options(self) -> tuple[str, ...]:
        self._asked = True
        side = "agenda" if self.written.draft.kind in ("agenda", "outline") else self._side
        side = "coach" if self.written.role == COACH and side == "learning" else side
        options = tuple(_filled(self._book[f"{side}-outcome-{n}"], self._values) for n in (1, 2))
        timed = any(_MINUTES.search(line.text) for line in self.written.lines)
        return options if timed else tuple(_MINUTES.sub("", each) for each in options)

    def _options(self, name: str, line: Line) -> tuple[str, ...]:
        values = self._values | {"topic": _topic(line.text) or self._values["topic"]}
        if name.startswith("vp-order_given"):
            known = values["topic"] if self._values["topic"] != "this" else "a course"
            values["topic"] = _topic(line.text) or something(line.text) or known
        values["people"] = _people(line.text) or values["people"]
        return tuple(_filled(self._book[f"{name}-{number}"], values) for number in (1, 2))

    def _insert(self, gap: Gap, options: tuple[str, ...], *, last: bool = False) -> None:
        """Put a paragraph or an item in: before the first line of the body, or after its last."""
        body = [self._parts[line.id] for line in self.written.body]
        if not body:
            return
        if last:
            self._after(gap, self.written.body[-1], options)
            return
        first, text = body[0], self.written.draft.text
        start = self._line_start(first.start) if first.part == "item" else first.start
        lead = text[start : first.start]
        end = "\n" if first.part == "item" else "\n\n"
        self.found.append(
            Change(
                "",
                gap.type,
                gap.principle,
                first.id,
                start,
                start,
                "",
                tuple(f"{lead}{each}{end}" for each in options),
            )
        )

    def _after(self, gap: Gap, line: Line, options: tuple[str, ...]) -> None:
        place, text = self._parts[line.id], self.written.draft.text
        lead = (
            text[self._line_start(place.start) : place.start]
            if place.part == "item" and self.written.draft.kind != "mail"
            else ""
        )
        glue = f"\n{_following(lead)}" if lead else "\n\n"
        self.found.append(
            Change(
                "",
                gap.type,
                gap.principle,
                line.id,
                place.end,
                place.end,
                "",
                tuple(f"{glue}{each}" for each in options),
            )
        )


def _values(written: Written) -> dict[str, str]:
    """The draft's own words for its slots."""
    text = "\n".join(line.text for line in (*written.lines, *written.other))
    plain = "\n".join(line.text for line in written.lines if not line.does("persuading"))
    group = nouns.group(text)
    subject = next((line.text for line in written.body if _topic(line.text)), "")
    return {
        "topic": _topic(subject) or "this",
        "group": group or "one team",
        "place": f"in {group}" if group else "in one of your teams",
        "place_or_blank": f"in {group}" if group else "in [one team]",
        "people": _people(text) or "your reps",
        "measure": f"the {found}" if (found := nouns.measure(plain)) else "anything in the field",
    }


def _topic(text: str) -> str | None:
    """What learning makes, as it is called there."""
    if lunch := _LUNCH.search(text):
        return f"the {lunch.group(0)}"
    return nouns.deliverable(text)


def _people(text: str) -> str | None:
    """Whom a text is about, sellers before their managers; None where it names neither."""
    if re.search(r"\b(?:reps|sellers|salespeople|aes|sdrs)\b", text, re.IGNORECASE):
        return "your reps"
    return "your managers" if re.search(r"(?<!account )\bmanagers\b", text, re.IGNORECASE) else None


def _filled(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template[:1].upper() + template[1:]


def _following(lead: str) -> str:
    """The mark of the next item: one number higher, or the same bullet."""
    return re.sub(r"\d+", lambda found: str(int(found.group(0)) + 1), lead)
