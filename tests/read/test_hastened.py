r"""An expression that asks first for what a choice needs finds what it found before."""

from __future__ import annotations

import re

import pytest

from ionm_notes.read.hastened import hastened

HEAD = r"(?:supervising|interpreting|reading|overseeing|monitoring|attending)\s+(?:physician|reader)"


@pytest.mark.parametrize(
    "source",
    [
        rf"\b{HEAD}\s+left|\b{HEAD}\s+(?:came|went)\b|\bcame",
        rf"\bcame|\b{HEAD}\s?left|\b{HEAD}|\b{HEAD}s left",
        rf"(?<!not ){HEAD}|(?<!not ){HEAD}\s+left|left",
    ],
)
def test_long_words_that_choices_share_are_looked_for_once_before_any_of_them(source: str) -> None:
    assert f"(?={HEAD}" in hastened(source).replace("(?<!not )", "")
    said = "The supervising physician left, the reading readers left; an attending reader came. Not reading reader left"
    found = [match.span() for match in re.finditer(source, said, re.I)]
    assert found
    assert [match.span() for match in re.finditer(hastened(source), said, re.I)] == found


@pytest.mark.parametrize(
    "source", [rf"(?:{HEAD})?a|(?:{HEAD})b", rf"(?P<who>{HEAD})a|(?P<whom>{HEAD})b", rf"({HEAD})a|({HEAD})b", "reada|readb"]
)
def test_what_is_short_or_kept_or_repeated_is_not_shared(source: str) -> None:
    assert "(?=(?:s" not in hastened(source)
    assert "(?=(" not in hastened(source)


@pytest.mark.parametrize(
    ("source", "sooner"),
    [
        (r"\bin|\bout|off", r"\b(?:in|out)|off"),
        (r"off|\bin|(?<!not )\bout", r"off|\b(?:in|(?=[o])(?<!not )\bout)"),
        (r"(?:\bin|(?:\bout\b)|off)|\bon", r"\b(?:in|out\b)|off|\b(?:on)"),
        (r"(?m:(?:\bin)|(?:\bout))", r"(?m:\b(?:in|out))"),
        (r"(?P<way>\bin|\bout)", r"(?P<way>\b(?:in|out))"),
        (r"(?:\bin\s)+x|\bout", r"\b(?:(?=[i])(?:\bin\s)+x|out)"),
        (r"(?:\bin\s)?x|\bout", r"(?=[ix])(?:\bin\s)?x|\b(?:out)"),
        (r"[|(\]]x|\(\bin|\\b", r"(?=[\(\]\|])[|(\]]x|(?=[\(])\(\bin|(?=[\\])\\b"),
        (r"(?<!a )(?:[^a]b|c)|(?<!a )[b-d\d-]x|.x|\wx", r"(?<!a )(?:[^a]b|c)|(?=[\-\db-d])(?<!a )[b-d\d-]x|.x|\wx"),
        (r"(?:a|b){0,2}c|(?:d|e){1,2}|f?", r"(?=[abc])(?:a|b){0,2}c|(?=[de])(?:d|e){1,2}|f?"),
        (r"(?i:a|b)c|(?-i:a|B)c", r"(?i:a|b)c|(?=[Ba])(?-i:a|B)c"),
        (r"(?<!a )(?:(?:\bin)|\bout)(?! b)", r"(?<!a )(?:\b(?:in|out))(?! b)"),
        (r"(?>in|out|[ab]c)x", r"(?>in|out|[ab]c)x"),
        (r"(?:\bin|\bout)\)?", r"(?:\b(?:in|out))\)?"),
        (r"(?=\bin|\bout)", r"(?=\bin|\bout)"),
        (r"\bin||\bout", r"\b(?:in)||\b(?:out)"),
    ],
)
def test_what_a_choice_needs_is_asked_for_before_it(source: str, sooner: str) -> None:
    assert hastened(source) == sooner
    for text in ("in, out; not out off on x", "within without (in \\b", "In x\tout", "]x", "a bx cd-x 1x", "bc Ac F"):
        found = [match.span() for match in re.finditer(source, text, re.I)]
        assert [match.span() for match in re.finditer(hastened(source), text, re.I)] == found
