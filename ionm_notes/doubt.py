"""What hangs on each doubtful word of a scan: the document is read again with the other reading, and compared.

That is the honest way to say '1 of 14 units rests on reading 08:05, not 06:05': no guess at which fact a time feeds, but
the same reading and the same arithmetic over the page as it would stand. Pure; documents without doubt cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ionm_notes.ingest.evidence import evidence
from ionm_notes.read import read_case
from ionm_notes.timeline import count_minutes
from ionm_notes.types import COLUMNS, Case, Column, Document, DoubtfulReading, DoubtfulWord, Line, Minutes, Word

MOST_READINGS = 40
"""Other readings that are tried; a document with more is too poor to rely on as a whole."""
MOST_EACH = 3


def has_doubts(document: Document) -> bool:
    """Whether any word of the document may be misread."""
    return any(line.doubts for page in document.pages for line in page.lines)


def weighed(document: Document, case: Case) -> Case:
    """The case with its doubtful readings, each with what it would change. `case` is what `document` says as read."""
    doubts = list(_doubts(document))
    tries = sum(min(len(doubt.instead), MOST_EACH) for _, _, _, doubt in doubts)
    if tries > MOST_READINGS:
        return replace(case, poor_text=True)
    base = count_minutes(case)
    readings = []
    for page, index, line, doubt in doubts:
        changes: dict[str, None] = {}
        minutes: list[dict[Column, int]] = []
        for other in doubt.instead[:MOST_EACH]:
            read = read_case(_variant(document, page, index, with_word(line, doubt, other)))
            counted = count_minutes(read)
            found = _changes(case, base, read, counted)
            changes.update(dict.fromkeys(found))
            minutes.append(_columns(counted))
        shown = (evidence(line, doubt.start, doubt.end),)
        instead = doubt.instead[:MOST_EACH]
        readings.append(DoubtfulReading(doubt.read, instead, doubt.why, shown, tuple(changes), tuple(minutes)))
    return replace(case, doubtful=case.doubtful + tuple(readings))


def _doubts(document: Document) -> Iterator[tuple[int, int, Line, DoubtfulWord]]:
    """Every doubt with the indexes of its page and line; running headers and footers state no facts."""
    for number, page in enumerate(document.pages):
        for index, line in enumerate(page.lines):
            if line.kind in ("text", "row"):
                yield from ((number, index, line, doubt) for doubt in line.doubts)


def _variant(document: Document, page: int, index: int, line: Line) -> Document:
    old = document.pages[page]
    lines = (*old.lines[:index], line, *old.lines[index + 1 :])
    pages = (*document.pages[:page], replace(old, lines=lines), *document.pages[page + 1 :])
    return replace(document, pages=pages)


def with_word(line: Line, doubt: DoubtfulWord, other: str) -> Line:
    """The line with another reading in place of a doubtful one; words and cells behind it move along."""
    more = len(other) - (doubt.end - doubt.start)

    def moved(at: int) -> int:
        return at + more if at >= doubt.end else at

    return replace(
        line,
        text=line.text[: doubt.start] + other + line.text[doubt.end :],
        words=tuple(Word(moved(word.start), moved(word.end), word.bbox) for word in line.words),
        cells=tuple((moved(start), moved(end)) for start, end in line.cells),
        doubts=(),
    )


def _changes(case: Case, base: Minutes, other: Case, counted: Minutes) -> list[str]:
    """Ids of what would be taken otherwise; see `DoubtfulReading.changes`."""
    found = []
    if (base.by_professional, _columns(base)) != (counted.by_professional, _columns(counted)):
        found.append("minutes")
    if case.encounter.date_of_service != other.encounter.date_of_service:
        found.append("date")
    if [(m.modality, m.region, m.status) for m in case.modalities] != [
        (m.modality, m.region, m.status) for m in other.modalities
    ]:
        found.append("codes")
    if [(b.code, b.units, b.modifiers) for b in case.billing] != [(b.code, b.units, b.modifiers) for b in other.billing]:
        found.append("billing")
    return found


def _columns(minutes: Minutes) -> dict[Column, int]:
    """Minutes by column; columns that cannot be told are left out."""
    values: dict[Column, int | None] = {
        "in_room": minutes.in_room,
        "in_room_shared": minutes.in_room_shared,
        "remote_exclusive": minutes.remote_exclusive,
        "remote_shared": minutes.remote_shared,
        "remote_unstated": minutes.remote_unstated,
    }
    return {column: amount for column in COLUMNS if (amount := values[column]) is not None}
