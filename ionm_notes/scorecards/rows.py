"""Scorecards as rows for terminals, spreadsheets and JSON; one row for each name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ionm_notes.handout.lists import Column
from ionm_notes.scorecards.compute import Card

COLUMNS = (
    Column("by", "Group", 14),
    Column("name", "Name", 34),
    Column("payer", "Payer", 14),
    Column("documents", "Documents", 11),
    Column("with_gaps", "With open gaps", 14),
    Column("rate", "Gap rate %", 11),
    Column("low", "From %", 8),
    Column("high", "To %", 8),
    Column("gaps", "Open gaps", 10),
    Column("trend", "Trend", 16),
    Column("top", "Commonest gaps", 60),
    Column("open_units", "Units that hang on a gap", 30),
    Column("at_stake", "Money at stake", 15),
    Column("note", "Note", 30),
)
SHOWN = ("name", "documents", "rate", "low", "high", "gaps", "trend", "at_stake")
"""What a terminal has room for."""


def rows(cards: Iterable[Card]) -> Iterator[dict[str, Any]]:
    """A row for each card; rates in percent with one decimal, the interval that of Wilson at 95 %."""
    for card in cards:
        share = card.rate.share
        yield {
            "by": card.by,
            "name": card.name or "not stated",
            "payer": card.payer,
            "documents": card.documents,
            "with_gaps": card.rate.wrong,
            "rate": None if share is None else round(100 * share, 1),
            "low": round(100 * card.rate.low, 1),
            "high": round(100 * card.rate.high, 1),
            "gaps": card.gaps,
            "trend": card.trend,
            "top": ", ".join(f"{gap.rule} {gap.gaps}" for gap in card.top),
            "open_units": ", ".join(f"{code} x {units}" for code, units in card.open_units.items()),
            "at_stake": None if card.at_stake is None else f"{card.at_stake:.2f}",
            "note": "few documents" if card.few else "",
        }
