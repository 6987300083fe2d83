"""The questions that people ask of the store, as functions; read this before writing SQL anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ionm_notes.store.database import Store
from ionm_notes.types import COLUMNS, Case


@dataclass(frozen=True, slots=True)
class Filter:
    """Which audits to look at; None or empty: all. Dates are dates of service, both ends included.

    `provider` is a part of a professional's name, in any case. `names` are file names.
    """

    payer: str | None = None
    rule: str | None = None
    severity: str | None = None
    provider: str | None = None
    since: date | None = None
    until: date | None = None
    names: tuple[str, ...] = ()


_LISTED = (
    "id",
    "reading_id",
    "document_id",
    "payer",
    "policy_version",
    "policy_on",
    "policy_layers",
    "tool_version",
    "audited_at",
    "verdict",
    *COLUMNS,
    "name",
    "sha256",
    "date_of_service",
    "place_of_service",
)


def latest_audits(store: Store, wanted: Filter = Filter()) -> list[dict[str, Any]]:
    """The newest audit of each document and payer (id, reading_id, name, payer, verdict, ...), by name and payer."""
    where, values = _conditions(wanted, "a.id")
    # Not the lines themselves: of a large store they would not fit into memory.
    columns = ", ".join(f"a.{column}" for column in _LISTED)
    sql = f"SELECT {columns} FROM latest_audits AS a WHERE {where} ORDER BY a.name, a.document_id, a.payer"  # noqa: S608 -- names are fixed text; every value is a parameter
    return store.rows(sql, values)


Told = tuple[list[tuple[str, str, int | None]], list[tuple[str, str]]]
"""The code lines of an audit as (code, status, units), and its findings as (rule, severity)."""


def lines_and_findings(store: Store, audits: Sequence[int]) -> dict[int, Told]:
    """What each of some audits says, by id; a few hundred at once, for one question after the other takes longer."""
    told: dict[int, Told] = {audit: ([], []) for audit in audits}
    marks = ", ".join("?" * len(told))
    codes = (
        f"SELECT audit_id, code, status, units FROM codes WHERE audit_id IN ({marks}) AND status <> 'not_reportable' ORDER BY id"  # noqa: S608 -- names are fixed text; every value is a parameter
    )
    for row in store.rows(codes, tuple(told)):
        told[row["audit_id"]][0].append((row["code"], row["status"], row["units"]))
    findings = f"SELECT audit_id, rule, severity FROM findings WHERE audit_id IN ({marks}) ORDER BY id"  # noqa: S608 -- names are fixed text; every value is a parameter
    for row in store.rows(findings, tuple(told)):
        told[row["audit_id"]][1].append((row["rule"], row["severity"]))
    return told


def latest_findings(store: Store, wanted: Filter) -> list[dict[str, Any]]:
    """Findings of the newest audits, gravest first, then by document; `pages` lists where, `providers` who attended."""
    where, values = _conditions(wanted, "f.audit_id")
    for column, value in (("f.rule", wanted.rule), ("f.severity", wanted.severity)):
        if value is not None:
            where, values = f"{where} AND {column} = ?", [*values, value]
    sql = f"""
        SELECT a.id AS audit, a.name AS document, a.payer, a.date_of_service, f.rule, f.severity, f.message, f.remedy,
            (SELECT group_concat(page, ' ') FROM (SELECT DISTINCT page FROM evidence
                WHERE owner = 'findings' AND owner_id = f.id ORDER BY page)) AS pages,
            (SELECT group_concat(value, '; ') FROM facts
                WHERE reading_id = a.reading_id AND name = 'professionals') AS providers
        FROM findings AS f JOIN latest_audits AS a ON a.id = f.audit_id
        WHERE {where}
        ORDER BY CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, a.name, a.payer, f.rule, f.id
    """  # noqa: S608 -- the conditions are fixed text; every value is a parameter
    return store.rows(sql, values)


def search(store: Store, words: str, limit: int = 50) -> list[dict[str, Any]]:
    """Where the words stand, best match first: pages of documents and findings of the newest audits.

    Each word is taken literally; all must occur. Rows have `document`, `page` (None for a finding), `where` and `excerpt`.
    """
    match = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
    if not match:
        return []
    pages = """
        SELECT documents.name AS document, pages.number AS page, 'text' AS "where",
            snippet(pages_fts, 0, '[', ']', ' … ', 12) AS excerpt
        FROM pages_fts JOIN pages ON pages.id = pages_fts.rowid JOIN documents ON documents.id = pages.document_id
        WHERE pages_fts MATCH ? ORDER BY rank LIMIT ?
    """
    findings = """
        SELECT a.name AS document, NULL AS page, f.rule || ' (' || a.payer || ')' AS "where",
            snippet(findings_fts, 0, '[', ']', ' … ', 12) AS excerpt
        FROM findings_fts JOIN findings AS f ON f.id = findings_fts.rowid JOIN latest_audits AS a ON a.id = f.audit_id
        WHERE findings_fts MATCH ? ORDER BY rank LIMIT ?
    """
    return [*store.rows(pages, (match, limit)), *store.rows(findings, (match, limit))]


def find_audits(store: Store, reference: str) -> list[dict[str, Any]]:
    """The audits that a person means: one by its id, else the newest of the documents of that name (or its stem)."""
    if reference.isdecimal():
        sql = """SELECT audits.*, documents.name FROM audits JOIN documents ON documents.id = audits.document_id
            WHERE audits.id = ?"""
        if found := store.rows(sql, (int(reference),)):
            return found
    sql = "SELECT * FROM latest_audits WHERE name = ?1 OR name LIKE ?2 ESCAPE '\\' ORDER BY name, document_id, payer"
    return store.rows(sql, (reference, literal(reference) + ".%"))


def audits_of(store: Store, sha256: str, name: str, what_if: bool = False) -> list[dict[str, Any]]:
    """All audits of one document (the same bytes under the same name), oldest first, with what tells whether they hold.

    `what_if`: also those by the rules of another day than the date of service.
    """
    sql = """SELECT audits.id, audits.payer, audits.policy_version, audits.policy_on, audits.tool_version,
            readings.date_of_service
        FROM documents JOIN audits ON audits.document_id = documents.id JOIN readings ON readings.id = audits.reading_id
        WHERE documents.sha256 = ? AND documents.name = ? AND audits.what_if <= ? ORDER BY audits.id"""
    return store.rows(sql, (sha256, name, int(what_if)))


def pages_of(store: Store, sha256: str, name: str) -> tuple[str, ...]:
    """The stored text of a document, page by page."""
    sql = """SELECT pages.text FROM pages JOIN documents ON documents.id = pages.document_id
        WHERE documents.sha256 = ? AND documents.name = ? ORDER BY pages.number"""
    return tuple(row["text"] for row in store.rows(sql, (sha256, name)))


def newest_case(store: Store, sha256: str, name: str) -> Case | None:
    """The facts of the newest reading of a document; None where there is none."""
    sql = """SELECT max(readings.id) AS id FROM readings JOIN documents ON documents.id = readings.document_id
        WHERE documents.sha256 = ? AND documents.name = ?"""
    found = store.rows(sql, (sha256, name))
    return store.case(found[0]["id"]) if found and found[0]["id"] is not None else None


def newest_readings(store: Store) -> list[dict[str, Any]]:
    """The newest reading of each document (reading_id, document_id, audit_id, name, sha256, phi), by name.

    Of documents of one name only the newest is there, of the same bytes under several names only one.
    """
    sql = """SELECT max(readings.id) AS reading_id, d.id AS document_id, d.name, d.sha256, d.phi, max(audits.id) AS audit_id
        FROM readings JOIN documents AS d ON d.id = readings.document_id JOIN audits ON audits.reading_id = readings.id
        WHERE d.id IN (SELECT max(id) FROM documents GROUP BY name) AND d.id IN (SELECT max(id) FROM documents GROUP BY sha256)
        GROUP BY d.id ORDER BY d.name, d.id"""
    return store.rows(sql)


def dates_moved(store: Store) -> frozenset[int]:
    """The documents whose dates are not the service's (`--phi none`): they cannot be judged again by their date."""
    return frozenset(row["id"] for row in store.rows("SELECT id FROM documents WHERE phi = 'none'"))


