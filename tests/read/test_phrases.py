"""Phrases are found word for word, in any case, and never over a gap, an end of a line or the middle of a word."""

from __future__ import annotations

import pytest

from ionm_notes.read.phrases import Phrases

KNOWN = Phrases(
    [("ta", ["tibialis anterior", "tib. ant", "TA"]), ("tibial", ["tibialis", "tibialis"]), ("trap", ["trapezius", "Trapezius"])]
)


def found(text: str) -> list[tuple[str, str]]:
    return [(name, text[start:end]) for name, start, end in KNOWN.found(text)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Tibialis Anterior, TRAPEZIUS", [("tibial", "Tibialis"), ("ta", "Tibialis Anterior"), ("trap", "TRAPEZIUS")]),
        ("tib.ant and tib . ant", [("ta", "tib.ant"), ("ta", "tib . ant")]),
        ("TA/trapezius_TA", [("ta", "TA"), ("trap", "trapezius"), ("ta", "TA")]),
        ("tibialis  anterior", [("tibial", "tibialis")]),
        ("tibialis\nanterior", [("tibial", "tibialis")]),
        ("tibialis", [("tibial", "tibialis")]),
        ("TAP, data, TA2, tibialis-anterior", [("tibial", "tibialis")]),
        ("", []),
    ],
)
def test_a_phrase_is_found_word_for_word(text: str, hits: list[tuple[str, str]]) -> None:
    assert found(text) == hits
