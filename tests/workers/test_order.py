"""Things that come in any order leave in theirs, with those that never come made in their place."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from ionm_notes.cli.batch import in_order


@given(st.permutations(range(12)), st.sets(st.integers(0, 11)))
def test_any_order_comes_out_in_order(numbers: list[int], made: set[int]) -> None:
    coming = [(number, number) for number in numbers if number not in made]
    assert list(in_order(coming, {number: partial(int, number) for number in made})) == list(range(12))


def test_each_leaves_as_soon_as_those_before_it_have_come() -> None:
    log: list[str] = []

    def coming():
        for number in (1, 0, 2):
            log.append(f"came {number}")
            yield number, number

    for number in in_order(coming()):
        log.append(f"left {number}")
    assert log == ["came 1", "came 0", "left 0", "left 1", "came 2", "left 2"]
