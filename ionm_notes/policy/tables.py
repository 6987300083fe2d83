"""The rows of the policy data, as they stand in the files; read this to add a table or a field, else `api.py`.

Each class is one kind of TOML table. A field named `from_` is written `from` in the file. `refs` are ids of
`references.toml`; every row has at least one, so that no value is without a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ionm_notes.policy.api import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: sources, and the first and last day on which it holds (None: open)."""

    refs: tuple[str, ...]
    from_: date | None = None
    to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the row holds on that day."""
        return (self.from_ is None or self.from_ <= on) and (self.to is None or on <= self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow(Row):
    """A procedure code."""

    code: str
    name: str
    kind: str
    successors: tuple[str, ...] = ()
    pctc: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow(Row):
    """The code of a base study."""

    key: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCodeRow(Row):
    """How minutes become units of a time code."""

    code: str
    minutes_per_unit: int
    minimum: int
    remainder: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow(Row):
    """A number by name."""

    name: str
    value: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow(Row):
    """A bundled item and the code that someone may reach for ('' where there is none)."""

    name: str
    code: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRow(Row):
    """Credentials, and whether the attendance of someone who holds them counts: yes, no or unsettled."""

    names: tuple[str, ...]
    accepted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NecessityRow(Row):
    """A position on monitoring in a kind of operation."""

    tag: str
    position: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow(Row):
    """Severity of a rule."""

    id: str
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(Row):
    """Standing of one place of service."""

    code: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTypeRow(Row):
    """Standing of the places of one CMS type that no row names."""

    type: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRow(Row):
    """The time code of some columns of minutes ('' where the payer takes none), with the payer's own rounding if any."""

    columns: tuple[str, ...]
    code: str
    always_query: bool = False
    minimum: int | None = None
    remainder: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRow(Row):
    """A code that the payer does not take though it is valid; `refused = false` in an overlay takes it again."""

    code: str
    refused: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRow(Row):
    """One CMS file and the day from which it holds."""

    kind: str
    as_of: date
    file: str


ALLOWED: dict[tuple[type[object], str], tuple[str, ...]] = {
    (CodeRow, "kind"): ("time", "base", "other"),
    (CredentialRow, "accepted"): ("yes", "no", "unsettled"),
    (NecessityRow, "position"): ("not_necessary", "doubtful", "necessary"),
    (RuleRow, "severity"): ("error", "warning", "info"),
    (PlaceRow, "standing"): ("accepted", "warning", "error"),
    (PlaceTypeRow, "standing"): ("accepted", "warning", "error"),
    (RouteRow, "columns"): ("in_room", "in_room_shared", "remote_exclusive", "remote_shared", "remote_unstated"),
    (Reference, "confidence"): ("V", "V-data", "S", "K"),
}
"""The words that a field may hold."""
