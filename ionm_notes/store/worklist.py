"""The worklist: one row for each document and payer, drawn from the newest audit, listed a page at a time.

The rows are kept beside the audits, because a list of a hundred thousand documents has to come from one narrow table.
`FILL` draws them; `Store` runs it for each new audit and `store.reviews` after each decision. A page is asked for by
the last row of the page before it (keyset), so that the thousandth page costs what the first one does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ionm_notes.store.database import Store
from ionm_notes.store.schema_worklist import SORTED

PAGE = 50
"""Rows of a page."""
FEW = 2_000
"""Up to so many hits of a search are looked up first; of more, the list is walked and each row asked whether it is a hit."""
Reviewed = Literal["", "reviewed", "open"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list; empty fields take everything. Dates are dates of service (YYYY-MM-DD), both ends included.

    `professional`, `facility` and `code` are parts of what stands there, in any case; `words` must all occur in the text of
    the document, or in the words of a finding, or in the name of the file.
    """

    payer: str = ""
    verdict: str = ""
    since: str = ""
    until: str = ""
    professional: str = ""
    facility: str = ""
    code: str = ""
    rule: str = ""
    reviewed: Reviewed = ""
    words: str = ""
    sort: str = "audited_at"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind the row of this value and number, or before it where `back`."""

    value: str
    number: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of rows, with whether there are rows before and behind it, and how many rows there are in all."""

    rows: tuple[dict[str, Any], ...]
    before: bool
    behind: bool
    total: int


def listed(store: Store, wanted: Wanted, place: Place | None = None, size: int = PAGE) -> Listed:
    """One page of the worklist. `ValueError` for a column that it cannot be sorted by."""
    if wanted.sort not in SORTED:
        raise ValueError(wanted.sort)
    where, values = _conditions(store, wanted)
    back = place is not None and place.back
    descending = wanted.descending != back
    order = f"{wanted.sort} {'DESC' if descending else 'ASC'}, id {'DESC' if descending else 'ASC'}"
    beyond, edge = "", list[object]()
    if place is not None:
        beyond = f" AND ({wanted.sort}, id) {'<' if descending else '>'} (?, ?)"
        edge = [_as_kept(wanted.sort, place.value), place.number]
    sql = f"SELECT * FROM worklist WHERE {where}{beyond} ORDER BY {order} LIMIT ?"  # noqa: S608 -- columns are of SORTED
    rows = store.rows(sql, (*values, *edge, size + 1))
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    total = store.rows(f"SELECT count(*) AS n FROM worklist WHERE {where}", values)[0]["n"]  # noqa: S608
    return Listed(tuple(rows), more if back else place is not None, back or more, total)


def choices(store: Store) -> dict[str, list[str]]:
    """The payers, verdicts and rules that occur, for the filters."""
    found = {}
    for name in ("payer", "verdict"):
        found[name] = _distinct(store, "worklist", name)
    found["rule"] = _distinct(store, "findings", "rule")
    return found


def _distinct(store: Store, table: str, column: str) -> list[str]:
    """The values of an indexed column, each found by a step through its index rather than a walk over all rows."""
    sql = f"""WITH RECURSIVE step(value) AS (
            SELECT min({column}) FROM {table}
            UNION ALL SELECT (SELECT min({column}) FROM {table} WHERE {column} > value) FROM step WHERE value IS NOT NULL)
        SELECT value FROM step WHERE value IS NOT NULL"""  # noqa: S608 -- names are fixed text
    return [row["value"] for row in store.rows(sql)]


def _as_kept(column: str, value: str) -> str | int:
    return int(value) if column in ("units", "gaps") else value


def _conditions(store: Store, wanted: Wanted) -> tuple[str, list[object]]:
    parts, values = ["1"], list[object]()
    for column, value in (("payer", wanted.payer), ("verdict", wanted.verdict)):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    for clause, value in (("date_of_service >= ?", wanted.since), ("date_of_service <= ?", wanted.until)):
        if value:
            parts.append(f"date_of_service <> '' AND {clause}")
            values.append(value)
    for column, value in (("professional", wanted.professional), ("facility", wanted.facility), ("codes", wanted.code)):
        if value:
            parts.append(f"instr(lower({column}), lower(?)) > 0")
            values.append(value)
    if wanted.rule:
        parts.append("audit_id IN (SELECT audit_id FROM findings WHERE rule = ?)")
        values.append(wanted.rule)
    if wanted.reviewed:
        parts.append("reviewed <> ''" if wanted.reviewed == "reviewed" else "reviewed = ''")
    if match := _match(wanted.words):
        clause, found = _search(store, match, wanted.words)
        parts.append(clause)
        values.extend(found)
    return " AND ".join(parts), values


def _match(words: str) -> str:
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.split())


def _search(store: Store, match: str, words: str) -> tuple[str, list[object]]:
    pages = store.rows("SELECT rowid AS id FROM pages_fts WHERE pages_fts MATCH ? LIMIT ?", (match, FEW + 1))
    findings = store.rows("SELECT rowid AS id FROM findings_fts WHERE findings_fts MATCH ? LIMIT ?", (match, FEW + 1))
    parts, values = list[str](), list[object]()
    for found, table, column in ((pages, "pages", "document_id"), (findings, "findings", "audit_id")):
        if len(found) > FEW:
            parts.append(
                f"EXISTS (SELECT 1 FROM {table} WHERE {column} = worklist.{column} AND id IN"  # noqa: S608
                f" (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?))"
            )
            values.append(match)
        elif found:
            marks = ", ".join(str(int(row["id"])) for row in found)
            parts.append(f"{column} IN (SELECT {column} FROM {table} WHERE id IN ({marks}))")  # noqa: S608 -- whole numbers
    parts.append("instr(lower(name), lower(?)) > 0")
    values.append(words)
    return f"({' OR '.join(parts)})", values
