"""Audits many files in worker processes, one bad file never stopping the rest; what `audit` and its kin run on."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ionm_notes import plain_json
from ionm_notes.cycles import without_cycle_search
from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.phi.level import FULL, Minimum
from ionm_notes.phi.traces import trace_of
from ionm_notes.store.record import Record
from ionm_notes.workers import Pool

if TYPE_CHECKING:
    from ionm_notes.ingest import Inner
    from ionm_notes.types import Case, Document

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every file of a batch. `trace`: print where a fault of the program arose.

    `passwords` are tried on locked files; they are shown nowhere. `phi`: how much of the patients leaves the workers.
    """

    payers: tuple[str, ...]
    policy_dir: Path | None = None
    trace: bool = False
    limits: Limits = LIMITS
    passwords: tuple[str, ...] = field(default=(), repr=False)
    phi: Minimum = FULL


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """One file to audit; `number` is its place in the batch.

    `inside`: of a file that holds documents, only these (first and behind the last, counted from 0). `more`: further files
    of the same case, which are audited together with it. `data`: the bytes of the file, where they were read already; the
    path is then its name alone.
    """

    number: int
    path: Path
    job: Job
    inside: tuple[int, int] | None = None
    more: tuple[Path, ...] = ()
    data: bytes | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The name of the file or of the case, for messages."""
        return " + ".join(path.name for path in (self.path, *self.more))


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file: its lines, one per payer in the order asked for, and what to store of it, if anything."""

    lines: tuple[dict[str, Any], ...]
    record: Record | None = None

    @property
    def failed(self) -> bool:
        """Whether it could not be audited."""
        return any("error" in line for line in self.lines)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. `trace`: where a fault of the program arose, if the job wants to know.

    `skipped`: files within it that are no documents, each with the reason.
    """

    path: Path
    parts: tuple[Part, ...]
    trace: str = ""
    skipped: tuple[tuple[str, str], ...] = ()

    @property
    def lines(self) -> tuple[dict[str, Any], ...]:
        """The lines of all its documents."""
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def failed(self) -> bool:
        """Whether the file, or a document in it, could not be audited."""
        return any(part.failed for part in self.parts)


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents in a file that holds several, and what in it is skipped."""

    names: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]


def open_pool(workers: int | None = None, files: int | None = None, limits: Limits = LIMITS) -> Pool[AuditRequest]:
    """Worker processes that audit `files` files (None: many). Open it before the store and before any thread is started.

    `workers`: how many at once; None for one a processor core.
    """
    return Pool(_work, partial(_warm, files != 1), workers, limits)


def outcomes(pool: Pool[AuditRequest], requests: Iterable[AuditRequest | None]) -> Iterator[tuple[AuditRequest, Outcome]]:
    """What comes of each request, as they come; a None among them says that there is none at the moment."""
    from ionm_notes.cli.spread import Spread

    spread = Spread(requests)
    return spread.finished(pool.run(spread.requests()))


def audit_files(paths: Sequence[Path], job: Job, workers: int | None = None) -> Iterator[Outcome]:
    """The outcome of each file, in the order given and the same for any number of workers."""
    with open_pool(workers, len(paths), job.limits) as pool:
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


def audit_file(path: Path, job: Job, inside: tuple[int, int] | None = None, data: bytes | None = None) -> Outcome | Listing:
    """Reads and audits one file in this process. Never raises for a file's sake: what went wrong stands in error lines.

    A file that holds several documents gives their names; those of the range `inside` are audited where it is given. `data`:
    its bytes, where they were read already.
    """
    from ionm_notes.ingest import unpack, unpack_file

    skipped: list[tuple[str, str]] = []
    held: list[Inner] = []
    names: list[str] = []
    parts: list[Part] = []
    traces: list[str] = []
    try:
        within = (job.limits, job.passwords)
        for inner in unpack_file(path, *within) if data is None else unpack(path.name, data, *within):
            if inner.skipped:
                skipped.append((inner.name, inner.skipped))
                continue
            if inside is not None and inside[0] <= len(names) < inside[1]:
                _audit_inner(inner, job, parts, traces)
            held = held or [inner]
            names.append(inner.name)
    except IonmError as error:
        return failed(path, job, error)
    except MemoryError:
        return failed(path, job, IonmError("too-large", path.name, "reading it takes more memory than is allowed"))
    if inside is None and len(names) > 1:
        return Listing(tuple(names), tuple(skipped))
    if inside is None:
        _audit_inner(held[0], job, parts, traces)
    return Outcome(path, tuple(parts), "".join(traces), tuple(skipped))


