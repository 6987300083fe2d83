"""What a packet is made of: `Part`, its kinds, and which kinds are the monitoring record itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ionm_notes.types import Evidence, Page

PartKind = Literal[
    "report",
    "technologist_log",
    "audit_trail",
    "addendum",
    "operative_note",
    "anesthesia_record",
    "face_sheet",
    "claim",
    "order",
    "consent",
    "correspondence",
    "fax_cover",
    "unknown",
]

CORE: tuple[PartKind, ...] = ("report", "addendum", "unknown", "technologist_log", "audit_trail")
"""The monitoring record: what the professional and the technologist wrote, and pages that nobody can place. They are read
together, the professional's report first."""

NAMES: dict[PartKind, str] = {
    "report": "professional report",
    "technologist_log": "technologist log",
    "audit_trail": "log-on audit trail",
    "addendum": "addendum",
    "operative_note": "operative note",
    "anesthesia_record": "anesthesia record",
    "face_sheet": "face sheet",
    "claim": "claim or charge sheet",
    "order": "order",
    "consent": "consent",
    "correspondence": "correspondence",
    "fax_cover": "fax cover",
    "unknown": "untitled pages",
}
"""Each kind in words for people."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document within a packet, as whole pages.

    `title`: where its kind is named; None where the kind was told by its words, or not at all. `copy_of`: the number of
    the page that this single page repeats; such a part is shown and never read.
    """

    kind: PartKind
    pages: tuple[Page, ...]
    title: Evidence | None = None
    copy_of: int | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The page numbers, from 1, as in the file."""
        return tuple(page.number for page in self.pages)

    @property
    def place(self) -> str:
        """Its pages in words: 'page 3', 'pages 3 to 4', 'page 1 of log.txt'."""
        return place(self.pages)

    @property
    def name(self) -> str:
        """What it is, in words."""
        return NAMES[self.kind]


def place(pages: tuple[Page, ...]) -> str:
    """Pages of one file in words, with the file's name where the case has several."""
    first, last = pages[0], pages[-1]
    low, high = (first.own, last.own) if first.file else (first.number, last.number)
    words = f"page {low}" if low == high else f"pages {low} to {high}"
    return f"{words} of {first.file}" if first.file else words
