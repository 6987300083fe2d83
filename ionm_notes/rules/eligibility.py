"""Rules about who watched and how: nobody, the operating team itself, afterwards, from two places, without a place."""

from __future__ import annotations

from collections.abc import Iterator

from ionm_notes.rules import facts
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.rules.words import listed
from ionm_notes.types import Proof


@rule("no-professional")
def no_professional(context: RuleContext) -> Iterator[Note]:
    """No supervising or interpreting professional is documented.

    What it does: Reports a record that names at most a technologist.
    Why it matters: The time codes pay a qualified professional's live attention; without one there is nothing to bill.
    Remedy: Find out whether anyone supervised, and obtain that person's own signed report and connection record.
    Example: The note names only 'Tech: Rob'.
    """
    case = context.case
    if case.encounter.professionals or case.attendance or case.operator_monitors or case.read_afterwards:
        return
    technologists = case.encounter.technologists
    several = len(technologists) > 1
    who = f"technologist{'s' if several else ''} {listed(p.name for p in technologists)} {'are' if several else 'is'} named"
    seen = f"only the {who}" if technologists else "nobody is named"
    evidence = tuple(item for person in technologists for item in person.evidence)
    yield Note(f"No professional is documented as supervising or interpreting; {seen}", evidence)


@rule("monitor-is-operator")
def monitor_is_operator(context: RuleContext) -> Iterator[Note]:
    """The monitoring professional is the surgeon, the assistant or the anesthesia provider.

    What it does: Reports statements by which a member of the operating team did the monitoring.
    Why it matters: Monitoring by the operating or anesthesia practitioner is part of that practitioner's own service.
    Remedy: Do not bill the monitoring for this person. If someone else supervised, obtain that person's record.
    Example: 'Nerve monitoring was performed and interpreted by the operating surgeon.'
    """
    if context.case.operator_monitors:
        alone = ", and nobody else did" if context.case.only_operator_monitors else ""
        yield Note(f"A member of the operating team monitored{alone}", context.case.operator_monitors)


@rule("not-real-time")
def not_real_time(context: RuleContext) -> Iterator[Note]:
    """The professional read the record afterwards.

    What it does: Reports statements by which the record was reviewed after the case instead of watched live.
    Why it matters: Time codes need ongoing, concurrent attention; a later reading supports the studies at most.
    Remedy: Leave the time code off. If there was live attendance too, obtain the connection record that shows it.
    Example: 'The waveforms were reviewed the next morning.'
    """
    if context.case.read_afterwards:
        yield Note("The record was read afterwards, not watched in real time", context.case.read_afterwards)
    elif context.case.partly_afterwards and context.minutes.unattended:
        message = "A part of the monitoring was not watched in real time, and was read afterwards"
        yield Note(message, context.case.partly_afterwards)


@rule("mode-conflict")
def mode_conflict(context: RuleContext) -> Iterator[Note]:
    """The same time is said to be both in the room and remote.

    What it does: Reports two statements that put the professional in two places at once.
    Why it matters: The place decides the code; a record that says both supports neither without a correction.
    Remedy: Have the author state by a dated amendment which is right, and obtain the room or connection record.
    Example: 'I was present in the operating room' beside 'supervised remotely from the office', for the same hours.
    """
    doubts = [doubt for doubt in context.minutes.doubts if doubt.id == "mode-conflict"]
    evidence = facts.merged(context.case.mode_conflict, *(doubt.evidence for doubt in doubts))
    if context.case.mode_conflict or doubts:
        yield Note("The same time is documented as spent in the operating room and as remote", evidence)


@rule("mode-unstated")
def mode_unstated(context: RuleContext) -> Iterator[Note]:
    """It is not stated where the professional was.

    What it does: Reports attendance of which the record does not say whether it was in the room, nearby or remote.
    Why it matters: Each time code belongs to a place; without it these minutes go to no code at all.
    Remedy: Obtain the statement where the professional was, with the room or connection record that shows it.
    Example: 'Dr. Vance supervised the monitoring.'
    """
    open_ended = [entry for entry in facts.attendance(context) if entry.mode == "unstated"]
    if open_ended:
        names = listed(entry.professional or "the professional" for entry in open_ended)
        evidence = tuple(item for entry in open_ended for item in entry.evidence)
        yield Note(f"The record does not say where {names} was while attending", evidence)


@rule("professional-not-eligible")
def professional_not_eligible(context: RuleContext) -> Iterator[Note]:
    """The payer does not accept a professional with these credentials.

    What it does: Holds each professional's stated credentials against those that the payer accepts. Credentials on
        which no source settles the matter are noted as such.
    Why it matters: A time code of someone whom the payer does not recognize is refused, whatever the record shows.
    Remedy: Check the enrollment of the person with this payer before billing, or leave the time code off.
    Example: A PhD without a supplier type of Medicare's own reports a time code.
    """
    for person in context.case.encounter.professionals:
        if not person.credentials:
            continue
        accepted = context.policy.accepts(person.credentials)
        named = f"{person.name} ({', '.join(person.credentials)})"
        values = {"payer": context.policy.title}
        evidence: Proof = person.evidence
        if accepted is False:
            yield Note(f"{context.policy.title} does not accept {named} for time codes", evidence, values=values)
        elif accepted is None:
            message = f"No source settles whether {context.policy.title} accepts {named} for time codes"
            yield Note(message, evidence, severity="info", values=values)
