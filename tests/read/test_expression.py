"""An expression run by PCRE2 finds what Python's own `re` finds, whatever stands in the text."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ionm_notes.errors import IonmError
from ionm_notes.read.events.composed import _things
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.fields import _any_label
from ionm_notes.read.hastened import beginnings
from ionm_notes.read.modalities.titles import _whole
from ionm_notes.read.vocabulary import Vocabulary, vocabulary
from ionm_notes.read.whereabouts import _any_place

FIXTURES = Path(__file__).parents[2] / "fixtures"
EXPRESSIONS = [pattern for pattern in vocabulary().patterns.values() if pattern.source]


def by_re(source: str, text: str, low: int = 0, high: int = sys.maxsize) -> list[tuple[tuple[int, int], tuple[str | None, ...]]]:
    """Places and groups of all matches as `re` has them."""
    return [(match.span(), match.groups()) for match in re.compile(source, re.IGNORECASE).finditer(text, low, high)]


def by_us(source: str, text: str, low: int = 0, high: int = sys.maxsize) -> list[tuple[tuple[int, int], tuple[str | None, ...]]]:
    """The same by the engine that reads."""
    return [(match.span(), match.groups()) for match in expression(source).finditer(text, low, high)]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Whole records, and every example line of every pattern: as they are, and with letters of more than one byte among them."""
    lines = [line for pattern in EXPRESSIONS for line in (*pattern.yes, *pattern.no)]
    records = [path.read_text(encoding="utf-8") for path in sorted((FIXTURES / "documents").glob("b*.txt"))[:8]]
    plain = [*records, *("\n".join(lines[at : at + 60]) for at in range(0, len(lines), 60))]
    return [*plain, *("é – " + text.replace(", ", ", naïve – “").replace("'", "’") for text in plain[::2])]


def test_every_pattern_finds_what_it_finds_in_plain_python(texts: list[str]) -> None:
    for pattern in EXPRESSIONS:
        for text in texts:
            assert by_us(pattern.source, text) == by_re(pattern.source, text), pattern.id


def test_none_is_too_long_for_the_quick_engine_even_where_many_are_put_together() -> None:
    together = (*filter(None, map(_any_label, "abcdefghijklmnopqrstuvwxyz#")), _things(), _whole(), *_any_place())
    for one in (*together, *(pattern.regex for pattern in EXPRESSIONS if pattern.regex is not None)):
        one.search("")
        assert not one.left_to_re, one.pattern


def test_the_two_engines_think_alike_of_every_character() -> None:
    """What they do not think alike of is left to `re`: letters, figures, spaces and capitals of the whole of Unicode."""
    characters = [chr(code) for code in range(0x3000) if not chr(code).isspace() or code > 32]
    text = "\n".join(f"a{char}a" for char in characters)
    for source in (r"a\w", r"a\s", r"a\d", r"a.", r"a\b.", r"a[^\W\d_]", r"a[a-z]", r"a[sik]", r"[^a]$", r"(?m:^a.a$)"):
        assert by_us(source, text) == by_re(source, text)
        odd = [char for char in characters if (expression(source).search(f"a{char}") is None) != (not by_re(source, f"a{char}"))]
        assert odd in ([], ["\x1c", "\x1d", "\x1e", "\x1f"]), source  # these four no reader leaves in a line


def test_a_stretch_of_a_text_is_looked_at_with_what_stands_before_it() -> None:
    plain = "was not moved, stayed and left. end"
    for text in (plain, plain.replace("a", "ä"), plain.replace("n", "n\u0303")):
        source = r"(?<=n.t )moved|st.yed|left(?=\.)|(?<=not )moved|$"
        for low, high in ((0, 99), (8, 20), (9, 20), (8, 30), (12, 99)):
            assert by_us(source, text, low, high) == by_re(source, text, low, high)


