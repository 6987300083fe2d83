"""Audits many files in worker processes, one bad file never stopping the rest; what `audit` and its kin run on."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ionm_notes.errors import IonmError
from ionm_notes.store.record import Record
from ionm_notes.types import Document
from ionm_notes.workers import Done, Pool

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every file of a batch. `trace`: print where a fault of the program arose."""

    payers: tuple[str, ...]
    policy_dir: Path | None = None
    trace: bool = False


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """One file to audit; `number` is its place in the batch."""

    number: int
    path: Path
    job: Job

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file: its lines, one per payer in the order asked for, and what to store of it, if anything."""

    lines: tuple[dict[str, Any], ...]
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. `trace`: where a fault of the program arose, if the job wants to know."""

    path: Path
    parts: tuple[Part, ...]
    trace: str = ""

    @property
    def lines(self) -> tuple[dict[str, Any], ...]:
        """The lines of all its documents."""
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def failed(self) -> bool:
        """Whether the file, or a document in it, could not be audited."""
        return any("error" in line for line in self.lines)


def open_pool(workers: int | None = None, files: int | None = None) -> Pool[AuditRequest]:
    """Worker processes that audit `files` files (None: many). Open it before the store and before any thread is started.

    `workers`: how many at once; None for one a processor core.
    """
    return Pool(_work, partial(_warm, files != 1), workers)


def outcomes(pool: Pool[AuditRequest], requests: Iterable[AuditRequest | None]) -> Iterator[tuple[AuditRequest, Outcome]]:
    """What comes of each request, as they come; a None among them says that there is none at the moment."""
    return ((done.request, _outcome(done)) for done in pool.run(requests))


def audit_files(paths: Sequence[Path], job: Job, workers: int | None = None) -> Iterator[Outcome]:
    """The outcome of each file, in the order given and the same for any number of workers."""
    with open_pool(workers, len(paths)) as pool:
        requests = (AuditRequest(number, path, job) for number, path in enumerate(paths))
        yield from in_order((request.number, outcome) for request, outcome in outcomes(pool, requests))


def in_order(numbered: Iterable[tuple[int, T]], others: Mapping[int, Callable[[], T]] | None = None) -> Iterator[T]:
    """The things by their numbers from 0, each as soon as those before it have come; `others` makes those that never come."""
    early: dict[int, T] = {}
    others, turn = others or {}, 0
    while turn in others:
        yield others[turn]()
        turn += 1
    for number, thing in numbered:
        early[number] = thing
        while turn in early or turn in others:
            yield early.pop(turn) if turn in early else others[turn]()
            turn += 1


def audit_file(path: Path, job: Job) -> Outcome:
    """Reads and audits one file in this process. Never raises for a file's sake: what went wrong stands in error lines."""
    from ionm_notes.audit import audit_payers
    from ionm_notes.contract import to_contract
    from ionm_notes.ingest import read_document
    from ionm_notes.store.codec import case_to_json

    try:
        document = read_document(path)
        audits = audit_payers(document, job.payers, job.policy_dir)
        lines = tuple(to_contract(audit, document) for audit in audits)
        return Outcome(path, (Part(lines, Record(page_texts(document), case_to_json(audits[0].case), lines)),))
    except IonmError as error:
        return failed(path, job, error)
    except MemoryError:
        return failed(path, job, IonmError("too-large", path.name, "reading it takes more memory than is allowed"))
    except Exception as error:
        # A fault of the program on one document must not cost the others; it is named in the line, not hidden.
        outcome = failed(path, job, IonmError("internal", path.name, type(error).__name__))
        return replace(outcome, trace=traceback.format_exc() if job.trace else "")


def page_texts(document: Document) -> tuple[str, ...]:
    """The text of each page, a line per line."""
    return tuple("\n".join(line.text for line in page.lines) for page in document.pages)


def failed(path: Path, job: Job, error: IonmError) -> Outcome:
    """The outcome of a file that could not be audited: an error line per payer."""
    from ionm_notes.contract import error_line

    return Outcome(path, (Part(tuple(error_line(path.name, payer, error.code, str(error)) for payer in job.payers)),))


def _warm(thorough: bool) -> None:
    """Loads what every worker needs; `thorough`: also what a single file may not need."""
    from importlib import import_module

    from ionm_notes.read.vocabulary import vocabulary

    for module in ("ionm_notes.contract", "ionm_notes.read", "ionm_notes.rules", "ionm_notes.codes", "ionm_notes.ingest.pdf"):
        import_module(module)
    words = vocabulary()
    _ = words.pipeline
    if thorough:
        words.check()


def _work(request: AuditRequest) -> bytes:
    outcome = audit_file(request.path, request.job)
    parts = [
        [part.lines, *((part.record.pages, part.record.case_json) if part.record else (None, None))] for part in outcome.parts
    ]
    return json.dumps([parts, outcome.trace], separators=(",", ":")).encode()


def _outcome(done: Done[AuditRequest]) -> Outcome:
    path, job = done.request.path, done.request.job
    if done.error is not None:
        return failed(path, job, done.error)
    parts, trace = json.loads(done.answer)
    if trace:
        print(trace, file=sys.stderr)
    return Outcome(path, tuple(_part(tuple(lines), pages, case) for lines, pages, case in parts), trace)


def _part(lines: tuple[dict[str, Any], ...], pages: list[str] | None, case: str | None) -> Part:
    return Part(lines, None if pages is None or case is None else Record(tuple(pages), case, lines))
