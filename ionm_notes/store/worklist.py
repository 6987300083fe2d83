"""The worklist: one row for each document and payer, drawn from the newest audit, listed a page at a time.

The rows are kept beside the audits, because a list of a hundred thousand documents has to come from one narrow table.
`FILL` draws them; `Store` runs it for each new audit and `store.reviews` after each decision. A page is asked for by
the last row of the page before it (keyset), so that the thousandth page costs what the first one does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ionm_notes.store.database import Store
from ionm_notes.store.queries import literal
from ionm_notes.store.schema_worklist import SORTED

PAGE = 50
"""Rows of a page."""
FEW = 10_000
"""Up to so many hits of a search are looked up first; of more, the list is walked and each row asked whether it is a hit."""
LIKE = r"LIKE ? ESCAPE '\'"
"""A part of a text in any case (of ASCII): some four times as fast as `instr` over `lower`."""
Reviewed = Literal["", "reviewed", "open"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list; empty fields take everything. Dates are dates of service (YYYY-MM-DD), both ends included.

    `professional`, `facility` and `code` are parts of what stands there, in any case; `words` must all occur in the text of
    a page, or in the name of the file.
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
    """One page of rows, whether there are rows before and behind it, and how many in all (None: too many to count)."""

    rows: tuple[dict[str, Any], ...]
    before: bool
    behind: bool
    total: int | None


def listed(store: Store, wanted: Wanted, place: Place | None = None, size: int = PAGE) -> Listed:
    """One page of the worklist. `ValueError` for a column that it cannot be sorted by."""
    if wanted.sort not in SORTED:
        raise ValueError(wanted.sort)
    where, values, often = _conditions(store, wanted)
    if wanted.words and not often:
        # Few enough to be looked up once, rather than once to count and once to list.
        ids = store.rows(f"SELECT id FROM worklist WHERE {where}", values)  # noqa: S608 -- names are fixed text; every value is a parameter
        where, values = "id IN (SELECT value FROM json_each(?))", [json.dumps([row["id"] for row in ids])]
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
    total = None if often else store.rows(f"SELECT count(*) AS n FROM worklist WHERE {where}", values)[0]["n"]  # noqa: S608 -- names are fixed text; every value is a parameter
    return Listed(tuple(rows), more if back else place is not None, back or more, total)


def everything(store: Store, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """All rows of the worklist that are wanted, in its order, as they are read. `ValueError` as in `listed`."""
    if wanted.sort not in SORTED:
        raise ValueError(wanted.sort)
    where, values, _ = _conditions(store, wanted)
    direction = "DESC" if wanted.descending else "ASC"
    sql = f"SELECT * FROM worklist WHERE {where} ORDER BY {wanted.sort} {direction}, id {direction}"  # noqa: S608 -- of SORTED
    yield from store.each(sql, values)


def every_finding(store: Store, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """The findings of the worklist's rows that are wanted, document by document, gravest first, with decisions about them.

    `evidence`: each place with its words, `p. 2: "..."`. A filter by rule takes the findings of that rule alone.
    """
    where, values, _ = _conditions(store, wanted)
    sql = f"""
        SELECT w.name AS document, w.payer, w.date_of_service, w.professional, w.facility, f.severity, f.rule, f.message,
            f.remedy, f.citations, r.decision, r.reason, r.who,
            (SELECT group_concat('p. ' || page || ': "' || text || '"', '; ') FROM evidence
                WHERE owner = 'findings' AND owner_id = f.id) AS evidence
        FROM worklist AS w JOIN findings AS f ON f.audit_id = w.audit_id
        LEFT JOIN reviews AS r ON r.id = (SELECT max(id) FROM reviews WHERE document_id = w.document_id AND payer = w.payer
            AND finding = f.rule || ' ' || f.message) AND r.decision <> 'open'
        WHERE w.id IN (SELECT id FROM worklist WHERE {where}) AND (? = '' OR f.rule = ?)
        ORDER BY w.id, CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.id"""  # noqa: S608 -- fixed text
    yield from store.each(sql, (*values, wanted.rule, wanted.rule))


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


def _conditions(store: Store, wanted: Wanted) -> tuple[str, list[object], bool]:
    parts, values, often = ["1"], list[object](), False
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
            parts.append(f"{column} {LIKE}")
            values.append(f"%{literal(value)}%")
    if wanted.rule:
        parts.append("audit_id IN (SELECT audit_id FROM findings WHERE rule = ?)")
        values.append(wanted.rule)
    if wanted.reviewed:
        parts.append("reviewed <> ''" if wanted.reviewed == "reviewed" else "reviewed = ''")
    if match := _match(wanted.words):
        clause, found, often = _search(store, match, wanted.words)
        parts.append(clause)
        values.extend(found)
    return " AND ".join(parts), values, often


def _match(words: str) -> str:
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.split())


def _search(store: Store, match: str, words: str) -> tuple[str, list[object], bool]:
    """The condition that the words occur, its values, and whether they occur so often that the hits are not counted."""
    hits = store.rows("SELECT rowid AS id FROM pages_fts WHERE pages_fts MATCH ? LIMIT ?", (match, FEW + 1))
    named, part = f"name {LIKE}", f"%{literal(words)}%"
    if len(hits) > FEW:
        walked = """EXISTS (SELECT 1 FROM pages JOIN pages_fts ON pages_fts.rowid = pages.id
            WHERE pages.document_id = worklist.document_id AND pages_fts MATCH ?)"""
        return f"({walked} OR {named})", [match, part], True
    ids = json.dumps([row["id"] for row in hits])
    # A page's row is wide: of many hits, the owners are read from the index, which holds nothing else.
    table, column = ("pages", "id") if len(hits) < 500 else ("pages INDEXED BY sqlite_autoindex_pages_1", "+id")
    owners = f"SELECT DISTINCT document_id AS id FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"  # noqa: S608 -- names are fixed text; every value is a parameter
    found = store.rows(owners, (ids,))
    documents = json.dumps([row["id"] for row in found])
    names = store.rows(f"SELECT id FROM worklist INDEXED BY worklist_by_name WHERE {named}", (part,))  # noqa: S608 -- the index alone
    either = "(document_id IN (SELECT value FROM json_each(?)) OR id IN (SELECT value FROM json_each(?)))"
    return either, [documents, json.dumps([row["id"] for row in names])], False
