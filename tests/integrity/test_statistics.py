"""The tests that outliers rest on, held against values worked out by hand or by the definition."""

from __future__ import annotations

from itertools import combinations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ionm_notes.integrity.clusters import clusters
from ionm_notes.integrity.statistics import benjamini_hochberg, fisher_both, fisher_upper, mann_whitney_upper


@settings(deadline=None)
@given(st.integers(1, 8), st.integers(1, 8), st.data())
def test_fishers_test_counts_every_way_of_drawing(of: int, peer_of: int, data: st.DataObject) -> None:
    hits, peer_hits = data.draw(st.integers(0, of)), data.draw(st.integers(0, peer_of))
    marked = hits + peer_hits
    ways = sum(comb(marked, k) * comb(of + peer_of - marked, of - k) for k in range(hits, of + 1) if k <= marked)
    assert fisher_upper(hits, of, peer_hits, peer_of) == pytest.approx(ways / comb(of + peer_of, of))


def test_the_lady_who_tasted_tea() -> None:
    assert fisher_upper(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert fisher_both(2, 4, 2, 4) == 1.0


def test_ranks_by_the_normal_curve_come_near_to_counting_every_order() -> None:
    mine, peers = [7.0, 8.0, 9.0, 10.0, 6.5], [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.5]
    values = [*mine, *peers]
    above = sum(a > b for a in mine for b in peers)
    orders = list(combinations(range(len(values)), len(mine)))
    as_high = 0
    for chosen in orders:
        rest = [values[n] for n in range(len(values)) if n not in chosen]
        as_high += sum(values[n] > b for n in chosen for b in rest) >= above
    assert mann_whitney_upper(mine, peers) == pytest.approx(as_high / len(orders), abs=0.003)


def test_values_that_are_all_alike_tell_nothing() -> None:
    assert mann_whitney_upper([4.0] * 12, [4.0] * 30) == 1.0


def test_many_comparisons_ask_for_more_evidence() -> None:
    assert benjamini_hochberg([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert benjamini_hochberg([]) == []


def test_pairs_that_hang_together_are_one_group() -> None:
    assert clusters([(3, 4), (1, 2), (4, 9), (2, 1)]) == [[1, 2], [3, 4, 9]]
