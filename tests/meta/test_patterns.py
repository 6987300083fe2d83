"""Every pattern is held against its own examples, and a broken patterns file is refused by name."""

from __future__ import annotations

import functools
import pathlib
import re
import time

import pytest

from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_document
from ionm_notes.read.reading import gate_opens, lay_out
from ionm_notes.read.vocabulary import Pattern, Vocabulary, patterns_folder, vocabulary

PATTERNS = sorted(vocabulary().patterns.values(), key=lambda p: p.id)
HOSTILE = ("the electrodes were monitored at 08:15 - " * 60)[:2000]


def _found(pattern: Pattern, text: str) -> bool:
    if pattern.id.startswith("label."):  # the reader takes a label as whole words only
        return bool(re.search(rf"(?<![\w'’/-])(?:{pattern.source})(?![\w'’])", text, re.IGNORECASE))
    if pattern.regex is not None:
        return bool(pattern.regex.search(text))
    return any(hit.id == pattern.id for hit in vocabulary().phrases(text))


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.id)
def test_a_pattern_has_both_kinds_of_example_and_keeps_to_them(pattern: Pattern) -> None:
    assert pattern.yes, "no line that must match"
    assert pattern.no, "no line that must not match"
    for line in pattern.yes:
        assert _found(pattern, line), f"must match: {line}"
        gate = pattern.gate
        assert gate_opens(gate, line.lower()), f"the gate shuts out: {line}"
    for line in pattern.no:
        assert not _found(pattern, line), f"must not match: {line}"


@pytest.mark.parametrize("pattern", [p for p in PATTERNS if p.source], ids=lambda p: p.id)
def test_no_expression_takes_long_on_a_line_made_to_be_slow(pattern: Pattern) -> None:
    assert pattern.regex is not None
    began = time.perf_counter()
    list(pattern.regex.finditer(HOSTILE))
    assert time.perf_counter() - began < 0.5


def _folder(tmp_path: pathlib.Path, text: str) -> pathlib.Path:
    (tmp_path / "macros.toml").write_text((patterns_folder() / "macros.toml").read_text())
    (tmp_path / "mine.toml").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        '[[pattern]]\nid = "a"\nkind = "regex"\nany = ["x"]\nsurprise = 1\n',
        '[[pattern]]\nid = "a"\nkind = "guess"\nany = ["x"]\n',
        '[[pattern]]\nid = "a"\nkind = "regex"\nany = ["{NOBODY}"]\n',
        "[[pattern]\n",
        '[[pattern]]\nid = "a"\nkind = "regex"\nany = ["x"]\n[[pattern]]\nid = "a"\nkind = "regex"\nany = ["y"]\n',
    ],
)
def test_a_broken_patterns_file_is_refused_and_named(tmp_path: pathlib.Path, text: str) -> None:
    with pytest.raises(IonmError) as caught:
        Vocabulary(_folder(tmp_path, text))
    assert caught.value.code == "bad-pattern"
    assert caught.value.file == "mine.toml"


def test_an_expression_that_does_not_compile_is_found_by_the_check(tmp_path: pathlib.Path) -> None:
    broken = Vocabulary(_folder(tmp_path, '[[pattern]]\nid = "a"\nkind = "regex"\nany = ["("]\n'))
    with pytest.raises(IonmError, match="pattern a"):
        broken.check()


def test_all_expressions_compile() -> None:
    vocabulary().check()


def test_no_code_number_stands_in_the_reader_or_the_patterns_of_events() -> None:
    text = (patterns_folder() / "events.toml").read_text()
    assert not re.search(r"\b9[25]\d{3}\b|\bG0453\b", text)


@pytest.mark.parametrize("pattern", [p for p in PATTERNS if p.gate], ids=lambda p: p.id)
def test_a_gate_shuts_out_no_statement_of_the_fixtures(pattern: Pattern) -> None:
    shut = [unit for unit in _fixture_units() if not gate_opens(pattern.gate, unit.lower()) and pattern.regex.search(unit)]  # type: ignore[union-attr]
    assert not shut


@functools.cache
def _fixture_units() -> tuple[str, ...]:
    """Every statement of the labelled text fixtures and DOCX forms, once each."""
    units: set[str] = set()
    for path in sorted((pathlib.Path(__file__).parents[2] / "fixtures" / "documents").iterdir()):
        if path.suffix in (".txt", ".docx"):
            reading = lay_out(read_document(path))
            units |= {reading.unit_text(unit) for unit in reading.units}
    return tuple(sorted(units))