def _conditions(wanted: Filter, audit: str) -> tuple[str, list[object]]:
    """SQL conditions on `latest_audits AS a` with their values."""
    parts, values = [f"{audit} = a.id"], list[object]()
    for clause, value in (
        ("a.payer = ?", wanted.payer),
        ("a.date_of_service >= ?", wanted.since and wanted.since.isoformat()),
        ("a.date_of_service <= ?", wanted.until and wanted.until.isoformat()),
    ):
        if value is not None:
            parts.append(clause)
            values.append(value)
    if wanted.names:
        parts.append(f"a.name IN ({', '.join('?' * len(wanted.names))})")
        values.extend(wanted.names)
    if wanted.provider is not None:
        parts.append(
            "(EXISTS (SELECT 1 FROM facts WHERE reading_id = a.reading_id AND name = 'professionals'"
            " AND value LIKE ? ESCAPE '\\') OR EXISTS (SELECT 1 FROM attendance WHERE reading_id = a.reading_id"
            " AND professional LIKE ? ESCAPE '\\'))"
        )
        values.extend(["%" + literal(wanted.provider) + "%"] * 2)
    return " AND ".join(parts), values


def literal(text: str) -> str:
    """Text for a LIKE with `ESCAPE '\\'`, in which nothing stands for anything else."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
