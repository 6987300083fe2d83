"""Sums over the worklist for dashboards: open gaps by rule, professional, facility and month, units suggested and charged."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ionm_notes.store.database import Store

TOP = 25
"""Rows of a list; the rest is in the worklist."""
_DISMISSED = """EXISTS (SELECT 1 FROM reviews AS r WHERE r.id = (SELECT max(id) FROM reviews WHERE document_id = w.document_id
    AND payer = w.payer AND finding = f.rule || ' ' || f.message) AND r.decision = 'dismissed')"""


def gaps_by_rule(store: Store, payer: str) -> list[dict[str, Any]]:
    """Open errors and warnings by rule, the commonest first: `rule`, `gaps`, `documents`."""
    return store.rows(
        f"""SELECT f.rule AS rule, count(*) AS gaps, count(DISTINCT w.document_id) AS documents
        FROM findings AS f JOIN worklist AS w ON w.audit_id = f.audit_id
        WHERE f.severity <> 'info' AND w.payer = ? AND NOT {_DISMISSED} GROUP BY f.rule ORDER BY gaps DESC, f.rule""",  # noqa: S608
        (payer,),
    )


def gaps_by(store: Store, payer: str, column: str) -> list[dict[str, Any]]:
    """Documents and open gaps by `professional` or `facility`, most gaps first: `name`, `documents`, `gaps`, `clean`."""
    if column not in ("professional", "facility"):
        raise ValueError(column)
    return store.rows(
        f"""SELECT {column} AS name, count(*) AS documents, sum(gaps) AS gaps, sum(gaps = 0) AS clean FROM worklist
        WHERE payer = ? GROUP BY {column} ORDER BY gaps DESC, name LIMIT {TOP}""",  # noqa: S608 -- one of two names
        (payer,),
    )


def by_month(store: Store, payer: str) -> list[dict[str, Any]]:
    """Documents and open gaps by month of service, oldest first: `month`, `documents`, `gaps`."""
    return store.rows(
        """SELECT substr(date_of_service, 1, 7) AS month, count(*) AS documents, sum(gaps) AS gaps FROM worklist
        WHERE payer = ? AND date_of_service <> '' GROUP BY month ORDER BY month""",
        (payer,),
    )


def charged(store: Store, payer: str) -> list[dict[str, Any]]:
    """Of documents that hold charges: units by code, suggested (`supported`, `query`) and `charged` in the document."""
    found: dict[str, Counter[str]] = {}
    for row in store.rows(
        """SELECT c.code, c.status, sum(c.units) AS units FROM codes AS c JOIN worklist AS w ON w.audit_id = c.audit_id
        JOIN audits AS a ON a.id = w.audit_id WHERE w.payer = ? AND c.status <> 'not_reportable'
        AND EXISTS (SELECT 1 FROM facts WHERE reading_id = a.reading_id AND name = 'billing') GROUP BY c.code, c.status""",
        (payer,),
    ):
        found.setdefault(row["code"], Counter())[row["status"]] += row["units"] or 0
    for row in store.rows(
        """SELECT facts.value FROM facts JOIN audits AS a ON a.reading_id = facts.reading_id JOIN worklist AS w
        ON w.audit_id = a.id WHERE w.payer = ? AND facts.name = 'billing'""",
        (payer,),
    ):
        line, _, units = row["value"].partition(" x ")
        found.setdefault(line.partition("-")[0], Counter())["charged"] += int(units) if units.isdecimal() else 1
    return [
        {"code": code, **{name: counts[name] for name in ("supported", "query", "charged")}}
        for code, counts in sorted(found.items())
    ]
