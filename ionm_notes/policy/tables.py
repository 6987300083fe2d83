"""The rows of the policy data, as they stand in the files; read this to add a table or a field, else `api.py`.

Each class is one kind of TOML table. A field named `from_` is written `from` in the file. `refs` are ids of
`references.toml`; every row has at least one, so that no value is without a source.
"""

# Types stand as objects here, not as texts, because the reader looks at them on every start.
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ionm_notes.types import Column, Severity

Standing = Literal["accepted", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: sources, and the first and last day on which it holds (None: open)."""

    refs: tuple[str, ...]
    from_: date | None = None
    to: date | None = None
    line: int = field(default=0, compare=False)
    """Line of the file; 0 where not known."""
    origin: str = field(default="", compare=False)
    """Name of the file that the row stands in."""

    def holds(self, on: date) -> bool:
        """Whether the row holds on that day."""
        return (self.from_ is None or self.from_ <= on) and (self.to is None or on <= self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow(Row):
    """A procedure code."""

    code: str
    name: str
    kind: Literal["time", "base", "other"]
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
    """Credentials, and whether the attendance of someone who holds them counts: yes, no or unsettled.

    Unopposed: no source settles it either, but the credential certifies professionals of monitoring and no source of this payer
    refuses it; time codes are not held back, and the finding says that nothing is settled.
    """

    names: tuple[str, ...]
    accepted: Literal["yes", "no", "unsettled", "unopposed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NecessityRow(Row):
    """A position on monitoring in a kind of operation."""

    tag: str
    position: Literal["not_necessary", "doubtful", "necessary"]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow(Row):
    """A kind of operation that necessity lists name, in words; `patterns/` tell how a record shows it."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow(Row):
    """Severity of a rule."""

    id: str
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(Row):
    """Standing of one place of service."""

    code: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTypeRow(Row):
    """Standing of the places of one CMS type that no row names."""

    type: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRow(Row):
    """The time code of some columns of minutes ('' where the payer takes none), with the payer's own rounding if any."""

    columns: tuple[Column, ...]
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
class PrimaryRow(Row):
    """A primary that is accepted with add-on codes besides those of CMS's list."""

    code: str
    addons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRow(Row):
    """One CMS file and the day from which it holds."""

    kind: str
    as_of: date
    file: str
