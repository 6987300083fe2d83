"""Says in words how two layers of one kind differ; read this for what counts as a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Record = Mapping[str, str]
SETTINGS = ("practitioner", "outpatient_facility")
_EDIT = (("column1", "column2"), ("modifier_indicator", "deleted"))
_LIMIT = (("code", "setting"), ("units", "mai"))
SHAPES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ncci": _EDIT,
    "ncci-same-practitioner": _EDIT,
    "mue": _LIMIT,
    "mue-outpatient": _LIMIT,
    "addon": (("addon", "primary"), ("edit_type",)),
    "pfs": (("code", "modifier"), ("status", "pctc", "global_period", "bilateral", "supervision", "nonfacility_na")),
}
"""By kind of layer: the columns that name a row, and those whose values matter."""


def compare(kind: str, before: Iterable[Record], after: Iterable[Record]) -> list[str]:
    """A line per row that is changed, new or gone, in this order, and among these by the rows' names.

    Only settings that the newer layer covers are compared. Raises `KeyError` for an unknown kind.
    """
    names, values = SHAPES[kind]
    new = {tuple(row[name] for name in names): row for row in after}
    settings = {row["setting"] for row in new.values() if "setting" in row}
    old = {tuple(row[name] for name in names): row for row in before if not settings or row.get("setting") in settings}
    both = sorted(old.keys() & new.keys())
    changed = [
        f"{_named(key)}: {v} {old[key][v]} -> {new[key][v]}" for key in both for v in values if old[key].get(v) != new[key].get(v)
    ]
    added = [f"{_named(key)}: new ({_told(new[key], values)})" for key in sorted(new.keys() - old.keys())]
    gone = [f"{_named(key)}: gone (was {_told(old[key], values)})" for key in sorted(old.keys() - new.keys())]
    return changed + added + gone


def _named(key: tuple[str, ...]) -> str:
    return " with ".join(part for part in key if part and part not in SETTINGS)


def _told(row: Record, values: Iterable[str]) -> str:
    return ", ".join(f"{value} {row[value]}" for value in values if row.get(value))
