"""Files of one case, audited as one packet: those that are given with `--case`, or found to belong together by `--group`.

A case is judged on all its files or not at all: if one cannot be read, the whole is an error that names it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ionm_notes.cli.batch import Job, Outcome, Part, failed_part, page_texts, part_of, sureness
from ionm_notes.errors import IonmError
from ionm_notes.limits import Limits
from ionm_notes.phi.traces import trace_of
from ionm_notes.store.record import Record

if TYPE_CHECKING:
    from ionm_notes.types import Document

MOST_FILES = 200
"""So many files can be one case; more are a folder given by mistake."""


def audit_together(paths: Sequence[Path], job: Job) -> Outcome:
    """Reads all files of a case and audits them as one. Never raises for a file's sake; see `batch.audit_file`."""
    skipped: list[tuple[str, str]] = []
    name = " + ".join(path.name for path in paths)
    try:
        return Outcome(paths[0], (_audited(list(_documents(paths, job, skipped)), job),), "", tuple(skipped))
    except IonmError as error:
        return Outcome(paths[0], (failed_part(name, job, error),), "", tuple(skipped))
    except MemoryError:
        too_large = IonmError("too-large", name, "reading it takes more memory than is allowed")
        return Outcome(paths[0], (failed_part(name, job, too_large),))
    except Exception as error:
        # A fault of the program on one case must not cost the others; it is named in the line, not hidden.
        part = failed_part(name, job, IonmError("internal", name, type(error).__name__))
        return Outcome(paths[0], (part,), trace_of(error) if job.trace else "")


def _documents(paths: Sequence[Path], job: Job, skipped: list[tuple[str, str]]) -> Iterator[Document]:
    """Every document of the files, those within archives and mails too; what in them is none is added to `skipped`."""
    from ionm_notes import pulse
    from ionm_notes.ingest import read_bytes, unpack_file

    for path in paths:
        for inner in unpack_file(path, job.limits, job.passwords):
            if inner.skipped:
                skipped.append((inner.name, inner.skipped))
                continue
            if inner.error is not None:
                raise inner.error
            yield read_bytes(inner.name, inner.data, job.limits, job.passwords)
            pulse.beat()


def _audited(documents: Sequence[Document], job: Job) -> Part:
    from ionm_notes.audit import audit_payers
    from ionm_notes.contract import to_contract
    from ionm_notes.parts.joined import join
    from ionm_notes.store.codec import case_to_json

    document = join(documents)
    audits = audit_payers(document, job.payers, job.policy_dir)
    lines = tuple(to_contract(audit, document) for audit in audits)
    return part_of(
        Record(page_texts(document), case_to_json(audits[0].case), lines, sureness(document)), document, audits[0].case, job
    )


@dataclass(frozen=True, slots=True)
class WhoRequest:
    """A file of which it is asked whose it is and of which day."""

    path: Path
    limits: Limits
    passwords: tuple[str, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name


def grouped(paths: Sequence[Path], job: Job, workers: int | None = None) -> list[tuple[Path, ...]]:
    """The files of the same patient and date of service together, in the order given.

    A file that does not say both, cannot be read, or holds several documents stays alone.
    """
    from ionm_notes.parts.patients import Owner, same_case
    from ionm_notes.workers import Pool

    found: dict[int, tuple[Owner, Any]] = {}
    asking: Pool[WhoRequest] = Pool(_who, _warm, workers, job.limits)
    with asking as pool:
        for done in pool.run([WhoRequest(path, job.limits, job.passwords) for path in paths]):
            told = json.loads(done.answer) if done.error is None else None
            if told:
                found[done.index] = Owner.from_plain(told["owner"]), told["day"]
    groups: list[list[int]] = []
    for number in range(len(paths)):
        mine = found.get(number)
        home = next(
            (g for g in groups if mine and g[0] in found and found[g[0]][1] == mine[1] and same_case(found[g[0]][0], mine[0])),
            None,
        )
        groups.append([number]) if home is None else home.append(number)
    return [tuple(paths[number] for number in group) for group in groups]


def _warm() -> None:
    from ionm_notes.read.vocabulary import vocabulary

    vocabulary().phrases("")


def _who(request: WhoRequest) -> bytes:
    from ionm_notes.ingest import read_bytes, unpack_file
    from ionm_notes.parts.patients import who_and_when

    try:
        held = [inner for inner in unpack_file(request.path, request.limits, request.passwords) if not inner.skipped]
        if len(held) != 1 or held[0].error is not None:
            return b"null"
        document = read_bytes(held[0].name, held[0].data, request.limits, request.passwords)
    except IonmError:
        return b"null"  # the audit of the file says what is wrong with it
    owner, day = who_and_when(document)
    return json.dumps({"owner": owner.plain(), "day": day.isoformat()} if day else None).encode()
