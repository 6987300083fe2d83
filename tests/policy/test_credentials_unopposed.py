"""A board certification of monitoring professionals that no source of a commercial payer refuses holds no time code back."""

from __future__ import annotations

from datetime import date

import pytest

from ionm_notes.policy import load_policy

DAY = date(2025, 6, 2)


@pytest.mark.parametrize(
    ("payer", "credentials", "held"),
    [
        ("commercial", ("PhD", "D.ABNM"), False),
        ("aetna", ("PhD", "DABNM"), False),
        ("medicare", ("PhD", "D.ABNM"), True),
        ("upmc", ("PhD", "D.ABNM"), True),
        ("commercial", ("PhD",), True),
        ("commercial", ("AuD",), True),
        ("commercial", ("CNIM",), True),
        ("medicare", ("MD",), False),
    ],
)
def test_a_certification_that_nobody_refuses_holds_no_time_code_back(
    payer: str, credentials: tuple[str, ...], held: bool
) -> None:
    assert load_policy(payer, DAY).holds_back(credentials) is held


def test_it_is_still_told_that_no_source_settles_it() -> None:
    assert load_policy("commercial", DAY).accepts(("PhD", "DABNM")) is None
