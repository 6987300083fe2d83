"""Reads the first sheet of an XLSX file as rows of text; read this only if a published workbook is misread.

Small on purpose: values as stored, no formats, formulas by their cached value. Limits keep a crafted file from
filling the memory.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO

from lxml import etree

from ionm_notes.errors import IonmError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MOST_UNPACKED = 400 * 1024 * 1024
MOST_COLUMNS = 200
"""The widest published table has some thirty columns."""


def xlsx_rows(stream: io.BytesIO, name: str) -> Iterator[list[str]]:
    """Rows of the first sheet, cells in their columns, empty ones as ''. Raises `IonmError` (bad-import)."""
    try:
        archive = zipfile.ZipFile(stream)
        sizes = {member.filename: member.file_size for member in archive.infolist()}
    except zipfile.BadZipFile as error:
        raise IonmError("bad-import", name, f"damaged workbook: {error}") from error
    if SHEET not in sizes:
        raise IonmError("bad-import", name, "the workbook has no first sheet")
    if sizes[SHEET] + sizes.get(STRINGS, 0) > MOST_UNPACKED:
        raise IonmError("bad-import", name, f"unpacks to more than {MOST_UNPACKED} bytes")
    return _rows(archive, name)


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[list[str]]:
    try:
        strings = _strings(archive) if STRINGS in archive.namelist() else []
        with archive.open(SHEET) as sheet:
            for row in _elements(sheet, "row"):
                yield _cells(row, strings)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, ValueError, IndexError) as error:
        raise IonmError("bad-import", name, f"damaged workbook: {error}") from error


def _elements(stream: IO[bytes], tag: str) -> Iterator[etree._Element]:
    """Elements of one tag, each dropped from memory after use; no entities, no network."""
    for _, element in etree.iterparse(stream, tag=MAIN + tag, resolve_entities=False, no_network=True, huge_tree=False):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _strings(archive: zipfile.ZipFile) -> list[str]:
    with archive.open(STRINGS) as stream:
        return ["".join(text.text or "" for text in item.iter(MAIN + "t")) for item in _elements(stream, "si")]


def _cells(row: etree._Element, strings: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(MAIN + "c"):
        at = _column(cell.get("r"), len(cells))
        if at >= MOST_COLUMNS:
            break
        cells.extend([""] * (at - len(cells)))
        cells.append(_value(cell, strings).strip())
    return cells


def _column(reference: str | None, default: int) -> int:
    """'C7' is column 2; cells without a reference follow each other."""
    letters = "".join(c for c in reference or "" if c.isalpha()).upper()
    if not letters:
        return default
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, default)


def _value(cell: etree._Element, strings: list[str]) -> str:
    kind, value = cell.get("t"), cell.findtext(MAIN + "v") or ""
    if kind == "s":
        return strings[int(value)]
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(MAIN + "t"))
    # Whole numbers are stored as '95940' or, by some writers, as '95940.0'.
    return value[:-2] if value.endswith(".0") else value
