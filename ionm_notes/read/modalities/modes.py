"""EMG that was listened to and also answered to stimulation, where its modes are told beside it: 'CN VII EMG | Spont + Trig'.

`patterns/modes.toml` has the words (`mode.*`).
"""

from __future__ import annotations

import re

from ionm_notes.read.modalities.forms import cells
from ionm_notes.read.modalities.model import Mention, clause_of
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import Hit, vocabulary

_EMG = ("EMG", "TRIGGERED_EMG")


def told_in_modes(reading: Reading, found: list[Mention], sites: tuple[Hit, ...], log_units: frozenset[int]) -> list[Mention]:
    """The mentions of EMG that its modes add to those found; a row told to be triggered alone changes its mention."""
    by_unit: dict[int, list[Mention]] = {}
    for mention in found:
        by_unit.setdefault(mention.unit.start, []).append(mention)
    for mention in found:
        if mention.modality == "EMG" and _only_triggered(reading, mention):
            mention.modality = "TRIGGERED_EMG"
    for mention in _answers(reading, found, sites):
        mention.modality = "TRIGGERED_EMG"
    muscles = {unit.start for h in sites if h.id.startswith(_HEARD) and (unit := reading.unit_at(h.start)) is not None}
    out: list[Mention] = []
    for name in ("mode.both", "mode.asked", "mode.free"):
        for unit, match in reading.told(vocabulary().patterns[name]):
            start, end = _stimulated(match)
            here = [m for m in by_unit.get(unit.start, []) if m.modality in _EMG]
            log = unit.start in log_units
            if not here and name == "mode.asked":
                place = reading.index_of(unit)
                above = reading.units[place - 1] if place else unit
                here = [m for m in by_unit.get(above.start, []) if m.modality in _EMG and not by_unit.get(unit.start)]
            if here:
                out += (
                    []
                    if name == "mode.free"
                    else _twins(match.start(), start, end, Mention("EMG", start, end, unit, log=log), here)
                )
            elif unit.start in muscles and name != "mode.asked" and not by_unit.get(unit.start):
                first = Mention("EMG", match.start(), match.end(), unit, log=log)
                out.append(first)
                if name == "mode.both":
                    out.append(Mention("TRIGGERED_EMG", match.start(), match.end(), unit, log=log, twin=first))
    return out


def _answers(reading: Reading, found: list[Mention], sites: tuple[Hit, ...]) -> list[Mention]:
    """The mentions of EMG that only tell how muscles answered, where all EMG of the record was triggered.

    'EMG evoked through the lead contacts: quadriceps, left and right. ... Contacts 3 to 6 gave symmetrical leg EMG.'
    """
    triggered = min((m.start for m in found if m.modality == "TRIGGERED_EMG"), default=None)
    plain = [m for m in found if m.modality == "EMG"]
    if triggered is None or not plain or vocabulary().regex("mode.any-free").search(reading.text) is not None:
        return []
    recorded = {unit.start for h in sites if h.id.startswith("site.muscle") and (unit := reading.unit_at(h.start)) is not None}
    if any(m.start < triggered or m.unit.kind == "row" or m.unit.start in recorded for m in plain):
        return []
    answer, quiet = vocabulary().regex("mode.answer"), vocabulary().regex("mode.at-rest")
    clauses = [clause_of(reading, m)[2] for m in plain]
    return plain if all(answer.search(clause) and not quiet.search(clause) for clause in clauses) else []


def _stimulated(match: re.Match[str]) -> tuple[int, int]:
    """Where the words for the stimulated half stand; all of them where the other half is told alone."""
    named = [name for name, said in match.groupdict().items() if said is not None]
    return match.span(named[0]) if named else match.span()


_HEARD = ("site.muscle", "site.nerve.cranial")


def _twins(at: int, start: int, end: int, like: Mention, here: list[Mention]) -> list[Mention]:
    """The half of EMG in both modes that is not named itself, beside the half that is."""
    kinds = {m.modality for m in here}
    if len(kinds) == len(_EMG):
        for mention in here:
            mention.twin = mention.twin or next((m for m in here if m.modality != mention.modality), None)
        return []
    own = [m for m in here if m.start <= start] or here
    if kinds == {"EMG"}:
        return [Mention("TRIGGERED_EMG", start, end, like.unit, log=like.log, twin=own[-1])]
    return [Mention("EMG", min(at, own[-1].start), own[-1].end, own[-1].unit, log=like.log, twin=own[-1])]


def _only_triggered(reading: Reading, mention: Mention) -> bool:
    """Whether a cell behind EMG says that it was triggered, and none that it was not."""
    row = cells(reading, mention.unit)
    behind = [reading.text[low:high] for low, high in row if low > mention.start]
    return any(vocabulary().regex("mode.only-triggered").search(cell) for cell in behind)


def share_muscles(reading: Reading, mentions: list[Mention]) -> None:
    """Gives each half of EMG in both modes the muscles of the other, unless it has its own; both where the modes end their list."""
    for mention in mentions:
        if mention.twin is not None and "not_performed" not in (mention.status, mention.twin.status):
            first, last = sorted((mention, mention.twin), key=lambda m: m.start)
            if _IN_BRACKETS.match(reading.text, last.end) and (own := [h for h in first.sites if h.end <= last.start]):
                first.sites += [h for h in last.sites if h not in first.sites]
                last.sites = own
                continue
            closing = reading.text[last.end - 1 : last.end + 1].strip() in (".", ";", "") or reading.text[last.end - 1] in ".;"
            if closing and any(h.end <= last.start for h in first.sites) and not any(h.start <= last.start for h in last.sites):
                first.sites += [h for h in last.sites if h not in first.sites]
                last.sites += [h for h in first.sites if h not in last.sites]
            mention.sites = mention.sites or list(mention.twin.sites)
            mention.twin.sites = mention.twin.sites or list(mention.sites)


_IN_BRACKETS = re.compile(r"[^()\n]{0,15}\)(?!\s*[:=])")
"""Behind the modes of a list that they end in brackets: 'trapezius, tongue (free run + stim), vocalis (free run)'."""
