"""Draws scorecards from the newest audits of a store; read this for what counts as a gap, and whose a document is.

A gap is an error or a warning that nobody has dismissed; the gap rate is the share of documents with one or more, with
Wilson's interval. A document counts for everybody it names in that role, by the name as written with its credentials:
one name is not one person, which `ionm-notes roster` looks into. Money at stake are units of lines that hang on a gap
(status query), times the fee; it is not known where the fee of one of their codes is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ionm_notes.claims.summing import Rate, rate
from ionm_notes.store.database import Store

By = Literal["professional", "technologist", "facility", "surgeon", "all"]
EVERY: tuple[By, ...] = ("professional", "technologist", "facility", "surgeon")
"""The groups of which each name has a card."""
_FACT = {"professional": "professionals", "technologist": "technologists", "facility": "facility", "surgeon": "surgeon"}
TOP = 5
FEW = 30
"""Documents below which a rate is marked as one of small numbers."""
Trend = Literal["rising", "falling", "no clear change", "too few months"]
_WHO = """WITH who AS (
    SELECT DISTINCT w.document_id, w.audit_id, w.gaps, substr(w.date_of_service, 1, 7) AS month, {name} AS name
    FROM worklist AS w JOIN audits AS a ON a.id = w.audit_id {join}
    WHERE w.payer = :payer AND w.date_of_service >= :since AND (:until = '' OR w.date_of_service <= :until))"""
_DISMISSED = """EXISTS (SELECT 1 FROM reviews AS r WHERE r.id = (SELECT max(id) FROM reviews WHERE document_id = who.document_id
    AND payer = :payer AND finding = f.rule || ' ' || f.message) AND r.decision = 'dismissed')"""


@dataclass(frozen=True, slots=True)
class Gap:
    """One rule's open gaps, and in how many documents."""

    rule: str
    gaps: int
    documents: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month of service ('YYYY-MM'; '' where no date is stated): documents, those with open gaps, open gaps."""

    month: str
    documents: int
    with_gaps: int
    gaps: int


@dataclass(frozen=True, slots=True)
class Card:
    """What the newest audits for one payer say of one name. `rate` is the share of documents with open gaps."""

    by: By
    name: str
    payer: str
    documents: int
    gaps: int
    rate: Rate
    top: tuple[Gap, ...]
    months: tuple[Month, ...]
    open_units: Mapping[str, int]
    """Units by code on lines that hang on a gap."""
    at_stake: Decimal | None
    """Their money; None without fees, or where one of them is not known."""

    @property
    def few(self) -> bool:
        """Whether there are so few documents that the rate says little."""
        return self.documents < FEW

    @property
    def trend(self) -> Trend:
        """Whether the gap rate of the newer half of the months lies outside the interval of the older half, and the reverse."""
        dated = [month for month in self.months if month.month]
        if len(dated) < 2:
            return "too few months"
        older, newer = (_rate(part) for part in (dated[: len(dated) // 2], dated[len(dated) // 2 :]))
        if newer.low > older.high:
            return "rising"
        return "falling" if newer.high < older.low else "no clear change"


@dataclass
class _Tally:
    """What is added up for one name while the rows come."""

    months: list[Month] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    units: Counter[str] = field(default_factory=Counter)


def cards(
    store: Store,
    payer: str,
    by: By,
    fees: Mapping[str, Decimal] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Card, ...]:
    """The cards of one group for one payer, most open gaps first; of 'all' the one card of everything ('' as its name).

    `since` and `until` are days of service, both ends included; with one of them, documents without a day are left out.
    """
    who = _who(by)
    asked = {"payer": payer, "since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
    if until and not since:
        asked["since"] = "0"  # above the empty text of documents without a day
    found: dict[str, _Tally] = {}
    for row in _rows(store, f"{who} {_MONTHS}", asked):
        month = Month(row["month"], row["documents"], row["with_gaps"], row["gaps"])
        found.setdefault(row["name"], _Tally()).months.append(month)
    for row in _rows(store, f"{who} {_GAPS}", asked):
        found[row["name"]].gaps.append(Gap(row["rule"], row["gaps"], row["documents"]))
    for row in _rows(store, f"{who} {_UNITS}", asked):
        found[row["name"]].units[row["code"]] += row["units"]
    made = [_card(by, name, payer, tally, fees or {}) for name, tally in found.items()]
    return tuple(sorted(made, key=lambda card: (-card.gaps, card.name)))


_MONTHS = """SELECT name, month, count(*) AS documents, sum(gaps > 0) AS with_gaps, sum(gaps) AS gaps FROM who
    GROUP BY name, month ORDER BY month"""
_GAPS = f"""SELECT name, f.rule, count(*) AS gaps, count(DISTINCT who.document_id) AS documents
    FROM who JOIN findings AS f ON f.audit_id = who.audit_id
    WHERE f.severity <> 'info' AND NOT {_DISMISSED} GROUP BY name, f.rule ORDER BY gaps DESC, f.rule"""  # noqa: S608 -- fixed text
_UNITS = """SELECT name, c.code, sum(c.units) AS units FROM who JOIN codes AS c ON c.audit_id = who.audit_id
    WHERE c.status = 'query' AND c.units > 0 GROUP BY name, c.code"""


def _who(by: By) -> str:
    if by == "all":
        return _WHO.format(name="''", join="")
    join = f"LEFT JOIN facts ON facts.reading_id = a.reading_id AND facts.name = '{_FACT[by]}'"
    return _WHO.format(name="coalesce(facts.value, '')", join=join)


def _rows(store: Store, sql: str, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    from ionm_notes.store.errors import as_store_error

    with as_store_error(store.path):
        return list(store.db.query(sql, dict(asked)))


def _card(by: By, name: str, payer: str, tally: _Tally, fees: Mapping[str, Decimal]) -> Card:
    at_stake = None
    if fees and all(code in fees for code in tally.units):
        at_stake = sum((fees[code] * units for code, units in tally.units.items()), Decimal(0))
    return Card(
        by=by,
        name=name,
        payer=payer,
        documents=sum(month.documents for month in tally.months),
        gaps=sum(month.gaps for month in tally.months),
        rate=_rate(tally.months),
        top=tuple(tally.gaps) if by == "all" else tuple(tally.gaps[:TOP]),
        months=tuple(tally.months),
        open_units=dict(sorted(tally.units.items())),
        at_stake=at_stake,
    )


def _rate(months: list[Month]) -> Rate:
    return rate(sum(month.with_gaps for month in months), sum(month.documents for month in months))
