"""A study that nobody names, told by what a clause puts together: a nerve or muscle, what stimulated it, what answered.

`patterns/described.toml` has the words (`cue.*`); what a combination means stands here. Only a clause that names a nerve, muscle
or limb is looked at, and none in which a study is named that they go with.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ionm_notes.read.modalities.model import Mention
from ionm_notes.read.modalities.sites import fits
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import Hit, vocabulary

_SENSORY = ("site.nerve.upper", "site.nerve.lower", "site.nerve.head_trunk")
_ENDS = re.compile(
    r";|(?<!\bn)(?<!\bnn)\.\s|,?\s(?:and|while|whereas|but)\s(?=(?:the\s|all\s)?(?:\w+\s)?motor\s(?:evoked\s)?(?:responses?|potentials?)\b)",
    re.I,
)
"""Where a clause ends: also before the next study's own answers, 'and the motor responses to ...'."""
_BRAIN = {"CORTICAL_MAPPING", "SUBCORTICAL_MAPPING", "PHASE_REVERSAL", "ECOG", "MER"}
"""Studies of the brain itself: what is stimulated and what answers there is no nerve's and no muscle's study."""


_OF_MUSCLES = ("EMG", "TRIGGERED_EMG")
_BESIDE = (*_OF_MUSCLES, "EEG", "BAEP", "VEP", "D_WAVE")
"""Studies that a clause may name beside one that it only tells of: 'EEG, and a clean N20 from both median nerves'."""
_MAPPING = ("CORTICAL_MAPPING", "SUBCORTICAL_MAPPING")


@dataclass(frozen=True, slots=True)
class _Clause:
    """Part of a unit with the nerves, muscles and limbs in it; `label` is how the unit begins."""

    unit: Unit
    start: int
    end: int
    sites: tuple[Hit, ...]
    label: bool


def composed(reading: Reading, named: list[Mention], sites: tuple[Hit, ...], log_units: frozenset[int]) -> list[Mention]:
    """A mention for each clause whose words make a study, in order of place; `named` are those that the record names."""
    out = []
    of_brain = {m.unit.start for m in named if m.modality in _BRAIN}
    of_screws = {m.unit.start for m in named if m.modality == "PEDICLE_SCREW" and m.status == "performed"}
    mapped = any(m.modality in _MAPPING and m.status == "performed" for m in named)
    listed = vocabulary().regex("cue.needles-listed")
    emg = [m for m in named if m.modality in _OF_MUSCLES and m.status == "performed"]
    conduction = any(m.modality == "NAP" for m in named)
    wanted = {m.modality for m in named if m.status == "intent"} - {m.modality for m in named if m.status == "performed"}
    evoked = [m for m in named if m.modality == "SSEP" and m.status == "performed"]
    # What a log tells of a nerve counts where nothing else says where they were recorded.
    sensory = "SSEP" in wanted or (bool(evoked) and not any(m.sites for m in evoked))
    unplaced = not any(h.id.startswith("site.muscle") for m in emg for h in m.sites) if emg else "EMG" in wanted
    places = sorted((m.start, index) for index, m in enumerate(named) if m.status != "ignore")
    # What is listed under 'MUSCLES' is of EMG where that is the one study of muscles.
    headings = bool(emg) and not any(m.modality == "MEP" and m.status != "ignore" for m in named)
    for clause in _clauses(reading, sites, headings=headings):
        if clause.unit.start in of_brain or (clause.label and _of_the_study_above(reading, clause, named)):
            continue
        within = places[bisect.bisect_left(places, (clause.start, 0)) : bisect.bisect_left(places, (clause.end, 0))]
        own = [named[index] for index in sorted(index for _, index in within)]
        log = clause.unit.start in log_units
        found = _study(reading, clause, own, log=log, of_nerves=conduction, sensory=sensory)
        if found is None and unplaced and not own and listed.search(reading.text, clause.start, clause.end):
            found = "EMG" if any(h.id.startswith("site.muscle") for h in clause.sites) else None
        if (
            found == "TRIGGERED_EMG"
            and (mapped or clause.unit.start in of_screws)
            and not vocabulary().regex("cue.root-stimulated").search(reading.text, clause.start, clause.end)
        ):
            continue  # what moved when the brain was mapped, or what answered to a screw
        if found is not None:
            # It stands where its first nerve or muscle does: 'no discharge in deltoid' leaves nothing out.
            at = clause.sites[0].start
            first = Mention(found, at, at, clause.unit, log=clause.unit.start in log_units)
            out.append(first)
            if found == "EMG" and clause.label and _answers_too(reading, clause):
                out.append(Mention("TRIGGERED_EMG", at, at, clause.unit, log=first.log, twin=first))
    return out


