"""JSON: Gong, Fireflies, and lists of turns as programs write them."""

import json
from collections.abc import Iterator
from typing import Any

from assistant.review.readers.stamps import seconds
from assistant.review.transcript import Reading, Said

_SPEAKER = ("speaker", "speaker_name", "speakerName", "name", "author", "from", "participant")
_TEXT = ("text", "sentence", "content", "transcript", "message", "raw_text", "words")
_START = ("start", "start_time", "startTime", "begin", "timestamp", "time")
_END = ("end", "end_time", "endTime")


def sniff(text: str) -> str | None:
    """gong-json, fireflies-json or json; None for what only begins like JSON."""
    value, _ = _parsed(text)
    if value is None:
        return None
    if any("sentences" in each and "speakerId" in each for each in _objects(value)):
        return "gong-json"
    if any(
        "speaker_name" in each and ("sentence" in each or "raw_text" in each or "text" in each)
        for each in _objects(value)
    ):
        return "fireflies-json"
    return "json"


def read_gong(text: str) -> Reading:
    """Sentences with milliseconds by speakerId; names and titles come from the parties of the call."""
    value, warnings = _parsed(text)
    parties = {
        str(each["speakerId"]): each
        for each in _objects(value)
        if "speakerId" in each and "sentences" not in each
    }
    calls = [each["transcript"] for each in _objects(value) if _monologues(each.get("transcript"))]
    if len(calls) > 1:
        warnings.append(f"There are {len(calls)} calls in the file; the first one was read.")
    monologues = (
        calls[0]
        if calls
        else [each for each in _objects(value) if "sentences" in each and "speakerId" in each]
    )
    said: list[Said] = []
    nameless: set[str] = set()
    for each in monologues:
        key = str(each.get("speakerId"))
        name = _party_name(parties.get(key)) or _nameless(key, nameless)
        said += [
            Said(
                name,
                str(sentence.get("text") or ""),
                _milliseconds(sentence.get("start")),
                _milliseconds(sentence.get("end")),
            )
            for sentence in each.get("sentences") or []
            if isinstance(sentence, dict)
        ]
    if nameless:
        warnings.append(
            f"{len(nameless)} of the speakers are not among the parties of the call: {', '.join(sorted(nameless))}."
        )
    titles = {
        _party_name(each): str(each["title"])
        for each in parties.values()
        if each.get("title") and _party_name(each)
    }
    return Reading(said, warnings, titles)


def read_fireflies(text: str) -> Reading:
    """Sentences with speaker_name, in a list or under `sentences`; times are seconds or stamps."""
    return _rows(text)


def read_json(text: str) -> Reading:
    """Objects with a speaker and text, in a list, under any key, or one a line; their ids are kept."""
    return _rows(text)


def _rows(text: str) -> Reading:
    value, warnings = _parsed(text)
    if value is None:
        return Reading([], warnings)
    rows = _largest(value)
    said, titles, odd = [], {}, 0
    for row in rows:
        words = _first(row, _TEXT) if isinstance(row, dict) else None
        if not isinstance(words, str) or not words.strip():
            odd += 1
            continue
        name = _name(row)
        if name and isinstance(row.get("role"), str):
            titles[name] = row["role"]
        said.append(Said(name, words, _time(_first(row, _START)), _time(_first(row, _END)), _id(row)))
    if odd:
        warnings.append(f"{odd} of {len(rows)} entries hold no words.")
    if len({each.id for each in said}) < len(said):
        said = [Said(each.speaker, each.text, each.start, each.end) for each in said]
    return Reading(said, warnings, titles)


def _parsed(text: str) -> tuple[Any, list[str]]:
    try:
        return json.loads(text), []
    except (json.JSONDecodeError, RecursionError):
        pass
    values, broken = [], 0
    for line in filter(str.strip, text.split("\n")):
        try:
            values.append(json.loads(line))
        except (json.JSONDecodeError, RecursionError):
            broken += 1
    if not any(isinstance(each, dict) for each in values):
        return None, ["The file begins like JSON and is none."]
    return values, [f"{broken} lines are no JSON and were left out."] if broken else []


def _objects(value: Any, depth: int = 8) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    if depth and isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _objects(each, depth - 1)


def _largest(value: Any) -> list[Any]:
    """The longest list of objects with words in it."""
    lists = [value] if isinstance(value, list) else []
    lists += [each for item in _objects(value) for each in item.values() if isinstance(each, list)]
    with_words = [each for each in lists if any(isinstance(row, dict) and _first(row, _TEXT) for row in each)]
    return max(with_words, key=len, default=[])


def _monologues(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) and "sentences" in each for each in value)


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def _name(row: dict[str, Any]) -> str | None:
    found = _first(row, _SPEAKER)
    if isinstance(found, dict):
        found = _first(found, ("name", "displayName", "email"))
    if found is None and row.get("speaker_id") is not None:
        found = f"Speaker {row['speaker_id']}"
    return " ".join(str(found).split())[:80] or None if found is not None else None


def _id(row: dict[str, Any]) -> str | None:
    found = row.get("id")
    return str(found) if isinstance(found, (str, int)) and not isinstance(found, bool) else None


def _time(value: Any) -> float | None:
    """Seconds; a stamp is read, a number of this size is never taken for milliseconds."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if 0 <= value < 1e6 else None
    text = str(value)
    return seconds(text) if ":" in text else _number(text)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value < 1e6 else None


def _milliseconds(value: Any) -> float | None:
    return (
        value / 1000
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
        else None
    )


def _party_name(party: dict[str, Any] | None) -> str:
    return str((party or {}).get("name") or (party or {}).get("emailAddress") or "").strip()


def _nameless(key: str, seen: set[str]) -> str:
    name = f"Speaker {key[-4:]}"
    seen.add(name)
    return name
