"""Lines of remittances (X12 835, 005010X221): what was paid of each billed line, and by which codes the rest was not.

Read are CLP, NM1, REF*EA, DTM, SVC, CAS, LQ and MOA; everything else is passed over. A claim that is adjudicated as a whole,
without service lines, gives one line with the code ''.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from ionm_notes.claims.model import Adjustment, ClaimLine, RemitLine, Remits
from ionm_notes.claims.values import Unreadable, day_of, money_of, units_of
from ionm_notes.claims.x12 import Segment, X12File

PATIENT, CORRECTED, RENDERING = "QC", "74", "82"
REVERSAL = "22"
SERVICE_DATES = ("472", "150", "232", "050")
"""Date of a line, its begin, the claim's begin; a claim's date stands for lines without their own."""

T = TypeVar("T")


@dataclass(slots=True)
class _Line:
    segment: Segment
    day: date | None = None
    npi: str = ""
    adjustments: list[Adjustment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Claim:
    segment: Segment
    patient: str = ""
    record: str = ""
    professional: str = ""
    npi: str = ""
    day: date | None = None
    adjustments: list[Adjustment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    payer: str = ""
    claim: _Claim | None = None


def remits_of(file: X12File) -> Remits:
    """The lines of all 835 transactions of a file. What cannot be read in a line is a fault, and the line stays."""
    state, found = _State(), list[RemitLine]()
    for segment in file.segments:
        if segment.name in ("CLP", "SE", "PLB"):
            found += _finished(state, file)
        if segment.name == "N1" and segment[1] == "PR":
            state.payer = segment[2]
        elif segment.name == "CLP":
            state.claim = _Claim(segment)
        elif state.claim is not None and (reader := _READERS.get(segment.name)):
            reader(segment, state.claim, file)
    return Remits(tuple(found), tuple(file.faults))


def _nm1(segment: Segment, claim: _Claim, file: X12File) -> None:
    given = " ".join(part for part in (segment[4], segment[5]) if part)
    name = f"{segment[3]}, {given}" if given else segment[3]
    if segment[1] == PATIENT or (segment[1] == CORRECTED and not claim.patient):
        claim.patient = name
    elif segment[1] == RENDERING:
        claim.professional, claim.npi = name, segment[9]


def _ref(segment: Segment, claim: _Claim, file: X12File) -> None:
    if segment[1] == "EA":
        claim.record = segment[2]
    elif segment[1] == "HPI" and claim.lines:
        claim.lines[-1].npi = segment[2]


def _dtm(segment: Segment, claim: _Claim, file: X12File) -> None:
    if segment[1] not in SERVICE_DATES:
        return
    day = _value(day_of, segment[2], segment, file, "date")
    if claim.lines:
        claim.lines[-1].day = claim.lines[-1].day or day
    elif segment[1] == "232":
        claim.day = day


def _svc(segment: Segment, claim: _Claim, file: X12File) -> None:
    claim.lines.append(_Line(segment))


def _cas(segment: Segment, claim: _Claim, file: X12File) -> None:
    into = claim.lines[-1].adjustments if claim.lines else claim.adjustments
    for at in range(2, len(segment.elements), 3):
        if segment[at]:
            amount = _value(money_of, segment[at + 1], segment, file, "amount of an adjustment")
            into.append(Adjustment(segment[1], segment[at], amount or Decimal(0)))


def _lq(segment: Segment, claim: _Claim, file: X12File) -> None:
    if segment[1] == "HE" and claim.lines:
        claim.lines[-1].remarks.append(segment[2])


def _moa(segment: Segment, claim: _Claim, file: X12File) -> None:
    claim.remarks += [segment[at] for at in range(3, 8) if segment[at]]


def _finished(state: _State, file: X12File) -> Iterator[RemitLine]:
    """The lines of the claim that ends here."""
    claim = state.claim
    if claim is None:
        return
    if claim.segment[2] == REVERSAL:
        file.fault(claim.segment, f"claim {claim.segment[1]} reverses an earlier payment; it was left out")
        state.claim = None
        return
    for number, line in enumerate(claim.lines, 1):
        yield _remit(state.payer, claim, line, number, file)
    if not claim.lines:
        yield _remit(state.payer, claim, None, 0, file)
    state.claim = None


def _remit(payer: str, claim: _Claim, line: _Line | None, number: int, file: X12File) -> RemitLine:
    """One line; `line` None stands for the claim as a whole."""
    head = claim.segment
    segment = head if line is None else line.segment
    code = ["", ""] if line is None else _billed(segment)
    if line is not None and len(code) < 2:
        file.fault(segment, f"a line of claim {head[1]} has no procedure code")
    charge, paid = (head[3], head[4]) if line is None else (segment[2], segment[3])
    billed = ClaimLine(
        claim=head[1],
        line=number,
        code=code[1].upper() if len(code) > 1 else "",
        patient=claim.patient,
        record=claim.record,
        day=(line.day if line else None) or claim.day,
        modifiers=tuple(part.upper() for part in code[2:6] if part),
        units=None if line is None else _value(units_of, segment[7] or segment[5], segment, file, "units"),
        place=head[8] if len(head[8]) == 2 else "",
        professional=claim.professional,
        npi=(line.npi if line else "") or claim.npi,
        payer=payer,
        filing=head[6],
        charge=_value(money_of, charge, segment, file, "charge"),
        source=file.place(segment),
    )
    amount = _value(money_of, paid, segment, file, "amount paid") or Decimal(0)
    adjustments = tuple(line.adjustments if line and line.adjustments else claim.adjustments)
    return RemitLine(billed, amount, adjustments, tuple(dict.fromkeys((*(line.remarks if line else ()), *claim.remarks))))


def _billed(segment: Segment) -> list[str]:
    """The code as it was billed: SVC-06 where the payer changed it, else SVC-01."""
    return segment.parts(6) if len(segment.parts(6)) > 1 else segment.parts(1)


def _value(read: Callable[[str], T | None], text: str, segment: Segment, file: X12File, what: str) -> T | None:
    try:
        return read(text)
    except Unreadable as error:
        file.fault(segment, f"{what}: {error}")
        return None


_READERS: dict[str, Callable[[Segment, _Claim, X12File], None]] = {
    "NM1": _nm1,
    "REF": _ref,
    "DTM": _dtm,
    "SVC": _svc,
    "CAS": _cas,
    "LQ": _lq,
    "MOA": _moa,
}
