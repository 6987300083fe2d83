"""Sorts finished parts into folders by month of service; a task of its own for each bunch of parts.

The same bunch always gives the same files with the same rows, so a task that is done again after a machine was lost
overwrites what it wrote and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ionm_notes.cluster.folder import PARTS
from ionm_notes.cluster.rows import SCHEMA
from ionm_notes.cluster.sources import filesystem

BUNCH = 64
"""Parts that one task sorts: some two thousand documents, which give a file for each of their months."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """What some parts hold: files that were read, documents in them, those that failed, and files within that are none."""

    files: int
    documents: int
    failures: int
    skipped: int


def sort_bunch(uri: str, bunch: int, names: Sequence[str]) -> Sorted:
    """Writes the rows of some parts as `month=YYYY-MM/BUNCH-0.parquet`; says what rows they were."""
    import pyarrow as pa
    from pyarrow import compute, dataset

    system, path = filesystem(uri)
    parts = dataset.dataset([f"{path}/{PARTS}/{name}" for name in names], schema=SCHEMA, filesystem=system, format="parquet")
    parquet = dataset.ParquetFileFormat()
    dataset.write_dataset(
        parts,
        path,
        format=parquet,
        file_options=parquet.make_write_options(compression="zstd"),
        partitioning=dataset.partitioning(pa.schema({"month": pa.string()}), flavor="hive"),
        basename_template=f"{bunch:06d}-{{i}}.parquet",
        existing_data_behavior="overwrite_or_ignore",
        filesystem=system,
    )
    table = parts.to_table(["number", "error", "skipped"])
    return Sorted(
        compute.count_distinct(table["number"]).as_py(),
        table.num_rows,
        compute.sum(compute.not_equal(table["error"], "")).as_py() or 0,
        compute.sum(table["skipped"]).as_py() or 0,
    )


def rows_in_months(uri: str) -> int:
    """How many rows the folders by month hold, by the files themselves."""
    from pyarrow import dataset, fs

    system, path = filesystem(uri)
    folders = [one.path for one in system.get_file_info(fs.FileSelector(path)) if one.base_name.startswith("month=")]
    return sum(int(dataset.dataset(one, filesystem=system, format="parquet").count_rows()) for one in folders)
