"""Recognizes CMS's published layouts and takes the needed columns out of them; read this when CMS changes a layout.

Layouts: NCCI pair edits (column 1, column 2, flag of edits older than 1996, effective day, deletion day or '*', modifier
indicator, rationale); MUE (code, units, adjudication indicator, rationale, after opening lines); add-on code edits (type,
add-on, primary, days as year and number of the day); fee schedule PPRRVU (headings stacked over several lines).
Rationale and description columns are never kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial

CODE = re.compile(r"^[0-9A-Z]{4}[0-9A-Z]$")
AMOUNT = re.compile(r"^\d+(?:\.\d+)?$")
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


@lru_cache(maxsize=4096)
def iso(day: str) -> str:
    """'20240701', or '2024183' by the number of the day, as '2024-07-01'; anything else as the day that never comes."""
    for form, length in (("%Y%m%d", 8), ("%Y%j", 7)):
        if len(day) == length and day.isdigit():
            try:
                return datetime.strptime(day, form).date().isoformat()
            except ValueError:
                return NEVER
    return NEVER


@lru_cache(maxsize=4096)
def first_day_after(deletion: str, effective: str) -> str:
    """The first day on which an edit no longer holds, from its deletion day, which is the last on which it does.

    An edit deleted on its first day never held, so that day stands.
    """
    last, first = iso(deletion), iso(effective)
    if last == NEVER or (first != NEVER and last <= first):
        return last
    return (date.fromisoformat(last) + timedelta(days=1)).isoformat()


def _text(opening: Sequence[Sequence[str]]) -> str:
    return " ".join(" ".join(row) for row in opening).lower()


def _pairs(name: str, opening: Sequence[Sequence[str]]) -> Layout | None:
    words = _text(opening)
    if not re.search(r"column\s*1", words) or not re.search(r"column\s*2", words) or "modifier" not in words:
        return None
    hospital = bool(re.search(r"outpatient|hospital|oph", name.lower()))
    return Layout("ncci", "outpatient_facility" if hospital else "practitioner", _pair)


def _pair(row: Sequence[str]) -> dict[str, str] | None:
    if len(row) < 6 or not CODE.match(row[0]) or not CODE.match(row[1]) or row[5] not in ("0", "1", "9"):
        return None
    return {
        "column1": row[0],
        "column2": row[1],
        "modifier_indicator": row[5],
        "deleted": first_day_after(row[4], row[3]),
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
            setting = "outpatient_facility" if "outpatient" in cells[units] else "supplier"
        return Layout("mue", setting, partial(_mue_row, units=units, mai=mai, setting=setting))
    return None


def _mue_row(row: Sequence[str], units: int, mai: int, setting: str) -> dict[str, str] | None:
    if len(row) <= max(units, mai) or not CODE.match(row[0]) or not row[units].isdigit() or row[mai][:1] not in ("1", "2", "3"):
        return None
    return {"code": row[0], "setting": setting, "units": row[units], "mai": row[mai][:1]}


def _addon(opening: Sequence[Sequence[str]]) -> Layout | None:
    for row in opening:
        cells = [re.sub(r"[^a-z]+", " ", cell.lower()).strip() for cell in row]
        at = {
            "type": _find(cells, r"\btype\b"),
            "addon": _find(cells, r"^(?:add ?on|aoc)(?: code)?$"),
            "primary": _find(cells, r"^primary(?: code)?$"),
            "effective": _find(cells, r"\beff"),
        }
        if at["addon"] is not None and at["primary"] is not None:
            # The add-on, the primary and the edit each have a day of deletion; the first of them ends the edit.
            ends = tuple(n for n, cell in enumerate(cells) if re.search(r"\bdel", cell))
            return Layout("addon", "practitioner", partial(_addon_row, at=at, ends=ends))
    return None


def _find(cells: Sequence[str], expression: str) -> int | None:
    return next((n for n, cell in enumerate(cells) if re.search(expression, cell)), None)


def _addon_row(row: Sequence[str], at: Mapping[str, int | None], ends: Sequence[int]) -> dict[str, str] | None:
    def cell(place: int | None) -> str:
        return row[place] if place is not None and place < len(row) else ""

    # Types 2 and 3 may hold words such as 'contractor defined' in place of a primary.
    if not CODE.match(cell(at["addon"])) or not CODE.match(cell(at["primary"])):
        return None
    effective = cell(at["effective"])
    return {
        "addon": cell(at["addon"]),
        "primary": cell(at["primary"]),
        "edit_type": cell(at["type"])[:1] or "1",
        "effective": iso(effective),
        "deleted": min((first_day_after(cell(end), effective) for end in ends), default=NEVER),
    }


FEE_HEADING_LINES = 5
DESCRIPTION = 2
"""The column of descriptors, under which the file's own title stands too; never looked at."""
_FEE_COLUMNS: Mapping[str, tuple[frozenset[str], frozenset[str], int]] = {
    "modifier": (frozenset({"MOD"}), frozenset(), 0),
    "status": (frozenset({"STATUS", "CODE"}), frozenset(), 0),
    "pctc": (frozenset({"PCTC"}), frozenset(), 0),
    "global_period": (frozenset({"GLOB"}), frozenset(), 0),
    "multiple_procedure": (frozenset({"MULT"}), frozenset(), 0),
    "bilateral": (frozenset({"BILAT"}), frozenset(), 0),
    "supervision": (frozenset({"DIAGNOSTIC", "PROCEDURES"}), frozenset(), 0),
    "nonfacility_na": (frozenset({"NA", "INDICATOR"}), frozenset(), 0),
    "facility_na": (frozenset({"NA", "INDICATOR"}), frozenset(), 1),
    "work_rvu": (frozenset({"WORK", "RVU"}), frozenset(), 0),
    "facility_total": (frozenset({"FACILITY", "TOTAL"}), frozenset({"NON"}), 0),
    "conversion_factor": (frozenset({"CONV", "FACTOR"}), frozenset(), 0),
}
"""Field of our table -> words that the stacked heading of its column holds, words that it does not hold, and which of
the columns that match: the non-facility column stands before the facility one."""


