"""Lines of FHIR claims (R4 to R5): a Claim, a Bundle with what it refers to, a list of them, or one resource a line.

Read by hand from JSON: few fields are needed, and a resource with faults elsewhere is still read. What is not found
is left empty; what cannot be read is a fault with the resource and the item.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ionm_notes.claims.model import ClaimLine, Claims, Fault, Place
from ionm_notes.claims.values import Unreadable, day_of, money_of, units_of
from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.report.clean import for_terminal

NPI_SYSTEM = "http://hl7.org/fhir/sid/us-npi"
RECORD_TYPES = ("MR", "AN")
"""Identifiers of a patient that stand in reports: medical record and account number."""
DEPTH = 40


def read_fhir(data: bytes, name: str, limits: Limits = LIMITS) -> Claims:
    """The claims of a FHIR file. Raises `IonmError` (bad-claims) where it is no JSON or holds no Claim."""
    reader = _Reader(name, limits)
    for resource in _resources(_parsed(data, name, limits)):
        reader.know(resource)
    for claim in reader.claims:
        reader.read(claim)
    if not reader.claims:
        raise IonmError("bad-claims", name, "the FHIR file holds no Claim")
    return Claims(tuple(reader.lines), tuple(reader.faults))


def _parsed(data: bytes, name: str, limits: Limits) -> list[Any]:
    if sum(data.count(sign) for sign in (b",", b"{", b"[")) > limits.json_items:
        raise IonmError("bad-claims", name, "more items than are read; split the file")
    try:
        text = data.decode("utf-8-sig")
        try:
            return [json.loads(text)]
        except json.JSONDecodeError:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise IonmError("bad-claims", name, f"no JSON that can be read ({type(error).__name__})") from error


def _resources(values: Sequence[Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Every resource, those in bundles, lists and within one another too."""
    for value in values:
        if isinstance(value, list) and depth < DEPTH:
            yield from _resources(value, depth + 1)
        elif isinstance(value, Mapping) and "resourceType" in value:
            yield value
            if depth < DEPTH:
                entries = [entry.get("resource") for entry in _list(value, "entry") if isinstance(entry, Mapping)]
                yield from _resources([*entries, *_list(value, "contained")], depth + 1)


