"""What the parts of a packet say against each other: dates, places, surgeons, sides, and the surgeon who reads as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from ionm_notes.ingest.evidence import evidence
from ionm_notes.parts.entitled import Reading, asked
from ionm_notes.parts.model import PartKind
from ionm_notes.read.names import same_person
from ionm_notes.read.roles import on_the_team
from ionm_notes.read.sides import sides_of
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Case, Encounter, Modality, PacketNote, Person, Proof, Segment, TimeConflict

_KEEPERS: tuple[PartKind, ...] = ("operative_note", "anesthesia_record")
"""Parts that are written about the same operation on the same day, and so can contradict the monitoring record."""
_PLACES: tuple[PartKind, ...] = ("face_sheet", "claim", "operative_note")
_QUOTERS: tuple[PartKind, ...] = ("face_sheet", "claim")
"""Parts that repeat the times of the monitoring record, so that other times than its own contradict it."""


def compared(core: Case, others: Sequence[Reading]) -> Case:
    """The Case with contradictions between its parts: a conflict where billing hangs on it, else a note."""
    notes = (*_notes(core, others),)
    case = replace(
        core,
        conflicts=core.conflicts + tuple(_dates(core, others)) + tuple(_times(core, others)),
        laterality=core.laterality + tuple(_sides(core, others)),
        modalities=core.modalities + tuple(_ordered_only(core, others)),
        notes=core.notes + notes,
    )
    return _with_operator(case, others)


def _dates(core: Case, others: Sequence[Reading]) -> Iterator[TimeConflict]:
    """A date of surgery that another part labels as such and that is not the record's."""
    label = vocabulary().regex("label.dos")
    own, shown = core.encounter.date_of_service, core.encounter.evidence.get("date_of_service", ())
    for part, case in others:
        day, there = case.encounter.date_of_service, case.encounter.evidence.get("date_of_service", ())
        labelled = any(label.search(item.text) for item in there)
        if part.kind in _KEEPERS and own and day and day != own and labelled and shown != there:
            why = f"the monitoring record outranks the {part.name}"
            yield TimeConflict("the date of service", own.isoformat(), day.isoformat(), why, (*shown, *there))


def _times(core: Case, others: Sequence[Reading]) -> Iterator[TimeConflict]:
    """A start or an end of monitoring that a face sheet or a charge sheet states otherwise than the monitoring record.

    A time at which another part of the day begins or ends there tells of a longer span, not of another monitoring.
    """
    own = _watch(core)
    if own is None:
        return
    edges = {clock for part in core.segments if part is not own for clock in (part.start, part.end) if clock}
    for part, case in others:
        told = _watch(case) if part.kind in _QUOTERS else None
        if told is None or len(_watches(core)) != len(_watches(case)):
            continue
        why = f"the monitoring record outranks the {part.name}"
        for subject, mine, theirs in (
            ("the start of monitoring", own.start, told.start),
            ("the end of monitoring", own.end, told.end),
        ):
            if mine and theirs and not _same_clock(mine, theirs) and not any(_same_clock(theirs, edge) for edge in edges):
                yield TimeConflict(subject, f"{mine:%H:%M}", f"{theirs:%H:%M}", why, (*own.evidence, *told.evidence))


def _watches(case: Case) -> list[Segment]:
    return [segment for segment in case.segments if segment.kind == "monitoring"]


def _watch(case: Case) -> Segment | None:
    return next(iter(_watches(case)), None)


_HALF_DAY = timedelta(hours=12)


def _same_clock(one: datetime, other: datetime) -> bool:
    """Whether two moments show the same time of a clock of twelve hours: a form without a.m. or p.m., or without a date."""
    return (one - other) % _HALF_DAY == timedelta()


def _notes(core: Case, others: Sequence[Reading]) -> Iterator[PacketNote]:
    own = core.encounter
    for case in asked(_PLACES, others):
        there = case.encounter
        if own.place_of_service and there.place_of_service and own.place_of_service != there.place_of_service:
            yield _note("place of service", own.place_of_service, there.place_of_service, "place_of_service", own, there)
    for case in asked(_KEEPERS, others):
        there = case.encounter
        if own.surgeon and there.surgeon and own.surgeon.evidence != there.surgeon.evidence:
            known = [own.surgeon, *own.assistants]
            if not any(same_person(person.name, there.surgeon.name) for person in known):
                yield _note("surgeon", own.surgeon.name, there.surgeon.name, "surgeon", own, there)
        if own.facility and there.facility and not _words(own.facility) & _words(there.facility):
            yield _note("facility", own.facility, there.facility, "facility", own, there)


def _note(what: str, mine: str, other: str, name: str, own: Encounter, there: Encounter) -> PacketNote:
    proof = (*own.evidence.get(name, ()), *there.evidence.get(name, ()))
    return PacketNote("parts-disagree", f"The {what} is {mine} in one part and {other} in another", proof)


def _words(name: str) -> frozenset[str]:
    general = {"hospital", "medical", "center", "centre", "the", "of", "at", "and", "health", "surgery", "surgical", "institute"}
    return frozenset(re.findall(r"[a-z]{3,}", name.lower())) - general


def _sides(core: Case, others: Sequence[Reading]) -> Iterator[Proof]:
    own, shown = core.encounter.procedure, core.encounter.evidence.get("procedure", ())
    for case in asked(("operative_note", "order"), others):
        there, proof = case.encounter.procedure, case.encounter.evidence.get("procedure", ())
        one, other = sides_of(own or ""), sides_of(there or "")
        if len(one) == len(other) == 1 and one != other and shown != proof:
            yield (*shown, *proof)


def _ordered_only(core: Case, others: Sequence[Reading]) -> Iterator[Modality]:
    """Modalities that an order lists and the monitoring record does not name at all: intended, and not done."""
    named = {modality.modality for modality in core.modalities}
    for case in asked(("order",), others):
        for modality in case.modalities:
            if modality.modality not in named:
                named.add(modality.modality)
                yield replace(modality, status="not_performed", intended=True)


def _with_operator(case: Case, others: Sequence[Reading]) -> Case:
    """Marks a professional whom the operative note or the anesthesia record names as surgeon, assistant or anesthetist."""
    operators: list[Person] = []
    for other in asked(_KEEPERS, others):
        there = other.encounter
        operators += [person for person in (there.surgeon, there.anesthesia_provider, *there.assistants) if person]
    professionals = case.encounter.professionals
    same = {p.name: p.evidence + o.evidence for p in professionals for o in operators if same_person(p.name, o.name)}
    same |= {p.name: p.evidence + proof for p in professionals if (proof := _on_the_team(p.name, others))}
    if not same or case.operator_monitors:
        return case
    proof = next(iter(same.values()))
    if len(same) < len(professionals):
        return replace(case, operator_monitors=proof)
    return replace(case, operator_monitors=proof, only_operator_monitors=True, attendance=())


def _on_the_team(name: str, others: Sequence[Reading]) -> Proof:
    """The line of an operative note or anesthesia record whose words put somebody on the operating or anesthesia team."""
    lines = (line for part, _ in others if part.kind in _KEEPERS for page in part.pages for line in page.lines)
    return next(((evidence(line, 0, len(line.text)),) for line in lines if on_the_team(line.text, name)), ())
