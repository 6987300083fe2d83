"""Signatures, attestations, blank signature lines and draft marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ionm_notes.read.beside import past
from ionm_notes.read.dates import DateMention
from ionm_notes.read.names import Name, names_in
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


_LOGGED = re.compile(r"\bsign(?:ed|s|ing)?[ -]?(?:on|off|in|out)\b", re.I)
"""'08:02 signed on': a program's word for coming and going."""
_BY = re.compile(r"[\s:]*(?:(?:by|of|the)\s+)*", re.I)
_CLOCK_LEAD = re.compile(r"\W*\d{1,2}[:.h]?\d\d\b")


def _none_behind(text: str, end: int) -> bool:
    """Whether words of signing, or the name with them, are followed by words that make them a signature still to come."""
    return vocabulary().regex("signature.none-behind").match(text[end : end + 24]) is not None


def read_signing(reading: Reading, dates: tuple[DateMention, ...]) -> Signing:
    """Every signature, blank line and draft mark, headers and footers included."""
    words = vocabulary()
    text = reading.text
    blanks = list(reading.matches(words.patterns["signature.blank"]))
    drafts = [m for m in reading.matches(words.patterns["signature.draft"]) if not _behind_empty_box(text, m.start())]
    marks: list[Mark] = []
    signed: list[int] = []
    last_end = -1
    for start, end, strong in _spots(reading):
        # 'I attest that I provided this service. Signature: Ada Hale, MD': who signs stands behind the second word for it.
        goes_on = start < last_end and marks[-1].name is None
        told = start < last_end and not goes_on
        if told or _spoken_of(reading, start, end) or any(b.start() <= start < b.end() for b in blanks):
            continue
        mark, last = _mark(reading, dates, start, end, strong=strong)
        if goes_on and mark is not None and mark.name is not None:
            marks.pop()
        elif goes_on:
            continue
        if mark is not None:
            marks.append(mark)
            signed += [start] if mark.name is not None else []
            last_end = last
            for other, high in _signers_behind(reading, dates, mark, last):
                marks.append(other)
                last_end = high
    earlier = [m.span() for m in reading.matches(words.patterns["signature.earlier-draft"])] if drafts and marks else []
    drafts = [m for m in drafts if not any(low <= m.start() < high and high < last_end for low, high in earlier)]
    drafts = [m for m in drafts if not any(_later_row(reading, dates, m.start(), at) for at in signed)]
    return Signing(
        tuple(marks),
        tuple(reading.evidence(m.start(), m.end()) for m in blanks),
        tuple(reading.evidence(m.start(), m.end()) for m in drafts),
    )


def _later_row(reading: Reading, dates: tuple[DateMention, ...], draft: int, signed: int) -> bool:
    """Whether a signature stands in a row of a document's history whose date is not before that of the row of a draft above it.

    '04/02/2026 08:00 system: report not finalized', '04/19/2026 14:47 electronically signed by Ada Hale, MD'
    """
    rows = [reading.text.rfind("\n", 0, at) + 1 for at in (draft, signed)]
    days = [next((day.value for day in dates if row <= day.start <= row + _ROW_LEAD), None) for row in rows]
    return rows[0] < rows[1] and days[0] is not None and days[1] is not None and days[0] <= days[1]


_ROW_LEAD = 3
"""Characters before the date that leads a row."""


def _spots(reading: Reading) -> list[tuple[int, int, bool]]:
    """Where words of signing stand, words joined to one another as one; whether one of them can mean nothing else.

    A word that is said of other things too ('verified') counts only where nothing but a report is spoken of before it.
    """
    words, text = vocabulary(), reading.text
    strong = [(m.start(), m.end(), True) for m in reading.matches(words.patterns["signature.signed"])]
    weak = [
        (m.start(), m.end(), False)
        for m in reading.matches(words.patterns["signature.released"])
        if words.regex("signature.of-report").fullmatch(text[_clause_start(reading, m.start()) : m.start()])
    ]
    found: list[tuple[int, int, bool]] = []
    for start, end, sure in sorted([*strong, *weak]):
        if (
            found
            and start <= found[-1][1] + 24
            and words.regex("signature.between").fullmatch(text[found[-1][1] : max(start, found[-1][1])])
        ):
            found[-1] = (found[-1][0], max(end, found[-1][1]), sure or found[-1][2])
        else:
            found.append((start, end, sure))
    return found


