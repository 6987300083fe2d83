r"""An expression that asks for a common word boundary once finds what it found before."""

from __future__ import annotations

import re

import pytest

from ionm_notes.read.hastened import hastened


@pytest.mark.parametrize(
    ("source", "sooner"),
    [
        (r"\bin|\bout|off", r"\b(?:in|out)|off"),
        (r"off|\bin|(?<!not )\bout", r"off|\b(?:in|(?<!not )\bout)"),
        (r"(?:\bin|(?:\bout\b)|off)|\bon", r"\b(?:in|out\b)|off|\b(?:on)"),
        (r"(?m:(?:\bin)|(?:\bout))", r"(?m:\b(?:in|out))"),
        (r"(?P<way>\bin|\bout)", r"(?P<way>\b(?:in|out))"),
        (r"(?:\bin\s)+x|\bout", r"\b(?:(?:\bin\s)+x|out)"),
        (r"(?:\bin\s)?x|\bout", r"(?:\bin\s)?x|\b(?:out)"),
        (r"[|(\]]x|\(\bin|\\b", r"[|(\]]x|\(\bin|\\b"),
        (r"(?=\bin|\bout)", r"(?=\bin|\bout)"),
        (r"\bin||\bout", r"\b(?:in)||\b(?:out)"),
    ],
)
def test_the_boundary_before_a_run_of_choices_is_asked_once(source: str, sooner: str) -> None:
    assert hastened(source) == sooner
    for text in ("in, out; not out off on x", "within without (in \\b", "In x\tout", "]x"):
        found = [match.span() for match in re.finditer(source, text, re.I)]
        assert [match.span() for match in re.finditer(hastened(source), text, re.I)] == found