@pytest.mark.parametrize("text", ["Dr. Hale, MD", "Dr. Hále – MD", "Dr. Ha\u0301le – MD"])
def test_groups_are_had_by_name_and_number_like_those_of_re(text: str) -> None:
    source = r"dr\.\s(?P<name>[^\W\d_]+)(?P<none>xyz)?"
    ours, plain = Expression(source).match(text), re.compile(source, re.I).match(text)
    assert ours is not None
    assert plain is not None
    assert (ours.group(), ours["name"], ours.groupdict(), ours.groups()) == (
        plain.group(),
        plain["name"],
        plain.groupdict(),
        plain.groups(),
    )
    assert (ours.span("name"), ours.start("none"), ours.end(1), ours.string) == (plain.span("name"), -1, plain.end(1), text)
    with pytest.raises(IndexError):
        ours.span("absent")
    assert Expression(source).match(text, 3) is None
    assert Expression("dr.*md").fullmatch(text)
    assert not Expression("dr").fullmatch(text)
    assert Expression(r"[aeiou]").sub("-", "Hale") == "H-l-"


def test_an_expression_that_goes_back_and_forth_too_far_for_the_engine_is_answered_by_re() -> None:
    text = "ab" * 40_000 + "c"
    source = r"(?:(?:a|b|ab)(?=[abc]))*c"
    found = Expression(source).search(text)
    assert found is not None
    assert found.span() == (0, len(text))
    huge = "|".join(f"(?:{'x' * 40}{number}y)" for number in range(3000))
    assert Expression(huge).search("x" * 40 + "2999y") is not None


def test_a_pattern_that_cannot_be_compiled_is_named_with_its_file(tmp_path: Path) -> None:
    entry = '[[pattern]]\nid = "own.bad"\nkind = "regex"\nany = ["(unclosed"]\nyes = ["x"]\nno = ["y"]\n'
    (tmp_path / "own.toml").write_text(entry)
    with pytest.raises(IonmError, match=r"own\.bad"):
        Vocabulary(Path(__file__).parents[2] / "patterns", tmp_path).check()


def test_what_an_expression_can_begin_with_is_told_from_it_or_not_at_all() -> None:
    assert beginnings(r"(?<!no )surgeon|(?:1st\s+)?assistant|#?\s*Dr") == r"1D\#\sas"
    assert beginnings(r"[^a]bc|d") is None
    assert beginnings(r"(?:a|b)?") is None


def test_every_label_begins_with_a_letter_before_which_labels_are_looked_for() -> None:
    kinds = [pattern for pattern in EXPRESSIONS if pattern.id.startswith("label.")]
    letters = beginnings("|".join(f"(?:{pattern.source})" for pattern in kinds))
    assert letters is not None
    first = re.compile(f"[{letters}]", re.IGNORECASE)
    for pattern in kinds:
        for line in pattern.yes:
            match = Expression(pattern.source).search(line)
            assert match is not None
            assert first.match(line, match.start()), (pattern.id, line)


BAITS = (
    "a" * 60,
    "A" * 60 + "!",
    "Aa " * 30 + "!",
    "1" * 60,
    "12:30 " * 20 + "x",
    "-" * 60 + "x",
    "- " * 30 + "x",
    "a.b." * 20 + "!",
    ", " * 30,
)
"""Lines that nearly fit an expression whose parts can share them in many ways."""
SWEEP = """
import importlib, pkgutil, re, sys, time
import ionm_notes.read
from ionm_notes.read.expression import Expression
for found in pkgutil.walk_packages(ionm_notes.read.__path__, "ionm_notes.read."):
    for name, value in vars(importlib.import_module(found.name)).items():
        if not isinstance(value, (re.Pattern, Expression)):
            continue
        print(found.name, name, flush=True)
        for bait in sys.argv[1:]:
            began = time.process_time()
            value.search(bait), value.match(bait), value.fullmatch(bait)
            if time.process_time() - began > 0.5:
                sys.exit(f"too slow over {bait[:8]!r}")
"""


def test_no_expression_of_a_module_takes_powers_of_a_line() -> None:
    """The patterns of `patterns/` are bounded by PCRE2; what modules compile has no bound but its form."""
    done = subprocess.run([sys.executable, "-c", SWEEP, *BAITS], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, "\n".join([*done.stdout.splitlines()[-1:], done.stderr])
