"""Which part of a packet may state which fact, and in which order they are asked; read this to see why a fact was taken.

The monitoring record (`model.CORE`) is asked first for everything, save what the anesthesia record alone keeps. Who
monitored, when, how and what was recorded, and the signature, are asked of the monitoring record only: a cover sheet's
names never become the professional, and an anesthesia record's times never become times of monitoring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from ionm_notes.parts.anesthesia import anesthesia_time
from ionm_notes.parts.model import Part, PartKind
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import BillingLine, Case, Element, Encounter, StatedTotal

Reading = tuple[Part, Case]

_ASKED: dict[str, tuple[PartKind, ...]] = {
    "date_of_service": ("operative_note", "anesthesia_record", "claim"),
    "place_of_service": ("face_sheet", "operative_note", "anesthesia_record", "claim", "order", "correspondence"),
    "facility": ("operative_note", "anesthesia_record", "face_sheet", "order", "claim", "correspondence"),
    "surgeon": ("operative_note", "anesthesia_record", "order", "face_sheet", "correspondence"),
    "procedure": ("operative_note", "anesthesia_record", "order", "face_sheet", "correspondence"),
    "indication": ("operative_note", "order", "correspondence", "anesthesia_record"),
    "assistants": ("operative_note",),
    "anesthesia_provider": ("anesthesia_record", "operative_note"),
    "icd10": ("operative_note", "order", "claim", "correspondence"),
    "payer_named": ("face_sheet", "claim", "correspondence"),
    "room_in": ("anesthesia_record", "operative_note"),
    "room_out": ("anesthesia_record", "operative_note"),
}
"""Facts of the encounter that other parts may state where the monitoring record does not."""

_ELEMENTS: dict[str, tuple[PartKind, ...]] = {
    "patient_identity": ("operative_note", "anesthesia_record", "face_sheet", "claim", "order", "consent", "correspondence"),
    "date_of_service": _ASKED["date_of_service"],
    "place_of_service": _ASKED["place_of_service"],
    "facility": _ASKED["facility"],
    "surgeon": _ASKED["surgeon"],
    "procedure": _ASKED["procedure"],
    "indication": _ASKED["indication"],
    "order": ("order", "operative_note", "correspondence", "claim", "face_sheet", "anesthesia_record"),
    "technologist": ("operative_note", "anesthesia_record", "claim"),
    "technologist_presence": ("operative_note", "anesthesia_record"),
    "anesthesia": ("anesthesia_record", "operative_note"),
}
"""Elements that other parts may state; every other one must stand in the monitoring record."""


def day_told(case: Case, others: Sequence[Reading]) -> date | None:
    """The day of service of a packet: by the record, else by the parts that keep it, else by one that looks back on it."""
    told = case if case.encounter.date_of_service else _first("date_of_service", others)
    return told.encounter.date_of_service if told else None


def _looks_back(part: Part, case: Case) -> bool:
    """Whether a face sheet or a letter names the day of the operation as such, which a plan or a booking cannot know."""
    if part.kind not in ("face_sheet", "correspondence"):
        return False
    told = [item.text for item in case.encounter.evidence.get("date_of_service", ())]
    whole = [line.text for page in part.pages for line in page.lines if any(text in line.text for text in told)]
    label, ahead = (vocabulary().regex(name) for name in ("part.day-of-operation", "part.ahead"))
    titled = [part.title.text] if part.title else []
    return any(label.search(text) for text in told) and not any(ahead.search(text) for text in (*whole, *titled))


def completed(core: Case, others: Sequence[Reading]) -> Case:
    """The monitoring record's Case with what other parts are entitled to add."""
    encounter = _encounter(core.encounter, others)
    elements = {name: _element(element, others) for name, element in core.elements.items()}
    site, tags, tag_proof = core.operation_site, core.necessity_tags, core.necessity_evidence
    told = _first("procedure", others)
    if told is not None and core.encounter.procedure is None:
        site, tags, tag_proof = told.operation_site, told.necessity_tags, told.necessity_evidence
    return replace(
        core,
        encounter=encounter,
        elements=elements,
        operation_site=site,
        necessity_tags=tags,
        necessity_evidence=tag_proof,
        billing=_billing(core, others),
        totals=core.totals + _totals(others),
    )


def asked(kinds: Sequence[PartKind], others: Sequence[Reading]) -> list[Case]:
    """What parts of these kinds say, in the order in which they are to be asked."""
    return [case for kind in kinds for part, case in others if part.kind == kind]


def _first(name: str, others: Sequence[Reading]) -> Case | None:
    return next((case for case in _tellers(name, _ASKED[name], others) if getattr(case.encounter, name)), None)


def _tellers(name: str, kinds: Sequence[PartKind], others: Sequence[Reading]) -> list[Case]:
    """What may state one fact, in the order in which it is asked; of the day those last that look back on it."""
    back = [case for part, case in others if _looks_back(part, case)] if name == "date_of_service" else []
    return [*asked(kinds, others), *back]


def _encounter(own: Encounter, others: Sequence[Reading]) -> Encounter:
    found: dict[str, Any] = {}
    evidence = dict(own.evidence)
    for name in _ASKED:
        teller = None if getattr(own, name) else _first(name, others)
        if teller is None:
            continue
        found[name] = getattr(teller.encounter, name)
        if name in teller.encounter.evidence:
            evidence[name] = teller.encounter.evidence[name]
    day = own.date_of_service or next(
        (case.encounter.date_of_service for _, case in others if case.encounter.date_of_service), None
    )
    for part, case in others:
        # The anesthesia record alone keeps these two; a report only quotes them.
        if part.kind != "anesthesia_record" or day is None:
            continue
        start, stop = case.encounter.anesthesia_start, case.encounter.anesthesia_stop
        asleep = (start, stop) if start and stop else anesthesia_time(part, datetime.combine(day, time()))
        if asleep is not None:
            found["anesthesia_start"], found["anesthesia_stop"] = asleep
            break
    return replace(own, evidence=evidence, **found)


def _element(own: Element, others: Sequence[Reading]) -> Element:
    if own.state != "absent" or own.id not in _ELEMENTS:
        return own
    found = [case.elements[own.id] for case in _tellers(own.id, _ELEMENTS[own.id], others) if own.id in case.elements]
    present = next((element for element in found if element.state == "present"), None)
    if present is not None:
        return present
    searched = {page for element in (own, *found) for page in element.pages_searched}
    return replace(own, pages_searched=tuple(sorted(searched)))


def _totals(others: Sequence[Reading]) -> tuple[StatedTotal, ...]:
    """Totals of minutes and units that a charge sheet states; without clock times its total was taken for a length."""
    claims = asked(("claim",), others)
    return tuple(total for case in claims for total in (*case.totals, case.duration) if total is not None)


def _billing(core: Case, others: Sequence[Reading]) -> tuple[BillingLine, ...]:
    """The claim's lines, and of the record's own those with codes that the claim does not hold: one charge, twice written."""
    claimed = tuple(line for case in asked(("claim",), others) for line in case.billing)
    codes = {line.code for line in claimed}
    return tuple(line for line in core.billing if line.code not in codes) + claimed
