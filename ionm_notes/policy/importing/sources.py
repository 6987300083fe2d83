"""Opens a published file (zip, text, CSV or XLSX) as named tables of text cells; read this to see what is refused.

Tables are streamed and opened only when they are walked, because the pair edits come to some hundred thousand rows. CMS
packs the same table in several formats into one zip; they come here as tables of one stem, the plainest first.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import IO

from ionm_notes.errors import IonmError
from ionm_notes.policy.importing.xlsx import xlsx_rows

MOST_BYTES = 1024 * 1024 * 1024
"""Unpacked size of all tables of a file. One part of the pair edits comes to some 60 MB of text and 30 MB of workbook."""
MOST_MEMBERS = 200
SNIFF_LINES = 40
BYTE_ORDER_MARK = "ï»¿"
"""As it reads in Windows text."""
PLAINEST_FIRST = (".csv", ".txt", ".xlsx")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a published file: its file name, the name without ending, and its rows, to be walked once."""

    name: str
    stem: str
    rows: Iterator[list[str]]


def bad_import(file: str, detail: str) -> IonmError:
    """The error of a file that cannot be taken over."""
    return IonmError("bad-import", file, detail)


def tables(path: Path) -> Iterator[Table]:
    """The tables of a file, one after another; each must be walked before the next is asked for.

    Raises `IonmError` (missing-file, bad-import) where the file is missing, damaged, too large or of another format;
    a table may raise it while it is walked.
    """
    if not path.is_file():
        raise IonmError("missing-file", path.name)
    if path.suffix.lower() == ".zip":
        yield from _zipped(path)
    elif path.suffix.lower() in PLAINEST_FIRST:
        if path.stat().st_size > MOST_BYTES:
            raise bad_import(path.name, f"larger than {MOST_BYTES} bytes")
        yield Table(path.name, path.stem.lower(), _guarded(_file_rows(path), path.name))
    else:
        raise bad_import(path.name, "is none of zip, text, CSV or XLSX")


def _zipped(path: Path) -> Iterator[Table]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise bad_import(path.name, f"damaged zip file: {error}") from error
    with archive:
        if len(archive.infolist()) > MOST_MEMBERS:
            raise bad_import(path.name, f"{len(archive.infolist())} files inside; at most {MOST_MEMBERS} are expected")
        members = sorted((m for m in archive.infolist() if _suffix(m) in PLAINEST_FIRST), key=_plainness)
        if sum(member.file_size for member in members) > MOST_BYTES:
            raise bad_import(path.name, f"unpacks to more than {MOST_BYTES} bytes")
        for member in members:
            if member.flag_bits & 1:
                raise bad_import(path.name, f"'{member.filename}' is protected by a password")
            name = PurePosixPath(member.filename)
            yield Table(name.name, name.stem.lower(), _guarded(_member_rows(archive, member), path.name))


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _plainness(member: zipfile.ZipInfo) -> tuple[str, int]:
    return PurePosixPath(member.filename).stem.lower(), PLAINEST_FIRST.index(_suffix(member))


def _file_rows(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as stream:
        yield from _rows(path.name, stream)


def _member_rows(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[list[str]]:
    with archive.open(member) as stream:
        yield from _rows(member.filename, stream)


def _rows(name: str, stream: IO[bytes]) -> Iterator[list[str]]:
    if name.lower().endswith(".xlsx"):
        # A workbook is a zip, and one inside a zip has to be sought in, so it is held in memory.
        return xlsx_rows(io.BytesIO(stream.read()), PurePosixPath(name).name)
    return _text_rows(stream)


def _text_rows(stream: IO[bytes]) -> Iterator[list[str]]:
    """Rows of comma- or tab-separated text. CMS writes Windows text; what matters here is plain ASCII anyway."""
    lines = io.TextIOWrapper(stream, encoding="cp1252", errors="replace", newline="")
    first = list(islice(lines, SNIFF_LINES))
    if first:
        first[0] = first[0].removeprefix(BYTE_ORDER_MARK)
    delimiter = "\t" if any(line.count("\t") > 2 for line in first) else ","
    for row in csv.reader(chain(first, lines), delimiter=delimiter):
        yield [cell.strip() for cell in row]


def _guarded(rows: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    """Rows whose damage shows only while they are walked."""
    try:
        yield from rows
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise bad_import(name, f"damaged zip file: {error}") from error
    except OSError as error:
        raise bad_import(name, f"cannot be read: {error.strerror or error}") from error
    except csv.Error as error:
        raise bad_import(name, f"not a table of text: {error}") from error