def _fees(opening: Sequence[Sequence[str]]) -> Layout | None:
    last = next((n for n, row in enumerate(opening) if row and row[0].upper() == "HCPCS" and len(row) > 20), None)
    if last is None:
        return None
    stack = opening[max(0, last - FEE_HEADING_LINES + 1) : last + 1]
    width = len(opening[last])
    heads = [_words(" ".join(row[n] for row in stack if n < len(row))) for n in range(width)]
    heads[DESCRIPTION] = frozenset()
    at: dict[str, int] = {}
    for field, (needed, barred, which) in _FEE_COLUMNS.items():
        places = [n for n, words in enumerate(heads) if needed <= words and not barred & words]
        if which < len(places):
            at[field] = places[which]
    # A file without these columns is no PPRRVU, or CMS has changed it so that it must not be guessed at.
    return Layout("pfs", "practitioner", partial(_fee_row, at=at)) if at.keys() == _FEE_COLUMNS.keys() else None


def _words(head: str) -> frozenset[str]:
    """The words of a heading; 'FAC' and 'FACILITY', 'PCTC' and 'PC/TC' stand for the same in different years."""
    words = set(re.split(r"[^A-Z]+", head.upper().replace("PC/TC", "PCTC")))
    return frozenset(words | ({"FACILITY"} if "FAC" in words else set()))


def _fee_row(row: Sequence[str], at: Mapping[str, int]) -> dict[str, str] | None:
    if len(row) <= max(at.values()) or not CODE.match(row[0]) or len(row[at["status"]]) != 1:
        return None
    record = {"code": row[0], **{field: row[place] for field, place in at.items()}}
    return record | {
        field: record[field] if AMOUNT.match(record[field]) else "" for field in ("facility_total", "conversion_factor")
    }
