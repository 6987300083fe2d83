"""An expression that is tried only where it can match finds what it finds when it is tried everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ionm_notes.read.needles import folded, grams, needles
from ionm_notes.read.sought import Screen, choices, grams_of, sought
from ionm_notes.read.vocabulary import Pattern, vocabulary

FIXTURES = Path(__file__).parents[2] / "fixtures"
EXPRESSIONS = [pattern for pattern in vocabulary().patterns.values() if pattern.source]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Whole records, and every example line of every pattern."""
    lines = [line for pattern in EXPRESSIONS for line in (*pattern.yes, *pattern.no)]
    records = [path.read_text(encoding="utf-8") for path in sorted((FIXTURES / "documents").glob("b*.txt"))]
    return [*records, *("\n".join(lines[at : at + 40]) for at in range(0, len(lines), 40))]


def test_every_pattern_finds_the_same_as_when_it_is_tried_everywhere(texts: list[str]) -> None:
    for pattern in EXPRESSIONS:
        plain = re.compile(pattern.source, re.IGNORECASE)
        for text in texts:
            wanted = [(match.span(), match.groups()) for match in plain.finditer(text)]
            found = [(match.span(), match.groups()) for match in sought(pattern.source).finditer(text, grams_of(text))]
            assert found == wanted, pattern.id


def test_a_stretch_of_a_text_is_looked_at_with_what_stands_before_it() -> None:
    expression = sought(r"(?<=not )moved|stayed|left(?=\.)")
    text = "was not moved, stayed and left. end"
    assert [m.group() for m in expression.finditer(text, grams_of(text), 8, 20)] == ["moved"]
    assert [m.group() for m in expression.finditer(text, grams_of(text))] == ["moved", "stayed", "left"]


@pytest.mark.parametrize("pattern", EXPRESSIONS, ids=lambda pattern: pattern.id)
def test_what_a_pattern_matches_holds_one_of_its_needles(pattern: Pattern) -> None:
    wanted = needles(pattern.source)
    for line in pattern.yes:
        match = re.search(pattern.source, line, re.IGNORECASE)
        if match and wanted is not None:
            assert any(needle in folded(line) for needle in wanted)


def test_needles_are_what_no_match_can_do_without() -> None:
    assert needles(r"\bmonitor(?:ing|ed)\s+(?:began|started)\b") == {"monitoring", "monitored"}
    assert needles(r"sig(?:nature)?:|signed by") == {"sig:", "signature:", "signed by"}
    assert needles(r"\d+\s+(?:mA|of|\w+)") is None


def test_letters_that_only_look_foreign_are_folded() -> None:
    """Without regard to case, Python takes the long s, the dotless i and the Kelvin sign for s, i and k."""
    for letter, plain in (("\u017f", "s"), ("\u0131", "i"), ("\u212a", "k")):
        assert re.match(plain, letter, re.IGNORECASE)
        assert folded(letter) == plain


def test_an_expression_is_taken_apart_at_its_own_bars_only() -> None:
    assert choices(r"(?:a|(?:b|c))|d[|)]e|\(f\|g|(?:h|i)j") == ["a", "b", "c", "d[|)]e", r"\(f\|g", "(?:h|i)j"]


def test_a_screen_names_whatever_may_match() -> None:
    screen = Screen([sought("baseline"), sought(r"\d\d"), sought("electrode|needle")])
    assert screen.possible(frozenset(grams("needles out"))) == [1, 2]
    assert screen.possible(frozenset(grams("stable"))) == [1]
