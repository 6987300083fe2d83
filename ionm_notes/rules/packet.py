"""Rules about what a record is made of: copies, versions, parts that disagree, relief of the technologist, clocks.

What there is to say was found when the packet was read (`parts/`), because it takes the pages to see it; the rules here
give it its severity, its reasons and its remedy.
"""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule


def _noted(context: RuleContext, rule_id: str) -> Iterator[Note]:
    for note in context.case.notes:
        if note.rule == rule_id:
            yield Note(note.message, note.evidence, severity=note.severity)


@rule("duplicate-page")
def duplicate_page(context: RuleContext) -> Iterator[Note]:
    """A page stands twice in the packet.

    What it does: Names each page that repeats the words and all figures of an earlier one; it is read once.
    Why it matters: Charges and times that are counted twice are the plainest error there is, and faxes repeat pages.
    Remedy: Take the second copy out before the record goes to anyone.
    Example: Page 4 of a fax is page 2 once more, under another fax line.
    """
    yield from _noted(context, "duplicate-page")


@rule("amended-after-signing")
def amended_after_signing(context: RuleContext) -> Iterator[Note]:
    """The report was amended, or an addendum was written, after it was signed.

    What it does: Says which version counts and which facts of the audit it gives otherwise than the one before it; names
        each addendum, and one that is not signed as what adds nothing. Monitoring times that two signed versions give
        differently are a `time-conflict` unless a log decides.
    Why it matters: What is added after the service counts only as a dated and signed amendment, and a reviewer asks what
        it rests on.
    Remedy: Keep all versions and the log that bears the change out; have an unsigned amendment signed and dated.
    Example: The report signed on 3 March ends monitoring at 11:05; the amended one of 20 March at 11:35.
    """
    yield from _noted(context, "amended-after-signing")


@rule("parts-disagree")
def parts_disagree(context: RuleContext) -> Iterator[Note]:
    """Parts of the packet give a fact of the case differently.

    What it does: Holds surgeon, facility and place of service of the monitoring record against the operative note, the
        anesthesia record, the face sheet and the claim. Sides and dates have rules of their own.
    Why it matters: The payer compares the claims of the surgeon and of the hospital with this one.
    Remedy: Find out which part is right, and have the author of the other correct it by a dated amendment.
    Example: The face sheet has the patient as outpatient (22), the report as inpatient (21).
    """
    yield from _noted(context, "parts-disagree")


@rule("technologist-relief")
def technologist_relief(context: RuleContext) -> Iterator[Note]:
    """One technologist relieved another during the case.

    What it does: Names each line that tells of a change of technologists, and warns of a stretch between the leaving of one and
        the coming of the next.
    Why it matters: Someone qualified has to be in the operating room throughout; at a change of hands a gap may hide.
    Remedy: See that both technologists are named with credentials and that the times of the change meet.
    Example: '09:40 relieved by J. Moss, CNIM'.
    """
    yield from _noted(context, "technologist-relief")


@rule("time-zones")
def time_zones(context: RuleContext) -> Iterator[Note]:
    """The record holds clock times of two time zones.

    What it does: Says which times were brought to the clock of the place of surgery, and by how much; or that a reader's
        times name a zone and the log beside them none, so that nothing could be moved.
    Why it matters: A reader three states away logs on an hour earlier by the clock, and unmoved times give or take hours.
    Remedy: Have the zone named on each record; compare one event that stands in both.
    Example: The reader's system shows 09:10 CST where the log of the operating room shows 10:10 EST.
    """
    yield from _noted(context, "time-zones")
