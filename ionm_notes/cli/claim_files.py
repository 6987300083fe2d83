"""Reads the claims and the reports that a command names; a claims file or a report that cannot be read never stops the rest."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ionm_notes.cli.settings import SETTINGS

if TYPE_CHECKING:
    from ionm_notes.claims.model import Claims, Fault, Report
    from ionm_notes.claims.tabular import Headings

MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping", exists=True, dir_okay=False, help="TOML with your own headings, payers and NPIs; see docs/claims.md."
    ),
]
MOST_FAULTS_NAMED = 20


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports that could be read, and how many could not."""

    found: tuple[Report, ...]
    failed: int


def headings_of(mapping: Path | None) -> Headings:
    """The mapping file, or none. Raises `IonmError` (bad-mapping)."""
    from ionm_notes.claims.tabular import PLAIN, read_mapping

    return PLAIN if mapping is None else read_mapping(mapping)


def claims_of(paths: Sequence[Path], headings: Headings) -> Claims:
    """The claims of all files; what could not be read in them is named on stderr. Raises `IonmError` for a file without any."""
    from ionm_notes.claims.model import Claims
    from ionm_notes.claims.reading import read_claims
    from ionm_notes.ingest import load

    read = [read_claims(load(path), path.name, headings) for path in _each(paths)]
    faults = tuple(fault for claims in read for fault in claims.faults)
    tell_faults(faults)
    return Claims(tuple(line for claims in read for line in claims.lines), faults)


def _each(paths: Sequence[Path]) -> list[Path]:
    """The files meant: a folder gives those in it. Always in the order of their names, as a sample has them."""
    found = [one for path in paths for one in (path.iterdir() if path.is_dir() else [path])]
    return sorted((path for path in found if not path.name.startswith(".")), key=lambda path: (path.name, path))


def tell_faults(faults: Sequence[Fault]) -> None:
    """Names what could not be read, each with its place; of many the first ones and how many more."""
    for fault in faults[:MOST_FAULTS_NAMED]:
        note(f"{fault.place}: {fault.what}")
    if len(faults) > MOST_FAULTS_NAMED:
        note(f"and {len(faults) - MOST_FAULTS_NAMED} more places that could not be read")


def reports_of(references: Sequence[str], db: Path, policy_dir: Path | None, workers: int | None = None) -> Reports:
    """The reports of files and folders, read afresh and not kept; without any, the newest reading of each stored document.

    Raises `IonmError` (store-missing) where neither is there.
    """
    return _files(references, policy_dir, workers) if references else _stored(db)


def _files(references: Sequence[str], policy_dir: Path | None, workers: int | None) -> Reports:
    from ionm_notes.claims.reports import report_of
    from ionm_notes.cli.batch import AuditRequest, Job, in_order, open_pool, outcomes
    from ionm_notes.cli.inputs import found as inputs
    from ionm_notes.cli.payers import DEFAULT_PAYER
    from ionm_notes.cli.progress import shown
    from ionm_notes.store.codec import case_from_json

    given = inputs(references)
    if given.skipped:
        note(given.notice())
    job = Job((DEFAULT_PAYER,), policy_dir, SETTINGS.debug)
    reports, failed, names = [], 0, Names()
    with open_pool(workers, len(given.files), job.limits) as pool:
        requests = (AuditRequest(number, path, job) for number, path in enumerate(given.files))
        done = shown(outcomes(pool, requests), len(given.files), "Reading")
        for outcome in in_order((request.number, outcome) for request, outcome in done):
            for part in outcome.parts:
                if part.record is None:
                    failed += 1
                    note(str(part.lines[0]["error"]["message"]))
                    continue
                document, case = part.lines[0]["document"], case_from_json(part.record.case_json)
                reports.append(report_of(names.own(document["name"]), case, part.record.pages, document))
    return Reports(tuple(reports), failed)


def _stored(db: Path) -> Reports:
    from ionm_notes.claims.reports import report_of
    from ionm_notes.cli.noting import note_read
    from ionm_notes.store.database import Store
    from ionm_notes.store.queries import newest_readings, pages_of

    names = Names()
    with Store(db, create=False) as store:
        rows = newest_readings(store)
        readable = [row for row in rows if row["phi"] == "full"]
        if len(readable) < len(rows):
            note(f"{len(rows) - len(readable)} left out: their patients are masked (--phi), so that no claim can be matched")
        note_read(store, (row["document_id"] for row in readable))
        return Reports(
            tuple(
                report_of(
                    names.own(row["name"]),
                    store.case(row["reading_id"]),
                    pages_of(store, row["sha256"], row["name"]),
                    store.line(row["audit_id"])["document"],
                )
                for row in readable
            ),
            0,
        )


class Names:
    """Gives reports names of their own: a second 'report.pdf' is 'report.pdf (2)'."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def own(self, name: str) -> str:
        """The name, with a number behind it where it was given before."""
        self._given[name] = self._given.get(name, 0) + 1
        return name if self._given[name] == 1 else f"{name} ({self._given[name]})"


def note(message: str) -> None:
    """A message on stderr."""
    from ionm_notes.report.clean import for_terminal

    print(for_terminal(message), file=sys.stderr)
