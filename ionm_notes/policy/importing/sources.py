"""Opens a published file (zip, text, CSV or XLSX) as named tables of text cells; read this to see what is refused.

Tables are streamed, because the pair edits come to some hundred thousand rows. Of the same table in several formats
within one zip, the plainest is taken.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import IO

from ionm_notes.errors import IonmError
from ionm_notes.policy.importing.xlsx import xlsx_rows

MOST_BYTES = 400 * 1024 * 1024
"""Unpacked size of all that is read. One part of the pair edits comes to some 60 MB of text."""
MOST_MEMBERS = 200
SNIFF_LINES = 40
PLAINEST_FIRST = (".csv", ".txt", ".xlsx")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a published file: the name it came under, and its rows, which can be walked once."""

    name: str
    rows: Iterator[list[str]]


def bad_import(file: str, detail: str) -> IonmError:
    """The error of a file that cannot be taken over."""
    return IonmError("bad-import", file, detail)


def tables(path: Path) -> Iterator[Table]:
    """The tables of a file, one after another; each must be walked before the next is asked for.

    Raises `IonmError` (missing-file, bad-import) where the file is missing, damaged, too large or of another format.
    """
    if not path.is_file():
        raise IonmError("missing-file", path.name)
    try:
        if path.suffix.lower() == ".zip":
            yield from _zipped(path)
        else:
            with path.open("rb") as stream:
                yield _table(path.name, stream, path.stat().st_size)
    except (zipfile.BadZipFile, EOFError) as error:
        raise bad_import(path.name, f"damaged zip file: {error}") from error
    except OSError as error:
        raise bad_import(path.name, f"cannot be read: {error.strerror}") from error
    except csv.Error as error:
        raise bad_import(path.name, f"not a table of text: {error}") from error


def _zipped(path: Path) -> Iterator[Table]:
    with zipfile.ZipFile(path) as archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        if len(members) > MOST_MEMBERS:
            raise bad_import(path.name, f"{len(members)} files inside; at most {MOST_MEMBERS} are expected")
        left = MOST_BYTES
        for member in _plainest(members):
            left -= member.file_size
            if left < 0:
                raise bad_import(path.name, f"unpacks to more than {MOST_BYTES} bytes")
            if member.flag_bits & 1:
                raise bad_import(path.name, f"'{member.filename}' is protected by a password")
            with archive.open(member) as stream:
                yield _table(PurePosixPath(member.filename).name, stream, member.file_size)


def _plainest(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """One member per stem, in the order of the archive; formats that are not read are left out."""
    best: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        name = PurePosixPath(member.filename)
        suffix, stem = name.suffix.lower(), name.stem.lower()
        if suffix not in PLAINEST_FIRST:
            continue
        held = best.get(stem)
        if held is None or PLAINEST_FIRST.index(suffix) < PLAINEST_FIRST.index(PurePosixPath(held.filename).suffix.lower()):
            best[stem] = member
    return list(best.values())


def _table(name: str, stream: IO[bytes], size: int) -> Table:
    suffix = PurePosixPath(name).suffix.lower()
    if size > MOST_BYTES:
        raise bad_import(name, f"larger than {MOST_BYTES} bytes")
    if suffix == ".xlsx":
        with _whole(stream) as whole:
            return Table(name, xlsx_rows(whole, name))
    if suffix in (".csv", ".txt"):
        return Table(name, _text_rows(stream))
    raise bad_import(name, "is none of zip, text, CSV or XLSX")


@contextmanager
def _whole(stream: IO[bytes]) -> Iterator[io.BytesIO]:
    """A zip inside a zip has to be sought in, so it is held in memory."""
    yield io.BytesIO(stream.read())


def _text_rows(stream: IO[bytes]) -> Iterator[list[str]]:
    """Rows of comma- or tab-separated text. CMS writes Windows text; what matters here is plain ASCII anyway."""
    lines = io.TextIOWrapper(stream, encoding="cp1252", errors="replace", newline="")
    first = list(islice(lines, SNIFF_LINES))
    delimiter = "\t" if any(line.count("\t") > 2 for line in first) else ","
    for row in csv.reader(chain(first, lines), delimiter=delimiter):
        yield [cell.strip().lstrip("\ufeffï»¿") for cell in row]
