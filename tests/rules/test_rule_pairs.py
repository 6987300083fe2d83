"""Every rule with scenes that set it off and scenes, nearly the same, that do not."""

from __future__ import annotations

import pairs_claim
import pairs_time
import pytest
from builders import Pair, findings

from ionm_notes.rules import RULES

PAIRS = (*pairs_time.PAIRS, *pairs_claim.PAIRS)
NAMED = [f"{pair.rule}: {pair.says}" for pair in PAIRS]


@pytest.mark.parametrize("pair", PAIRS, ids=NAMED)
def test_the_rule_speaks_where_it_should(pair: Pair) -> None:
    found = findings(pair.rule, pair.fires)
    assert found, pair.says
    told = " | ".join(finding.message for finding in found)
    assert [words for words in pair.tells if words not in told] == [], told
    assert all(finding.evidence for finding in found) is not pair.bare
    assert all(finding.why and finding.remedy for finding in found)
    if pair.severity:
        assert {finding.severity for finding in found} == {pair.severity}


@pytest.mark.parametrize("pair", PAIRS, ids=NAMED)
def test_the_rule_is_silent_where_it_should_be(pair: Pair) -> None:
    assert [finding.message for finding in findings(pair.rule, pair.silent)] == []


def test_every_rule_has_a_pair() -> None:
    assert {pair.rule for pair in PAIRS} == set(RULES)
