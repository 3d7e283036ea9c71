"""Whether the files of Chroma's graphs are as long as they say of themselves.

Chroma reads them in native code that trusts their length. Of a graph that was cut short it makes what happens to lie
in memory, and the next write into that graph may end the whole process, which no `except` can keep it from.
"""

import struct
from pathlib import Path

# As hnswlib writes it: version, offset of the lowest layer, room for elements, elements, bytes of an element, and more.
_HEADER = struct.Struct("<i4Q64x")
_VERSION = 1
_NAMES = ("header.bin", "data_level0.bin", "length.bin", "link_lists.bin")


def cut_short(folder: Path) -> Path | None:
    """The first graph below `folder` with a file that is missing or too short; None where all are whole."""
    graphs = sorted({path.parent for name in _NAMES for path in folder.glob(f"*/{name}")})
    return next((graph for graph in graphs if not _is_whole(graph)), None)


def _is_whole(graph: Path) -> bool:
    header, elements, lengths, links = (graph / name for name in _NAMES)
    try:
        version, _, _, count, element_bytes = _HEADER.unpack_from(header.read_bytes())
        if version != _VERSION:
            return True  # another layout, of which nothing is known here
        whole = elements.stat().st_size >= count * element_bytes and lengths.stat().st_size >= count * 4
        return whole and _links_are_whole(links.read_bytes(), count)
    except (OSError, struct.error):
        return False


def _links_are_whole(links: bytes, count: int) -> bool:
    """For each element the number of bytes of its links in the upper layers, and those bytes."""
    at = 0
    for _ in range(count):
        at += 4 + int.from_bytes(links[at : at + 4], "little")
    return at <= len(links)
