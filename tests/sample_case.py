"""A hand-built case in which every kind of fact occurs, and the document it could have been read from."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from ionm_notes.types import (
    Attendance,
    BillingLine,
    Case,
    Document,
    Element,
    Encounter,
    Evidence,
    Line,
    Modality,
    Muscle,
    Page,
    Person,
    Proof,
    Role,
    Segment,
    SegmentKind,
    Signature,
    Span,
    StatedTotal,
    TimeConflict,
    Word,
)

DAY = date(2025, 3, 14)
NOW = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
BOTH = ("medicare", "commercial")
TEXTS = (
    ("Monitoring report for Jon Doe", "0815 Monitoring started", "0905 tibial artifact from the drill"),
    ("1130 Monitoring ended", "Electronically signed Ann Arden MD 03/15/2025 09:12"),
)


def said(text: str, page: int = 1) -> Proof:
    return (Evidence(page, text, (72.0, 100.123456, 300.5, 112.0)),)


def at(clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute)


def person(name: str, role: Role, *credentials: str) -> Person:
    return Person(name, credentials, role, said(name))


def part(kind: SegmentKind, start: str | None, end: str | None) -> Segment:
    return Segment(kind, at(start) if start else None, at(end) if end else None, said(f"{kind} {start} {end}"), "log")


def sample_case(name: str = "report.txt") -> Case:
    """A remote physician, alone with this patient, 08:37 to 11:30, one interruption; no order is documented."""
    encounter = Encounter(
        date_of_service=DAY,
        place_of_service="21",
        procedure="L4-5 fusion",
        indication="stenosis",
        facility="Mercy Hospital",
        surgeon=person("Sam Stone", "surgeon", "MD"),
        assistants=(person("Abe Aid", "assistant", "PA"),),
        anesthesia_provider=person("Una Under", "anesthesia", "MD"),
        professionals=(person("Ann Arden", "professional", "MD"),),
        technologists=(person("Tim Tech", "technologist", "CNIM"),),
        room_in=at("07:10"),
        room_out=at("12:10"),
        anesthesia_start=at("07:20"),
        anesthesia_stop=at("12:00"),
        icd10=("M48.061",),
        evidence={"date_of_service": said("03/14/2025"), "professionals": said("Ann Arden MD")},
    )
    muscles = (Muscle("tibialis anterior", "lower", ("left", "right")), Muscle("gastrocnemius", "lower", ()))
    return Case(
        document=name,
        encounter=encounter,
        modalities=(
            Modality("SSEP", "upper", ("left", "right"), "performed", said("SSEP"), sites_stated=True),
            Modality("SSEP", "lower", ("left", "right"), "performed", said("SSEP")),
            Modality("EMG", "lower", ("left",), "performed", said("EMG"), muscles),
            Modality("TOF", None, (), "performed", said("TOF 4/4", 2)),
        ),
        segments=(
            part("setup", "07:20", "07:50"),
            part("baseline", "07:52", "08:10"),
            part("monitoring", "08:15", "11:30"),
            part("interruption", "09:40", "09:55"),
            part("removal", None, "11:50"),
        ),
        attendance=(Attendance("Ann Arden", "remote", at("08:37"), at("11:30"), True, said("connected 0837")),),
        mapping=(Span(at("10:00"), at("10:05"), said("mapping")),),
        conflicts=(TimeConflict("monitoring end", "11:30", "11:45", "a log entry outranks the header", said("1145")),),
        totals=(StatedTotal("units", 12, "G0453", ("setup",), 0, said("12 units", 2)),),
        billing=(
            BillingLine("95941", 3, ("26",), "21", said("95941-26 x3", 2)),
            BillingLine("95938", None, (), None, said("95938", 2)),
        ),
        signatures=(Signature(True, "Ann Arden", date(2025, 3, 15), said("signed 03/15/2025 09:12", 2)),),
        elements={
            "date_of_service": Element("date_of_service", "present", said("03/14/2025")),
            "order": Element("order", "absent", (), (1, 2), Evidence(2, "per protocol", None)),
            "anesthesia": Element("anesthesia", "absent", (), (1, 2)),
            "surgeon_notification": Element("surgeon_notification", "not_applicable"),
        },
        real_time=True,
        communication=True,
        exclusive=True,
        change_described=False,
        operation_site="spine",
        laterality=((*said("left"), *said("right", 2)),),
        patients=(said("Jon Doe"),),
        pages=2,
    )


def sample_document(name: str = "report.txt", texts: tuple[tuple[str, ...], ...] = TEXTS) -> Document:
    """A document of two pages with the words of the case, or other words."""
    pages = tuple(
        Page(number, 612.0, 792.0, tuple(_line(number, text, block) for block, text in enumerate(lines)))
        for number, lines in enumerate(texts, 1)
    )
    digest = hashlib.sha256(repr((name, texts)).encode()).hexdigest()
    return Document(name, digest, "text/plain", "native", pages, ("a warning",))


def _line(page: int, text: str, block: int) -> Line:
    return Line(page, text, (Word(0, len(text), None),), ((0, len(text)),), "text", block)
