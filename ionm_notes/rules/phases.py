"""Rules about what the document's own monitoring time holds besides monitoring: set-up, baselines, removal."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.types import SegmentKind


@rule("setup-in-monitoring")
def setup_in_monitoring(context: RuleContext) -> Iterator[Note]:
    """The document's own monitoring time includes set-up.

    What it does: Reports set-up that lies within the stated monitoring time, or inside a stated total or duration.
    Why it matters: Electrode placement, impedance checks and hook-up are never part of the billable time.
    Remedy: Bill only what remains after set-up; where its clock times are missing, obtain them from the log.
    Example: 'Monitored 3 hrs 5 min incl. 25 min hookup': 160 minutes remain.
    """
    yield from _included(context, "setup", "set-up")


@rule("baseline-in-monitoring")
def baseline_in_monitoring(context: RuleContext) -> Iterator[Note]:
    """The document's own monitoring time includes the initial baselines.

    What it does: Reports recording or reading of the initial baselines within the stated monitoring time or total.
    Why it matters: Initial baselines are reported by the studies themselves; counting them as time is paid twice.
    Remedy: Bill from the end of the baselines; obtain their clock times where only the stated total holds them.
    Example: Monitoring is stated from 07:30, baselines from 07:40 to 07:58: time counts from 07:58.
    """
    yield from _included(context, "baseline", "initial baselines")


@rule("removal-in-monitoring")
def removal_in_monitoring(context: RuleContext) -> Iterator[Note]:
    """The document's own monitoring time includes the removal of electrodes.

    What it does: Reports removal and clean-up within the stated monitoring time, or inside a stated total.
    Why it matters: Monitoring ends when the signals are no longer watched; removal is not billable.
    Remedy: Bill to the stated end of monitoring, not to the end of the removal.
    Example: The header's 08:15 to 13:30 runs to 'electrodes off'; the log ends monitoring at 13:05.
    """
    yield from _included(context, "removal", "removal of electrodes")


def _included(context: RuleContext, kind: SegmentKind, name: str) -> Iterator[Note]:
    inside = context.minutes.overlap.get(kind, 0)
    stated = facts.total_proof(context, kind)
    if inside > 0:
        evidence = facts.merged(facts.segment_proof(context, kind), facts.segment_proof(context, "monitoring"), stated)
        yield Note(f"The stated monitoring time holds {inside} min of {name}, which are not counted", evidence)
    elif facts.includes(context, kind):
        yield Note(f"The stated time says itself that it includes {name}", stated)
