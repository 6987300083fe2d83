"""Signatures, attestations, blank signature lines and draft marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ionm_notes.read.clock import DateMention
from ionm_notes.read.people import Name, names_in
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence


@dataclass(frozen=True, slots=True)
class Mark:
    """A signature found: who (None if unnamed), when, and where it stands."""

    name: Name | None
    at: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Signing:
    """All signature marks of a document; `blank` and `draft` hold the evidence of what speaks against it."""

    marks: tuple[Mark, ...]
    blank: tuple[Evidence, ...]
    draft: tuple[Evidence, ...]


_NOT = re.compile(
    r"\b(?:not|un|until|to be|be|when|once|if|consent|order|pending|awaiting|needs?|requires?|before)\s*(?:yet\s+|final\s+until\s+|electronically\s+|being\s+|\w+\s+(?:or|nor|and)\s+)*$",
    re.I,
)


def read_signing(reading: Reading, dates: tuple[DateMention, ...]) -> Signing:
    """Every signature, blank line and draft mark, headers and footers included."""
    words = vocabulary()
    text = reading.text
    blanks = list(reading.matches(words.patterns["signature.blank"]))
    drafts = [m for m in reading.matches(words.patterns["signature.draft"]) if not _behind_empty_box(text, m.start())]
    marks: list[Mark] = []
    last_end = -1
    for match in reading.matches(words.patterns["signature.signed"]):
        if match.start() < last_end or _NOT.search(text[max(0, match.start() - 26) : match.start()]):
            continue
        if any(b.start() <= match.start() < b.end() for b in blanks):
            continue
        near = [d for d in dates if -70 <= d.start - match.end() <= 120 and _same_place(text, match.start(), match.end(), d)]
        after = [d for d in near if d.start >= match.end()]
        name = _name_near(reading, match.start(), match.end(), after[0].start if after else None)
        if name is None and after:
            # 'Signed this 19th day of September 2025. Gwendolyn Rowe, MD'
            behind = names_in(text, after[0].end, min(len(text), after[0].end + 60))[:1]
            name = next((n for n in behind if n.credentials and not text[after[0].end : n.start].strip(" .,;:\n\t-–—")), None)
        if name is None and not near:
            continue
        when = (after or near)[0].value if near else None
        low = min(match.start(), name.start) if name and match.start() - name.start < 200 else match.start()
        high = max(
            [match.end()] + ([name.end] if name and name.start >= match.start() else []) + ([after[0].end] if after else [])
        )
        marks.append(Mark(name, when, reading.evidence(low, high)))
        last_end = high
    return Signing(
        tuple(marks),
        tuple(reading.evidence(m.start(), m.end()) for m in blanks),
        tuple(reading.evidence(m.start(), m.end()) for m in drafts),
    )


def _behind_empty_box(text: str, at: int) -> bool:
    """Whether the words at `at` are a choice of a form that was not ticked ('☒ e-signed  ☐ draft')."""
    return bool(re.search(r"(?:[☐□▢]|\[\s{0,3}\]|\(\s{1,3}\))\s*(?:\w+\s+)?$", text[max(0, at - 14) : at]))


def _same_place(text: str, start: int, end: int, mention: DateMention) -> bool:
    gap = text[end : mention.start] if mention.start >= end else text[mention.end : start]
    return gap.count("\n") <= (1 if mention.start >= end else 0)


def _name_near(reading: Reading, start: int, end: int, date_at: int | None) -> Name | None:
    text = reading.text
    stop = min(len(text), end + 110)
    after = [n for n in names_in(text, end, stop) if n.credentials or n.title or len(n.name.split()) > 1]
    for name in after:
        gap = text[end : name.start]
        if (
            gap.count("\n") > 1
            or len(gap.strip(" :,\n\t-–_/*")) > 14
            or (date_at is not None and name.start > date_at and name.start - date_at > 40 and "\n" in gap)
        ):
            break
        return name
    low = max(0, start - 190)
    before = [n for n in names_in(text, low, start) if n.credentials or n.title]
    for name in reversed(before):
        gap = text[name.end : start]
        if gap.count("\n") <= 2 and len(gap) < 120 and not re.search(r"\.\s+[A-Z][a-z]+\s+(?:\w+\s+){3,}", gap):
            return name
        break
    return None
