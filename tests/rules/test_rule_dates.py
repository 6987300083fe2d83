"""A finding that rests on CMS's values prints their date, and that they are not verified where the service is later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import LAYER, Pair, billed, case, findings, scene
from pairs_claim import PAIRS

from ionm_notes.rules.context import RuleContext

RESTS_ON_CMS = (
    "addon-without-primary",
    "emg-with-ncs",
    "modifier-missing",
    "mue-exceeded",
    "ncci-conflict",
    "same-practitioner",
)
"""Every finding of these rests on pair edits, most units, add-on lists or the fee schedule."""
SCENES = [pair for pair in PAIRS if pair.rule in RESTS_ON_CMS]
VERIFIED, LATER = date(2024, 8, 1), date(2024, 10, 1)
"""Days within the quarter of the layer and after it."""


def on(scene: RuleContext, day: date) -> RuleContext:
    case = replace(scene.case, encounter=replace(scene.case.encounter, date_of_service=day))
    return replace(scene, case=case)


def test_every_such_rule_has_a_scene() -> None:
    assert {pair.rule for pair in SCENES} == set(RESTS_ON_CMS)


@pytest.mark.parametrize("pair", SCENES, ids=[f"{pair.rule}: {pair.says}" for pair in SCENES])
@pytest.mark.parametrize(("day", "doubt"), [(VERIFIED, False), (LATER, True)])
def test_it_prints_the_date_of_the_layer(pair: Pair, day: date, doubt: bool) -> None:
    found = findings(pair.rule, on(pair.fires, day))
    assert found
    for finding in found:
        assert f"as of {LAYER}" in finding.message
        assert ("not verified for this date of service" in finding.message) is doubt


@pytest.mark.parametrize("modifier", ["26", "TC"])
def test_a_modifier_that_the_fee_schedule_refuses_prints_its_date(modifier: str) -> None:
    context = scene(case(billing=(billed("92653", 1, modifier),)))
    [finding] = findings("modifier-misuse", context)
    assert f"fee schedule as of {LAYER}; not verified for this date of service" in finding.message
