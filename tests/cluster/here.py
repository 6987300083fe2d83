"""Stands in for Ray Data in this process, with the troubles of a cluster on demand; and what a reader's seat would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from ionm_notes.cli.batch import Job, Listing, Outcome, audit_file
from ionm_notes.cluster.sources import Batch, Given

REPORT = """Intraoperative Neurophysiological Monitoring Report
Patient: Quillfeather, Desmond A    MRN: LV-447190{number}    DOB: 03/09/1951
Date of service: {month:02}/17/2025
Professional: Hesper Vantongeren, MD, remote, exclusive attention to this one patient, real time
0800 monitoring started
1034 monitoring ended
Electronically signed by Hesper Vantongeren, MD {month:02}/17/2025 15:10
"""


def write_reports(folder: Path, count: int) -> Path:
    """So many different reports, of three months by turns."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"case-{number:03}.txt").write_text(REPORT.format(number=number, month=number % 3 + 1))
    return folder


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]


class Dataset:
    """Steps over blocks of one item each."""

    def __init__(self, engine: Engine, items: Sequence[dict[str, Any]], steps: tuple[Callable[[Any], Any], ...] = ()) -> None:
        self._engine, self._items, self._steps = engine, items, steps

    def map_batches(self, work: Any, fn_constructor_args: tuple[Any, ...] = (), **_: object) -> Dataset:
        work = work(*fn_constructor_args) if isinstance(work, type) else work
        return Dataset(self._engine, self._items, (*self._steps, work))

    def map(self, work: Callable[[dict[str, Any]], dict[str, Any]], **_: object) -> Dataset:
        return Dataset(self._engine, self._items, (*self._steps, lambda t: pa.Table.from_pylist([work(t.to_pylist()[0])])))

    def groupby(self, column: str, num_partitions: int) -> Grouped:
        assert num_partitions >= 1
        return Grouped(self._engine, self, column)

    def iter_rows(self) -> Iterator[dict[str, Any]]:
        for item in self._items:
            batch = Batch.unpacked(item["batch"]) if "batch" in item else None
            for _ in range(2 if batch and batch.id in self._engine.done_twice else 1):
                table = pa.Table.from_pylist([item])
                if batch and self._engine.kills_its_reader(batch):
                    break
                for step in self._steps:
                    table = step(table)
            else:
                yield from table.to_pylist()


class Grouped:
    """Rows by the value of a column, each group a block."""

    def __init__(self, engine: Engine, dataset: Dataset, column: str) -> None:
        self._engine, self._dataset, self._column = engine, dataset, column

    def map_groups(self, work: Callable[[Any], Any], **_: object) -> Dataset:
        groups: dict[object, list[dict[str, Any]]] = {}
        for row in self._dataset.iter_rows():
            groups.setdefault(row[self._column], []).append(row)
        items = [{"group": group} for group in groups.values()]
        return Dataset(self._engine, items, (lambda table: pa.Table.from_pylist(table.to_pylist()[0]["group"]), work))


class Engine:
    """`ray.data` as far as it is used. `done_twice`: batches whose first answer is lost with its machine."""

    def __init__(self) -> None:
        self.done_twice: set[int] = set()
        self.kills_its_reader: Callable[[Batch], bool] = lambda batch: False

    def from_items(self, items: Sequence[dict[str, Any]], override_num_blocks: int) -> Dataset:
        assert override_num_blocks == max(1, len(items)), "each batch is a task of its own"
        return Dataset(self, items)

    def ActorPoolStrategy(self, **_: object) -> None:
        return None


class SeatHere:
    """A seat in this process."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def audit(self, documents: Sequence[Given]) -> Iterator[tuple[Given, Outcome]]:
        for given in reversed(documents):
            outcome = audit_file(Path(given.name), self._job, None, given.data)
            if isinstance(outcome, Listing):
                outcome = audit_file(Path(given.name), self._job, (0, len(outcome.names)), given.data)
            assert isinstance(outcome, Outcome)
            yield given, outcome
