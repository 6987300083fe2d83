"""X12 files as segments with their positions; read this for delimiters and damage, `x12_claims` and `x12_remits` for loops.

The delimiters stand in the ISA segment, which alone has fixed places. A segment that is none is reported with its position
and the next one is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ionm_notes.claims.model import Fault, Place
from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.report.clean import for_terminal

HEAD = b"ISA"
ISA_LENGTH = 106
SEGMENTS_A_LINE = 5
"""A line has three to five segments of its own; so many times the limit on lines bounds what a file of other segments holds."""
_ID = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_ENVELOPES = {"SE": "ST", "GE": "GS", "IEA": "ISA"}
"""Trailers and the headers that they close."""
_CONTROL = {"ST": 2, "GS": 6, "ISA": 13, "SE": 2, "GE": 2, "IEA": 2}
"""Where the control number stands, which header and trailer share."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: `elements[0]` is its name. `number` counts from 1 in the file; `byte` is where it begins."""

    elements: tuple[str, ...]
    number: int
    byte: int
    component: str
    repetition: str

    @property
    def name(self) -> str:
        """Its name, such as NM1."""
        return self.elements[0]

    def __getitem__(self, at: int) -> str:
        """Element `at` as the standard counts them (SV1-02 is [2]); empty where it is not there. White space is folded."""
        return for_terminal(self.elements[at]) if at < len(self.elements) else ""

    def parts(self, at: int) -> list[str]:
        """The components of an element."""
        return [part.strip() for part in self[at].split(self.component)] if self[at] else []

    def repeated(self, at: int) -> list[str]:
        """The repetitions of an element."""
        return self[at].split(self.repetition) if self.repetition and self[at] else [self[at]] if self[at] else []


@dataclass(slots=True)
class X12File:
    """A file of X12: its segments in order, and what in it is no segment or does not add up."""

    name: str
    segments: list[Segment] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, segment: Segment, what: str) -> None:
        """Notes something wrong with a segment, with its position."""
        self.faults.append(Fault(self.place(segment), what))

    def place(self, segment: Segment) -> Place:
        """Where a segment stands."""
        return Place(self.name, f"segment {segment.number} ({segment.name}, byte {segment.byte})", segment.number)


def read_segments(data: bytes, name: str, limits: Limits = LIMITS) -> X12File:
    """The segments of a file of one or more interchanges.

    Raises `IonmError` (bad-claims) where there is no ISA segment at the beginning, or where there are more segments than
    the limit on claim lines allows for.
    """
    # Latin-1 keeps every byte, so that positions are those of the file.
    text = data.decode("latin-1")
    start = len(text) - len(text.lstrip("\ufeff \r\n\t\xef\xbb\xbf"))
    if not text.startswith("ISA", start) or len(text) < start + ISA_LENGTH:
        raise IonmError("bad-claims", name, "it does not begin with a whole ISA segment")
    read = X12File(name)
    for segment in _segments(text, start, read):
        if len(read.segments) >= SEGMENTS_A_LINE * limits.claim_lines:
            raise IonmError("bad-claims", name, "more segments than are read; split the file")
        read.segments.append(segment)
    _check_envelopes(read)
    return read


def _segments(text: str, start: int, read: X12File) -> Iterator[Segment]:
    element, component, terminator, repetition = _delimiters(text, start)
    at, number = start, 0
    while at < len(text):
        end = text.find(terminator, at)
        last = end < 0
        end = len(text) if last else end
        raw = text[at:end]
        body = raw.strip("\r\n\t \x00")
        begins = at + len(raw) - len(raw.lstrip("\r\n\t \x00"))
        if body.startswith("ISA") and number and len(text) >= begins + ISA_LENGTH:
            element, component, terminator, repetition = _delimiters(text, begins)
            end = text.find(terminator, begins)
            body = text[begins:end]
        if body:
            number += 1
            segment = Segment(tuple(_utf8(part) for part in body.split(element)), number, begins, component, repetition)
            place = Place(read.name, f"segment {number} (byte {begins})", number)
            if last:
                read.faults.append(Fault(place, "the file ends within this segment; it was left out"))
            elif not _ID.fullmatch(segment.name):
                read.faults.append(Fault(place, "this is no segment; it was left out"))
            else:
                yield segment
        at = end + 1


def _delimiters(text: str, at: int) -> tuple[str, str, str, str]:
    """Element, component and segment delimiters and the repetition sign of the ISA segment that begins at `at`.

    Before version 00402 ISA-11 held another thing, a letter: then nothing is repeated.
    """
    repetition = text[at + 82]
    return text[at + 3], text[at + 104], text[at + 105], "" if repetition.isalnum() or repetition.isspace() else repetition


def _utf8(text: str) -> str:
    """An element in UTF-8, as most senders write names; what is none stays Latin-1."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text


def _check_envelopes(read: X12File) -> None:
    """Headers and trailers must nest and agree, and the count of segments in a transaction must be right."""
    opened: list[Segment] = []
    for segment in read.segments:
        if segment.name in _ENVELOPES.values():
            opened.append(segment)
        elif segment.name in _ENVELOPES:
            header = opened.pop() if opened and opened[-1].name == _ENVELOPES[segment.name] else None
            if header is None:
                read.fault(segment, f"it closes no {_ENVELOPES[segment.name]}")
                continue
            if header[_CONTROL[header.name]].lstrip("0") != segment[_CONTROL[segment.name]].lstrip("0"):
                read.fault(segment, f"its control number is not that of the {header.name} segment {header.number}")
            there = segment.number - header.number + 1
            if segment.name == "SE" and segment[1].lstrip("0") != str(there):
                read.fault(segment, f"it counts {segment[1]} segments, there are {there}")
    for segment in opened:
        read.fault(segment, "it is not closed; the end of the file may be missing")
