"""A ruled line that is joined to a sentence costs nothing: words and marks of a pattern cannot be taken for one another."""

from __future__ import annotations

import time

import pytest

from ionm_notes.read.events.wording import classify

SECONDS = 2.0
"""Far above what the search takes, far below what trying every parting of forty dashes would."""


@pytest.mark.parametrize("ruler", ["-" * 80, "=" * 80, "_" * 80, "- " * 40, "/" * 80, "." * 80])
@pytest.mark.parametrize("words", ["worn off before baselines", "monitoring", "electrodes", "Dr. Hale", "reference set"])
def test_a_ruler_behind_words_of_an_event_is_passed_at_once(words: str, ruler: str) -> None:
    begun = time.process_time()
    classify(f"{words} {ruler} CHARGE LINES")
    assert time.process_time() - begun < SECONDS
