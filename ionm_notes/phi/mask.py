"""Masks what `known` and `shapes` find: as much as the level asks for, the same everywhere in a document; pure.

`limited` drops the direct identifiers of 45 CFR 164.514(e)(2) and keeps dates, ages, towns, states and the clinicians.
`none` masks all kinds of Safe Harbor, clinicians and facility besides, and moves dates by whole days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ionm_notes.phi.dates import dates_in, days_for, moved
from ionm_notes.phi.known import Known
from ionm_notes.phi.level import ALIAS, Level, alias
from ionm_notes.phi.persons import people_in, signs_in
from ionm_notes.phi.places import is_generic
from ionm_notes.phi.shapes import Kind, shapes_in

KEPT_IN_LIMITED: frozenset[Kind] = frozenset({"staff", "place", "date", "birth", "age"})
_SPACE = r"\s+"
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?")
_NOT_TEXT = frozenset(
    {"sha256", "tool_version", "policy_version", "schema_version", "media_type", "citations", "payer", "bbox", "code"}
)
"""Keys of a line whose values are the program's own."""
_WORDS: Mapping[Kind, str] = {"licence": "LICENSE", "birth": "BIRTH DATE", "mrn": "MRN", "ssn": "SSN", "ip": "IP", "url": "URL"}


@dataclass(frozen=True, slots=True)
class Masked:
    """An identifier at `start`..`end` of a text and what stands in its place."""

    kind: Kind
    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True)
class Masker:
    """Masks the texts of one document. `secret` is the store's (or of one run): from it come the days that dates move by."""

    known: Known
    level: Level
    secret: bytes

    @property
    def days(self) -> int:
        """By how many days dates move; 0 where they are kept."""
        return days_for(self.secret, self.known.patient) if self.level == "none" else 0

    def found(self, text: str) -> list[Masked]:
        """What is masked in a text, in order, without overlaps."""
        if self.level == "full":
            return []
        ours = [match.span() for match in ALIAS.finditer(text)]  # whose digits may look like anything
        all_found = [
            one
            for one in self._all(text)
            if (self.level == "none" or one.kind not in KEPT_IN_LIMITED)
            and not any(start < one.end and one.start < end for start, end in ours)
        ]
        out: list[Masked] = []
        for one in sorted(all_found, key=lambda one: (one.start, -one.end)):
            if out and one.start < out[-1].end:
                last = out[-1]
                longer = one if one.end - one.start > last.end - last.start else last
                # Both are covered: what one of the two leaves over would be left in the clear.
                out[-1] = Masked(longer.kind, last.start, max(last.end, one.end), _instead(longer, max(last.end, one.end)))
            elif one.end > one.start:
                out.append(one)
        return out

    def __call__(self, text: str) -> str:
        """The text with everything masked."""
        out, at = [], 0
        for one in self.found(text):
            out += [text[at : one.start], one.instead]
            at = one.end
        return "".join([*out, text[at:]])

    def _all(self, text: str) -> list[Masked]:
        out = [
            Masked(one.kind, one.start, one.end, label)
            for one, label in people_in(text, [*self.known.people, *self.known.strangers])
        ]
        found = (*shapes_in(text), *signs_in(text, self.known.signs))
        out += [Masked(one.kind, one.start, one.end, mark(one.kind)) for one in found]
        for value, kind in self.known.numbers.items():
            out += [Masked(kind, start, start + len(value), mark(kind)) for start in _whole(text, value)]
        for value in self.known.places:
            out += [Masked("place", start, end, "[FACILITY]") for start, end in _spread(text, value)]
        for start, end, day, whole in dates_in(text, self.known.year):
            if {day, _century_before(day)} & self.known.births:
                out.append(Masked("birth", start, end, mark("birth")))
            elif not self.known.dates or day in self.known.dates:
                out.append(Masked("date", start, end, moved(text[start:end], day, self.days, whole)))
            else:  # a date of a rule that judged, which would say in which quarter the service was
                out.append(Masked("date", start, end, mark("date")))
        return out

    def plain(self, value: Any, key: str = "") -> Any:
        """A line of the contract, or a case as JSON, with every text in it masked and every date moved."""
        if isinstance(value, Mapping):
            return {name: self.plain(item, name) for name, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.plain(item, key) for item in value]
        if not isinstance(value, str) or key in _NOT_TEXT or self.level == "full":
            return value
        if _STAMP.fullmatch(value):
            return self.stamp(value)
        return self(value)

    def stamp(self, text: str) -> str:
        """`YYYY-MM-DD`, with a time behind it or not, moved."""
        return (date.fromisoformat(text[:10]) + timedelta(days=self.days)).isoformat() + text[10:]

    def name_of(self, name: str, sha256: str) -> str:
        """What stands for a file's name, which may hold a patient's."""
        return alias(self.level, self.secret, sha256, name)[1]


def mark(kind: Kind) -> str:
    """What stands in the place of an identifier of a kind."""
    return "90+" if kind == "age" else f"[{_WORDS.get(kind, kind.upper())}]"


def _century_before(day: date) -> date:
    """What a birth date of two-digit year may mean."""
    return date(day.year - 100, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _instead(one: Masked, end: int) -> str:
    return one.instead if one.end == end or one.kind != "date" else mark("date")


def _whole(text: str, value: str) -> list[int]:
    return [match.start() for match in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.I)]


def _spread(text: str, place: str) -> Iterator[tuple[int, int]]:
    """Where a place is named, whole or broken over the end of a line."""
    words = [re.escape(word) for word in place.split()]
    told = [number for number, word in enumerate(place.split()) if not is_generic(word)]
    ways = [rf"(?<!\w){_SPACE.join(words)}(?!\w)"]
    if told:
        ways += [rf"(?<!\w){_SPACE.join(words[:cut])}\s*$" for cut in range(told[0] + 1, len(words))]
        ways += [rf"^\s*{_SPACE.join(words[cut:])}(?!\w)" for cut in range(1, told[-1] + 1)]
    for way in ways:
        for match in re.finditer(way, text, re.I):
            yield match.span()
