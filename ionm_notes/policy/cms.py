"""CMS tables as of one day: edits, units, primaries, indicators, places; read this to know what of a layer is in force."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ionm_notes.policy.api import Edit, Mue
from ionm_notes.policy.reading import bad
from ionm_notes.policy.store import Layer, PolicyData

FOREVER = "9999-12-31"
VOID = "9"
"""NCCI modifier indicator of an edit that never was in force."""
PRACTITIONER = "practitioner"
SAME_PRACTITIONER = "ncci-same-practitioner"
PROFESSIONAL_PART = "26"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CmsTables:
    """The CMS tables of one day, by key."""

    edits: Mapping[tuple[str, str], Edit]
    mues: Mapping[str, Mue]
    primaries: Mapping[str, frozenset[str]]
    indicators: Mapping[str, str]
    places: Mapping[str, tuple[str, str]]
    """Place-of-service code -> name and type."""
    fees: Mapping[str, Decimal]
    """Code -> national amount of one unit in a facility, of the professional part where the code has parts; without any
    locality. Empty where the layer holds no amounts."""
    layers: Mapping[str, str]
    """Kind of table -> first day of its layer."""

    def pctc(self, code: str, otherwise: str | None) -> str | None:
        """The PC/TC indicator of a code's own unmodified row, or the given one where no row stands."""
        return self.indicators.get(code, otherwise)


def cms_tables(data: PolicyData, on: date) -> CmsTables:
    """The CMS tables on a day. Raises `IonmError` where the data has no layer of some kind.

    Days between which nothing changes share one set of tables.
    """
    layers = [layer_of(data, kind, on) for kind in ("ncci", "mue", "addon", "pfs", "pos")]
    try:
        return _tables(*((layer, _last_change(layer, on)) for layer in layers))
    except (KeyError, ValueError) as error:
        names = ", ".join(layer.path.name for layer in layers)
        raise bad(names, f"a CMS table lacks a column or holds a value that cannot be read: {error}") from error


Dated = tuple[Layer, date]


@lru_cache(maxsize=64)
def _tables(ncci: Dated, mue: Dated, addon: Dated, pfs: Dated, pos: Dated) -> CmsTables:
    of_mue = mue[0].as_of.isoformat()
    return CmsTables(
        edits=_edits(*ncci),
        mues={
            row["code"]: Mue(row["code"], row["setting"], int(row["units"]), row["mai"], of_mue)
            for row in mue[0].rows
            if row["setting"] == PRACTITIONER
        },
        primaries=_grouped((row["addon"], row["primary"]) for row in addon[0].rows if _in_force(row, addon[1])),
        indicators={row["code"]: row["pctc"] for row in pfs[0].rows if not row["modifier"]},
        places={row["pos"]: (row["name"], row["type"]) for row in pos[0].rows},
        fees=_fees(pfs[0]),
        layers={layer.kind: layer.as_of.isoformat() for layer, _ in (ncci, mue, addon, pfs, pos)},
    )


def _last_change(layer: Layer, on: date) -> date:
    """The last day up to `on` on which a row of the layer began or ended; what held then holds still."""
    changes = _changes(layer)
    place = bisect_right(changes, on.isoformat())
    return date.fromisoformat(changes[place - 1]) if place else date.min


@lru_cache(maxsize=64)
def _changes(layer: Layer) -> list[str]:
    return sorted({day for row in layer.rows for name in ("effective", "deleted") if (day := row.get(name))})


def layer_of(data: PolicyData, kind: str, on: date) -> Layer:
    """The newest layer of a kind that has begun, or else the oldest. Raises `IonmError` where there is none."""
    layers = sorted((layer for layer in data.layers if layer.kind == kind), key=lambda layer: layer.as_of)
    if not layers:
        raise bad("layers.toml", f"no layer of kind '{kind}'")
    begun = [layer for layer in layers if layer.as_of <= on]
    return begun[-1] if begun else layers[0]


def _edits(layer: Layer, on: date) -> dict[tuple[str, str], Edit]:
    return {
        (row["column1"], row["column2"]): Edit(row["column1"], row["column2"], row["modifier_indicator"], layer.as_of.isoformat())
        for row in layer.rows
        if _in_force(row, on)
    }


def _fees(layer: Layer) -> dict[str, Decimal]:
    """The amounts of a fee schedule: relative values of a facility by the conversion factor, to the cent."""
    found: dict[str, Decimal] = {}
    for row in layer.rows:
        total, factor = row.get("facility_total"), row.get("conversion_factor")
        # The part's own row stands after the whole code's and takes its place.
        if total and factor and row["modifier"] in ("", PROFESSIONAL_PART):
            found[row["code"]] = (Decimal(total) * Decimal(factor)).quantize(CENT)
    return found


def same_practitioner(data: PolicyData, code: str, on: date) -> frozenset[str]:
    """Operative, anesthesia and other codes beside which a code falls if the same practitioner reports both."""
    return frozenset(operative for operative, fallen in operative_edits(data, on) if fallen == code)


def operative_edits(data: PolicyData, on: date) -> Mapping[tuple[str, str], Edit]:
    """The edits between operations or anesthesia and monitoring of the same practitioner, by (operation, code that falls)."""
    layer = layer_of(data, SAME_PRACTITIONER, on)
    return _operative(layer, _last_change(layer, on))


@lru_cache(maxsize=16)
def _operative(layer: Layer, on: date) -> Mapping[tuple[str, str], Edit]:
    return _edits(layer, on)


def _in_force(row: Mapping[str, str], on: date) -> bool:
    """An edit holds from its first day, where one is given, until the day before its deletion; a void one never."""
    day = on.isoformat()
    return row.get("modifier_indicator") != VOID and (row.get("effective") or "") <= day < (row.get("deleted") or FOREVER)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}
