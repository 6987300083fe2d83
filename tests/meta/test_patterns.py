"""Every pattern is held against its own examples, and a broken patterns file is refused by name."""

from __future__ import annotations

import functools
import pathlib
import re

import pytest

from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_document
from ionm_notes.read.pattern_check import problems, problems_of
from ionm_notes.read.reading import gate_opens, lay_out
from ionm_notes.read.vocabulary import Pattern, Vocabulary, patterns_folder, vocabulary

PATTERNS = sorted(vocabulary().patterns.values(), key=lambda p: p.id)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.id)
def test_a_pattern_has_both_kinds_of_example_keeps_to_them_and_is_quick(pattern: Pattern) -> None:
    assert list(problems_of(vocabulary(), pattern)) == []


def _folder(tmp_path: pathlib.Path, text: str) -> pathlib.Path:
    (tmp_path / "macros.toml").write_text((patterns_folder() / "macros.toml").read_text())
    (tmp_path / "mine.toml").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        '[[pattern]]\nid = "a"\nkind = "regex"\nany = ["x"]\nsurprise = 1\n',
        '[[pattern]]\nid = "a"\nkind = "guess"\nany = ["x"]\n',
        '[[pattern]]\nid = "a"\nkind = "regex"\nany = ["{NO_SUCH_MACRO}"]\n',
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
    broken = Vocabulary(patterns_folder(), _folder(tmp_path, '[[pattern]]\nid = "a"\nkind = "regex"\nany = ["("]\n'))
    with pytest.raises(IonmError, match="pattern a"):
        broken.check()


def test_all_expressions_compile() -> None:
    for pattern in vocabulary().patterns.values():
        if pattern.regex is not None:
            pattern.regex.check()


def test_no_code_number_stands_in_the_reader_or_the_patterns_of_events() -> None:
    text = (patterns_folder() / "events.toml").read_text()
    assert not re.search(r"\b9[25]\d{3}\b|\bG0453\b", text)


@pytest.mark.parametrize("pattern", [p for p in PATTERNS if p.gate], ids=lambda p: p.id)
def test_a_gate_shuts_out_no_statement_of_the_fixtures(pattern: Pattern) -> None:
    shut = [unit for unit in _fixture_units() if not gate_opens(pattern.gate, unit.lower()) and pattern.regex.search(unit)]
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


OWN = """
[[pattern]]
id = "event.monitoring.start"
kind = "regex"
extend = true
any = ["curtain up"]
yes = ["Curtain up"]
no = ["curtain rail"]
"""


def _own(tmp_path: pathlib.Path, text: str) -> Vocabulary:
    (tmp_path / "mine.toml").write_text(text)
    return Vocabulary(patterns_folder(), tmp_path)


def test_a_folder_of_ones_own_adds_to_a_shipped_pattern(tmp_path: pathlib.Path) -> None:
    both = _own(tmp_path, OWN)
    regex = both.regex("event.monitoring.start")
    assert regex.search("Curtain up")
    assert regex.search("Monitoring started")
    assert problems(both) == []


def test_a_folder_of_ones_own_takes_the_place_of_a_shipped_pattern(tmp_path: pathlib.Path) -> None:
    regex = _own(tmp_path, OWN.replace("extend = true\n", "")).regex("event.monitoring.start")
    assert regex.search("Curtain up")
    assert not regex.search("Monitoring started")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('["Curtain up"]', '["Curtain down"]'), "must match, and does not: Curtain down"),
        (('["curtain rail"]', '["curtain up again"]'), "must not match, and does: curtain up again"),
        (('no = ["curtain rail"]\n', ""), "no line that must not match"),
        (('["curtain up"]', '["curtain up("]'), "does not compile"),
    ],
)
def test_the_check_names_what_is_wrong_in_ones_own_folder(tmp_path: pathlib.Path, change: tuple[str, str], said: str) -> None:
    text = OWN.replace("event.monitoring.start", "event.mine").replace("extend = true\n", "").replace(*change)
    found = problems(_own(tmp_path, text))
    assert any(said in problem.what and problem.file == "mine.toml" for problem in found)


def test_an_entry_that_extends_nothing_is_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(IonmError, match="extends none"):
        _own(tmp_path, OWN.replace("event.monitoring.start", "event.mine"))
