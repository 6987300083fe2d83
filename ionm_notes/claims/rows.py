"""Rows of a comparison and its summary as plain values for tables, CSV, JSON lines and files; the names here are published."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ionm_notes.claims.model import Row
from ionm_notes.claims.summing import CONFIDENCE, Rate, Summary, Total
from ionm_notes.types import Proof

COLUMNS = (
    "outcome",
    "effect",
    "claim",
    "line",
    "code",
    "modifiers",
    "units",
    "supported_units",
    "units_at_stake",
    "amount",
    "report",
    "payer",
    "professional",
    "npi",
    "date_of_service",
    "patient",
    "message",
    "troubles",
    "rules",
    "remedy",
    "claim_place",
    "matched_by",
    "evidence",
)
"""Columns of a row in CSV, XLSX and Parquet; JSON lines have the same names."""
RIGHT_OR_UNKNOWN = frozenset(("supported", "not-judged"))
"""Outcomes with nothing to say."""
SHOWN = ("outcome", "case", "code", "units", "supported_units", "amount", "message")
SUMMED = ("outcome", "effect", "rows", "units_at_stake", "amount", "rows_without_amount")


def plain_row(row: Row) -> dict[str, Any]:
    """One row: money as numbers of two places, evidence as a list of page, text, box and file."""
    line = row.line
    first = next((trouble for trouble in row.troubles if trouble.kind == row.outcome), None)
    return {
        "outcome": row.outcome,
        "effect": row.effect,
        "claim": line.claim if line else None,
        "line": line.line if line else None,
        "code": row.code,
        "modifiers": " ".join(line.modifiers if line else row.modifiers),
        "units": row.units if line else None,
        "supported_units": row.supported,
        "units_at_stake": row.stake,
        "amount": money(row.amount),
        "report": row.report or None,
        "payer": row.payer or None,
        "professional": row.professional or None,
        "npi": (line.npi if line else "") or None,
        "date_of_service": row.day.isoformat() if row.day else None,
        "patient": (line.patient if line else "") or None,
        "message": first.message if first else row.rationale,
        "troubles": [{"kind": t.kind, "message": t.message, "rule": t.rule or None} for t in row.troubles],
        "rules": " ".join(dict.fromkeys(trouble.rule for trouble in row.troubles if trouble.rule)),
        "remedy": first.remedy if first else "",
        "claim_place": str(line.source) if line else None,
        "matched_by": row.matched_by or None,
        "evidence": plain_proof(tuple(dict.fromkeys((*(first.evidence if first else ()), *row.evidence)))),
    }


def plain_proof(proof: Proof) -> list[dict[str, Any]]:
    """Evidence as the audit's own lines have it."""
    return [
        {"page": e.page, "text": e.text, "bbox": list(e.bbox) if e.bbox else None, **({"file": e.file} if e.file else {})}
        for e in proof
    ]


def flat_row(row: Row) -> dict[str, Any]:
    """The row for a table of cells: lists in words."""
    plain = plain_row(row)
    plain["troubles"] = "; ".join(f"{trouble.kind}: {trouble.message}" for trouble in row.troubles)
    plain["evidence"] = " | ".join(f"p. {item['page']}: {item['text']}" for item in plain["evidence"])
    where = (
        plain["claim"] and f"claim {plain['claim']}.{plain['line']}",
        plain["report"],
        plain["date_of_service"],
        plain["payer"],
    )
    plain["case"] = ", ".join(part for part in where if part)
    return plain


def sum_rows(summary: Summary) -> list[dict[str, Any]]:
    """The variance by outcome and effect."""
    return [
        {
            "outcome": s.outcome,
            "effect": s.effect,
            "rows": s.rows,
            "units_at_stake": s.units,
            "amount": money(s.amount.known),
            "rows_without_amount": s.amount.unpriced,
        }
        for s in summary.sums
    ]


def summary_words(summary: Summary) -> list[str]:
    """The net effect and the error rates, a sentence each."""
    found = [
        f"to repay {total_words(summary.repay)}, to collect {total_words(summary.collect)}, net {amount_words(summary.net)}",
        f"lines with an error: {rate_words(summary.lines)}",
        f"claims with an error: {rate_words(summary.claims)}",
    ]
    if summary.unjudged:
        found.append(f"{summary.unjudged} billed lines were held against no record and are in no rate")
    return found


def rate_words(rate: Rate) -> str:
    """'14 of 120 (11.7 %; 7.1 to 18.6 %, 95 % interval by Wilson's method)'."""
    if rate.share is None:
        return "none were judged"
    interval = f"{100 * rate.low:.1f} to {100 * rate.high:.1f} %, {CONFIDENCE:.0%} interval by Wilson's method"
    return f"{rate.wrong} of {rate.looked} ({100 * rate.share:.1f} %; {interval})"


def total_words(total: Total) -> str:
    """'1,092.86', or '112.50 (and 3 rows whose amount is not known)'."""
    rows = f"{total.unpriced} row{'' if total.unpriced == 1 else 's'}"
    return f"{total.known:,.2f}" + (f" (and {rows} whose amount is not known)" if total.unpriced else "")


def amount_words(amount: Decimal | None) -> str:
    """Money in words; 'not known' where it is not."""
    return "not known" if amount is None else f"{amount:,.2f}"


def money(amount: Decimal | None) -> float | None:
    """Money as a number of two places."""
    return None if amount is None else round(float(amount), 2)


def plain_summary(rows: Sequence[Row], summary: Summary) -> dict[str, Any]:
    """The summary as one object, which stands behind the rows in JSON lines under the key 'summary'."""

    def plain_rate(rate: Rate) -> dict[str, Any]:
        return {"wrong": rate.wrong, "looked_at": rate.looked, "low": round(rate.low, 4), "high": round(rate.high, 4)}

    return {
        "rows": len(rows),
        "by_outcome": sum_rows(summary),
        "repay": money(summary.repay.known),
        "collect": money(summary.collect.known),
        "rows_without_amount": {"repay": summary.repay.unpriced, "collect": summary.collect.unpriced},
        "net": money(summary.net),
        "lines": plain_rate(summary.lines),
        "claims": plain_rate(summary.claims),
        "interval": f"Wilson, {CONFIDENCE:.0%}",
        "lines_without_record": summary.unjudged,
    }
