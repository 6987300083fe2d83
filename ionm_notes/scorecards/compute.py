"""Draws scorecards from the newest audits of a store; read this for what counts as a gap, and whose a document is.

A gap is an error or a warning that nobody has dismissed; the gap rate is the share of documents with one or more, with
Wilson's interval. A document counts for everybody it names in that role, by the name as written with its credentials:
one name is not one person, which `ionm-notes roster` looks into. Money at stake are units of lines that hang on a gap
(status query), times the fee; it is not known where the fee of one of their codes is not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from ionm_notes.claims.summing import Rate, rate
from ionm_notes.scorecards.gathered import Document, Gathered, gather
from ionm_notes.store.database import Store

By = Literal["professional", "technologist", "facility", "surgeon", "all"]
EVERY: tuple[By, ...] = ("professional", "technologist", "facility", "surgeon")
"""The groups of which each name has a card."""
_FACT = {"professional": "professionals", "technologist": "technologists", "facility": "facility", "surgeon": "surgeon"}
TOP = 5
FEW = 30
"""Documents below which a rate is marked as one of small numbers."""
Trend = Literal["rising", "falling", "no clear change", "too few months"]


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
    """What is added up for one name."""

    months: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    """By month: documents, those with open gaps, open gaps."""
    gaps: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    """By rule: documents with an open gap of it."""
    units: Counter[str] = field(default_factory=Counter)

    def add(self, document: Document, gaps: Mapping[str, int], units: Mapping[str, int]) -> None:
        """Counts one document."""
        month = self.months[document.month]
        month[0] += 1
        month[1] += document.gaps > 0
        month[2] += document.gaps
        for rule, count in gaps.items():
            if count > 0:
                self.gaps[rule] += count
                self.documents[rule] += 1
        for code, count in units.items():
            self.units[code] += count


def cards(
    store: Store,
    payer: str,
    groups: Sequence[By],
    fees: Mapping[str, Decimal] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> dict[By, tuple[Card, ...]]:
    """The cards of each group for one payer, most open gaps first; of 'all' the one card of everything ('' as its name).

    `since` and `until` are days of service, both ends included; with one of them, documents without a day are left out.
    """
    first = since.isoformat() if since else "0" if until else ""  # "0": above the empty text of documents without a day
    gathered = gather(store, payer, first, until.isoformat() if until else "", [_FACT[by] for by in groups if by != "all"])
    return {by: _cards(by, payer, gathered, fees or {}) for by in groups}


def _cards(by: By, payer: str, gathered: Gathered, fees: Mapping[str, Decimal]) -> tuple[Card, ...]:
    names = gathered.names[_FACT[by]] if by != "all" else {}
    found: defaultdict[str, _Tally] = defaultdict(_Tally)
    for document in gathered.documents:
        gaps, units = gathered.open_gaps.get(document.audit, {}), gathered.open_units.get(document.audit, {})
        for name in names.get(document.reading, _NOBODY):
            found[name].add(document, gaps, units)
    made = [_card(by, name, payer, tally, fees) for name, tally in found.items()]
    return tuple(sorted(made, key=lambda card: (-card.gaps, card.name)))


_NOBODY = frozenset({""})
"""The name on the card of documents that name nobody, and of all documents."""


def _card(by: By, name: str, payer: str, tally: _Tally, fees: Mapping[str, Decimal]) -> Card:
    at_stake = None
    if fees and all(code in fees for code in tally.units):
        at_stake = sum((fees[code] * units for code, units in tally.units.items()), Decimal(0))
    months = tuple(Month(month, *counts) for month, counts in sorted(tally.months.items()))
    ranked = sorted(tally.gaps.items(), key=lambda item: (-item[1], item[0]))
    gaps = tuple(Gap(rule, count, tally.documents[rule]) for rule, count in ranked)
    return Card(
        by=by,
        name=name,
        payer=payer,
        documents=sum(month.documents for month in months),
        gaps=sum(month.gaps for month in months),
        rate=_rate(months),
        top=gaps if by == "all" else gaps[:TOP],
        months=months,
        open_units=dict(sorted(tally.units.items())),
        at_stake=at_stake,
    )


def _rate(months: Sequence[Month]) -> Rate:
    return rate(sum(month.with_gaps for month in months), sum(month.documents for month in months))
