"""Studies that were tried and gave no answer, with their limb and side: 'tibial SSEP not elicitable on the right'.

`patterns/absent.toml` has the words (`absent.*`); which study, limb and side a statement speaks of is found here. An answer that
was there and was lost is a finding of the operation, not a study without an answer.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from ionm_notes.read.boxes import BOX
from ionm_notes.read.modalities.lists import list_of
from ionm_notes.read.modalities.model import Mention, clause_of
from ionm_notes.read.modalities.sites import fits
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.sides import sides_by_column, sides_of
from ionm_notes.read.vocabulary import Hit, vocabulary

ANSWERING = frozenset(("SSEP", "MEP", "D_WAVE", "BAEP", "VEP", "BCR", "H_REFLEX"))
"""Studies of which an answer is expected; silence of EMG is no failure."""


@dataclass(frozen=True, slots=True)
class Absence:
    """No answer in a study: in the limbs, or of the muscles and nerves, of `sites` (none: everywhere), on `sides` (none: both)."""

    modality: str
    sites: tuple[Hit, ...]
    sides: tuple[str, ...]
    mention: Mention


def absences(reading: Reading, mentions: list[Mention], sites: tuple[Hit, ...], log_units: frozenset[int]) -> list[Absence]:
    """Every statement that a study of the record gave no answer, in order of place."""
    words = vocabulary()
    candidates = [m for m in mentions if m.modality in ANSWERING and m.status != "ignore"]
    if not candidates:
        return []
    found: list[tuple[int, Absence]] = []
    last = 0
    cues = [
        (match.start(), match.end(), name == "absent.said")
        for name in ("absent.said", "absent.weak")
        for match in reading.matches(words.patterns[name])
    ]
    for start, end, sure in sorted(cues):
        unit = reading.unit_at(start)
        if (
            unit is None
            or unit.kind == "running"
            or start < last
            or _no_statement(reading, unit, start, end, log_units, sure=sure)
            or _of_another(reading, unit, start, end, mentions)
        ):
            continue
        last = end
        absence, own_side = _about(reading, unit, start, end, candidates, sites)
        if absence is None or (_flat(reading, start) and _present_elsewhere(reading, absence, unit, mentions)):
            continue
        # 'R NR (tried 60 mA, still NR)': said once more without the side.
        again = found and not own_side and reading.unit_at(found[-1][0]) == unit and found[-1][1].modality == absence.modality
        if not again:
            found.append((start, absence))
    return [absence for _, absence in found]


def never_run(reading: Reading, mention: Mention, mentions: list[Mention]) -> bool:
    """'No BAEP was recorded', 'no SSEP, MEP or EMG was run', 'MEP (on order) was not obtained because of the pacemaker': no answer is denied."""
    if mention.intended and vocabulary().regex("absent.reason").search(reading.text, mention.end, mention.unit.end):
        return True
    first, last = list_of(reading, mention, mentions)
    before = reading.text[max(first.unit.start, first.start - _DENIAL) : first.start]
    words = vocabulary()
    return (
        words.regex("absent.denial").search(before) is not None
        and words.regex("absent.run").match(reading.text, last.end, last.unit.end) is not None
    )


_DENIAL = 24
"""Characters before a study in which its denial stands."""


def _no_statement(reading: Reading, unit: Unit, start: int, end: int, log_units: frozenset[int], *, sure: bool) -> bool:
    """Whether the words mean something else here: an empty box, a legend, an examination, an answer lost on the way."""
    words = vocabulary()
    boxes = list(BOX.finditer(reading.text, max(unit.start, start - _BESIDE), start))
    if boxes and boxes[-1]["off"]:
        return True
    low, high = _bounds(reading, unit, start, end, "absent.clause")
    said = reading.text[low:high]
    if words.regex("absent.legend").search(reading.unit_text(unit)) or words.regex("cue.elsewhere").search(said):
        return True
    settled = words.regex("absent.settled").search(said) is not None
    changed = words.regex("absent.changed").search(said) is not None
    return not settled and (changed or (unit.start in log_units and not sure))


def _of_another(reading: Reading, unit: Unit, start: int, end: int, mentions: list[Mention]) -> bool:
    """Whether something else is denied or gave no answer: a change, a filum or capsule that was probed, EMG at rest, a recording that failed, a flat trend.

    Or a numbered place of the cortex that was mapped: 'No motor response at sites 1 to 6'.
    """
    words = vocabulary()
    if any(m.modality in _MAPPED for m in mentions) and words.regex("context.at-a-tag").search(reading.text[end : unit.end]):
        return True
    low, high = _bounds(reading, unit, start, end, "absent.clause")
    here = [m for m in mentions if low <= m.start < high and m.status != "ignore"]
    own = [m for m in here if m.modality in ANSWERING]
    within = [m for m in own if start <= m.start < end]
    if any(words.regex("context.no-change").match(reading.text[m.end : unit.end]) for m in within):
        return True  # 'No MEP or EMG changes were seen'
    if len(within) == len(own) and words.regex("absent.probed").search(reading.text, low, high):
        return True
    if not own and words.regex("absent.failure").search(reading.text, unit.start, unit.end):
        return True
    before = [m for m in here if m.end <= start]
    if before and before[-1].modality in ("EMG", "EEG"):
        return True
    return _flat(reading, start) and words.regex("absent.trend").search(reading.text, low, high) is not None


_MAPPED = ("CORTICAL_MAPPING", "SUBCORTICAL_MAPPING")


def _flat(reading: Reading, start: int) -> bool:
    return reading.text[start : start + 4].lower() == "flat"


def _present_elsewhere(reading: Reading, absence: Absence, unit: Unit, mentions: list[Mention]) -> bool:
    """Whether another statement says that the study answered: then it was its trend that was 'flat'."""
    return any(
        m.modality == absence.modality
        and m.unit.start != unit.start
        and vocabulary().regex("absent.present").search(clause_of(reading, m)[2]) is not None
        for m in mentions
    )


_BESIDE = 4
"""Characters before a statement in which its check box stands."""


def _bounds(reading: Reading, unit: Unit, start: int, end: int, name: str) -> tuple[int, int]:
    """The range around a statement up to the marks or words of a kind."""
    low, high = unit.start, unit.end
    for match in vocabulary().regex(name).finditer(reading.text, unit.start, unit.end):
        if match.end() <= start:
            low = match.end()
        elif match.start() >= end:
            high = match.start()
            break
    return low, high


def _about(
    reading: Reading, unit: Unit, start: int, end: int, candidates: list[Mention], sites: tuple[Hit, ...]
) -> tuple[Absence | None, bool]:
    """What a statement speaks of, None where no study of the record can be meant; and whether it names its side itself."""
    ranges = [_bounds(reading, unit, start, end, f"absent.{name}") for name in ("fragment", "clause")] + [(unit.start, unit.end)]
    within = [_sites_in(sites, low, high) for low, high in ranges]
    meant = next((hits for hits in within[:2] if hits), within[2] if unit.kind == "row" else ())
    mention = _mention(reading, unit, ranges, candidates, meant)
    if mention is None:
        return None, False
    apart = not ranges[1][0] <= mention.start < ranges[1][1]
    if apart and not meant and unit.kind != "row" and not _ANSWER.search(reading.text, *ranges[1]):
        return None, False
    fitting = tuple(h for h in meant if fits(h, mention.modality))
    own = sides_by_column(reading, unit, start) or _beside(reading, start, ranges[0])
    return Absence(mention.modality, fitting, own or _around(reading, unit, ranges[1]), mention), bool(own)


_ANSWER = re.compile(r"\b(?:respon|potential|wave|signal|trace|peak|answer|curve|attempt|tried|NR\b|left|right|[LR]\b)", re.I)
"""What a statement apart from its study must have: a word for an answer, or a side."""


def _sites_in(sites: tuple[Hit, ...], low: int, high: int) -> tuple[Hit, ...]:
    first = bisect.bisect_left(sites, low, key=_begin)
    return tuple(h for h in sites[first : bisect.bisect_left(sites, high, key=_begin)])


def _begin(hit: Hit) -> int:
    return hit.start


def _mention(
    reading: Reading, unit: Unit, ranges: list[tuple[int, int]], candidates: list[Mention], meant: tuple[Hit, ...]
) -> Mention | None:
    """The study in the same words, else that named last before them, in the unit or in one just above."""

    def can_be(mention: Mention) -> bool:
        own = [h for h in meant if not h.id.startswith("site.body")]
        beside = ranges[1][0] <= mention.start < ranges[1][1] and mention.modality not in ("SSEP", "MEP")
        return not own or beside or any(fits(h, mention.modality) for h in own)

    for low, high in ranges:
        inside = [m for m in candidates if low <= m.start < high and can_be(m)]
        before = [m for m in inside if m.start <= ranges[0][1]]
        if inside:
            return (before or inside)[-1 if before else 0]
    place = reading.index_of(unit)
    above = [
        m
        for m in candidates
        if m.start < unit.start
        and place - reading.index_of(m.unit) <= _FAR
        and m.unit.paragraph >= unit.paragraph - 1
        and can_be(m)
    ]
    return above[-1] if above else _only_one(unit, candidates, meant)


def _only_one(unit: Unit, candidates: list[Mention], meant: tuple[Hit, ...]) -> Mention | None:
    """The study named anywhere before, where the nerves told of leave no other: 'Posterior tibial responses could not be obtained'.

    Muscles do not tell: what gave no answer may be one that a root or a screw was stimulated for.
    """
    own = [h for h in meant if h.id.startswith(("site.nerve", "site.peak"))]
    fitting = [m for m in candidates if m.start < unit.start and own and all(fits(h, m.modality) for h in own)]
    return fitting[-1] if len({m.modality for m in fitting}) == 1 else None


_FAR = 4
"""Units above a statement in which its study may have been named."""


def _beside(reading: Reading, start: int, fragment: tuple[int, int]) -> tuple[str, ...]:
    """The side named just before a statement, else just behind it."""
    return sides_of(reading.text[fragment[0] : start]) or sides_of(reading.text[start : fragment[1]])


def _around(reading: Reading, unit: Unit, clause: tuple[int, int]) -> tuple[str, ...]:
    """The side that the clause of a statement names, else its row."""
    low, high = (unit.start, unit.end) if unit.kind == "row" and not sides_of(reading.text[slice(*clause)]) else clause
    return sides_of(reading.text[low:high])
