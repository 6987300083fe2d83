"""read_case: one document to one Case. The order here is the order of reading; each step has its own module."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ionm_notes.read.attendance import (
    Attended,
    Scene,
    absences,
    attended_length,
    beside_gaps,
    beside_ledger,
    beside_rows,
    contested,
    courses_of_watches,
    gaps,
    handovers,
    lengths_unread,
    live_by_lists,
    loads_told,
    not_in_gaps,
    not_of_lists,
    of_another_day,
    parcelled,
    parted_by,
    read_attendance,
    read_ledger,
    rows_of_lists,
    said_proof,
    told_spells,
    with_turns,
    without_gaps,
    without_rows,
)
from ionm_notes.read.billing import read_billing, read_operative
from ionm_notes.read.elements import read_elements
from ionm_notes.read.events import Event, read_events, read_times
from ionm_notes.read.events.running_loads import running_loads
from ionm_notes.read.events.unplaced import monitored, unplaced
from ionm_notes.read.fields import Fields, read_fields
from ionm_notes.read.identity import Identity, read_facility, read_identity, read_place, read_service_date
from ionm_notes.read.lost_boxes import lost_choices
from ionm_notes.read.modalities import ModalityReading, read_modalities
from ionm_notes.read.modalities.sited import sites_told
from ionm_notes.read.names import same_person
from ionm_notes.read.operators import operating_monitor
from ionm_notes.read.people import Cast, read_cast
from ionm_notes.read.persons import is_professional, is_technologist
from ionm_notes.read.reading import Reading, lay_out
from ionm_notes.read.room_times import but_for_part, stayed_by_times
from ionm_notes.read.segments import Day, covered_by_stated, read_day, whole_with
from ionm_notes.read.signature import Signing, read_signing
from ionm_notes.read.statements import Statements, read_statements
from ionm_notes.read.statements.composed import with_composed
from ionm_notes.read.stood_in import without_stand_ins
from ionm_notes.read.supervision import Supervision, read_supervision
from ionm_notes.read.timing import partly_afterwards, read_by_nobody
from ionm_notes.read.totals import read_totals, read_unit_totals
from ionm_notes.read.trained.doubts import doubted
from ionm_notes.read.trained.statements import supplied
from ionm_notes.read.unfilled import without_unfilled
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import of_its_writer
from ionm_notes.types import (
    Attendance,
    BillingLine,
    Case,
    Document,
    Encounter,
    Evidence,
    Guess,
    Person,
    Proof,
    Signature,
    StatedTotal,
    Tri,
)

GUESSED = {
    "setup": "set-up",
    "baseline": "baselines",
    "monitoring": "monitoring",
    "removal": "electrode removal",
    "interruption": "an interruption",
    "professional": "the professional's attendance",
    "attend": "the professional's attendance",
}
"""Kinds of event that the trained model supplies, in words."""
UNKNOWN_DAY = date(1900, 1, 1)
"""Stands for the day where the document gives no date, so that clock arithmetic still works; never shown."""


def read_case(document: Document) -> Case:
    """Every fact of a document, each with its evidence; of a packet, each from the part that may state it."""
    from ionm_notes.parts.packet import read_packet  # the parts of a packet are read by the function below

    return read_packet(document, read_alone)


def read_alone(document: Document) -> Case:
    """Every fact of a document of one part, each with its evidence."""
    reading = lay_out(document)
    if not reading.lines:
        return Case(
            document.name,
            Encounter(),
            elements=read_elements(reading, {}, frozenset()),
            poor_text=True,
            pages=len(document.pages),
        )
    fields = read_fields(reading)
    times = read_times(reading)
    signing = read_signing(reading, times.dates)
    cast = read_cast(reading, fields, tuple(m.name for m in signing.marks if m.name is not None))
    identity = read_identity(reading, fields, times.dates)
    service = read_service_date(reading, fields, times.dates, identity.births)
    events = with_turns(reading, times, read_events(reading, times), cast)
    log_units = frozenset(e.unit.start for e in events if e.origin == "log")
    modal = read_modalities(reading, fields, vocabulary().phrases(reading.text), log_units)
    emg_sides = tuple(
        sorted(
            {s for m in modal.modalities if m.modality in ("EMG", "TRIGGERED_EMG") and m.status == "performed" for s in m.sides}
        )
    )
    said = read_statements(reading, fields, cast, emg_sides)
    supervision = read_supervision(reading, fields, cast, identity.names)
    said, supervision = with_composed(reading, fields, cast, said, supervision)
    modes, unsure = of_its_writer(reading, supervision.modes, hands_sign=_hands_sign(signing) or _hands_alone(cast))
    supervision = replace(supervision, modes=modes)
    supervision, guesses = without_unfilled(reading, *supplied(reading, fields, cast, supervision))
    supervision = without_stand_ins(reading, cast, supervision)
    supervision, cast, operator = operating_monitor(reading, supervision, cast, signing)
    day = service[0] if service else UNKNOWN_DAY
    ledger = read_ledger(reading, times, cast)
    supervision = live_by_lists(reading, ledger, supervision)
    outside = beside_rows(events, ledger)
    listed = rows_of_lists(ledger)
    cases = supervision.exclusive + supervision.shared
    course = courses_of_watches(reading, fields, times, outside, cast, supervision.modes, cases)
    outside, cast = tuple(e for e in outside if (e.start, e.kind) not in course.replaced), course.joining(cast)
    supervision = course.apart_from(supervision)
    away = tuple(gap for gap in gaps(reading, fields, times, outside, cast, course.sentences) if gap.unit.start not in listed)
    outside = without_gaps(away, outside)
    supervision = beside_gaps(away, supervision, reading.text)
    shared = parcelled(reading, times, outside, cast, supervision.modes, cases, course.starts)
    loads = loads_told(reading, times, outside, cast, supervision.modes)
    if loads.events and not loads.sentences & course.sentences and not parted_by(shared, loads):
        outside = tuple(e for e in outside if (e.start, e.kind) not in loads.replaced) + loads.events
        read = course.starts | {low for low, _ in loads.sentences}
        shared = parcelled(reading, times, outside, cast, supervision.modes, cases, read)
        shared = replace(shared, sentences=shared.sentences | loads.sentences)
    outside += running_loads(reading, times)
    told = told_spells(reading, fields, times, outside, cast, supervision.modes, cases, shared.sentences | course.sentences)
    told = without_rows(listed, not_in_gaps(away, told))
    outside = tuple(e for e in outside if (e.start, e.kind) not in told.replaced | shared.replaced) + told.ended
    parts = read_day(reading, times, outside, day)
    monitoring = next((s for s in parts.segments if s.kind == "monitoring"), None)
    span = (monitoring.start, monitoring.end) if monitoring else (None, None)
    supervision = replace(supervision, presence=but_for_part(reading, times, cast, supervision.presence, span, day))
    if not supervision.presence:
        supervision = replace(supervision, presence=stayed_by_times(reading, times, cast, span, day))
    scene = Scene(reading, outside, times, told, cast, day, span, away, parts.last_report)
    parcels = [spell for spell in (*course.spells, *shared.spells) if spell.sentence[0] not in listed]
    attended = read_attendance(scene, ledger + beside_ledger(parcels, ledger), supervision)
    taken = log_units | course.starts
    missed = absences(reading, fields, attended.attendance, cast, span, taken, times, day)
    paused = frozenset(e.unit.start for e in events if e.kind == "interruption") | {gap.unit.start for gap in away}
    against = contested(scene, fields, attended, supervision, paused)
    unread_of_watch = not_of_lists(reading, ledger, attended.unread + missed + unsure + against)
    unread_of_watch += lengths_unread(reading, fields, cast, outside, course.sentences | loads.sentences)
    unread_of_watch += of_another_day(scene, attended.attendance, supervision)
    attended = replace(attended, unread=unread_of_watch)
    length = attended_length(scene, fields, attended.attendance)
    several = len({a.professional for a in attended.attendance}) > 1
    handed = () if several else handovers(reading, cast, taken)
    guesses += doubted(
        reading,
        fields,
        cast,
        supervision,
        attended.attendance,
        handed_over=several or bool(handed) or any(e.kind == "handoff" for e in events),
        paused=any(s.kind == "interruption" for s in parts.segments),
    )
    totals = read_totals(reading, times, timed=monitoring is not None)
    inside, covered, shown = covered_by_stated(reading, outside, parts.segments, day, {t.amount for t in totals})
    if inside:
        totals = tuple(
            replace(t, includes=tuple(dict.fromkeys(t.includes + inside))) if t.amount == covered else t for t in totals
        )
        if not any(t.amount == covered for t in totals):
            totals += (StatedTotal("minutes", covered, None, inside, 0, shown),)
    totals = tuple(t if t.includes else replace(t, includes=whole_with(parts.segments, t)) for t in totals)
    totals += read_unit_totals(reading)
    case = _assemble(
        reading, fields, totals, signing, cast, identity, service, modal, supervision, parts, attended, said, operator
    )
    unread = not_of_lists(reading, ledger, unplaced(reading, times, outside, monitored(parts.segments, day), course.sentences))
    return replace(
        case, guesses=_guesses(reading, events) + guesses, times_unread=unread, handed_over=handed, attended_length=length
    )


def _hands_sign(signing: Signing) -> bool:
    """Whether technologists alone signed."""
    named = [mark.name for mark in signing.marks if mark.name is not None]
    return bool(named) and all(is_technologist(name.credentials) and not is_professional(name.credentials) for name in named)


def _hands_alone(cast: Cast) -> bool:
    """Whether a record names technologists and no professional: its 'I' is one of them."""
    return bool(cast.technologists) and not cast.professionals


def _guesses(reading: Reading, events: tuple[Event, ...]) -> tuple[Guess, ...]:
    """What only the trained model read, in words: 'end of baselines'."""
    ends = {"start": "start of ", "end": "end of ", "span": "", "point": ""}
    return tuple(
        Guess(f"{ends[e.phase]}{GUESSED[e.kind]}", round(e.guess, 2), (reading.evidence(e.start, e.end),))
        for e in events
        if e.guess
    )


def _people(cast: Cast, operator: Proof) -> tuple[Person, ...]:
    if not operator:
        return cast.professionals
    others = cast.surgeons + cast.assistants + cast.anesthesia
    return tuple(p for p in cast.professionals if not any(same_person(p.name, o.name) for o in others)) or cast.professionals


def _charged_place(billing: tuple[BillingLine, ...]) -> tuple[str, Evidence] | None:
    """The place of service on the charges, where they agree on one."""
    charged = {
        line.place_of_service: line.evidence for line in reversed(billing) if line.place_of_service is not None and line.evidence
    }
    return next(((code, evidence[0]) for code, evidence in charged.items()), None) if len(charged) == 1 else None


def _assemble(
    reading: Reading,
    fields: Fields,
    totals: tuple[StatedTotal, ...],
    signing: Signing,
    cast: Cast,
    identity: Identity,
    service: tuple[date, Evidence] | None,
    modal: ModalityReading,
    supervision: Supervision,
    parts: Day,
    attended: Attended,
    said: Statements,
    operator: Proof,
) -> Case:
    facility = read_facility(reading, fields)
    billing = read_billing(reading, fields)
    place = read_place(reading, fields) or _charged_place(billing)
    signatures = _signatures(signing, cast)
    professionals = _people(cast, operator)
    only_operator = bool(operator) and not [
        p
        for p in cast.professionals
        if not any(same_person(p.name, o.name) for o in cast.surgeons + cast.assistants + cast.anesthesia)
    ]
    attendance = attended.attendance
    in_room = [a for a in attendance if a.mode == "in_room"]
    live, communication = _live(supervision, in_room)
    after = [s for s in supervision.afterwards if cast.professionals or not read_by_nobody(reading.unit_text(s.unit))]
    afterwards = tuple(s.evidence for s in after[:1]) if not live or _mostly_after(supervision) else ()
    if afterwards:
        live = ()
    if afterwards or only_operator:
        attendance = ()
    evidence: dict[str, Proof] = {}
    encounter = Encounter(
        date_of_service=service[0] if service else None,
        place_of_service=place[0] if place else None,
        procedure=said.procedure_text,
        indication=said.indication_text,
        facility=facility[0] if facility else None,
        surgeon=cast.surgeons[0] if cast.surgeons else None,
        assistants=cast.assistants,
        anesthesia_provider=cast.anesthesia[0] if cast.anesthesia else None,
        professionals=professionals,
        technologists=cast.technologists,
        room_in=parts.room_in,
        room_out=parts.room_out,
        anesthesia_start=parts.anesthesia_start,
        anesthesia_stop=parts.anesthesia_stop,
        icd10=said.icd10,
        payer_named=said.payer,
        evidence=evidence,
    )
    monitoring = next((s for s in parts.segments if s.kind == "monitoring"), None)
    timed = monitoring is not None or any(s.kind == "baseline" and s.end for s in parts.segments)
    duration = next((t for t in totals if t.kind == "minutes"), None) if not timed else None
    spelled = [a for a in attendance if not a.whole_case and a.start and a.end]
    if duration is not None and spelled:
        duration = None
    proofs = _proofs(
        reading,
        fields,
        identity,
        service,
        facility,
        place,
        said,
        cast,
        professionals,
        supervision,
        parts,
        attended,
        signatures,
        live,
        communication,
        modal,
        operator,
    )
    for name in ("date_of_service", "facility", "place_of_service", "procedure", "indication", "surgeon"):
        if proofs.get(name):
            evidence[name] = proofs[name]
    change: Tri = True if said.change else False if said.findings else None
    not_applicable = frozenset() if change else frozenset({"surgeon_notification"})
    if not said.change:
        proofs.pop("surgeon_notification", None)
    return Case(
        document=reading.document.name,
        encounter=encounter,
        modalities=modal.modalities,
        segments=parts.segments,
        attendance=attendance,
        mapping=parts.mapping,
        allocated=attended.allocated,
        shared=attended.shared,
        conflicts=parts.conflicts + attended.conflicts,
        mode_conflict=attended.mode_conflict,
        attendance_unread=attended.unread,
        totals=tuple(t for t in totals if t is not duration),
        duration=duration,
        stop_before_start=parts.stop_before_start,
        last_report=parts.last_report,
        last_report_evidence=parts.last_report_evidence,
        billing=billing,
        operative=read_operative(reading, fields),
        signatures=signatures,
        elements=read_elements(reading, proofs, not_applicable),
        real_time=True if live else False if afterwards else None,
        communication=True if communication else None,
        exclusive=attended.exclusive,
        concurrent_count=supervision.count,
        read_afterwards=afterwards,
        partly_afterwards=partly_afterwards(reading) if attendance and not afterwards else (),
        operator_monitors=operator,
        only_operator_monitors=only_operator,
        change_described=change,
        operation_site=said.site,
        necessity_tags=said.tags,
        necessity_evidence=said.tag_proof,
        eeg_for_depth=modal.eeg_for_depth,
        mapping_in_room=True if in_room else None,
        laterality=said.laterality,
        patients=identity.patients,
        poor_text=reading.document.poor_text,
        doubtful=lost_choices(reading.document),
        pages=len(reading.document.pages),
        sessions=parts.sessions,
        never_monitored=parts.never,
    )


def _mostly_after(supervision: Supervision) -> bool:
    """Reading afterwards is what the record claims, unless live attendance is stated apart from it."""
    return not any(s.what == "live" for s in supervision.live) or any(
        "not" in s.evidence.text.lower() and "real" in s.evidence.text.lower() for s in supervision.afterwards
    )


def _live(supervision: Supervision, in_room: list[Attendance]) -> tuple[Proof, Proof]:
    """Proof of live attendance and of communication; being in the room is both."""
    live = said_proof(supervision.live)
    communication = said_proof(supervision.communication)
    if in_room:
        shown = in_room[0].evidence or tuple(m.evidence for m in supervision.modes if m.what == "in_room")[:1]
        live = live or shown[:1]
        communication = communication or shown[:1]
    return live, communication


def _operates(name: str, cast: Cast) -> bool:
    """Whether a name is one of those who operate or give the anesthetic, and of no professional."""
    others = (*cast.surgeons, *cast.assistants, *cast.anesthesia)
    return any(same_person(p.name, name) for p in others) and not any(same_person(p.name, name) for p in cast.professionals)


def _signatures(signing: Signing, cast: Cast) -> tuple[Signature, ...]:
    draft = bool(signing.draft)
    out = []
    for mark in signing.marks:
        name = mark.name
        if name is not None and is_technologist(name.credentials) and not is_professional(name.credentials):
            continue
        if (
            name is not None
            and any(same_person(t.name, name.name) for t in cast.technologists)
            and not any(same_person(p.name, name.name) for p in cast.professionals)
        ):
            continue
        if name is not None and any(is_professional(p.credentials) for p in cast.professionals) and _operates(name.name, cast):
            continue  # 'Authorised by: Dr. Hale': the surgeon's word beside a report that another interprets
        out.append(Signature(True, name.name if name else None, mark.at, (mark.evidence,), draft))
    if not out:
        for shown in signing.blank[:1] or signing.draft[:1]:
            out.append(Signature(False, None, None, (shown,), draft))
    elif draft:
        out = [replace(s, draft=True, evidence=s.evidence + signing.draft[:1]) for s in out]
    return tuple(out)


def _proofs(
    reading: Reading,
    fields: Fields,
    identity: Identity,
    service: tuple[date, Evidence] | None,
    facility: tuple[str, Evidence] | None,
    place: tuple[str, Evidence] | None,
    said: Statements,
    cast: Cast,
    professionals: tuple[Person, ...],
    supervision: Supervision,
    parts: Day,
    attended: Attended,
    signatures: tuple[Signature, ...],
    live: Proof,
    communication: Proof,
    modal: ModalityReading,
    operator: Proof,
) -> dict[str, Proof]:
    """Element id to the evidence that it is stated."""
    segment = {
        kind: next((s for s in parts.segments if s.kind == kind), None) for kind in ("setup", "baseline", "monitoring", "removal")
    }
    signed = [s for s in signatures if s.signed]
    titled = [p for p in professionals if p.credentials]
    techs = [p for p in cast.technologists if p.credentials]
    modes = tuple(m.evidence for m in supervision.modes[:1])
    modes = modes or next((row.evidence for row in attended.attendance if row.mode != "unstated" and row.evidence), ())
    monitoring = segment["monitoring"]
    return {
        "patient_identity": identity.name + identity.second if identity.name and identity.second else (),
        "date_of_service": (service[1],) if service else (),
        "facility": (facility[1],) if facility else (),
        "place_of_service": (place[1],) if place else (),
        "surgeon": cast.surgeons[0].evidence if cast.surgeons else (),
        "order": said.order,
        "procedure": said.procedure,
        "indication": said.indication,
        "professional": titled[0].evidence
        if titled
        else next((o.evidence for o in cast.surgeons + cast.anesthesia if operator and o.credentials), ()),
        "technologist": techs[0].evidence if techs else (),
        "technologist_presence": tuple(s.evidence for s in supervision.presence[:1]),
        "location_mode": modes,
        "real_time": live,
        "communication": communication,
        "exclusivity": attended.exclusive_proof,
        "monitoring_start": parts.monitoring_start if monitoring and monitoring.start else (),
        "monitoring_stop": parts.monitoring_stop if monitoring and monitoring.end else (),
        "baseline_time": segment["baseline"].evidence if segment["baseline"] else (),
        "setup_time": segment["setup"].evidence if segment["setup"] else (),
        "modality_sites": sites_told(reading, fields, modal),
        "baseline_findings": said.baseline_findings,
        "intraoperative_findings": said.findings,
        "surgeon_notification": said.told,
        "interpretation": said.interpretation,
        "signature": signed[0].evidence if signed else (),
        "signature_datetime": next((s.evidence for s in signed if s.at), ()),
        "anesthesia": said.anesthesia,
    }