@dataclass(slots=True)
class _Reader:
    name: str
    limits: Limits
    known: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    claims: list[Mapping[str, Any]] = field(default_factory=list)
    lines: list[ClaimLine] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def know(self, resource: Mapping[str, Any]) -> None:
        """Keeps a resource under the names by which others refer to it."""
        kind, its = _text(resource, "resourceType"), _text(resource, "id")
        self.known[f"{kind}/{its}"] = resource
        if kind == "Claim":
            self.claims.append(resource)

    def read(self, claim: Mapping[str, Any]) -> None:
        """Adds the lines of a claim."""
        number = _first_identifier(claim) or _text(claim, "id") or f"claim {self.claims.index(claim) + 1}"
        patient = self.meant(claim, claim.get("patient"))
        diagnoses = tuple(code for d in _list(claim, "diagnosis") if (code := _code(_map(d, "diagnosisCodeableConcept"))))
        for at, item in enumerate(_list(claim, "item"), 1):
            if not isinstance(item, Mapping):
                self.faults.append(Fault(Place(self.name, f"Claim {number}, item {at}", at), "this is no item; it was left out"))
                continue
            if len(self.lines) >= self.limits.claim_lines:
                raise IonmError("bad-claims", self.name, f"more than {self.limits.claim_lines} lines; split the file")
            self.line(claim, number, item, at, patient, diagnoses)

    def line(
        self,
        claim: Mapping[str, Any],
        number: str,
        item: Mapping[str, Any],
        at: int,
        patient: Mapping[str, Any],
        diagnoses: tuple[str, ...],
    ) -> None:
        """Adds one item, or a fault where it has no code."""
        place = Place(self.name, f"Claim {number}, item {at}", len(self.lines) + 1)
        code = _code(_map(item, "productOrService"))
        if not code:
            self.faults.append(Fault(place, "the item has no procedure code; it was left out"))
            return
        who = self.meant(claim, self.rendering(claim, item))
        period = _map(item, "servicedPeriod")
        net = _map(item, "net") or _map(item, "unitPrice")
        units = self.value(units_of, _map(item, "quantity").get("value", ""), place, "quantity")
        charge = self.value(money_of, net.get("value", ""), place, "amount")
        if charge is not None and not _map(item, "net"):
            charge *= 1 if units is None else units
        self.lines.append(
            ClaimLine(
                claim=number,
                line=self.value(units_of, item.get("sequence", at), place, "sequence") or at,
                code=code.upper(),
                patient=_human(patient),
                born=self.value(day_of, _text(patient, "birthDate"), place, "birth date"),
                record=_record(patient),
                day=self.value(day_of, _text(item, "servicedDate") or _text(period, "start"), place, "date of service"),
                modifiers=tuple(code.upper() for m in _list(item, "modifier") if (code := _code(m))),
                units=units,
                place=_code(_map(item, "locationCodeableConcept")),
                professional=_human(who) or _display(self.rendering(claim, item)),
                npi=_npi(who) or _npi({"identifier": [_map(self.rendering(claim, item), "identifier")]}),
                payer=_text(self.meant(claim, claim.get("insurer")), "name") or _display(claim.get("insurer")),
                charge=charge,
                diagnoses=diagnoses,
                source=place,
            )
        )

    def rendering(self, claim: Mapping[str, Any], item: Mapping[str, Any]) -> Mapping[str, Any]:
        """The reference to who did it: of the care team, the members that the item names; else its primary, or the only one."""
        wanted = _list(item, "careTeamSequence")
        team = [member for member in _list(claim, "careTeam") if isinstance(member, Mapping)]
        mine = [member for member in team if member.get("sequence") in wanted] or [
            m for m in team if _code(_map(m, "role")) == "primary"
        ]
        chosen = mine if len(mine) == 1 else team if len(team) == 1 else []
        return _map(chosen[0], "provider") if chosen else {}

    def meant(self, claim: Mapping[str, Any], reference: Any) -> Mapping[str, Any]:
        """The resource that a reference of a claim means, within the claim or in the file; empty where it is in neither."""
        target = _text(reference, "reference") if isinstance(reference, Mapping) else ""
        if target.startswith("#"):
            return next((one for one in _list(claim, "contained") if f"#{_text(one, 'id')}" == target), {})
        return self.known.get(target) or self.known.get("/".join(target.split("/")[-2:]), {})

    def value(self, read: Any, told: Any, place: Place, what: str) -> Any:
        """What a field says; None and a fault where it cannot be read."""
        try:
            return read("" if told is None else str(told))
        except Unreadable as error:
            self.faults.append(Fault(place, f"{what}: {error}"))
            return None


def _list(value: Any, name: str) -> list[Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else []


def _map(value: Any, name: str) -> Mapping[str, Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _text(value: Any, name: str) -> str:
    found = value.get(name) if isinstance(value, Mapping) else None
    return for_terminal(found) if isinstance(found, str) else ""


def _code(concept: Any) -> str:
    """The first code of a concept."""
    return next((code for coding in _list(concept, "coding") if (code := _text(coding, "code"))), "")


def _display(reference: Any) -> str:
    return _text(reference, "display")


def _human(resource: Mapping[str, Any]) -> str:
    """'Last, First Middle', or the text of the name."""
    for name in _list(resource, "name"):
        given = " ".join(part for part in _list(name, "given") if isinstance(part, str))
        family = _text(name, "family")
        if family:
            return for_terminal(f"{family}, {given}" if given else family)
        if _text(name, "text"):
            return _text(name, "text")
    return ""


def _first_identifier(resource: Mapping[str, Any]) -> str:
    return next((value for one in _list(resource, "identifier") if (value := _text(one, "value"))), "")


def _record(patient: Mapping[str, Any]) -> str:
    """The record or account number; the only identifier where none says what it is."""
    identifiers = _list(patient, "identifier")
    kinds = [(_code(_map(one, "type")), _text(one, "value")) for one in identifiers]
    named = next((value for wanted in RECORD_TYPES for kind, value in kinds if kind == wanted and value), "")
    return named or (kinds[0][1] if len(kinds) == 1 and not kinds[0][0] else "")


def _npi(resource: Mapping[str, Any]) -> str:
    return next((_text(one, "value") for one in _list(resource, "identifier") if _text(one, "system") == NPI_SYSTEM), "")