def _audit_inner(inner: Inner, job: Job, parts: list[Part], traces: list[str]) -> None:
    """Adds what comes of one document, and where a fault of the program arose if the job wants to know."""
    from ionm_notes import pulse

    try:
        if inner.error is not None:
            raise inner.error
        with without_cycle_search():  # until all but the part is gone again, and there is little to look at
            parts.append(_audited(inner.name, inner.data, job))
    except IonmError as error:
        parts.append(failed_part(inner.name, job, error))
    except MemoryError:
        too_large = IonmError("too-large", inner.name, "reading it takes more memory than is allowed")
        parts.append(failed_part(inner.name, job, too_large))
    except Exception as error:
        # A fault of the program on one document must not cost the others; it is named in the line, not hidden.
        parts.append(failed_part(inner.name, job, IonmError("internal", inner.name, type(error).__name__)))
        if job.trace:
            traces.append(trace_of(error))
    pulse.beat()


def _audited(name: str, data: bytes, job: Job) -> Part:
    from ionm_notes.audit import audit_payers
    from ionm_notes.contract import to_contract
    from ionm_notes.ingest import read_bytes
    from ionm_notes.store.codec import case_to_json

    document = read_bytes(name, data, job.limits, job.passwords)
    audits = audit_payers(document, job.payers, job.policy_dir)
    lines = tuple(to_contract(audit, document) for audit in audits)
    record = Record(page_texts(document), case_to_json(audits[0].case), lines, sureness(document))
    return part_of(record, document, audits[0].case, job)


def part_of(record: Record, document: Document, case: Case, job: Job) -> Part:
    """What comes of one document, masked as far as the job asks for."""
    if job.phi.level != "full":
        from ionm_notes.phi.apply import masked_record

        record = masked_record(record, document, case, job.phi)
    return Part(tuple(dict(line) for line in record.lines), record)


def page_texts(document: Document) -> tuple[str, ...]:
    """The text of each page, a line per line."""
    return tuple("\n".join(line.text for line in page.lines) for page in document.pages)


def sureness(document: Document) -> tuple[tuple[float | None, ...], ...]:
    """How sure the recognition was of each line of each page; empty where no page was recognised."""
    if not any(page.recognized for page in document.pages):
        return ()
    return tuple(tuple(line.confidence for line in page.lines) for page in document.pages)


def failed(path: Path, job: Job, error: IonmError) -> Outcome:
    """The outcome of a file that could not be audited: an error line per payer."""
    return Outcome(path, (failed_part(path.name, job, error),))


def failed_part(name: str, job: Job, error: IonmError) -> Part:
    """A document that could not be audited: an error line per payer."""
    from ionm_notes.contract import error_line

    lines = (error_line(name, payer, error.code, str(error)) for payer in job.payers)
    if job.phi.level == "full":
        return Part(tuple(lines))
    from ionm_notes.phi.apply import masked_failure

    return Part(tuple(masked_failure(line, job.phi) for line in lines))


def _warm(thorough: bool) -> None:
    """Loads what every worker needs; `thorough`: also what a single file may not need."""
    from importlib import import_module

    from ionm_notes.read.vocabulary import vocabulary

    for module in ("ionm_notes.contract", "ionm_notes.read", "ionm_notes.rules", "ionm_notes.codes", "ionm_notes.ingest.pdf"):
        import_module(module)
    words = vocabulary()
    words.phrases("")  # loads spaCy, before the workers part
    if thorough:
        words.check()
    gc.freeze()  # what is loaded now stays: cycles need not be looked for in it


def _work(request: AuditRequest) -> bytes:
    if request.more:
        from ionm_notes.cli.together import audit_together

        outcome: Outcome | Listing = audit_together((request.path, *request.more), request.job)
    else:
        outcome = audit_file(request.path, request.job, request.inside, request.data)
    answer: dict[str, Any] = {"skipped": outcome.skipped}
    if isinstance(outcome, Listing):
        answer["names"] = outcome.names
    else:
        answer["trace"] = outcome.trace
        answer["parts"] = [
            [part.lines, *((r.pages, r.case_json, r.sureness) if (r := part.record) else (None, None, ()))]
            for part in outcome.parts
        ]
    return plain_json.written(answer)


def answered(path: Path, answer: bytes) -> Outcome | Listing:
    """What a worker's answer says."""
    told = plain_json.read(answer)
    skipped = tuple((name, reason) for name, reason in told["skipped"])
    if "names" in told:
        return Listing(tuple(told["names"]), skipped)
    if told["trace"]:
        print(told["trace"], file=sys.stderr)
    return Outcome(path, tuple(_part(tuple(lines), *record) for lines, *record in told["parts"]), told["trace"], skipped)


def _part(lines: tuple[dict[str, Any], ...], pages: list[str] | None, case: str | None, sure: list[list[float | None]]) -> Part:
    if pages is None or case is None:
        return Part(lines)
    return Part(lines, Record(tuple(pages), case, lines, tuple(tuple(page) for page in sure)))
