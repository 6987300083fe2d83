"""Clock times of two zones in one record: a reader's '09:10 CST' is brought to the clock of the log before anything is read.

The clock of the place of surgery is that of the technologist's log where it names its zone, else the zone that the record
names most often. Times of another zone are moved; evidence shows them as they stand on the page. Where only the reader's
times name a zone, nothing can be moved, and a note says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ionm_notes.ingest.evidence import evidence
from ionm_notes.parts.model import Part, place
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.vocabulary import Pattern, vocabulary
from ionm_notes.types import Document, Evidence, Line, PacketNote, Page, Word

_TIME = r"(?P<h{n}>[01]?\d|2[0-3])(?P<c{n}>:?)(?P<m{n}>[0-5]\d)(?P<s{n}>:[0-5]\d)?(?:\s?(?P<x{n}>[ap]\.?m\.?))?"
_PLAIN = re.compile(rf"(?<![\d:./-]){_TIME.format(n=1).replace(':?)', ':)')}(?![\d:])", re.I)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A zone named on a page: at one time, or for all times of the page (`match` None)."""

    zone: Pattern
    label: str
    page: Page
    line: Line
    match: re.Match[str] | None


def one_clock(document: Document, parts: Sequence[Part]) -> tuple[Document, tuple[PacketNote, ...]]:
    """The document with all clock times brought to the clock of the place of surgery, and what was moved."""
    stated = [found for page in document.pages for found in _on(page, parts)]
    if not stated:
        return document, ()
    home = _home(stated, parts)
    if home is None:
        return document, tuple(_unmoved(stated))
    moves = [(found, hours * 60) for found in stated if (hours := _apart(found, home, stated))]
    if not moves:
        return document, ()
    pages = tuple(_moved(page, [(f, m) for f, m in moves if f.page.number == page.number]) for page in document.pages)
    return replace(document, pages=pages), tuple(_notes(moves, home))


@cache
def _zoned(label: str) -> Expression:
    """A time, or two, and their zone as the pattern `label` has it."""
    before = rf"(?<![\d:.])(?:{_TIME.format(n=1)}\s?(?:-|\u2013|to|until)\s?)?{_TIME.format(n=2)}\s?\(?"
    return expression(rf"{before}(?P<zone>{label})")


def _on(page: Page, parts: Sequence[Part]) -> Iterator[_Stated]:
    words = vocabulary()
    for line in page.lines:
        for match in _zoned(words.regex("part.zone-of-one").pattern).finditer(line.text):
            zone = _zone_of(match["zone"])
            if zone is not None:
                yield _Stated(zone, match["zone"], page, line, match)
        whole = words.regex("part.zone-of-all").search(line.text)
        zone = _zone_of(next(group for group in whole.groups() if group)) if whole else None
        if whole and zone is not None:
            pages = next((part.pages for part in parts if page.number in part.numbers), (page,))
            label = next(group for group in whole.groups() if group)
            yield from (_Stated(zone, label, other, line, None) for other in pages)


def _zone_of(label: str) -> Pattern | None:
    return next((p for p in vocabulary().group("zone") if p.regex is not None and p.regex.fullmatch(label)), None)


def _home(stated: list[_Stated], parts: Sequence[Part]) -> Pattern | None:
    """The zone of the place of surgery; None where only readers' pages name a zone."""
    kinds = {number: part.kind for part in parts for number in part.numbers}
    if len({found.zone.id for found in stated}) == 1:
        # One zone for everything, unless it stands only in the reader's own record beside others that name none.
        alone = {kinds.get(found.page.number) for found in stated} == {"audit_trail"}
        others = any(kind in ("technologist_log", "report", "unknown") for kind in kinds.values())
        return None if alone and others else stated[0].zone
    logs = Counter(found.zone.id for found in stated if kinds.get(found.page.number) == "technologist_log")
    most = (logs or Counter(found.zone.id for found in stated)).most_common(1)[0][0]
    return next(found.zone for found in stated if found.zone.id == most)


