"""Units suggested against units that the documents themselves charge; `scorecards/compute.py` sums up all else."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ionm_notes.store.database import Store


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
