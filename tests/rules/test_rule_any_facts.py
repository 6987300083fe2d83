"""Whatever facts a reading leaves open, contradicts or repeats, no rule crashes and every finding is whole."""

from __future__ import annotations

from builders import COMMERCIAL, MEDICARE, BillingLine, Signature, at, attended, case, part, person, seen, study, total
from hypothesis import given, settings
from hypothesis import strategies as st

from ionm_notes.policy.api import Policy
from ionm_notes.rules import run_rules
from ionm_notes.rules.gaps import GAPS
from ionm_notes.rules.registry import CRASHED
from ionm_notes.timeline import count_minutes
from ionm_notes.types import Case, Element, StatedTotal

CLOCKS = st.sampled_from([None, "07:10", "08:00", "09:20", "11:00", "23:50", "+00:00", "+01:10"])
NAMES = st.sampled_from([None, "Ada Reed", "Dr. Reed", "Ben Stone", "K. Soto", "B.", ""])
TRI = st.sampled_from([True, False, None])
CODES = st.sampled_from(["95940", "95941", "G0453", "95920", "95938", "95926", "95937", "95955", "92653", "99999"])
MODIFIERS = st.lists(st.sampled_from(["26", "TC", "59", "50", "xs", ""]), max_size=2).map(tuple)
UNITS = st.sampled_from([None, 0, 1, 4, 40])
MODES = st.sampled_from(["in_room", "remote", "nearby", "unstated"])
PARTS = st.sampled_from(["setup", "baseline", "monitoring", "interruption", "removal"])
NAMES_OF_STUDIES = st.sampled_from(["SSEP", "EMG", "TOF", "EEG", "H_REFLEX", "PEDICLE_SCREW", "BCR"])
STATUSES = st.sampled_from(["performed", "not_performed", "unobtainable"])
TOTALS = st.lists(
    st.builds(total, st.integers(0, 700), PARTS, off=st.integers(0, 60))
    | st.builds(StatedTotal, st.just("units"), st.integers(0, 50), CODES | st.none(), st.just(()), st.just(0), st.just(seen())),
    max_size=2,
).map(tuple)
DAYS = st.sampled_from([None, *(moment.date() for moment in (at("08:00"), at("+08:00")) if moment)])


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    def some(what: st.SearchStrategy[object]) -> tuple[object, ...]:
        return tuple(draw(st.lists(what, max_size=3)))

    states = draw(st.dictionaries(st.sampled_from(sorted(GAPS)), st.sampled_from(["present", "absent", "not_applicable"])))
    return case(
        pos=draw(st.sampled_from([None, "21", "11", "77"])),
        professionals=some(
            st.builds(person, st.sampled_from(["Ada Reed", "Ben Stone"]), st.sampled_from(["MD", "AUD", "DABNM"]))
        ),
        segments=some(st.builds(part, PARTS, CLOCKS, CLOCKS)),
        attendance=some(st.builds(attended, NAMES, MODES, CLOCKS, CLOCKS, TRI)),
        modalities=some(st.builds(study, NAMES_OF_STUDIES, st.sampled_from([None, "upper", "lower"]), STATUSES, st.booleans())),
        billing=some(st.builds(BillingLine, CODES, UNITS, MODIFIERS, st.sampled_from([None, "11", "21"]), st.just(seen()))),
        signatures=some(st.builds(Signature, st.booleans(), NAMES, DAYS, st.just(()), st.booleans())),
        totals=draw(TOTALS),
        exclusive=draw(TRI),
        stop_before_start=draw(st.booleans()),
        necessity_tags=draw(st.sampled_from([(), ("nerve",)])),
        patients=some(st.sampled_from([(), seen("Ann Ash")])),
        laterality=some(st.sampled_from([(), seen("left") + seen("right")])),
        elements={name: Element(name, state) for name, state in states.items()},
    )


@settings(max_examples=150, deadline=None)
@given(facts=any_case(), policy=st.sampled_from([MEDICARE, COMMERCIAL]))
def test_no_facts_make_a_rule_crash(facts: Case, policy: Policy) -> None:
    found = run_rules(facts, count_minutes(facts), (), (), policy)
    assert [finding.message for finding in found if finding.rule == CRASHED] == []
    assert all(finding.message and finding.why and finding.remedy for finding in found)
    assert len({(finding.rule, finding.message, finding.evidence) for finding in found}) == len(found)
