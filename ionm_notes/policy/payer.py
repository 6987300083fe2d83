"""One payer's policy as of one day, answering from memory; read this to see how overlays and dates are resolved.

A question goes to the payer's own profile, then to the ones it inherits from, and the first row that holds on the day
answers. CMS tables come from the newest layer that has begun by then (before the oldest layer: the oldest).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from ionm_notes.policy.api import CodeInfo, Edit, Mue, Necessity, PlaceOfService, Reference, RuleInfo, TimeCode
from ionm_notes.policy.cms import CmsTables, operative_edits
from ionm_notes.policy.store import KEYS, PolicyData, Profile
from ionm_notes.policy.tables import (
    CredentialRow,
    ItemRow,
    LimitRow,
    NecessityRow,
    PlaceRow,
    PlaceTypeRow,
    PrimaryRow,
    RefuseRow,
    RouteRow,
    Row,
    RuleRow,
    Standing,
)
from ionm_notes.types import Column

R = TypeVar("R", bound=Row)
SPLIT = "1"
"""PC/TC indicator of codes that have a professional and a technical part."""
FACILITY = "Facility"
UNKNOWN_STANDING: Standing = "error"
"""Where the data say nothing of a type of place."""


@dataclass(frozen=True, slots=True, eq=False)
class PayerPolicy:
    """The policy of `api.Policy`: a payer's profiles, nearest first, over the shared data, on one day."""

    payer: str
    on: date
    profiles: tuple[Profile, ...]
    data: PolicyData
    cms: CmsTables
    known: dict[Column, TimeCode | None] = field(default_factory=dict, repr=False)
    """Time codes that were asked for, since every document asks for each of them many times."""
    met: dict[tuple[str, str], Row] = field(default_factory=dict, repr=False)
    """Rows that were asked for and found, by table and key; there are no more than the data hold."""

    @property
    def title(self) -> str:
        """The payer's name in sentences."""
        return self.profiles[0].title

    @property
    def version(self) -> str:
        """Hash of the data, twelve hex digits."""
        return self.data.version

    @property
    def layers(self) -> Mapping[str, str]:
        """The CMS layers that answer: kind of table to the layer's first day."""
        return self.cms.layers

    def time_code(self, column: Column) -> TimeCode | None:
        """The code for minutes of `column`, or None where this payer takes none."""
        if column not in self.known:
            self.known[column] = self._time_code(column)
        return self.known[column]

    @property
    def longest_unit(self) -> int:
        """Minutes of the longest unit of any time code valid on this date, whether this payer takes it or not."""
        valid = (row.minutes_per_unit for row in self.data.time_codes if row.holds(self.on) and self.is_valid(row.code))
        return max(valid)

    def _time_code(self, column: Column) -> TimeCode | None:
        route = self.route(column)
        if route is None or not route.code:
            return None
        unit = next((row for row in self.data.time_codes if row.code == route.code and row.holds(self.on)), None)
        if unit is None:
            return None
        return TimeCode(
            code=route.code,
            column=column,
            minutes_per_unit=unit.minutes_per_unit,
            minimum=unit.minimum if route.minimum is None else route.minimum,
            remainder=unit.remainder if route.remainder is None else route.remainder,
            always_query=route.always_query,
            refs=(*route.refs, *(ref for ref in unit.refs if ref not in route.refs)),
        )

    def route(self, column: Column) -> RouteRow | None:
        """The row by which minutes of `column` go to a code, or by which they go to none; None where the data are silent."""
        # A route without dates holds as long as its code does; before that, the inherited one goes on.
        routes = self._each("route", RouteRow, column)
        return next((row for row in routes if not row.code or self.is_valid(row.code)), None)

    def code(self, code: str) -> CodeInfo | None:
        """What is known of a code, valid on this date or not; None if unknown."""
        row = self.data.codes.get(code)
        if row is None:
            return None
        pctc = self.cms.pctc(code, row.pctc)
        return CodeInfo(code, row.name, row.kind, row.from_, row.to, row.successors, pctc, row.refs)

    def is_valid(self, code: str) -> bool:
        """Whether a known code is valid on this date."""
        row = self.data.codes.get(code)
        return row is not None and row.holds(self.on)

    def takes_code(self, code: str) -> bool:
        """Whether this payer takes the code at all; a code that nothing is known of is not taken."""
        refusal = self._first("refuse", RefuseRow, code)
        return code in self.data.codes and not (refusal is not None and refusal.refused)

    def study_code(self, key: str) -> str:
        """The code of a base study on this date. Raises `KeyError` for an unknown key."""
        for row in self.data.studies:
            if row.key == key and row.holds(self.on):
                return row.code
        raise KeyError(f"the policy has no study '{key}' on {self.on}")

    def item_code(self, item: str) -> str | None:
        """The code someone may be tempted to bill for a bundled item, None if it has none or is unknown."""
        row = self._first("item", ItemRow, item)
        return row.code or None if row else None

    def takes_26(self, code: str) -> bool:
        """Whether modifier 26 applies: PC/TC indicator 1 of the code's own row."""
        row = self.data.codes.get(code)
        return row is not None and self.cms.pctc(code, row.pctc) == SPLIT

    def primaries(self, addon: str) -> frozenset[str]:
        """Codes accepted as primary with an add-on code; empty if it is no add-on."""
        listed = self.cms.primaries.get(addon)
        if listed is None:
            return frozenset()
        return listed | {row.code for row in self._in_force("primary", PrimaryRow) if addon in row.addons}

    def ncci(self, a: str, b: str) -> Edit | None:
        """The edit between two codes in either order, in force on this date."""
        return self.cms.edits.get((a, b)) or self.cms.edits.get((b, a))

    def operative_edit(self, operative: str, code: str) -> Edit | None:
        """The edit by which `code` falls beside an operation or anesthesia that the same practitioner reports."""
        return operative_edits(self.data, self.on).get((operative, code))

    def mue(self, code: str) -> Mue | None:
        """The practitioner MUE of a code."""
        return self.cms.mues.get(code)

    def pos(self, code: str) -> PlaceOfService | None:
        """What a place-of-service code is; None if unknown or unassigned."""
        known = self.cms.places.get(code)
        if known is None:
            return None
        name, kind = known
        row = self._first("place", PlaceRow, code)
        by_type = row or self._first("place_type", PlaceTypeRow, kind)
        standing = by_type.standing if by_type else UNKNOWN_STANDING
        return PlaceOfService(code, name, kind == FACILITY, standing)

    def accepts(self, credentials: tuple[str, ...]) -> bool | None:
        """True if one of the credentials is accepted; False if all that are known are refused; None where not settled."""
        found = self._standings(credentials)
        if "yes" in found:
            return True
        return False if found == {"no"} else None

    def holds_back(self, credentials: tuple[str, ...]) -> bool:
        """Whether time codes of someone with these credentials wait for the payer's word: refused, unknown or unsettled."""
        return not self._standings(credentials) & {"yes", "unopposed"}

    def _standings(self, credentials: tuple[str, ...]) -> set[str]:
        return {row.accepted for word in credentials if (row := self._credential(word)) is not None}

    def _credential(self, word: str) -> CredentialRow | None:
        plain = re.sub(r"[.\s-]", "", word).upper()
        return self._first("credential", CredentialRow, plain)

    def necessity(self, tag: str) -> Necessity | None:
        """This payer's position on an operation tag; None where it says nothing."""
        row = self._first("necessity", NecessityRow, tag)
        return Necessity(row.tag, row.position, row.why, row.refs) if row else None

    def limit(self, name: str) -> int:
        """A number of the policy by name. Raises `KeyError` for an unknown name."""
        row = self._first("limit", LimitRow, name)
        if row is None:
            raise KeyError(f"the policy has no limit '{name}'")
        return row.value

    def fee(self, code: str) -> Decimal | None:
        """The national amount of one unit, where this payer pays by the fee schedule and one was imported; else None."""
        return self.cms.fees.get(code) if self.limit("pays-fee-schedule") else None

    def refs(self, topic: str) -> tuple[Reference, ...]:
        """Sources for a rule id, a code, an item, a limit, a necessity tag, a study key, or a source's own id."""
        ids = dict.fromkeys(ref for row in self.rows_about(topic) for ref in row.refs)
        if topic in self.data.references:
            ids[topic] = None
        if topic == "pos":
            ids |= dict.fromkeys(ref for row in self._in_force("place", PlaceRow) for ref in row.refs)
            ids |= dict.fromkeys(ref for row in self._in_force("place_type", PlaceTypeRow) for ref in row.refs)
        return tuple(self.data.references[ref] for ref in ids)

    def rule(self, rule_id: str) -> RuleInfo | None:
        """Severity and citations of a rule for this payer; None if the data has no such rule."""
        row = self._first("rule", RuleRow, rule_id)
        return RuleInfo(row.id, row.severity, row.refs) if row else None

    def rows_about(self, topic: str) -> Iterator[Row]:
        """The rows that hold on this day and are about a topic, the payer's own before the inherited ones."""
        code = self.data.codes.get(topic)
        yield from (code,) if code else ()
        yield from (row for row in self.data.time_codes if row.code == topic and row.holds(self.on))
        yield from (row for row in self.data.studies if topic in (row.key, row.code) and row.holds(self.on))
        for profile in self.profiles:
            for kept in profile.tables.values():
                yield from (row for row in kept if topic in keys(row) and row.holds(self.on))

    def topics(self) -> Iterator[str]:
        """Everything but rules that can be asked about by name: codes, study keys, items, limits, operation tags."""
        yield from self.data.codes
        yield from (row.key for row in self.data.studies)
        for table in ("item", "limit", "necessity"):
            for profile in self.profiles:
                yield from (getattr(row, KEYS[table]).lower() for row in profile.tables.get(table, ()))

    def _first(self, table: str, kind: type[R], key: str) -> R | None:
        """The row of a key that holds on the day, the payer's own before the inherited ones."""
        known = self.met.get((table, key))
        if isinstance(known, kind):
            return known
        found = next(self._each(table, kind, key), None)
        if found is not None:
            self.met[table, key] = found
        return found

    def _each(self, table: str, kind: type[R], key: str) -> Iterator[R]:
        for profile in self.profiles:
            for row in profile.index.get((table, key), ()):
                if isinstance(row, kind) and row.holds(self.on):
                    yield row

    def rows(self, table: str, kind: type[R]) -> Iterator[R]:
        """The rows of a table that hold for this payer on this day: of each key, the nearest profile's alone."""
        seen: set[object] = set()
        for row in self._in_force(table, kind):
            key = getattr(row, KEYS[table])
            if key not in seen:
                seen.add(key)
                yield row

    def _in_force(self, table: str, kind: type[R]) -> Iterator[R]:
        for profile in self.profiles:
            for row in profile.tables.get(table, ()):
                if isinstance(row, kind) and row.holds(self.on):
                    yield row


def keys(row: Row) -> tuple[str, ...]:
    """The words by which a row is found: its code, name, tag or id."""
    words = (getattr(row, name, "") for name in ("code", "name", "tag", "id"))
    return tuple(word for word in words if word)
