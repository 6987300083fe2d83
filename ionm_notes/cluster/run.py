"""The way of an audit on a cluster, from a list of documents to tables by month; read this first.

Every document ends as a row exactly once: a batch counts when the program hears of its part from the one attempt that Ray
answers for; batches that no reader could bear are tried document by document; what even then takes its reader along gets an
error row; and parts that do not count are removed before the rows are sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any

from ionm_notes import __version__
from ionm_notes.cli.batch import Job
from ionm_notes.cluster.engine import FURTHER_TRIES, cluster, engine
from ionm_notes.cluster.folder import FINISHED, RUNNING, Folder
from ionm_notes.cluster.months import BUNCH, Sorted, rows_in_months, sort_bunch
from ionm_notes.cluster.plan import READER_CORES, TASK_CORES, readers
from ionm_notes.cluster.reader import BATCH, Kept, Reader, failed_to_fetch, fetched, keep
from ionm_notes.cluster.sources import Batch, Found, alone, batch_size, batches, names_of
from ionm_notes.errors import IonmError

Watch = Callable[[Iterable[Kept]], Iterable[Kept]]
"""Looks at what is done as it comes, and passes it on."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be audited, how, and where to. `workers`: readers, None for one a core; `resume`: go on with a run."""

    found: Found
    job: Job
    out: Folder
    workers: int | None
    resume: bool
    at: datetime

    def identity(self) -> dict[str, Any]:
        """What makes two runs the same."""
        return {
            "asked": self.found.documents,
            "input": self.found.digest(),
            "payers": list(self.job.payers),
            "phi": self.job.phi.level,
            "tool_version": __version__,
        }


def audit(order: Order, watch: Watch) -> Sorted:
    """Audits the documents and sorts their rows by month; says what became of them.

    Raises `IonmError`: `out-not-empty`, `other-run`, those of `engine` and of `plan.readers`, `cluster-failed`, `out-failed`.
    """
    _look(order)
    begun = {"at": order.at.isoformat(timespec="seconds"), **order.identity()}
    with engine() as data:
        count = readers(cluster(), order.workers)
        order.out.note({"state": RUNNING, **begun})
        counted = _counted(data, count, order, watch)
        order.out.keep_only(set(counted))
        order.out.clear(parts=False)
        done = _by_month(data, sorted(counted), order.out)
    _check(order, done)
    order.out.note({"state": FINISHED, **begun, **asdict(done)})
    order.out.clear(parts=True)
    return done


def _look(order: Order) -> None:
    """Whether the folder is free for this run, or holds a part of it."""
    state = order.out.state()
    if state is None:
        if not order.out.empty():
            raise IonmError("out-not-empty", order.out.uri)
    elif not order.resume or state.get("state") == FINISHED:
        raise IonmError("out-not-empty", order.out.uri)
    elif {name: state.get(name) for name in order.identity()} != order.identity():
        raise IonmError("other-run", order.out.uri)


def _counted(data: Any, count: int, order: Order, watch: Watch) -> list[str]:
    """The parts that hold each document once."""
    planned = list(batches(order.found.sources, batch_size(order.found.documents)))
    held = order.out.parts()
    chosen = {one.id for batch in planned for one in _steps(batch, set(held))}
    done = {number: name for number, name in held.items() if number in chosen}
    under_way = [one for batch in planned for one in _steps(batch, set(held)) if one.id not in done]
    for kept in watch(_passes(data, count, order, under_way)):
        done[kept.batch] = kept.part
    return list(done.values())


def _steps(batch: Batch, held: set[int]) -> list[Batch]:
    """How a batch is gone about: whole, or by single documents where a run before had to."""
    singles = list(alone(batch))
    return singles if batch.id not in held and any(one.id in held for one in singles) else [batch]


def _passes(data: Any, count: int, order: Order, under_way: Sequence[Batch]) -> Iterator[Kept]:
    """What becomes of the batches: whole; then what is missing, one by one; then error rows for what is missing still."""
    missing = {batch.id: batch for batch in under_way}
    for kept in _read(data, count, order, under_way):
        del missing[kept.batch]
        yield kept
    singles = {one.id: one for batch in missing.values() for one in alone(batch)}
    for kept in _read(data, count, order, list(singles.values())):
        del singles[kept.batch]
        yield kept
    for one in singles.values():
        lost = ((given, failed_to_fetch(given, order.job)) for source in one.sources for given in names_of(source))
        yield keep(order.out, order.job, one.id, lost)


def _read(data: Any, count: int, order: Order, under_way: Sequence[Batch]) -> Iterator[Kept]:
    if not under_way:
        return
    whole = {"batch_size": None, "batch_format": "pyarrow"}
    fetch = partial(fetched, limits=order.job.limits)
    dataset = (
        data.from_items([{BATCH: batch.packed()} for batch in under_way], override_num_blocks=len(under_way))
        .map_batches(fetch, num_cpus=TASK_CORES, **whole)
        .map_batches(
            Reader,
            fn_constructor_args=(order.job, order.out),
            compute=data.ActorPoolStrategy(size=min(count, len(under_way)), max_tasks_in_flight_per_actor=2),
            num_cpus=READER_CORES,
            max_task_retries=FURTHER_TRIES,
            **whole,
        )
    )
    for row in said(dataset.iter_rows()):
        kept = Kept(**row)
        if kept.fault:
            raise IonmError("out-failed", order.out.uri, kept.fault)
        yield kept


def _by_month(data: Any, names: Sequence[str], out: Folder) -> Sorted:
    bunches = [names[first : first + BUNCH] for first in range(0, len(names), BUNCH)]
    items = [{"bunch": number, "names": bunch} for number, bunch in enumerate(bunches)]

    def task(row: dict[str, Any]) -> dict[str, Any]:
        return asdict(sort_bunch(out.uri, row["bunch"], list(row["names"])))

    rows = data.from_items(items, override_num_blocks=max(1, len(items))).map(task, num_cpus=READER_CORES).iter_rows()
    found = [Sorted(**row) for row in said(rows)]
    return Sorted(*(sum(getattr(one, name) for one in found) for name in Sorted.__slots__))


def _check(order: Order, done: Sorted) -> None:
    """Holds what is in the tables against what was asked for. A difference is a fault of the program, which is said."""
    rows = rows_in_months(order.out.uri)
    if done.files != order.found.documents or rows != done.documents:
        what = f"{order.found.documents} files asked for, {done.files} read; {done.documents} rows made, {rows} kept"
        raise IonmError("cluster-failed", detail=what)


def said(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows; an error of the engine in the user's language, without what it quotes."""
    try:
        yield from rows
    except IonmError:
        raise
    except Exception as error:
        raise IonmError("cluster-failed", detail=type(error).__name__) from error
