"""Finds what there is to audit (folders, `s3://`, Parquet of documents), puts it into batches, and reads a batch.

A document's number is its place in the list, which is sorted, so that the same input gives the same batches again: a run
that was interrupted goes on by them. What cannot be read becomes a row with its error, never a failure of the batch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.limits import MIB, Limits

BATCH_DOCUMENTS = 32
"""Documents of a batch: what is read again when a reader is lost."""
LEAST_BATCHES = 16
"""So many batches at least, where there are documents enough: several readers shall have something to do."""
LARGE_BATCH_DOCUMENTS, ENOUGH_BATCHES = 256, 4000
"""Documents of a batch in the largest runs, and from how many batches on they grow: one program hands out all of them."""
BATCH_BYTES = 64 * MIB
"""Bytes of a batch, counted before it is read; one document may be longer."""
AT_ONCE = 8
"""Documents of a batch that are fetched at once: an object store answers slowly and to many."""
ALONE = 5_000_000_000
"""From here on the ids of batches of one document, which are made of batches that no reader could bear."""
NAME, DATA = "name", "data"
"""The columns of a Parquet file of documents: the file's name with its ending, and its bytes."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document (or `count` of them in a Parquet file, from row `first` of a row group on), numbered from `number` on."""

    number: int
    uri: str
    size: int = 0
    group: int = -1
    first: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that are read and kept together."""

    id: int
    sources: tuple[Source, ...]

    def __len__(self) -> int:
        """How many documents it holds."""
        return sum(source.count for source in self.sources)

    def packed(self) -> str:
        """The batch as JSON, for the way to another machine."""
        return json.dumps([self.id, [list(asdict(source).values()) for source in self.sources]])

    @staticmethod
    def unpacked(text: str) -> Batch:
        """The batch of `packed`."""
        number, sources = json.loads(text)
        return Batch(number, tuple(Source(*source) for source in sources))


@dataclass(frozen=True, slots=True)
class Given:
    """A document as it was fetched: its bytes, or the error that stood in the way."""

    number: int
    uri: str
    name: str
    data: bytes = b""
    error: IonmError | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to read, and how many files were passed over because their type is not read."""

    sources: tuple[Source, ...]
    skipped: int

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return sum(source.count for source in self.sources)

    def digest(self) -> str:
        """A hash over the list, by which a run is known again."""
        text = "\n".join(f"{one.number} {one.uri} {one.size} {one.group} {one.first} {one.count}" for one in self.sources)
        return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


def find(arguments: Iterable[str]) -> Found:
    """The documents meant by files, folders, patterns, `s3://` (and other stores that Arrow reads) and Parquet files.

    Local folders are read as `audit` reads them. Raises `IonmError` `missing-file`, `bad-parquet`, `unreachable-store`.
    """
    plain: list[tuple[str, int]] = []
    skipped = 0
    for argument in arguments:
        found, passed = _remote(argument) if "://" in argument else _local(argument)
        plain += found
        skipped += passed
    sources: list[Source] = []
    number = 0
    for uri, size in plain:
        of_file = _rows(uri, number) if uri.endswith(".parquet") else (Source(number, uri, size),)
        for source in of_file:
            sources.append(source)
            number += source.count
    return Found(tuple(sources), skipped)


