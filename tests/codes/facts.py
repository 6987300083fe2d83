"""A sound record for code tests, and small ways to change one fact of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from fake_policy import FakePolicy

from ionm_notes.codes import suggest_codes
from ionm_notes.timeline import count_minutes
from ionm_notes.types import (
    Attendance,
    Case,
    CodeLine,
    Encounter,
    Evidence,
    Modality,
    Mode,
    Muscle,
    NotReportable,
    Person,
    Proof,
    Segment,
    Signature,
    Span,
    Tri,
)

START = datetime(2025, 3, 14, 8, 0)


def said(text: str) -> Proof:
    return (Evidence(1, text, None),)


def study(
    modality: str,
    region: str | None = None,
    *sides: str,
    status: str = "performed",
    muscles: int | tuple[Muscle, ...] = 0,
    technique: str | None = None,
    studies: int = 1,
) -> Modality:
    named = tuple(Muscle(f"muscle {i}", region or "", ()) for i in range(muscles)) if isinstance(muscles, int) else muscles
    words = said(f"{modality} {region} {sides}")
    return Modality(modality, region, sides, status, words, named, technique=technique, studies=studies)


SSEP = study("SSEP", "upper", "left", "right")


def physician(name: str = "Ann Arden", *credentials: str) -> Person:
    return Person(name, credentials or ("MD",), "professional", said(name))


def segment(first: int, last: int, kind: str = "monitoring") -> Segment:
    return Segment(kind, START + timedelta(minutes=first), START + timedelta(minutes=last), said(f"{kind} {first}"))


def spell(mode: Mode, first: int, last: int, exclusive: Tri = True, who: str | None = "Ann Arden") -> Attendance:
    begin, end = START + timedelta(minutes=first), START + timedelta(minutes=last)
    return Attendance(who, mode, begin, end, exclusive, said(f"{who} {mode} {first}-{last}"))


def span(first: int, last: int) -> Span:
    return Span(START + timedelta(minutes=first), START + timedelta(minutes=last), said(f"span {first}"))


def record(*attendance: Attendance, pos: str | None = "21", people: tuple[Person, ...] = (), **more: object) -> Case:
    """A signed, live, exclusive record with a listed primary; monitoring spans the attendance unless given."""
    ends = [a.end for a in attendance if a.end]
    starts = [a.start for a in attendance if a.start]
    facts: dict[str, object] = {
        "modalities": (SSEP,),
        "segments": (Segment("monitoring", min(starts), max(ends), said("monitoring")),) if starts and ends else (),
        "signatures": (Signature(True, "Ann Arden", None, said("signed")),),
        "real_time": True,
        "communication": True,
        "patients": (said("A. Patient"),),
        "operation_site": "spine",
    }
    named = people or tuple(physician(name) for name in dict.fromkeys(a.professional for a in attendance) if name)
    facts |= more
    return Case("record", Encounter(place_of_service=pos, professionals=named), attendance=attendance, **facts)


def codes(case: Case, payer: str = "medicare") -> tuple[CodeLine, ...]:
    return suggest_codes(case, count_minutes(case), FakePolicy(payer))[0]


def refused(case: Case, payer: str = "medicare") -> tuple[NotReportable, ...]:
    return suggest_codes(case, count_minutes(case), FakePolicy(payer))[1]


def brief(lines: tuple[CodeLine, ...], kind: str = "") -> list[tuple[str, int | None, str]]:
    return [(line.code, line.units, line.status) for line in lines if kind in ("", line.kind)]


def base(*modalities: Modality, **more: object) -> dict[str, int | None]:
    """Base codes with units for these modalities alone."""
    return {line.code: line.units for line in codes(record(modalities=modalities, **more))}