def _clause_start(reading: Reading, at: int) -> int:
    """Where the clause before an offset begins: the unit, the line, or what is behind a name with credentials in it."""
    unit = reading.unit_at(at)
    low = max(unit.start if unit else 0, reading.text.rfind("\n", 0, at) + 1, reading.text.rfind("\t", 0, at) + 1, at - 80)
    names = [n for n in names_in(reading.text, low, at) if n.credentials or n.title]
    return names[-1].end if names else low


def _spoken_of(reading: Reading, start: int, end: int) -> bool:
    """Whether signing is wished for, denied, of another paper, or a program's word for coming and going."""
    text = reading.text
    words = vocabulary()
    unit = reading.unit_at(start)
    low = max(start - 40, unit.start if unit else 0)  # 'Changes? [ ] yes [x] no' in the line before denies nothing here
    if words.regex("signature.none-before").search(text[low:start]) or _none_behind(text, end):
        return True
    if words.regex("signature.of-other").match(text, past(_BY, text, end)):
        return True
    logged = _LOGGED.match(text, start)
    return bool(logged and unit and _CLOCK_LEAD.match(text, unit.start))


def _mark(reading: Reading, dates: tuple[DateMention, ...], start: int, end: int, *, strong: bool) -> tuple[Mark | None, int]:
    """The signature that words of signing make with a name or a date near them, and where it ends; None if neither stands there."""
    text = reading.text
    other = vocabulary().regex("signature.other-date")
    near = [d for d in dates if -70 <= d.start - end <= 120 and _same_place(text, start, end, d)]
    near = [d for d in near if not other.search(text[max(0, d.start - _LABEL) : d.start])]
    after = [d for d in near if d.start >= end]
    name = _name_near(reading, start, end, after[0].start if after else None)
    if name is None and after:
        # 'Signed this 19th day of September 2025. Gwendolyn Rowe, MD'
        behind = names_in(text, after[0].end, min(len(text), after[0].end + 60))[:1]
        name = next((n for n in behind if n.credentials and not text[after[0].end : n.start].strip(" .,;:\n\t-–—")), None)
    if name is not None and not near and name.start >= end and (below := _date_below(text, name.end, dates)):
        near = after = [below]
    unsure = not strong and (name is None or (name.start < start and not (near and _said_of(text, name.end, start))))
    if unsure or (name is None and not near) or (name is not None and _none_behind(text, name.end)):
        return None, start
    when = (after or near)[0].value if near else None
    low = min(start, name.start) if name and start - name.start < 200 else start
    high = max([end] + ([name.end] if name and name.start >= start else []) + ([after[0].end] if after else []))
    return Mark(name, when, reading.evidence(low, high)), high


def _signers_behind(reading: Reading, dates: tuple[DateMention, ...], mark: Mark, end: int) -> Iterator[tuple[Mark, int]]:
    """Those who sign behind one in the same list, each with a date: 'Signed: A. Hale, MD 10/14/2025 16:40; B. Orr, MD 10/14/2025 16:44'."""
    text = reading.text
    while mark.name is not None and mark.at is not None and (gap := _LISTED.match(text, end)) is not None:
        low = gap.end()
        name = next((n for n in names_in(text, low, min(len(text), low + 50)) if n.start == low and n.credentials), None)
        when = next(
            (d for d in dates if name and 0 <= d.start - name.end <= _DATED and "\n" not in text[name.end : d.start]), None
        )
        if name is None or when is None:
            return
        end = when.end
        yield Mark(name, when.value, reading.evidence(name.start, end)), end


_LISTED = re.compile(
    r"(?:,?\s*(?:at\s+)?\d{1,2}[:.]?\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*(?:hrs?|[A-Z]{2,3}))?)?\s*(?:[;,/&]|\band\b)\s*(?:and\s+|by\s+)?",
    re.I,
)
"""Between a signature and the next signer of the list: the time of the one, and a sign."""
_DATED = 12
"""Characters between a signer of a list and the date."""
_LABEL = 30
"""Characters before a date in which the words stand that say of what it is: 'Printed 02/20/2025'."""
_TITLES = 3
"""Lines of titles and offices that may stand between the name of a signature and its date."""
_TITLE_LINE = re.compile(r"[^\n\d:]{0,80}")


