"""Rules about words of scanned pages that may be misread, and the sentences that say what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ionm_notes.codes.units import units
from ionm_notes.policy.api import Policy
from ionm_notes.rules.context import Note, RuleContext
from ionm_notes.rules.registry import rule
from ionm_notes.rules.words import counted, listed
from ionm_notes.types import COLUMNS, Column, DoubtfulReading, Minutes

WHY = {
    "second-reading": "it was read otherwise the second time",
    "out-of-order": "it breaks the order of the log",
    "impossible": "as printed it is no time of day",
    "half-ticked": "the box holds more ink than an empty one and less than a tick",
    "box-lost": "the boxes of these choices were not seen; they are taken to say nothing",
}
"""Why a word is in doubt, by the id of `DoubtfulReading.why`."""
CHANGED = {"date": "the date of service", "codes": "the studies", "billing": "the charge lines"}


@rule("doubtful-reading")
def doubtful_reading(context: RuleContext) -> Iterator[Note]:
    """A figure of a scanned page may be misread; nothing that is billed rests on it.

    What it does: Names each clock time, code or date that recognition could not settle and that changes no minutes, no
        code and no charge line under its other reading.
    Why it matters: The figure stands in the evidence and may be quoted; whoever quotes it should have looked.
    Remedy: Compare the figure with the page; the box shows where it stands.
    Example: The time of closing reads 11:12 once and 11:17 the other time.
    """
    for reading in context.case.doubtful:
        if not reading.changes:
            yield Note(f"{_named(reading)}; nothing that is billed rests on it", reading.evidence)


@rule("please-confirm")
def please_confirm(context: RuleContext) -> Iterator[Note]:
    """Times or statements stand in words that no pattern knows; only a trained model gave them a meaning.

    What it does: Names each time or statement that only the model gave a meaning, how often such guesses were right when
        measured, and whether what is billed rests on them.
    Why it matters: The model can be wrong; units that rest on a guess alone are never supported.
    Remedy: Look at the entry and confirm or correct what it says; add the wording to a pattern folder if it returns.
    Example: 'Reference set in the bag' at 07:52 is taken for the end of baselines.
    """
    for guess in context.case.guesses:
        rests = "the time codes rest on it" if guess.weighty else "no time code rests on it"
        shown = guess.evidence[0].text if guess.evidence else ""
        words = (
            f"'{shown}' is taken for {guess.what} (such guesses were right in {guess.confidence:.0%}); {rests}: please confirm"
        )
        yield Note(words, guess.evidence, severity="warning" if guess.weighty else None)


def weighty_readings(context: RuleContext) -> Iterator[Note]:
    """A note for each doubtful reading on which minutes, codes or charges rest, in units of the payer's time codes."""
    for reading in context.case.doubtful:
        if reading.changes:
            yield Note(f"{_named(reading)}: {_stakes(context, reading)}", reading.evidence)


def _named(reading: DoubtfulReading) -> str:
    page = f" (page {reading.evidence[0].page})" if reading.evidence else ""
    others = f" may be {' or '.join(reading.instead)}" if reading.instead else " is in doubt"
    return f"{reading.read}{page}{others}, since {WHY.get(reading.why, 'it is hard to read')}"


def _stakes(context: RuleContext, reading: DoubtfulReading) -> str:
    """'1 of 14 units rests on reading 08:05, not 06:05', or what else changes."""
    said = [
        sentence
        for other, amounts in zip(reading.instead, reading.minutes, strict=False)
        for sentence in _unit_sentences(context, reading.read, other, amounts)
    ]
    if "minutes" in reading.changes and not said:
        said.append("the counted minutes rest on it")
    rest = [CHANGED[change] for change in reading.changes if change in CHANGED]
    if rest:
        said.append(f"{listed(rest)} {'rests' if len(rest) == 1 and rest[0].startswith('the date') else 'rest'} on it")
    return "; ".join(dict.fromkeys(said))


def _unit_sentences(context: RuleContext, read: str, other: str, amounts: Mapping[Column, int]) -> Iterator[str]:
    now, then = _units(context.policy, _amounts(context.minutes)), _units(context.policy, amounts)
    for code in sorted({*now, *then}):
        have, would = now.get(code, 0), then.get(code, 0)
        if would < have:
            rests = "rests" if have - would == 1 else "rest"
            yield f"{have - would} of {counted(have, 'unit')} of {code} {rests} on reading {read}, not {other}"
        elif would > have:
            yield f"with {other} there would be {counted(would, 'unit')} of {code}, not {have}"


def _units(policy: Policy, amounts: Mapping[Column, int]) -> dict[str, int]:
    """Units by time code of all minutes that go to it."""
    sums: dict[str, int] = {}
    rules: dict[str, tuple[int, int, int]] = {}
    for column, amount in amounts.items():
        code = policy.time_code(column)
        if code is not None and amount:
            sums[code.code] = sums.get(code.code, 0) + amount
            rules[code.code] = (code.minutes_per_unit, code.minimum, code.remainder)
    return {code: units(amount, *rules[code]) for code, amount in sums.items()}


def _amounts(minutes: Minutes) -> dict[Column, int]:
    values: Mapping[Column, int | None] = {
        "in_room": minutes.in_room,
        "in_room_shared": minutes.in_room_shared,
        "remote_exclusive": minutes.remote_exclusive,
        "remote_shared": minutes.remote_shared,
        "remote_unstated": minutes.remote_unstated,
    }
    return {column: values[column] or 0 for column in COLUMNS}
