"""The registry: order does not matter, a crash costs nothing but the rule that crashed, docstrings are whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pairs_claim
import pairs_time
import pytest
from builders import FakePolicy, case, minutes, scene, seen
from hypothesis import given, settings
from hypothesis import strategies as st

from ionm_notes.policy.api import RuleInfo
from ionm_notes.rules import RULES, docs, run_rules
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.docstrings import parse_rule_doc
from ionm_notes.rules.registry import CRASHED, RuleSpec, rule
from ionm_notes.types import Finding

SCENES = [pair.fires for pair in (*pairs_time.PAIRS, *pairs_claim.PAIRS)]
SPECS = list(RULES.values())


def judged(context: RuleContext, rules: list[RuleSpec] | None = None) -> tuple[Finding, ...]:
    return run_rules(context.case, context.minutes, context.codes, context.not_reportable, context.policy, rules)


def broken(context: RuleContext) -> Iterator[Finding]:
    yield from RULES["unsigned"].function(replace(context, case=replace(context.case, signatures=())))
    raise ZeroDivisionError("by nothing")


@settings(max_examples=60, deadline=None)
@given(context=st.sampled_from(SCENES), order=st.permutations(SPECS))
def test_findings_do_not_depend_on_the_order_of_the_rules(context: RuleContext, order: list[RuleSpec]) -> None:
    assert judged(context, order) == judged(context)


@pytest.mark.parametrize("context", SCENES)
def test_no_rule_crashes_on_any_scene_and_the_gravest_come_first(context: RuleContext) -> None:
    found = judged(context)
    assert CRASHED not in {finding.rule for finding in found}
    ranks = [(["error", "warning", "info"].index(finding.severity), finding.rule) for finding in found]
    assert ranks == sorted(ranks)


def test_a_crashing_rule_is_named_and_the_others_go_on() -> None:
    context = scene(case(poor_text=True))
    found = judged(context, [replace(RULES["unsigned"], id="unsigned", function=broken), RULES["low-text-quality"]])
    assert [finding.rule for finding in found] == [CRASHED, "low-text-quality", "unsigned"]
    assert "'unsigned'" in found[0].message
    assert "ZeroDivisionError: by nothing" in found[0].message


def test_severity_and_sources_come_from_the_policy() -> None:
    info = RuleInfo("not-real-time", "error", ("s13", "u1"))
    context = scene(case(read_afterwards=seen("later")), minutes(), policy=FakePolicy(infos={"not-real-time": info}))
    (finding,) = judged(context, [RULES["not-real-time"]])
    assert (finding.severity, finding.citations) == ("error", ("s13", "u1"))


def test_an_id_is_registered_once() -> None:
    def another(context: RuleContext) -> Iterator[Note]:
        """Another.

        What it does: a  Why: b
        """
        yield Note("never")

    with pytest.raises(ValueError, match="registered twice"):
        rule("unsigned")(another)


@pytest.mark.parametrize("text", [None, "A summary alone.", "Says.\n\nWhat it does: a\nRemedy: b\nWhy it matters: c\nExample: d"])
def test_a_docstring_without_its_headings_is_refused(text: str | None) -> None:
    with pytest.raises(ValueError, match="needs a summary"):
        parse_rule_doc("some-rule", text)


@pytest.mark.parametrize("spec", SPECS, ids=list(RULES))
def test_every_rule_explains_itself(spec: RuleSpec) -> None:
    doc = spec.doc
    assert doc.summary.endswith(".")
    assert all(len(text.split()) >= 3 for text in (doc.what, doc.why, doc.remedy, doc.example))
    assert spec.source.startswith("ionm_notes.rules.")


def test_the_page_of_rules_is_in_step_with_the_code() -> None:
    page = Path(__file__).parents[2] / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == docs.render(), "run: python -m ionm_notes.rules.docs"
