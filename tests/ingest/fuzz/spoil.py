"""Ways to spoil a file, as hypothesis strategies: its bytes, its parts before they are packed, the signs its format lives by."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

MOST_BYTES = 200_000
"""Longest spoiled file: the bounds of time and memory are those of small files."""


@dataclass(frozen=True, slots=True)
class Blow:
    """One change: `way` at a place (a share of the length, so that it fits any seed), with a length, a sign and a count."""

    way: str
    place: float
    length: int
    sign: bytes
    count: int


def blows(signs: Sequence[bytes]) -> st.SearchStrategy[list[Blow]]:
    """One to six changes, with the signs of a format among them."""
    sign = st.sampled_from(list(signs)) | st.binary(max_size=8)
    count = st.sampled_from([1, 1, 2, 30, 300])
    ways = st.sampled_from(["flip", "drop", "put", "over", "copy", "cut"])
    blow = st.builds(Blow, ways, st.floats(0, 1, exclude_max=True), st.integers(1, 64), sign, count)
    return st.lists(blow, min_size=1, max_size=6)


def spoiled(data: bytes, changes: Sequence[Blow]) -> bytes:
    """The bytes after all changes."""
    out = bytearray(data)
    for blow in changes:
        at = int(blow.place * len(out))
        end = at + blow.length
        if blow.way == "flip" and out:
            out[at] ^= 1 << blow.length % 8
        elif blow.way == "drop":
            del out[at:end]
        elif blow.way == "put":
            out[at:at] = blow.sign * blow.count
        elif blow.way == "over":
            out[at : at + len(blow.sign)] = blow.sign
        elif blow.way == "copy":
            out[at:at] = bytes(out[at:end]) * blow.count
        elif blow.way == "cut" and blow.count == 1:
            del out[at:]
    return bytes(out[:MOST_BYTES])


def within_package(data: bytes, changes: Sequence[Blow]) -> bytes:
    """A ZIP whose largest member is spoiled and packed again with a right checksum; without this every change ends at the sum."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = old.infolist()
        body = next((part for part in parts if part.filename in _BODIES), max(parts, key=lambda part: part.file_size))
        for part in parts:
            text = old.read(part)
            new.writestr(part.filename, spoiled(text, changes) if part is body else text, part.compress_type)
    return out.getvalue()


_BODIES = frozenset({"word/document.xml", "content.xml"})
Way = Callable[[bytes, Sequence[Blow]], bytes]
