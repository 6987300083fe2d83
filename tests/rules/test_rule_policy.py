"""The rules against the policy as shipped: every rule has a severity and sources there, and every number it asks for."""

from __future__ import annotations

from datetime import date

import pytest

from ionm_notes.policy import load_policy
from ionm_notes.policy.api import Policy
from ionm_notes.rules import RULES

LIMITS = ("late-signature-days", "signature-delay-days", "units-per-hour")


@pytest.fixture(scope="module", params=["medicare", "commercial"])
def policy(request: pytest.FixtureRequest) -> Policy:
    return load_policy(request.param, date(2025, 3, 14))


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_every_rule_has_its_severity_and_sources_in_the_data(policy: Policy, rule_id: str) -> None:
    info = policy.rule(rule_id)
    assert info is not None
    assert info.severity in ("error", "warning", "info")
    assert set(info.cites) <= {reference.id for reference in policy.refs(rule_id)}


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_that_a_rule_asks_for_is_there(policy: Policy, name: str) -> None:
    assert policy.limit(name) > 0


def test_train_of_four_is_told_by_its_code(policy: Policy) -> None:
    assert policy.item_code("TOF") is not None