def batch_size(documents: int) -> int:
    """Documents in a batch, by how many there are in all; the same for the same number, so that a run can go on."""
    few, many = min(BATCH_DOCUMENTS, documents // LEAST_BATCHES), min(LARGE_BATCH_DOCUMENTS, documents // ENOUGH_BATCHES)
    return max(1, few, many)


def batches(sources: Sequence[Source], documents: int, most_bytes: int = BATCH_BYTES) -> Iterator[Batch]:
    """The sources in order, in batches of so many documents and bytes at most; a run of Parquet rows is one by itself."""
    held: list[Source] = []
    count = size = made = 0
    for source in sources:
        if held and (count + source.count > documents or size + source.size > most_bytes):
            yield Batch(made, tuple(held))
            held, count, size, made = [], 0, 0, made + 1
        held.append(source)
        count, size = count + source.count, size + source.size
    if held:
        yield Batch(made, tuple(held))


def alone(batch: Batch) -> Iterator[Batch]:
    """Each document of a batch as a batch of its own; its id follows from the document's number."""
    for source in batch.sources:
        for offset in range(source.count):
            number = source.number + offset
            yield Batch(ALONE + number, (Source(number, source.uri, source.size, source.group, source.first + offset),))


def fetch(batch: Batch, limits: Limits) -> Iterator[Given]:
    """The documents of a batch in their order, several fetched at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for given in pool.map(lambda source: list(_fetched(source, limits)), batch.sources):
            yield from given


def names_of(source: Source) -> Iterator[Given]:
    """The documents of a source by number and the name that is known without reading them."""
    for offset in range(source.count):
        yield Given(source.number + offset, source.uri, PurePosixPath(source.uri).name)


def filesystem(uri: str) -> tuple[Any, str]:
    """Arrow's file system for a path or URI, and the path within it. Raises `IonmError` `unreachable-store`."""
    import pyarrow
    from pyarrow import fs

    if "://" not in uri:
        return fs.LocalFileSystem(), str(Path(uri).absolute())
    try:
        found, path = fs.FileSystem.from_uri(uri)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise IonmError("unreachable-store", uri, type(error).__name__) from error
    return found, path


def _local(argument: str) -> tuple[list[tuple[str, int]], int]:
    from ionm_notes.cli.inputs import found

    path = Path(argument)
    if path.is_dir() and (tables := sorted(path.rglob("*.parquet"))):
        return [(str(one.absolute()), one.stat().st_size) for one in tables], 0
    inputs = found([argument])
    return [(str(one.absolute()), one.stat().st_size if one.is_file() else 0) for one in inputs.files], len(inputs.skipped)


def _remote(argument: str) -> tuple[list[tuple[str, int]], int]:
    from pyarrow import fs

    from ionm_notes.ingest.sniff import SUFFIXES

    system, path = filesystem(argument)
    scheme = argument.partition("://")[0]
    try:
        info = system.get_file_info(path)
        if info.type == fs.FileType.File:
            return [(argument, info.size)], 0
        if info.type == fs.FileType.NotFound:
            raise IonmError("missing-file", argument)
        files = [one for one in system.get_file_info(fs.FileSelector(path, recursive=True)) if one.is_file]
    except OSError as error:
        raise IonmError("unreachable-store", argument, type(error).__name__) from error
    read = [one for one in files if "." + one.extension.lower() in {*SUFFIXES, ".parquet"}]
    tables = [one for one in read if one.extension == "parquet"]
    chosen = sorted(tables or read, key=lambda one: one.path)
    return [(f"{scheme}://{one.path}", one.size) for one in chosen], len(files) - len(chosen)


def _rows(uri: str, number: int) -> Iterator[Source]:
    """The rows of a Parquet file of documents, in runs that fit a batch."""
    import pyarrow
    from pyarrow import parquet

    system, path = filesystem(uri)
    try:
        with parquet.ParquetFile(path, filesystem=system) as file:
            missing = {NAME, DATA} - set(file.schema_arrow.names)
            if missing:
                raise IonmError("bad-parquet", PurePosixPath(path).name, f"it has no column {', '.join(sorted(missing))}")
            for group in range(file.metadata.num_row_groups):
                meta = file.metadata.row_group(group)
                for first in range(0, meta.num_rows, BATCH_DOCUMENTS):
                    count = min(BATCH_DOCUMENTS, meta.num_rows - first)
                    yield Source(number, uri, meta.total_byte_size * count // meta.num_rows, group, first, count)
                    number += count
    except (pyarrow.ArrowException, OSError) as error:
        raise IonmError("bad-parquet", PurePosixPath(path).name, type(error).__name__) from error


def _fetched(source: Source, limits: Limits) -> Iterator[Given]:
    if source.group >= 0:
        yield from _fetched_rows(source)
        return
    name = PurePosixPath(source.uri).name
    try:
        if source.size > limits.file_bytes:
            raise IonmError("too-large", name, f"{source.size:,} bytes, at most {limits.file_bytes:,} are read")
        yield Given(source.number, source.uri, name, _bytes(source.uri, limits))
    except IonmError as error:
        yield Given(source.number, source.uri, name, error=error)


def _bytes(uri: str, limits: Limits) -> bytes:
    if "://" not in uri:
        from ionm_notes.ingest import load

        return load(Path(uri), limits)
    system, path = filesystem(uri)
    try:
        with system.open_input_stream(path) as stream:
            data: bytes = stream.read(limits.file_bytes + 1)
            return data
    except OSError as error:
        raise IonmError("unreadable", PurePosixPath(path).name, type(error).__name__) from error


def _fetched_rows(source: Source) -> Iterator[Given]:
    import pyarrow
    from pyarrow import parquet

    try:
        system, path = filesystem(source.uri)
        with parquet.ParquetFile(path, filesystem=system) as file:
            table = file.read_row_group(source.group, [NAME, DATA]).slice(source.first, source.count)
    except (pyarrow.ArrowException, OSError) as error:
        for given in names_of(source):
            yield Given(given.number, given.uri, given.name, error=IonmError("unreadable", given.name, type(error).__name__))
        return
    for offset, (name, data) in enumerate(zip(table[NAME].to_pylist(), table[DATA].to_pylist(), strict=True)):
        plain = PurePosixPath(str(name or "document")).name or "document"
        yield Given(source.number + offset, source.uri, plain, data.encode() if isinstance(data, str) else data or b"")
