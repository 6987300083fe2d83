"""Lines of professional claims (X12 837P, 005010X222) from its loops: who billed what for whom, and when.

Read are NM1, DMG, SBR, CLM, REF*EA, HI, LX, SV1 and DTP*472; everything else is passed over. A claim's patient is that of
loop 2010CA where there is one, otherwise the subscriber.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from ionm_notes.claims.model import ClaimLine, Claims
from ionm_notes.claims.values import Unreadable, day_of, money_of, units_of
from ionm_notes.claims.x12 import Segment, X12File

SUBSCRIBER, PATIENT, PAYER, RENDERING = "IL", "QC", "PR", "82"
LEVEL_SUBSCRIBER, LEVEL_PATIENT = "22", "23"
ORIGINAL = ("", "1")
"""Claim frequencies of a claim that replaces none."""
UNITS, MINUTES = "UN", "MJ"

T = TypeVar("T")


@dataclass(slots=True)
class _Somebody:
    name: str = ""
    born: str = ""
    number: str = ""


@dataclass(slots=True)
class _State:
    """What holds where the reader stands."""

    subscriber: _Somebody = field(default_factory=_Somebody)
    patient: _Somebody | None = None
    payer: str = ""
    filing: str = ""
    level: str = ""
    claim: str = ""
    place: str = ""
    record: str = ""
    rendering: _Somebody | None = None
    diagnoses: tuple[str, ...] = ()
    line: str = ""
    service: Segment | None = None
    day: str = ""
    day_segment: Segment | None = None
    line_rendering: _Somebody | None = None


def claims_of(file: X12File) -> Claims:
    """The claim lines of all 837 transactions of a file. What cannot be read in a line is a fault, and the line stays."""
    state, lines = _State(), list[ClaimLine]()
    for segment in file.segments:
        if segment.name in _ENDS_LINE:
            lines += _finished(state, file)
        reader = _READERS.get(segment.name)
        if reader is not None:
            reader(segment, state, file)
    return Claims(tuple(lines), tuple(file.faults))


_ENDS_LINE = frozenset(("LX", "CLM", "HL", "SE", "ST"))


def _st(segment: Segment, state: _State, file: X12File) -> None:
    fresh = _State()
    for name in _State.__slots__:
        setattr(state, name, getattr(fresh, name))
    if segment[3] and not segment[3].startswith("005010X222"):
        file.fault(segment, f"this is {segment[3]}, not a professional claim (005010X222); what fits is read")


def _hl(segment: Segment, state: _State, file: X12File) -> None:
    state.level = segment[3]
    state.claim, state.patient = "", None
    if state.level == LEVEL_SUBSCRIBER:
        state.subscriber, state.payer, state.filing = _Somebody(), "", ""


def _sbr(segment: Segment, state: _State, file: X12File) -> None:
    if not state.claim:  # within a claim it is of another payer
        state.filing = segment[9]


def _nm1(segment: Segment, state: _State, file: X12File) -> None:
    who = _Somebody(_name(segment), number=segment[9])
    kind = segment[1]
    if state.claim:
        if kind == RENDERING and state.line:
            state.line_rendering = who
        elif kind == RENDERING and state.rendering is None:
            state.rendering = who
    elif kind == SUBSCRIBER:
        state.subscriber = who
    elif kind == PATIENT:
        state.patient = who
    elif kind == PAYER:
        state.payer = segment[3]


def _name(segment: Segment) -> str:
    """'Last, First Middle' of a person, the plain name of an organisation."""
    given = " ".join(part for part in (segment[4], segment[5]) if part)
    return f"{segment[3]}, {given}" if given else segment[3]


def _dmg(segment: Segment, state: _State, file: X12File) -> None:
    if not state.claim:
        (state.patient or state.subscriber).born = segment[2]
        _value(day_of, segment[2], segment, file, "birth date")


def _clm(segment: Segment, state: _State, file: X12File) -> None:
    place = segment.parts(5)
    state.claim, state.place = segment[1] or f"segment {segment.number}", place[0] if place else ""
    state.record, state.rendering, state.diagnoses, state.line = "", None, (), ""
    if not segment[1]:
        file.fault(segment, "the claim has no number; it is called by its segment")
    if len(place) > 2 and place[2] not in ORIGINAL:
        file.fault(
            segment, f"claim {segment[1]} replaces or voids an earlier one (frequency {place[2]}): leave the earlier one out"
        )


def _ref(segment: Segment, state: _State, file: X12File) -> None:
    if segment[1] == "EA" and state.claim:
        state.record = segment[2]


def _hi(segment: Segment, state: _State, file: X12File) -> None:
    for at in range(1, len(segment.elements)):
        parts = segment.parts(at)
        if len(parts) > 1 and parts[0] in ("ABK", "ABF", "BK", "BF"):
            state.diagnoses = (*state.diagnoses, _dotted(parts[1]))


def _dotted(code: str) -> str:
    """An ICD-10 code with its point, which X12 leaves out."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 and "." not in code else code


