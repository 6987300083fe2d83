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


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_a_report_without_small_or_without_capital_letters_keeps_its_codes(change: Callable[[str], str]) -> None:
    """Names are known by their capitals, so a few of the reports do change: never more than one in ten."""
    moved = [name for name in REPORTS if _codes(change(_text(name))) != _codes(_text(name))]
    assert len(moved) <= len(REPORTS) // 10, moved


def test_a_log_in_small_letters_under_a_head_with_capitals_is_read_with_its_names() -> None:
    head = "Reading physician: Elaine Rusk, MD (remote)\nTechnologist: Devin Sallow, CNIM\n"
    log = "07:40 dr rusk logged on\n08:00 monitoring started\n10:00 monitoring ended\n10:05 rusk, md logged off\n"
    plain = log.replace("rusk, md", "Rusk, MD").replace("dr rusk", "Dr Rusk")
    assert _codes(head + log) == _codes(head + plain)
