"""Changes of a report that change nothing of its meaning leave its codes as they are."""

from __future__ import annotations

import functools
import pathlib
from collections.abc import Callable

import pytest
from changes import CASE, MEANINGLESS

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes, read_document

DOCUMENTS = pathlib.Path(__file__).parent.parent / "fixtures" / "documents"
PAYERS = ("medicare", "commercial")
REPORTS = sorted(p.name for p in DOCUMENTS.iterdir() if p.suffix in (".pdf", ".docx", ".txt"))
Lines = tuple[tuple[tuple[str, int | None, str], ...], ...]


@functools.cache
def _text(name: str) -> str:
    pages = read_document(DOCUMENTS / name).pages
    return "".join("".join(line.text + "\n" for line in page.lines) + "\n" for page in pages)


@functools.cache
def _plain(name: str) -> Lines:
    return _codes(_text(name))


def _codes(text: str) -> Lines:
    audits = audit_payers(read_bytes("report.txt", text.encode()), PAYERS)
    return tuple(tuple(sorted((c.code, c.units, c.status) for c in audit.codes)) for audit in audits)


def _moved(name: str) -> list[str]:
    """Changes without meaning under which the report's codes are others."""
    text = _text(name)
    plain = _plain(name)
    changed = {change: make(text) for change, make in MEANINGLESS.items() if change not in CASE}
    return [change for change, other in changed.items() if other != text and _codes(other) != plain]


def test_there_are_twenty_changes_without_meaning() -> None:
    assert len(MEANINGLESS) >= 20


def test_every_change_changes_some_report() -> None:
    texts = [_text(name) for name in REPORTS]
    assert [change for change, make in MEANINGLESS.items() if all(make(text) == text for text in texts)] == []


@pytest.mark.parametrize("name", REPORTS[::9])
def test_a_change_without_meaning_changes_no_code(name: str) -> None:
    assert _moved(name) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in REPORTS if name not in REPORTS[::9]])
def test_changes_without_meaning_change_no_code_of_any_report(name: str) -> None:
    """Five changes at a time; only where their codes move is it asked which of them does it."""
    text, names = _text(name), [change for change in MEANINGLESS if change not in CASE]
    plain = _plain(name)
    for group in (names[n::4] for n in range(4)):
        together = functools.reduce(lambda changed, change: MEANINGLESS[change](changed), group, text)
        if _codes(together) != plain:
            moved = [change for change in group if _codes(MEANINGLESS[change](text)) != plain]
            assert moved == []


@pytest.mark.slow
@pytest.mark.parametrize("change", [MEANINGLESS[name] for name in CASE], ids=CASE)
def test_a_report_without_small_or_without_capital_letters_keeps_its_codes(change: Callable[[str], str]) -> None:
    """Names are known by their capitals, so a few of the reports do change: never more than one in ten."""
    moved = [name for name in REPORTS if _codes(change(_text(name))) != _plain(name)]
    assert len(moved) <= len(REPORTS) // 10, moved


def test_a_log_in_small_letters_under_a_head_with_capitals_is_read_with_its_names() -> None:
    head = "Reading physician: Elaine Rusk, MD (remote)\nTechnologist: Devin Sallow, CNIM\n"
    log = "07:40 dr rusk logged on\n08:00 monitoring started\n10:00 monitoring ended\n10:05 rusk, md logged off\n"
    plain = log.replace("rusk, md", "Rusk, MD").replace("dr rusk", "Dr Rusk")
    assert _codes(head + log) == _codes(head + plain)