def _lx(segment: Segment, state: _State, file: X12File) -> None:
    state.line = segment[1]


def _sv1(segment: Segment, state: _State, file: X12File) -> None:
    if not state.claim:
        file.fault(segment, "the line stands in no claim; it was left out")
    elif state.service is not None:
        file.fault(segment, "a second service on one line; it was left out")
    else:
        state.service = segment


def _dtp(segment: Segment, state: _State, file: X12File) -> None:
    if segment[1] == "472" and state.line:
        # A range begins on the day of the service.
        state.day, state.day_segment = segment[3].split("-")[0], segment


def _finished(state: _State, file: X12File) -> Iterator[ClaimLine]:
    """The line that ends here, if there is one; clears what belongs to it."""
    segment = state.service
    if segment is not None and (line := _line(state, segment, file)) is not None:
        yield line
    state.service, state.day, state.day_segment, state.line_rendering, state.line = None, "", None, None, ""


def _line(state: _State, segment: Segment, file: X12File) -> ClaimLine | None:
    code = segment.parts(1)
    if len(code) < 2 or not code[1]:
        file.fault(segment, f"line {state.line} of claim {state.claim} has no procedure code; it was left out")
        return None
    if state.day_segment is None:
        file.fault(segment, f"line {state.line} of claim {state.claim} has no date of service")
    units = None
    if segment[3] == MINUTES:
        file.fault(segment, f"line {state.line} of claim {state.claim} is in minutes, not units; its units are left empty")
    else:
        units = _value(units_of, segment[4], segment, file, "units")
    who, patient = state.line_rendering or state.rendering or _Somebody(), state.patient or state.subscriber
    number = _value(units_of, state.line, segment, file, "line number")
    return ClaimLine(
        claim=state.claim,
        line=number or 0,
        code=code[1].upper(),
        patient=patient.name,
        born=_quiet(patient.born),
        record=state.record,
        day=_value(day_of, state.day, state.day_segment or segment, file, "date of service"),
        modifiers=tuple(part.upper() for part in code[2:6] if part),
        units=units,
        place=segment[5] or state.place,
        professional=who.name,
        npi=who.number,
        payer=state.payer,
        filing=state.filing,
        charge=_value(money_of, segment[2], segment, file, "charge"),
        diagnoses=state.diagnoses,
        source=file.place(segment),
    )


def _value(read: Callable[[str], T | None], text: str, segment: Segment, file: X12File, what: str) -> T | None:
    """What an element says; None and a fault where it cannot be read."""
    try:
        return read(text)
    except Unreadable as error:
        file.fault(segment, f"{what}: {error}")
        return None


def _quiet(born: str) -> date | None:
    """A birth date whose fault was told where it stands."""
    try:
        return day_of(born)
    except Unreadable:
        return None


_READERS: dict[str, Callable[[Segment, _State, X12File], None]] = {
    "ST": _st,
    "HL": _hl,
    "SBR": _sbr,
    "NM1": _nm1,
    "DMG": _dmg,
    "CLM": _clm,
    "REF": _ref,
    "HI": _hi,
    "LX": _lx,
    "SV1": _sv1,
    "DTP": _dtp,
}
