"""Doubtful readings of a scan in the arithmetic: each becomes a `Doubt` and widens the bounds; the count itself stands."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.types import COLUMNS, Case, Doubt, Minutes


def with_reading_doubts(case: Case, minutes: Minutes) -> Minutes:
    """The minutes with the doubts and bounds that doubtful clock times of the page call for."""
    minutes = _with_guesses(case, minutes)
    touching = [reading for reading in case.doubtful if "minutes" in reading.changes]
    if not touching:
        return minutes
    doubts, least, most = list(minutes.doubts), dict(minutes.least), dict(minutes.most)
    for reading in touching:
        others = " or ".join(reading.instead)
        doubts.append(Doubt("doubtful-reading", f"the minutes rest on reading {reading.read}, not {others}", reading.evidence))
        for amounts in reading.minutes:
            for column in COLUMNS:
                amount = amounts.get(column, 0)
                least[column] = min(least.get(column, 0), amount)
                if column in most:
                    most[column] = max(most[column], amount)
    return replace(minutes, doubts=tuple(doubts), least=least, most=most)


def _with_guesses(case: Case, minutes: Minutes) -> Minutes:
    """The minutes with one doubt if they rest on times or statements that only the trained model read."""
    weighty = [guess for guess in case.guesses if guess.weighty]
    if not weighty:
        return minutes
    message = f"the minutes rest on {len(weighty)} times or statements that no pattern knows; please confirm them"
    shown = tuple(place for guess in weighty for place in guess.evidence)
    return replace(minutes, doubts=(*minutes.doubts, Doubt("trained-guess", message, shown)))