def _answers_too(reading: Reading, clause: _Clause) -> bool:
    """Whether the list of muscles, or what stands behind it in its paragraph, says that they answered to stimulation too."""
    end = reading.paragraph_end(clause.start)
    return vocabulary().regex("cue.both-modes").search(reading.text, clause.start, end) is not None


def _of_the_study_above(reading: Reading, clause: _Clause, named: list[Mention]) -> bool:
    """Whether the muscles are those of the study in the statement just above: 'Modality: TcMEP. Muscles: APB, TA'."""
    place = reading.index_of(clause.unit)
    above = reading.units[place - 1].start if place else -1
    return any(m.unit.start == above and m.status == "performed" and m.modality in ("MEP", *_OF_MUSCLES) for m in named)


def _headed(reading: Reading, unit: Unit, by_unit: Mapping[int, list[Hit]]) -> bool:
    """Whether a statement stands under the heading of a list of muscles, behind nothing but other lines of that list."""
    heading = vocabulary().regex("cue.muscle-heading")
    place = reading.index_of(unit)
    for above in reversed(reading.units[max(0, place - _LIST) : place]):
        if above.start not in by_unit:
            return heading.fullmatch(reading.unit_text(above)) is not None
    return False


_LIST = 5
"""Lines of a list of muscles among which its heading stands."""


def _clauses(reading: Reading, sites: tuple[Hit, ...], *, headings: bool) -> Iterator[_Clause]:
    """The clauses with sites; one without goes with the clause before it. `headings`: muscles under a heading of their own are of EMG."""
    by_unit: dict[int, list[Hit]] = {}
    units: dict[int, Unit] = {}
    for hit in sites:
        unit = reading.unit_at(hit.start)
        if unit is not None and unit.kind != "running":
            by_unit.setdefault(unit.start, []).append(hit)
            units[unit.start] = unit
    label = vocabulary().regex("cue.muscle-label")
    for start, hits in by_unit.items():
        unit = units[start]
        labelled = label.match(reading.unit_text(unit)) is not None or (headings and _headed(reading, unit, by_unit))
        cuts = [unit.start, *(m.end() for m in _ENDS.finditer(reading.text, unit.start, unit.end)), unit.end]
        parts: list[tuple[int, int]] = []
        for low, high in itertools.pairwise(cuts):
            if parts and not any(low <= h.start < high for h in hits):
                parts[-1] = (parts[-1][0], high)
            else:
                parts.append((low, high))
        for low, high in parts:
            own = tuple(h for h in hits if low <= h.start < high)
            if own:
                yield _Clause(unit, low, high, own, labelled)


def _study(reading: Reading, clause: _Clause, own: list[Mention], *, log: bool, of_nerves: bool, sensory: bool) -> str | None:
    """The study that a clause tells of; None where it tells of none.

    `of_nerves`: nerve action potentials were recorded; `sensory`: somatosensory potentials are named only as wanted, or without their nerves.
    """

    def told(name: str) -> bool:
        return vocabulary().regex(f"cue.{name}").search(reading.text, clause.start, clause.end) is not None

    if told("elsewhere") or any(m.modality not in _BESIDE for m in own):
        return None
    own = [m for m in own if m.modality in _OF_MUSCLES]
    kinds = {".".join(h.id.split(".")[:3]) for h in clause.sites}
    muscles = any(kind.startswith("site.muscle") for kind in kinds)
    nerves = any(kind in _SENSORY for kind in kinds)
    limbs = any(kind.startswith("site.body") for kind in kinds)
    if told("through-scalp") and (muscles or limbs) and not nerves:
        return None if own else "MEP"
    cortex = told("over-cortex")
    peaks = any(kind.startswith("site.peak") for kind in kinds) and told("answer")
    if not (muscles or own or (log and not sensory)) and (nerves or limbs or peaks):
        four = nerves and {"site.nerve.upper", "site.nerve.lower"} <= kinds and told("shock")
        evoked = told("peak") or (nerves and told("evoked")) or (cortex and (told("answer") or (nerves and told("shock"))))
        evoked = evoked or four or (nerves and not of_nerves and told("of-nerve"))
        return "SSEP" if evoked else None
    touched = muscles and told("root-stimulated") and not told("mechanical")
    if (muscles or "site.nerve.cranial" in kinds) and not cortex and (told("probe") or touched):
        named = any(m.modality == "TRIGGERED_EMG" and fits(h, m.modality) for m in own for h in clause.sites)
        return None if named else "TRIGGERED_EMG"
    listened = muscles and not (own or log or told("shock")) and (clause.label or told("listened"))
    return "EMG" if listened else None
