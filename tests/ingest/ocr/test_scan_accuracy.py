"""Faxes of our own documents: nine of ten time codes that the originals reach, and none wrong that says it is right."""

from __future__ import annotations

import pytest
from scan_accuracy import outcomes


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
def test_faxes_reach_nine_of_ten_time_codes_of_their_originals_and_support_none_wrongly() -> None:
    found = list(outcomes())
    assert len(found) > 20
    reached = sum(outcome.original == outcome.gold for outcome in found)
    kept = sum(outcome.scan == outcome.gold for outcome in found)
    assert kept >= 0.9 * reached
    assert [outcome.name for outcome in found if outcome.wrong_supported] == []
