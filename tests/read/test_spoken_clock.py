"""Times said in words are read; amounts that sound alike are not."""

from __future__ import annotations

import pytest

from ionm_notes.read.clock import find_clocks


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("the probe slipped at a quarter past ten.", [615]),
        ("She left the suite at ten past one.", [70]),
        ("Recording ran from a quarter to eight until five past eight", [465, 485]),
        ("Baselines from ten past eight to twenty-five past. Then", [490, 505]),
        ("Monitoring began at half past eight and ended at twenty to two in the afternoon.", [510, 820]),
        ("Between eleven and a quarter past eleven nothing was recorded", [660, 675]),
        ("it was back by eight minutes to eleven.", [652]),
        ("closed at three o'clock in the afternoon", [900]),
        ("he came in at half past 7 a.m.", [450]),
        ("started at eight fifteen a.m. and stopped at one forty-five p.m.", [495, 825]),
        ("five minutes before nine", [535]),
        ("quarter of two", [105]),
    ],
)
def test_a_time_in_words_is_read(text: str, minutes: list[int]) -> None:
    assert [clock.minute for clock in find_clocks(text)] == minutes


@pytest.mark.parametrize(
    "text",
    [
        "the amplitude fell by a half to a quarter of baseline",
        "thresholds of five to ten milliamps",
        "from ten to twelve percent",
        "ten to two levels were fused",
        "two to four hours later",
        "half of two trials",
        "screws at L4 to L5, ten of twelve intact",
        "three past operations",
    ],
)
def test_an_amount_that_sounds_like_a_time_is_none(text: str) -> None:
    assert find_clocks(text) == ()
