"""What a cluster is given to read: folders, object stores, Parquet files of documents; and what cannot be read stays a row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from ionm_notes.cluster.sources import ALONE, Batch, Source, alone, batch_size, batches, fetch, find
from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS


def test_a_folder_is_read_as_on_one_machine_and_numbered_by_path(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "notes.xyz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found = find([str(tmp_path)])
    assert [(one.number, Path(one.uri).name) for one in found.sources] == [(0, "c.txt"), (1, "b.txt")]
    assert found.skipped == 1


def test_an_address_is_listed_at_any_depth(tmp_path: Path) -> None:
    """`file://` goes the way of `s3://`, through Arrow's file systems."""
    for name in ("2025/03/a.pdf", "2025/b.txt", "2025/read.me"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * 5)
    found = find([f"file://{tmp_path}/2025"])
    assert [one.uri for one in found.sources] == [f"file://{tmp_path}/2025/03/a.pdf", f"file://{tmp_path}/2025/b.txt"]
    assert [one.size for one in found.sources] == [5, 5]
    assert found.skipped == 1
    assert [given.data for given in fetch(Batch(0, found.sources), LIMITS)] == [b"xxxxx", b"xxxxx"]


def test_an_address_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IonmError, match="there is no such file"):
        find([f"file://{tmp_path}/missing"])
    with pytest.raises(IonmError) as refused:
        find(["gopher://records/"])
    assert refused.value.code == "unreachable-store"


def test_a_parquet_file_gives_a_document_per_row(tmp_path: Path) -> None:
    table = pa.table({"name": ["a.txt", "folder/b.txt", None], "data": [b"one", b"two", None]})
    parquet.write_table(table, tmp_path / "documents.parquet", row_group_size=2)
    found = find([str(tmp_path)])
    assert found.documents == 3
    given = [one for batch in batches(found.sources, 10) for one in fetch(batch, LIMITS)]
    assert [(one.number, one.name, one.data) for one in given] == [
        (0, "a.txt", b"one"),
        (1, "b.txt", b"two"),
        (2, "document", b""),
    ]


def test_a_parquet_file_without_documents_is_refused(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"name": ["a.txt"]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    with pytest.raises(IonmError, match="no column data"):
        find([str(tmp_path / "a.parquet")])
    with pytest.raises(IonmError, match="not a Parquet file of documents"):
        find([str(tmp_path / "b.parquet")])


def test_what_cannot_be_had_keeps_its_place_with_its_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_text("longer")
    found = find([str(tmp_path / name) for name in ("a.txt", "gone.txt", "b.txt")])
    given = list(fetch(Batch(0, found.sources), replace(LIMITS, file_bytes=4)))
    assert [one.error.code if one.error else one.data for one in given] == [b"one", "missing-file", "too-large"]


def test_batches_are_bounded_by_documents_and_bytes_and_the_same_each_time() -> None:
    sources = [Source(number, f"{number}.txt", size=10 if number != 3 else 100) for number in range(6)]
    made = list(batches(sources, 2, 50))
    assert [[one.number for one in batch.sources] for batch in made] == [[0, 1], [2], [3], [4, 5]]
    assert [batch.id for batch in made] == [0, 1, 2, 3]
    assert list(batches(sources, 2, 50)) == made
    assert [Batch.unpacked(batch.packed()) for batch in made] == made
    assert [batch_size(count) for count in (3, 100, 2_000, 1_000_000, 10**8)] == [1, 6, 32, 250, 256]


def test_a_batch_falls_into_its_documents() -> None:
    singles = list(alone(Batch(4, (Source(8, "a.txt"), Source(9, "t.parquet", 7, 1, 20, 2)))))
    assert [one.id for one in singles] == [ALONE + 8, ALONE + 9, ALONE + 10]
    assert [one.sources[0].first for one in singles[1:]] == [20, 21]
    assert {len(one) for one in singles} == {1}
