"""Changes of a report that change nothing of its meaning leave its codes as they are."""

from __future__ import annotations

import functools
import pathlib
import re
from collections.abc import Callable

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes, read_document

DOCUMENTS = pathlib.Path(__file__).parent.parent / "fixtures" / "documents"
PAYERS = ("medicare", "commercial")
REPORTS = sorted(p.name for p in DOCUMENTS.iterdir() if p.suffix in (".pdf", ".docx", ".txt"))
CHANGES: dict[str, Callable[[str], str]] = {
    "blanks doubled": lambda text: text.replace(" ", "  "),
    "set double spaced": lambda text: text.replace("\n", "\n\n"),
    "two blanks after a sentence": lambda text: re.sub(r"\. (?=[A-Z])", ".  ", text),
    "indented": lambda text: "".join("    " + line for line in text.splitlines(keepends=True)),
    "ends of lines of another system": lambda text: text.replace("\n", "\r\n"),
    "plain hyphens": lambda text: text.replace("–", "-").replace("—", "-"),
}
Lines = tuple[tuple[tuple[str, int | None, str], ...], ...]


@functools.cache
def _text(name: str) -> str:
    pages = read_document(DOCUMENTS / name).pages
    return "".join("".join(line.text + "\n" for line in page.lines) + "\n" for page in pages)


def _codes(text: str) -> Lines:
    audits = audit_payers(read_bytes("report.txt", text.encode()), PAYERS)
    return tuple(tuple(sorted((c.code, c.units, c.status) for c in audit.codes)) for audit in audits)


@pytest.mark.parametrize("name", REPORTS)
def test_a_change_without_meaning_changes_no_code(name: str) -> None:
    plain = _codes(_text(name))
    moved = [change for change, make in CHANGES.items() if _codes(make(_text(name))) != plain]
    assert moved == []
