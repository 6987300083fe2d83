"""Words that a denial stands before or behind are not what a record says."""

from __future__ import annotations

import pytest

from ionm_notes.read.denials import denied_before, denied_behind


@pytest.mark.parametrize(
    ("before", "denied"),
    [
        ("He was not ", True),
        ("never at any time ", True),
        ("rather than ", True),
        ("without ", True),
        ("He was ", False),
        ("It was noted that he was ", False),
        ("Not so. He was ", False),
    ],
)
def test_a_denial_reaches_four_words_and_not_beyond_its_sentence(before: str, denied: bool) -> None:
    text = f"{before}exclusively dedicated to this case"
    assert denied_before(text, len(before)) is denied


def test_what_stands_before_the_sentence_denies_nothing() -> None:
    text = "Was it? Not exclusively"
    assert denied_before(text, 12) is True
    assert denied_before(text, 12, 12) is False


@pytest.mark.parametrize(
    ("behind", "denied"), [(": none", True), (" were not seen", True), (": two", False), (" were open", False)]
)
def test_an_answer_of_none_denies_its_question(behind: str, denied: bool) -> None:
    text = f"Other cases{behind}"
    assert denied_behind(text, 11, len(text)) is denied
