"""Scorecards as a hand-out: a table of each group, then what is common and when, name by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ionm_notes.handout.paper import Block, Facts, Grid, Paper, Text, section, sections
from ionm_notes.limitation import in_full
from ionm_notes.scorecards.compute import EVERY, Card

TITLES = {"professional": "Professionals", "technologist": "Technologists", "facility": "Facilities", "surgeon": "Surgeons"}
READ = (
    "The gap rate is the share of documents with an open error or warning; beside it stands Wilson's interval at 95 %. Where the "
    "intervals of two names overlap, the difference may be chance. Names stand as written: one name is not one person."
)
MOST_MONTHS = 12


def paper(cards: Sequence[Card], made: date) -> Paper:
    """The hand-out of the cards, in groups, each in the order given."""
    payers = ", ".join(sorted({card.payer for card in cards}))
    return Paper(f"Scorecards for {payers}" if payers else "Scorecards", made, sections(Text(READ), *_groups(cards)), in_full())


def _groups(cards: Sequence[Card]) -> Iterator[Block | None]:
    for by in EVERY:
        mine = [card for card in cards if card.by == by]
        if not mine:
            continue
        headings = ("Name", "Payer", "Documents", "Gap rate", "Open gaps", "Trend", "At stake")
        table = Grid(headings, tuple(_row(card) for card in mine), (30, 12, 10, 18, 10, 12, 8))
        yield section(TITLES[by], table, *(_detail(card) for card in mine))


def _row(card: Card) -> tuple[str, ...]:
    stake = "not known" if card.at_stake is None else f"{card.at_stake:,.2f}"
    return (_name(card), card.payer, f"{card.documents:,}", rate_words(card), f"{card.gaps:,}", card.trend, stake)


def rate_words(card: Card) -> str:
    """'23 % (14 to 36 %)', with a mark where the documents are few."""
    share = card.rate.share
    told = "none" if share is None else f"{100 * share:.0f} % ({100 * card.rate.low:.0f} to {100 * card.rate.high:.0f} %)"
    return f"{told}, few" if card.few else told


def _detail(card: Card) -> Block | None:
    if not card.gaps:
        return None
    months = [f"{m.month or 'no date'}: {m.with_gaps} of {m.documents}" for m in card.months[-MOST_MONTHS:]]
    facts = [
        ("Commonest gaps", ", ".join(f"{gap.rule} ({gap.gaps} in {gap.documents} documents)" for gap in card.top)),
        ("Documents with gaps", "; ".join(months)),
        ("Units that hang on a gap", ", ".join(f"{code} x {units}" for code, units in card.open_units.items()) or "none"),
    ]
    return section(_name(card), Facts(tuple(facts)), level=3)


def _name(card: Card) -> str:
    return card.name or "not stated"
