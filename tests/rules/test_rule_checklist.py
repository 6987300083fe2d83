"""The five-point review, the pre-submission steps and the verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import (
    MEDICARE,
    FakePolicy,
    absent,
    attended,
    billed,
    case,
    line,
    minutes,
    present,
    scene,
    seen,
    signed,
    study,
    timed,
)

from ionm_notes.rules import RULES, run_rules
from ionm_notes.rules.checklist import REVIEW, STEPS, checklist
from ionm_notes.rules.context import RuleContext
from ionm_notes.rules.verdict import Verdict, verdict
from ionm_notes.types import ChecklistItem, Doubt

CODES = (timed("G0453", 12), line("95938"))
CHARGES = (billed("G0453", 12), billed("95938", 1, "26"))


def review(context: RuleContext) -> dict[str, ChecklistItem]:
    findings = run_rules(context.case, context.minutes, context.codes, context.not_reportable, context.policy)
    items = checklist(context.case, context.minutes, context.codes, findings, context.policy)
    return {item.id: item for item in items}


def judged(context: RuleContext) -> Verdict:
    findings = run_rules(context.case, context.minutes, context.codes, context.not_reportable, context.policy)
    return verdict(context.codes, findings, context.policy)


def test_a_sufficient_record_passes_every_point() -> None:
    items = review(scene(case(billing=CHARGES), codes=CODES))
    assert {item.id: item.answer for item in items.values() if item.answer != "yes"} == {}
    assert list(items) == [point.id for point in (*REVIEW, *STEPS)]


@pytest.mark.parametrize(
    ("context", "point", "answer", "because"),
    [
        (scene(case(billing=(billed("95941", 3),)), codes=CODES), "code-fits", "no", "95941 is not taken"),
        (scene(case(elements=absent("place_of_service")), codes=CODES), "code-fits", "unclear", "place of service"),
        (scene(counted=minutes(overlap={"setup": 9}), codes=CODES), "minutes-proved", "no", "9 min"),
        (
            scene(counted=replace(minutes(), doubts=(Doubt("end-assumed", "no end is stated", ()),)), codes=CODES),
            "minutes-proved",
            "unclear",
            "no end is stated",
        ),
        (scene(case(professionals=(), attendance=()), codes=()), "supervision", "no", "No professional"),
        (scene(case(attendance=(attended(alone=False),)), codes=CODES), "supervision", "unclear", "More than one case"),
        (scene(case(elements=absent("indication")), codes=CODES), "necessity", "no", "No diagnosis"),
        (scene(case(signatures=()), codes=CODES), "record-complete", "no", "no signature"),
        (scene(case(signatures=(signed(after=9),)), codes=CODES), "record-complete", "unclear", "9 days"),
        (scene(codes=CODES), "units-match", "unclear", "holds no charges"),
        (scene(case(billing=(billed("G0453", 20),)), codes=CODES), "units-match", "no", "G0453 x 20"),
        (scene(case(billing=(billed("95937", 1, "26"),)), codes=CODES), "bundled-off", "no", "train of four"),
        (scene(case(billing=CHARGES, modalities=(study("TOF"),)), codes=CODES), "bundled-off", "yes", "charged"),
        (scene(codes=(timed("G0453", 12, ("unsigned",)),)), "gaps-closed", "no", "G0453"),
        (scene(codes=(replace(timed("G0453", 12), edit="denied"), line("95938"))), "payer-code", "no", "no time code"),
        (scene(codes=()), "payer-code", "no", "no time code"),
    ],
)
def test_an_answer_names_its_reason(context: RuleContext, point: str, answer: str, because: str) -> None:
    item = review(context)[point]
    assert item.answer == answer
    assert because in item.because


def test_the_points_ask_for_rules_and_elements_that_exist() -> None:
    conditions = {"no-time-code", "minutes-open", "no-charges", "bundled-billed", "open-lines"}
    asked = {name for point in (*REVIEW, *STEPS) for name in point.refuted_by | point.doubted_by}
    assert asked - conditions <= set(RULES)
    for point in (*REVIEW, *STEPS):
        for name in point.needs:
            assert point.id in review(scene(case(elements=absent(name)), codes=CODES))
    assert review(scene(case(elements=present("order")), codes=CODES))["necessity"].answer == "yes"


@pytest.mark.parametrize(
    ("context", "expected", "says"),
    [
        (scene(case(), codes=CODES), "ready", "All 2 lines"),
        (scene(codes=(timed("G0453", 12, ("no-communication",)), line("95938"))), "query first", "G0453: 1 gap"),
        (scene(case(pos="11"), codes=CODES), "query first", "pos-not-accepted"),
        (scene(codes=(line("95938"),)), "not billable", "1 study line may stand"),
        (scene(codes=(replace(timed("G0453", 2), edit="denied"),)), "not billable", "Medicare"),
        (scene(case(read_afterwards=seen("later"))), "not billable", "No monitoring time"),
    ],
)
def test_the_verdict_is_short_and_says_why(context: RuleContext, expected: str, says: str) -> None:
    result = judged(context)
    assert result.id == expected
    assert says in result.sentence
    assert MEDICARE.title in result.sentence


def test_two_charges_of_one_pair_are_told_once() -> None:
    policy = FakePolicy(edits={("95955", "G0453"): "1"})
    codes = (timed("G0453", 12), line("95955"))
    context = scene(case(billing=(billed("G0453", 12), billed("95955", 1, "26"))), codes=codes, policy=policy)
    found = run_rules(context.case, context.minutes, codes, (), policy)
    assert len([finding for finding in found if finding.rule == "ncci-conflict"]) == 1


def test_a_long_answer_says_how_much_it_leaves_out() -> None:
    facts = case(billing=tuple(billed("95941", units) for units in (2, 3, 4, 5)))
    assert review(scene(facts, codes=CODES))["payer-code"].because.endswith("; and 1 more.")


def test_the_answer_on_necessity_shows_diagnosis_codes_beside_the_indication() -> None:
    plain = scene(case())
    told = replace(plain.case.encounter, icd10=("M47.12",), indication="Cervical spondylotic myelopathy")
    coded = replace(plain.case, encounter=told)
    because = next(i.because for i in checklist(coded, plain.minutes, (), (), plain.policy) if i.id == "necessity")
    assert "M47.12, beside the indication 'Cervical spondylotic myelopathy'" in because
