"""Draws notes from the store for comparison: text by line, the log by entry, names and figures masked.

Names of the people in a note (patient and team) become '@' and figures '#', so that a text carried over to another patient
is known again although its name and numbers were changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ionm_notes.integrity.model import Entry, Note, Token
from ionm_notes.read.clock import find_clocks
from ionm_notes.roster.model import Operation, Report
from ionm_notes.roster.scene import Scene
from ionm_notes.rules.people import name_words
from ionm_notes.store.database import Store
from ionm_notes.types import Tri

_WORD = re.compile(r"[^\W_]+")
_FIGURES = re.compile(r"\d")
_DAY = 24 * 60
NAME, FIGURE = "@", "#"


def notes(store: Store, scene: Scene) -> Iterator[Note]:
    """The notes of the scene's operations, superseded versions left out."""
    changes = _changes(store)
    for operation in scene.operations:
        for report in operation.reports:
            rows = store.rows("SELECT text FROM pages WHERE document_id = ? ORDER BY number", (report.document,))
            yield note(report, operation, "\n".join(row["text"] for row in rows), changes.get(report.document))


def note(report: Report, operation: Operation, text: str, change: Tri) -> Note:
    """A note of a report and its text."""
    names = {word for person in report.people for word in name_words(person.name) if len(word) > 1}
    names |= {word for word in report.patient if len(word) > 1}
    lines = tuple(text.splitlines())
    log: list[Entry] = []
    tokens: list[Token] = []
    for number, line in enumerate(lines):
        clocks = find_clocks(line)
        words = [_masked(found.group(), names) for found in _WORD.finditer(line)]
        if clocks and not line[: clocks[0].start].strip():
            said = [_masked(found.group(), names) for found in _WORD.finditer(line[clocks[0].end :])]
            log.append((clocks[0].minute % _DAY, " ".join(said)))
        else:
            tokens += (Token(word, number) for word in words)
    return Note(report, operation, lines, tuple(tokens), tuple(log), tuple(minute for minute, _ in log), change)


def _masked(word: str, names: set[str]) -> str:
    low = word.casefold()
    return NAME if low in names else FIGURE if _FIGURES.search(low) else low


def _changes(store: Store) -> Mapping[int, Tri]:
    rows = store.rows(
        """SELECT document_id, json_extract(case_json, '$.change_described') AS change FROM readings
        WHERE id IN (SELECT max(id) FROM readings GROUP BY document_id)"""
    )
    return {row["document_id"]: None if row["change"] is None else bool(row["change"]) for row in rows}