def _date_below(text: str, low: int, dates: tuple[DateMention, ...]) -> DateMention | None:
    """The date that begins a line below a name which signs, with nothing but lines of titles between them."""
    for mention in dates:
        if not low < mention.start <= low + 240:
            continue
        lines = text[low : mention.start].split("\n")
        plain = all(_TITLE_LINE.fullmatch(line) and ". " not in line for line in lines)
        if 1 < len(lines) <= _TITLES + 2 and not lines[-1].strip(" \t*|") and plain:
            return mention
        return None
    return None


def _behind_empty_box(text: str, at: int) -> bool:
    """Whether the words at `at` are a choice of a form that was not ticked ('☒ e-signed  ☐ draft')."""
    return bool(re.search(r"(?:[☐□▢]|\[\s{0,3}\]|\(\s{1,3}\))\s*(?:\w+\s+)?$", text[max(0, at - 14) : at]))


def _same_place(text: str, start: int, end: int, mention: DateMention) -> bool:
    gap = text[end : mention.start] if mention.start >= end else text[mention.end : start]
    return gap.count("\n") <= (1 if mention.start >= end else 0)


def _name_near(reading: Reading, start: int, end: int, date_at: int | None) -> Name | None:
    """Whose signature it is: the name behind the words, or else the name before them in the same statement or above them.

    A name with credentials on the same line before them comes before a name on the next line, and one above them before a next line's
    name without any.
    """
    text, said_of = reading.text, vocabulary().regex("signature.of-signer")
    before = _name_before(text, start)
    line = text.rfind("\n", 0, start) + 1
    stop = min(len(text), end + 110)
    for name in (n for n in names_in(text, end, stop) if n.credentials or n.title or len(n.name.split()) > 1):
        gap = text[end : name.start]
        bare = said_of.sub("", gap).strip(" :,\n\t-–_/*=|\"'<>()[]")
        late = date_at is not None and name.start > date_at and name.start - date_at > 40 and "\n" in gap
        # 'Ada Hale, MD / Electronically signed 9/13/2024 / LODESTAR MONITORING - room log'
        right_above = before is not None and not text[before.end : start].strip(" ,.\n") and date_at is not None
        if before and "\n" in gap and (before.start >= line or (right_above and not (name.credentials or name.title))):
            break
        if vocabulary().regex("signature.company").match(text, name.end) or _at_foot(reading, name.start, start):
            break
        if gap.count("\n") > 1 or len(bare) > 14 or late or vocabulary().regex("signature.of-other").search(gap):
            break
        return name
    return before


def _at_foot(reading: Reading, name: int, signed: int) -> bool:
    """Whether a name stands in the running head or foot of a page, and the words of signing do not."""
    foot, own = reading.unit_at(name), reading.unit_at(signed)
    return foot is not None and foot.kind == "running" and foot is not own


def _said_of(text: str, low: int, high: int) -> bool:
    """Whether nothing stands between a name and a word of signing but what goes with signing, on one line."""
    gap = text[low:high]
    return "\n" not in gap and not re.search(r"[A-Za-z]{3,}", vocabulary().regex("signature.of-signer").sub("", gap))


def _name_before(text: str, start: int) -> Name | None:
    """The last name before words of signing, if nothing else was said since."""
    names = [n for n in names_in(text, max(0, start - 190), start) if n.credentials or n.title]
    gap = text[names[-1].end : start] if names else ""
    said = gap[apposition.end() :] if (apposition := _APPOSITION.match(gap)) else gap
    if names and gap.count("\n") <= 2 and len(gap) < 120 and not _ANOTHER_SENTENCE.search(said):
        return names[-1]
    return None


_APPOSITION = re.compile(r",[^.\n]{0,80}\.(?=\s)")
"""What a name's own line says of the one named: ', board certified in clinical neurophysiology.'"""
_ANOTHER_SENTENCE = re.compile(r"\.\s+[A-Z][a-z]+\s+(?:\w+\s+){3,}|[a-z]{3,}\.\s")
"""Between a name and the words of signing: what was said of the one named has ended."""