def _apart(found: _Stated, home: Pattern, stated: list[_Stated]) -> int:
    """Hours to add to a time to have it by the home clock; both zones change their clocks on the same days."""
    if found.zone.id == home.id:
        return 0
    apart = int(home.tags["hours"]) - int(found.zone.tags["hours"])
    summer = any(item.zone.id == home.id and item.label.upper().endswith("DT") for item in stated)
    if summer and (found.zone.tags.get("literal") or found.label.upper() == "MST"):
        apart += 1  # UTC keeps no summer time, nor does Arizona.
    return apart


def _notes(moves: list[tuple[_Stated, int]], home: Pattern) -> Iterator[PacketNote]:
    """One note for each zone on each page."""
    name = home.id.removeprefix("zone.").title()
    for label, page in dict.fromkeys((found.label, found.page.number) for found, _ in moves):
        same = [(found, minutes) for found, minutes in moves if (found.label, found.page.number) == (label, page)]
        minutes = same[0][1]
        way = "later" if minutes > 0 else "earlier"
        where, hours = place((same[0][0].page,)), abs(minutes) // 60
        message = f"Times in {label} on {where} were taken {hours} h {way}, as the {name} clock shows them"
        yield PacketNote("time-zones", message, tuple(_shown(found) for found, _ in same), "info")


def _unmoved(stated: list[_Stated]) -> Iterator[PacketNote]:
    first = stated[0]
    message = f"Times on {place((first.page,))} are in {first.label}; the log beside them names no zone, so none was moved"
    yield PacketNote("time-zones", message, (_shown(first),))


def _shown(found: _Stated) -> Evidence:
    match = found.match
    return evidence(found.line, match.start(), match.end()) if match else evidence(found.line, 0, len(found.line.text))


def _moved(page: Page, moves: list[tuple[_Stated, int]]) -> Page:
    if not moves:
        return page
    whole = next((minutes for found, minutes in moves if found.match is None), None)
    single = [(found, minutes) for found, minutes in moves if found.match is not None]
    lines = []
    for line in page.lines:
        edits: dict[tuple[int, int], str] = {}
        for found, minutes in single:
            if found.line is line and found.match is not None:
                edits |= dict(_edits(found.match, minutes))
        if whole is not None:
            for match in _PLAIN.finditer(line.text):
                edits = dict(_edits(match, whole)) | edits
        lines.append(_edited(line, sorted(edits.items())))
    return replace(page, lines=tuple(lines))


def _edits(match: re.Match[str], minutes: int) -> Iterator[tuple[tuple[int, int], str]]:
    """Each clock time of a match with what it is by the home clock; hour, minute and half of the day only."""
    for number in ("1", "2"):
        if f"h{number}" not in match.re.groupindex or match[f"h{number}"] is None:
            continue
        half = match[f"x{number}"] or ""
        hour = int(match[f"h{number}"])
        total = (hour % 12 + 12 * (half[:1].lower() == "p") if half else hour) * 60 + int(match[f"m{number}"]) + minutes
        hour, minute = divmod(total % 1440, 60)
        wide = len(match[f"h{number}"])
        if half:
            letter = "p" if hour >= 12 else "a"
            yield match.span(f"x{number}"), (letter.upper() if half[0].isupper() else letter) + half[1:]
            hour = hour % 12 or 12
        low, high = match.start(f"h{number}"), match.end(f"m{number}")
        yield (low, high), f"{hour:0{wide}d}{match[f'c{number}']}{minute:02d}"


def _edited(line: Line, edits: list[tuple[tuple[int, int], str]]) -> Line:
    """The line with stretches replaced; words, cells and doubts behind them move along."""
    if not edits:
        return line
    text, written, at = "", [], 0
    for (low, high), new in edits:
        text += line.text[at:low]
        written.append((len(text), len(text) + len(new), line.text[low:high]))
        text += new
        at = high
    text += line.text[at:]

    def moved(place: int) -> int:
        return place + sum(len(new) - (high - low) for (low, high), new in edits if high <= place)

    return replace(
        line,
        text=text,
        words=tuple(Word(moved(word.start), moved(word.end), word.bbox) for word in line.words),
        cells=tuple((moved(low), moved(high)) for low, high in line.cells),
        doubts=tuple(replace(doubt, start=moved(doubt.start), end=moved(doubt.end)) for doubt in line.doubts),
        written=tuple(written),
    )
