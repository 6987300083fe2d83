"""The roster over the tables of a run, as two group-bys that any number of machines share; pure but for reading a table.

First by patient and day, so that reports of one operation come together; then by each word of the names in it, so that every
mention of a person lies in one group, whichever way round the name is written. Each group asks the questions of
`ionm_notes.roster` as they are asked of a store, and answers for the persons whose last name it is.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from ionm_notes.cluster.rows import lines_of
from ionm_notes.cluster.sources import filesystem
from ionm_notes.phi.level import level_of
from ionm_notes.policy import load_policy
from ionm_notes.roster.audit import Answer, audit_roster, in_order
from ionm_notes.roster.load import report
from ionm_notes.roster.model import Report
from ionm_notes.roster.operations import operations
from ionm_notes.roster.scene import scene
from ionm_notes.rules.people import name_words

SAME, WORD, HELD = "same", "word", "held"
"""Columns: what makes reports one operation, a word of a name, and reports or findings as bytes."""
_COLUMNS = ["number", "part", "sha256", "name", "error", "date_of_service", "audits", "texts"]
AT_A_TIME = 64
_PARTS_BITS = 16


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked at, and the user's own limits. Days are dates of service, both ends included."""

    payer: str | None = None
    since: date | None = None
    until: date | None = None
    policy_dir: Path | None = None
    most: int | None = None
    most_hours: int | None = None


def reports_in(table: pa.Table, uri: str, question: Question) -> pa.Table:
    """The reports of some files (column `files`), each with what makes it one operation with others."""
    from pyarrow import dataset

    system, _ = filesystem(uri)
    found: list[dict[str, Any]] = []
    for file in (name for bunch in table["files"].to_pylist() for name in bunch):
        for batch in dataset.dataset(file, filesystem=system, format="parquet").to_batches(
            columns=_COLUMNS, batch_size=AT_A_TIME
        ):
            found += (
                {SAME: _same(row, one), HELD: pickle.dumps((row["sha256"], one))}
                for row in batch.to_pylist()
                if (one := _report(row, question)) is not None
            )
    return pa.Table.from_pylist(found, schema=pa.schema({SAME: pa.string(), HELD: pa.binary()}))


def joined(table: pa.Table) -> pa.Table:
    """The operations of one patient and day, once for each word of a name in it, and once without one to be counted."""
    kept = {(sha256, one.name): one for sha256, one in sorted(_held(table), key=lambda item: item[1].document)}
    rows = []
    for operation in operations(kept.values()):
        reports = pickle.dumps((*operation.superseded, *operation.reports))
        words = {word for one in operation.reports for named in one.people for word in name_words(named.name) if len(word) > 1}
        rows += [{WORD: word, HELD: reports} for word in ("", *sorted(words))]
    return pa.Table.from_pylist(rows, schema=pa.schema({WORD: pa.string(), HELD: pa.binary()}))


def asked(table: pa.Table, question: Question) -> pa.Table:
    """What the group of one word finds about persons of that last name; the group without a word counts operations."""
    word = table[WORD][0].as_py()
    groups = list(_held(table))
    answer = _answer(word, groups, question) if word else _counts(groups)
    return pa.Table.from_pylist([{HELD: pickle.dumps(answer)}], schema=pa.schema({HELD: pa.binary()}))


def summed(answers: Iterable[Answer]) -> Answer:
    """All answers as one, findings in the order of `audit_roster`."""
    found = list(answers)
    return Answer(
        sum(one.persons for one in found),
        sum(one.operations for one in found),
        sum(one.unnamed for one in found),
        in_order(finding for one in found for finding in one.findings),
        tuple(sorted((unclear for one in found for unclear in one.unclear), key=lambda one: one.name)),
    )


def answer_in(held: bytes) -> Answer:
    """The answer that a group gave."""
    answer: Answer = pickle.loads(held)  # noqa: S301 - made by this program in the same run
    return answer


def _answer(word: str, groups: Sequence[Sequence[Report]], question: Question) -> Answer:
    if not any(_last(named.name) == word for reports in groups for one in reports for named in one.people):
        return Answer()
    reports = sorted((one for reports in groups for one in reports), key=lambda one: one.document)
    seen = scene(
        reports,
        lambda payer, day: load_policy(payer, day, question.policy_dir),
        most_cases=question.most,
        most_hours=question.most_hours,
    )
    own = {id_ for id_, person in seen.people.persons.items() if _last(person.name) == word}
    return Answer(
        persons=len(own),
        findings=tuple(one for one in audit_roster(seen) if one.person in own),
        unclear=tuple(one for one in seen.people.unclear if _last(one.name) == word),
    )


def _counts(groups: Sequence[Sequence[Report]]) -> Answer:
    found = [operation for reports in groups for operation in operations(reports)]
    spells = (spell for operation in found for one in operation.reports for spell in one.attended)
    return Answer(operations=len(found), unnamed=sum(spell.name is None for spell in spells))


def _report(row: dict[str, Any], question: Question) -> Report | None:
    """The report of a row; None for one that was not audited, is not asked for, or whose dates were moved."""
    day = date.fromisoformat(row["date_of_service"]) if row["date_of_service"] else None
    if row["error"] or (question.since and (day is None or day < question.since)):
        return None
    if question.until and (day is None or day > question.until):
        return None
    lines = [line for line in lines_of(row) if question.payer in (None, line["payer"])]
    if not lines or level_of(lines[0]) == "none":
        return None
    return report(row["number"] << _PARTS_BITS | row["part"], lines, row["texts"])


def _same(row: dict[str, Any], one: Report) -> str:
    return repr((one.patient, one.day)) if one.patient and one.day else f"{row['sha256']} {row['name']}"


def _held(table: pa.Table) -> Iterator[Any]:
    return (pickle.loads(held) for held in table[HELD].to_pylist())  # noqa: S301 - made by this program in the same run


def _last(name: str) -> str:
    words = name_words(name)
    return words[-1] if words else ""
