"""Recognizes CMS's published layouts and takes the needed columns out of them; read this when CMS changes a layout.

Layouts: NCCI pair edits (column 1, column 2, flag of edits older than 1996, effective day, deletion day or '*', modifier
indicator, rationale); MUE (code, units, adjudication indicator, rationale, after opening lines); add-on code edits
(add-on, primary, type, effective, deletion); fee schedule PPRRVU (headings stacked over several lines). Rationale and
description columns are never kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

CODE = re.compile(r"^[0-9A-Z]{4}[0-9A-Z]$")
DAY = re.compile(r"^(?:19|20)\d{6}$")
NEVER = "9999-12-31"
Rows = Iterator[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognized layout: the kind of table, and how a data row becomes a record (None: not a data row)."""

    kind: str
    setting: str
    read: Callable[[Sequence[str]], dict[str, str] | None]


def recognize(name: str, opening: Sequence[Sequence[str]]) -> Layout | None:
    """The layout of a table by its name and opening rows; None if it is none that is taken over."""
    return _pairs(name, opening) or _mue(opening) or _addon(opening) or _fees(opening)


def iso(day: str) -> str:
    """'20240701' as '2024-07-01'; '*' or nothing as the day that never comes."""
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}" if DAY.match(day) else NEVER


def _text(opening: Sequence[Sequence[str]]) -> str:
    return " ".join(" ".join(row) for row in opening).lower()


def _pairs(name: str, opening: Sequence[Sequence[str]]) -> Layout | None:
    words = _text(opening)
    if not re.search(r"column\s*1", words) or not re.search(r"column\s*2", words) or "modifier" not in words:
        return None
    hospital = bool(re.search(r"outpatient|hospital|oph", name.lower()))
    return Layout("ncci", "outpatient" if hospital else "practitioner", _pair)


def _pair(row: Sequence[str]) -> dict[str, str] | None:
    if len(row) < 6 or not CODE.match(row[0]) or not CODE.match(row[1]) or row[5] not in ("0", "1", "9"):
        return None
    return {
        "column1": row[0],
        "column2": row[1],
        "modifier_indicator": row[5],
        "deleted": iso(row[4]),
        "effective": iso(row[3]),
    }


def _mue(opening: Sequence[Sequence[str]]) -> Layout | None:
    for row in opening:
        cells = [" ".join(cell.lower().split()) for cell in row]
        units = next((n for n, cell in enumerate(cells) if "mue value" in cell), None)
        mai = next((n for n, cell in enumerate(cells) if "adjudication" in cell), None)
        if units is None or mai is None:
            continue
        if "practitioner" in cells[units]:
            setting = "practitioner"
        else:
            setting = "outpatient" if "outpatient" in cells[units] else "supplier"
        return Layout("mue", setting, partial(_mue_row, units=units, mai=mai, setting=setting))
    return None


def _mue_row(row: Sequence[str], units: int, mai: int, setting: str) -> dict[str, str] | None:
    if len(row) <= max(units, mai) or not CODE.match(row[0]) or not row[units].isdigit() or row[mai][:1] not in ("1", "2", "3"):
        return None
    return {"code": row[0], "setting": setting, "units": row[units], "mai": row[mai][:1]}


def _addon(opening: Sequence[Sequence[str]]) -> Layout | None:
    for row in opening:
        cells = [re.sub(r"[^a-z]+", " ", cell.lower()).strip() for cell in row]
        found = {
            "type": _find(cells, r"type"),
            "addon": _find(cells, r"^(?:add ?on|aoc)(?: code)?$"),
            "primary": _find(cells, r"primary"),
            "effective": _find(cells, r"\beff"),
            "deleted": _find(cells, r"\bdel"),
        }
        if found["addon"] is not None and found["primary"] is not None:
            return Layout("addon", "practitioner", partial(_addon_row, at=found))
    return None


def _find(cells: Sequence[str], expression: str) -> int | None:
    return next((n for n, cell in enumerate(cells) if re.search(expression, cell)), None)


def _addon_row(row: Sequence[str], at: Mapping[str, int | None]) -> dict[str, str] | None:
    def cell(name: str) -> str:
        place = at[name]
        return row[place] if place is not None and place < len(row) else ""

    # Types 2 and 3 may hold words such as 'contractor defined' in place of a primary.
    if not CODE.match(cell("addon")) or not CODE.match(cell("primary")):
        return None
    return {
        "addon": cell("addon"),
        "primary": cell("primary"),
        "edit_type": cell("type")[:1] or "1",
        "effective": iso(cell("effective")),
        "deleted": iso(cell("deleted")),
    }


_FEE_COLUMNS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "modifier": (frozenset({"MOD"}), frozenset()),
    "status": (frozenset({"STATUS", "CODE"}), frozenset()),
    "pctc": (frozenset({"PCTC"}), frozenset()),
    "global_period": (frozenset({"GLOB"}), frozenset()),
    "multiple_procedure": (frozenset({"MULT"}), frozenset()),
    "bilateral": (frozenset({"BILAT"}), frozenset()),
    "supervision": (frozenset({"PHYSICIAN", "SUPERVISION"}), frozenset()),
    "nonfacility_na": (frozenset({"NON", "NA", "INDICATOR"}), frozenset()),
    "facility_na": (frozenset({"FACILITY", "NA", "INDICATOR"}), frozenset({"NON"})),
    "work_rvu": (frozenset({"WORK", "RVU"}), frozenset()),
    "facility_total": (frozenset({"FACILITY", "TOTAL"}), frozenset({"NON"})),
}
"""Field of our table -> words that the stacked heading of its column holds, and words that it does not hold."""


def _fees(opening: Sequence[Sequence[str]]) -> Layout | None:
    last = next((n for n, row in enumerate(opening) if row and row[0].upper() == "HCPCS" and len(row) > 20), None)
    if last is None:
        return None
    # Headings are stacked: every line above the last that fills some columns beyond the second belongs to them.
    stack = [row for row in opening[: last + 1] if len(row) > 20 and not (row[0] and row is not opening[last])]
    width = max(len(row) for row in stack)
    heads = [_words(" ".join(row[n] for row in stack if n < len(row))) for n in range(width)]
    at: dict[str, int] = {}
    for field, (needed, barred) in _FEE_COLUMNS.items():
        place = next((n for n, words in enumerate(heads) if needed <= words and not barred & words), None)
        if place is not None:
            at[field] = place
    if not {"modifier", "status", "pctc", "supervision"} <= at.keys():
        return None
    return Layout("pfs", "practitioner", partial(_fee_row, at=at))


def _words(head: str) -> frozenset[str]:
    # 'FAC' and 'FACILITY', 'PCTC' and 'PC/TC' stand for the same in different years.
    text = head.upper().replace("PC/TC", "PCTC")
    words = set(re.split(r"[^A-Z]+", text))
    return frozenset(words | ({"FACILITY"} if "FAC" in words else set()))


def _fee_row(row: Sequence[str], at: Mapping[str, int]) -> dict[str, str] | None:
    if len(row) <= max(at.values()) or not CODE.match(row[0]) or len(row[at["status"]]) != 1:
        return None
    return {"code": row[0], **{field: row[at[field]] if field in at else "" for field in _FEE_COLUMNS}}
