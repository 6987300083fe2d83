"""Audits many files, in this process or in several, with results in the order given; one bad file never stops the rest."""

from __future__ import annotations

import multiprocessing
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.store.record import Record
from ionm_notes.types import Document

WORTH_WORKERS = 16
"""Fewest files for which starting further processes pays: each loads the reader anew, which costs about a second."""
WORKERS = 2
"""Processes for such a batch unless the caller says otherwise; each holds about 120 MB."""
AHEAD = 4
"""Files handed to each worker in advance; more would only hold finished results in memory."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every file of a batch. `trace`: print the place of a program error to stderr."""

    payers: tuple[str, ...]
    policy_dir: Path | None = None
    trace: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The lines of one file, one per payer in the order asked for; `record` is None where it could not be audited."""

    path: Path
    lines: tuple[dict[str, Any], ...]
    record: Record | None


Work = Callable[[Path], Outcome]


def audit_files(paths: Sequence[Path], job: Job, workers: int | None = None) -> Iterator[Outcome]:
    """The outcome of each file, in order and the same for any number of workers (None: `WORKERS` where that pays)."""
    count = _workers(len(paths)) if workers is None else min(workers, len(paths))
    work = partial(audit_file, job=job)
    if count <= 1:
        return map(work, paths)
    return _in_processes(paths, work, job, count)


def audit_file(path: Path, job: Job) -> Outcome:
    """Reads and audits one file. Never raises for a file's sake: what went wrong stands in the error lines."""
    from ionm_notes.audit import audit_payers
    from ionm_notes.contract import to_contract
    from ionm_notes.ingest import read_document
    from ionm_notes.store.codec import case_to_json

    try:
        document = read_document(path)
        audits = audit_payers(document, job.payers, job.policy_dir)
        lines = tuple(to_contract(audit, document) for audit in audits)
        return Outcome(path, lines, Record(page_texts(document), case_to_json(audits[0].case), lines))
    except IonmError as error:
        return failed(path, job, error)
    except Exception as error:
        # A fault of the program on one document must not cost the others; it is named in the line, not hidden.
        if job.trace:
            traceback.print_exc(file=sys.stderr)
        return failed(path, job, IonmError("internal", path.name, type(error).__name__))


def page_texts(document: Document) -> tuple[str, ...]:
    """The text of each page, a line per line."""
    return tuple("\n".join(line.text for line in page.lines) for page in document.pages)


def failed(path: Path, job: Job, error: IonmError) -> Outcome:
    """The outcome of a file that could not be audited: an error line per payer."""
    from ionm_notes.contract import error_line

    return Outcome(path, tuple(error_line(path.name, payer, error.code, str(error)) for payer in job.payers), None)


def _workers(files: int) -> int:
    return WORKERS if files >= WORTH_WORKERS else 1


def _in_processes(paths: Sequence[Path], work: Work, job: Job, workers: int) -> Iterator[Outcome]:
    waiting: deque[tuple[Path, Future[Outcome]]] = deque()
    pool = _pool(workers)
    try:
        for path in paths:
            try:
                future = pool.submit(work, path)
            except BrokenProcessPool:
                pool = _pool(workers)
                future = pool.submit(work, path)
            waiting.append((path, future))
            if len(waiting) >= workers * AHEAD:
                yield _finished(*waiting.popleft(), work, job)
        while waiting:
            yield _finished(*waiting.popleft(), work, job)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # 'fork' shares what is loaded already; elsewhere than on Linux it is not safe beside system threads.
    method = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(method))


def _finished(path: Path, future: Future[Outcome], work: Work, job: Job) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        # One file killed a worker, and every file under way lost its result: each is tried again by itself.
        with _pool(1) as alone:
            try:
                return alone.submit(work, path).result()
            except BrokenProcessPool:
                return failed(path, job, IonmError("reader-crashed", path.name, "its process died"))
