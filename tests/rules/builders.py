"""Small builders for rules under test: a scene is a case, its minutes, its codes and a payer, in the words of a biller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from ionm_notes.policy.api import CodeInfo, Edit, Mue, Necessity, PlaceOfService, Policy, Reference, RuleInfo, TimeCode
from ionm_notes.rules import RULES
from ionm_notes.rules.context import RuleContext
from ionm_notes.types import (
    COLUMNS,
    Attendance,
    BillingLine,
    Case,
    CodeLine,
    Column,
    DoubtfulReading,
    Element,
    Encounter,
    Evidence,
    Finding,
    Minutes,
    Modality,
    ModalityStatus,
    Mode,
    NotReportable,
    Person,
    ProfessionalMinutes,
    Proof,
    ProofLine,
    Role,
    Segment,
    SegmentKind,
    Signature,
    StatedTotal,
    Tri,
)

DAY = date(2025, 3, 14)
LAYER = "2024-07-01"


def seen(text: str = "as stated", page: int = 1) -> Proof:
    return (Evidence(page, text, None),)


def at(clock: str | None) -> datetime | None:
    """'08:10' on the day of service, '+00:30' on the day after."""
    if clock is None:
        return None
    hour, minute = map(int, clock.lstrip("+").split(":"))
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute) + timedelta(days=clock.startswith("+"))


# --- facts --------------------------------------------------------------------------------------------------------


def person(name: str, *credentials: str, role: Role = "professional") -> Person:
    return Person(name, credentials, role, seen(name))


def part(kind: SegmentKind, start: str | None, end: str | None) -> Segment:
    return Segment(kind, at(start), at(end), seen(f"{kind} {start}-{end}"))


def monitoring(start: str | None = "08:00", end: str | None = "11:00") -> Segment:
    return part("monitoring", start, end)


def attended(
    who: str | None = "Ada Reed", mode: Mode = "remote", start: str | None = "08:00", end: str | None = "11:00", alone: Tri = True
) -> Attendance:
    return Attendance(who, mode, at(start), at(end), alone, seen(f"{who} {mode} {start}-{end}"))


def total(amount: int, *includes: SegmentKind, off: int = 0) -> StatedTotal:
    return StatedTotal("minutes", amount, None, includes, off, seen(f"total {amount} min"))


def total_units(amount: int, code: str | None = None) -> StatedTotal:
    return StatedTotal("units", amount, code, (), 0, seen(f"{amount} units"))


def billed(code: str, units: int | None = 1, *modifiers: str, pos: str | None = None) -> BillingLine:
    return BillingLine(code, units, modifiers, pos, seen(f"charge {code}"))


def study(modality: str, region: str | None = None, status: ModalityStatus = "performed", intended: bool = False) -> Modality:
    return Modality(modality, region, ("left", "right"), status, seen(f"{modality} {region}"), intended=intended)


def signed(by: str | None = "Ada Reed", after: int | None = 0, draft: bool = False, stands: bool = True) -> Signature:
    when = None if after is None else DAY + timedelta(days=after)
    return Signature(stands, by, when, seen(f"signed {by} {when}"), draft)


def doubtful(read: str, other: str, *changes: str, **minutes: int) -> DoubtfulReading:
    """A time of a scan that may be another; `minutes` by column under that other reading."""
    amounts: dict[Column, int] = {column: minutes[column] for column in COLUMNS if column in minutes}
    return DoubtfulReading(read, (other,), "second-reading", seen(read), changes, (amounts,))


def absent(name: str, pages: tuple[int, ...] = (1, 2), miss: str | None = None) -> Mapping[str, Element]:
    return {name: Element(name, "absent", (), pages, seen(miss)[0] if miss else None)}


def present(*names: str) -> Mapping[str, Element]:
    return {name: Element(name, "present", seen(name)) for name in names}


PLACES_IN_RECORD = (
    "date_of_service",
    "place_of_service",
    "procedure",
    "room_in",
    "room_out",
    "anesthesia_start",
    "anesthesia_stop",
)


def case(
    pos: str | None = "21", stay: tuple[str, str] | None = None, asleep: tuple[str, str] | None = None, **facts: object
) -> Case:
    """A sufficient record of one remote physician; every keyword of `Case` and 'professionals' replaces a fact."""
    professionals = facts.pop("professionals", (person("Ada Reed", "MD"),))
    technologists = facts.pop("technologists", (person("Kim Soto", "CNIM", role="technologist"),))
    encounter = Encounter(
        date_of_service=facts.pop("service", DAY),
        place_of_service=pos,
        procedure="fusion",
        professionals=professionals,
        technologists=technologists,
        room_in=at(stay[0]) if stay else None,
        room_out=at(stay[1]) if stay else None,
        anesthesia_start=at(asleep[0]) if asleep else None,
        anesthesia_stop=at(asleep[1]) if asleep else None,
        evidence={name: seen(name) for name in PLACES_IN_RECORD},
    )
    usual: dict[str, object] = {
        "segments": (monitoring(),),
        "attendance": (attended(),),
        "signatures": (signed(),),
        "exclusive": True,
        "real_time": True,
    }
    return Case("case.txt", encounter, **(usual | facts))


# --- minutes and codes --------------------------------------------------------------------------------------------


def minutes(
    start: str | None = "08:00",
    end: str | None = "11:00",
    unattended: int = 0,
    overlap: Mapping[SegmentKind, int] | None = None,
    who: str | None = "Ada Reed",
    shares: tuple[tuple[str, Column, int], ...] | None = None,
    proof: tuple[ProofLine, ...] = (),
    unknown: bool = False,
    attendance: tuple[Attendance, ...] = (),
    **columns: int,
) -> Minutes:
    """Counted minutes; without columns 180 exclusive remote ones. `shares` splits them among professionals."""
    if shares is None:
        amounts = columns or {"remote_exclusive": 180}
        shares = tuple((who or "", column, amount) for column, amount in amounts.items())
    sums: dict[str, int | None] = dict.fromkeys(
        ("in_room", "in_room_shared", "remote_exclusive", "remote_shared", "remote_unstated"), None if unknown else 0
    )
    if not unknown:
        for _, column, amount in shares:
            sums[column] = (sums[column] or 0) + amount
    return Minutes(
        **sums,
        by_professional=() if unknown else tuple(ProfessionalMinutes(name or None, c, amount) for name, c, amount in shares),
        proof=proof,
        doubts=(),
        monitoring_start=at(start),
        monitoring_end=at(end),
        attendance=attendance,
        unattended=unattended,
        overlap=overlap or {},
    )


def cut(reason: str, amount: int, start: str | None = None, end: str | None = None) -> ProofLine:
    return ProofLine(at(start), at(end), amount, None, reason, reason, None, ())


def line(code: str, units: int | None = 1, kind: Literal["time", "base"] = "base", gaps: tuple[str, ...] = ()) -> CodeLine:
    status: Literal["query", "supported"] = "query" if gaps else "supported"
    return CodeLine(code, code, kind, units, (), status, None, "none", f"{code} by the record", gaps, seen(f"basis of {code}"))


def timed(code: str, units: int | None, gaps: tuple[str, ...] = ()) -> CodeLine:
    return line(code, units, "time", gaps)


def refused(code: str | None, item: str) -> NotReportable:
    return NotReportable(code, item, "no-own-code", f"{item} belongs elsewhere", seen(item))


# --- policy -------------------------------------------------------------------------------------------------------

QUARTER, HOUR = (15, 8, 8), (60, 31, 31)
ROUTES: dict[str, dict[Column, tuple[str, tuple[int, int, int]]]] = {
    "medicare": {
        "in_room": ("95940", QUARTER),
        "remote_exclusive": ("G0453", QUARTER),
        "remote_unstated": ("G0453", QUARTER),
    },
    "commercial": {
        "in_room": ("95940", QUARTER),
        "in_room_shared": ("95941", HOUR),
        "remote_exclusive": ("95941", HOUR),
        "remote_shared": ("95941", HOUR),
        "remote_unstated": ("95941", HOUR),
    },
}
TIMED = ("95940", "95941", "G0453", "95920")
BASE = ("92653", "95822", "95861", "95870", "95907", "95925", "95926", "95937", "95938", "95939", "95955")
PLACES = {"21": (True, "accepted"), "24": (True, "accepted"), "23": (True, "warning"), "11": (False, "error")}


@dataclass(frozen=True)
class FakePolicy:
    """One payer's rules in memory, every table open to the test that needs another."""

    payer: str = "medicare"
    on: date = DAY
    version: str = "fake"
    edits: Mapping[tuple[str, str], str] = field(default_factory=dict)
    listed: frozenset[str] = frozenset(BASE)
    most: Mapping[str, int] = field(default_factory=dict)
    positions: Mapping[str, Necessity] = field(default_factory=dict)
    limits: Mapping[str, int] = field(
        default_factory=lambda: {"late-signature-days": 30, "signature-delay-days": 2, "units-per-hour": 4}
    )
    infos: Mapping[str, RuleInfo] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=lambda: {"TOF": "95937"})
    operative: Mapping[tuple[str, str], str] = field(default_factory=dict)
    layers: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(("ncci", "mue", "addon", "pfs"), LAYER))

    @property
    def title(self) -> str:
        return self.payer.title()

    def time_code(self, column: Column) -> TimeCode | None:
        route = ROUTES[self.payer].get(column)
        return TimeCode(route[0], column, *route[1], False, ()) if route else None

    longest_unit: int = 60

    def code(self, code: str) -> CodeInfo | None:
        if code not in TIMED + BASE:
            return None
        start, end = (date(1990, 1, 1), date(2012, 12, 31)) if code == "95920" else (date(2013, 1, 1), None)
        after = ("95940", "G0453") if code == "95920" else ()
        pctc = "1" if self.takes_26(code) else "0"
        return CodeInfo(code, code, "time" if code in TIMED else "base", start, end, after, pctc, ())

    def is_valid(self, code: str) -> bool:
        info = self.code(code)
        return info is not None and not (info.valid_to and info.valid_to < self.on) and info.valid_from <= self.on

    def takes_code(self, code: str) -> bool:
        return code in BASE or any(route[0] == code for route in ROUTES[self.payer].values())

    def study_code(self, key: str) -> str:
        return {"eeg": "95822", "eeg-non-intracranial": "95955"}[key]

    def item_code(self, item: str) -> str | None:
        return self.items.get(item)

    def takes_26(self, code: str) -> bool:
        return code in BASE and code != "92653"

    def primaries(self, addon: str) -> frozenset[str]:
        return self.listed if addon in TIMED else frozenset()

    def ncci(self, a: str, b: str) -> Edit | None:
        for one, two in ((a, b), (b, a)):
            if (one, two) in self.edits:
                return Edit(one, two, self.edits[one, two], LAYER)
        return None

    def operative_edit(self, operative: str, code: str) -> Edit | None:
        indicator = self.operative.get((operative, code))
        return Edit(operative, code, indicator, LAYER) if indicator else None

    def mue(self, code: str) -> Mue | None:
        return Mue(code, "practitioner", self.most[code], "3", LAYER) if code in self.most else None

    def pos(self, code: str) -> PlaceOfService | None:
        if code not in PLACES:
            return None
        facility, standing = PLACES[code]
        return PlaceOfService(code, f"place {code}", facility, standing)

    def accepts(self, credentials: tuple[str, ...]) -> bool | None:
        if {"MD", "DO"} & set(credentials):
            return True
        return None if "DABNM" in credentials else False

    def holds_back(self, credentials: tuple[str, ...]) -> bool:
        return self.accepts(credentials) is not True

    def necessity(self, tag: str) -> Necessity | None:
        return self.positions.get(tag)

    def limit(self, name: str) -> int:
        return self.limits[name]

    def refs(self, topic: str) -> tuple[Reference, ...]:
        return ()

    def rule(self, rule_id: str) -> RuleInfo | None:
        return self.infos.get(rule_id)


MEDICARE: Policy = FakePolicy()
COMMERCIAL: Policy = FakePolicy("commercial")


def scene(
    facts: Case | None = None,
    counted: Minutes | None = None,
    codes: tuple[CodeLine, ...] = (),
    not_reportable: tuple[NotReportable, ...] = (),
    policy: Policy = MEDICARE,
) -> RuleContext:
    return RuleContext(facts or case(), counted or minutes(), codes, not_reportable, policy)


def findings(rule_id: str, context: RuleContext) -> list[Finding]:
    """What one rule alone has to say of a scene."""
    return list(RULES[rule_id].function(context))


@dataclass(frozen=True)
class Pair:
    """A rule, a sentence on what sets it off, a scene that does and one, nearly the same, that does not."""

    rule: str
    says: str
    fires: RuleContext
    silent: RuleContext
    tells: tuple[str, ...] = ()
    """What the message has to name."""
    severity: str | None = None
    bare: bool = False
    """True where the document holds nothing to point at."""
