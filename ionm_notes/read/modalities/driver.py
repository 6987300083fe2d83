"""Which modalities were recorded, where, and whether they were done: start here.

Each mention of a modality is judged by its own clause (negated, planned, history, billing, check box); nerves, muscles
and limbs in the clause give its regions. A log row adds a region only where no technique statement names one.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from ionm_notes.read.fields import Fields
from ionm_notes.read.modalities.absent import absences, never_run
from ionm_notes.read.modalities.combining import combine
from ionm_notes.read.modalities.composed import composed
from ionm_notes.read.modalities.judging import judge
from ionm_notes.read.modalities.left_out import left_out
from ionm_notes.read.modalities.model import ORDER, Mention, ModalityReading, clause_of
from ionm_notes.read.modalities.modes import told_in_modes
from ionm_notes.read.modalities.sites import assign_sites
from ionm_notes.read.modalities.titles import named_by_titles
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import Hit, Pattern, vocabulary


def _find(reading: Reading, sites: tuple[Hit, ...], log_units: frozenset[int]) -> list[Mention]:
    words = vocabulary()
    out: list[Mention] = []
    for name in ORDER:
        _add(reading, name, words.patterns[f"modality.{name}"], log_units, out)
    named = {mention.modality for mention in out if not mention.log and mention.unit.kind != "running"}
    by_name = {mention.start for mention in out}
    named_units = {m.unit.start for m in out if m.modality == "TRIGGERED_EMG"}
    for pattern in words.group("described"):
        name = pattern.id.removeprefix("described.")
        if name not in named:
            _add(reading, name, pattern, log_units, out)
    by_nerve = {m.unit.start for m in out if m.modality in _BY_NERVE}
    out = [m for m in out if m.modality != "SSEP" or "SSEP" in named or m.start in by_name or m.unit.start not in by_nerve]
    out += told_in_modes(reading, out, sites, log_units)
    mapping = frozenset(m.unit.start for m in out if m.modality in ("CORTICAL_MAPPING", "SUBCORTICAL_MAPPING"))
    if any(m.modality == "MER" for m in out):
        _deep(reading, [m for m in out if m.modality == "CORTICAL_MAPPING"])
    return sorted((m for m in out if not _other_probe(reading, m, out, named_units, mapping)), key=lambda m: m.start)


_BY_NERVE = ("H_REFLEX", "NAP", "TOF", "BCR")
"""Studies in which a nerve is stimulated as for somatosensory potentials, which only their name tells apart."""


def _deep(reading: Reading, mapping: list[Mention]) -> None:
    """Mapping by stimulation beside recordings of single cells is of the depth, unless its statement speaks of the cortex."""
    for mention in mapping:
        if vocabulary().regex("context.of-the-cortex").search(reading.unit_text(mention.unit)) is None:
            mention.modality = "SUBCORTICAL_MAPPING"


def _other_probe(
    reading: Reading, mention: Mention, found: list[Mention], named_units: set[int], mapping: frozenset[int]
) -> bool:
    """Whether what looks like stimulation of a nerve, or its answer, maps the brain, or tests screws."""
    if mention.modality == "MEP" and mapping:
        return _at_a_tag(reading, mention)
    if mention.modality != "TRIGGERED_EMG":
        return False
    words = vocabulary()
    if _stimulus(reading, mention, found):
        return True
    if mention.unit.start in mapping or (
        mapping and words.regex("context.stimulation-alone").search(reading.text[mention.start : mention.end])
    ):
        return True
    screws = any(m.modality == "PEDICLE_SCREW" and m.unit.start == mention.unit.start for m in found)
    before = reading.text[mention.unit.start : mention.start]
    return mention.unit.start not in named_units and (screws or words.regex("context.screws-before").search(before) is not None)


def _at_a_tag(reading: Reading, mention: Mention) -> bool:
    """Whether motor responses are what stimulation of the cortex gave at a numbered place: 'Hand motor responses at sites 7 and 8'."""
    words = vocabulary()
    if words.regex("context.motor-response").search(reading.text[mention.start : mention.end].lower()) is None:
        return False
    return words.regex("context.at-a-tag").search(reading.text[mention.end : mention.unit.end]) is not None


def _stimulus(reading: Reading, mention: Mention, found: list[Mention]) -> bool:
    """Whether the stimulation of a nerve only tells how the potential before it was evoked: 'SEPs by stimulation of the nerve'."""
    start = mention.unit.start
    reflexes = (m for m in found if m.modality in ("BCR", "H_REFLEX") and start <= m.start < mention.start)
    if any(_APART.search(reading.text, m.end, mention.start) is None for m in reflexes):
        return True  # 'BCR | dorsal clitoral nerve stimulation, recorded in the anal sphincter'
    evoked = any(m.modality in ("SSEP", "BCR", "H_REFLEX", "VEP") and start <= m.start < mention.start for m in found)
    if not evoked or any(m.modality == "EMG" and m.unit.start == start for m in found):
        return False
    return vocabulary().regex("context.stimulus").search(reading.text[start : mention.start]) is not None


_APART = re.compile(r"[;,+&/]|\.\s|\b(?:and|with|plus)\b", re.I)
"""Between a reflex and a stimulation that is none of it."""


def _add(reading: Reading, name: str, pattern: Pattern, log_units: frozenset[int], out: list[Mention]) -> None:
    """Adds each place where a pattern stands, unless an earlier pattern claimed it."""
    matches = list(reading.matches(pattern))
    if not matches:
        return
    taken = sorted(((m.start, m) for m in out), key=_begin)
    longest = max((m.end - m.start for m in out), default=0)
    for match in matches:
        start, end = match.start(), match.end()
        while end > start and reading.text[end - 1].isspace():
            end -= 1
        while start < end and reading.text[start].isspace():
            start += 1
        unit = reading.unit_at(start)
        if unit is None or start == end:
            continue
        low = bisect.bisect_left(taken, start - longest, key=_begin)
        near = taken[low : bisect.bisect_left(taken, end, key=_begin)]
        clash = [m for _, m in near if start < m.end]
        if clash and not (
            name == "CORTICAL_MAPPING"
            and all(m.modality == "SUBCORTICAL_MAPPING" for m in clash)
            and (" and " in match.group() or all(_ALSO.search(reading.text, end, m.end) for m in clash))
        ):
            continue
        mention = Mention(name, start, end, unit, log=unit.start in log_units)
        out.append(mention)
        bisect.insort(taken, (start, mention), key=_begin)
        longest = max(longest, end - start)


_ALSO = re.compile(r"\s(?:and|then|plus|followed)\b|[/&+]")
"""Between the cortex and what lies below it, where both were mapped: 'mapping (cortex, then white matter)'."""


def _begin(claim: tuple[int, Mention]) -> int:
    return claim[0]


def _with_composed(
    reading: Reading, fields: Fields, mentions: list[Mention], sites: tuple[Hit, ...], log_units: frozenset[int]
) -> list[Mention]:
    """The mentions with those that `composed` tells of, where the record does not name the study with its sites itself."""
    settled = {
        m.modality for m in mentions if (not m.log and m.status not in ("ignore", "intent") and _placed(m)) or m.status in _DENIED
    }
    more = [m for m in composed(reading, mentions, sites, log_units) if m.modality not in settled]
    for mention in more:
        judge(reading, fields, mention, more)
    more = [m for m in more if m.status in ("performed", "unobtainable")]
    if not more:
        return mentions
    found = sorted((*mentions, *more), key=lambda m: m.start)
    for mention in found:
        mention.sites.clear()
    assign_sites(reading, found, sites)
    return found


def _placed(mention: Mention) -> bool:
    """Whether a mention has its nerves or muscles; the limbs alone of EMG ('free-running EMG of both legs') leave its muscles open."""
    if mention.modality not in ("EMG", "TRIGGERED_EMG"):
        return bool(mention.sites)
    return any(not h.id.startswith("site.body") for h in mention.sites)


_DENIED = ("not_performed", "unchecked")


def _sites(reading: Reading, hits: list[Hit]) -> tuple[Hit, ...]:
    """Nerves, muscles and limbs; an abbreviation in small letters only beside another muscle: 'mep apb, ta, ah L/R'."""
    good = [_case_ok(reading, h) for h in hits]

    def listed(index: int) -> bool:
        hit = hits[index]
        if not hit.id.startswith("site.muscle"):
            return False
        for other in hits[max(0, index - 1) : index] + hits[index + 1 : index + 2]:
            low, high = min(hit.end, other.end), max(hit.start, other.start)
            if other.id.startswith("site.muscle") and _LISTED.fullmatch(reading.text, low, high):
                return True
        return False

    return tuple(h for index, h in enumerate(hits) if good[index] or listed(index))


_LISTED = re.compile(r"\s?(?:[,/+&]|and|,\s?and)\s?(?:[LRB]\s)?|\s")
"""Between two muscles of a list."""


def _case_ok(reading: Reading, hit: Hit) -> bool:
    text = reading.text[hit.start : hit.end]
    return text.isupper() or text.lower() not in _abbreviated(hit.id) or text in vocabulary().patterns[hit.id].phrases


@functools.cache
def _abbreviated(name: str) -> frozenset[str]:
    """The abbreviations of a few capitals among the phrases of a pattern, in small letters."""
    return frozenset(
        phrase.lower() for phrase in vocabulary().patterns[name].phrases if phrase.isupper() and len(phrase) <= _CAPITALS
    )


_CAPITALS = 4


_NEAR = 400
"""Characters behind a mention up to which others can matter to its judgement, beyond its unit."""


def _with_near(mentions: list[Mention]) -> Iterator[tuple[Mention, list[Mention]]]:
    """Each mention with those, itself among them, that stand near enough to matter to its judgement; all are in order of place."""
    starts = [m.start for m in mentions]
    longest = max((m.end - m.start for m in mentions), default=0)
    for mention in mentions:
        low = bisect.bisect_left(starts, mention.unit.start - longest)
        yield mention, mentions[low : bisect.bisect_right(starts, max(mention.unit.end, mention.end + _NEAR))]


def _with_done(reading: Reading, fields: Fields, mentions: list[Mention], log_units: frozenset[int]) -> list[Mention]:
    """The mentions with what tells, without its name, that a study was done which the record names only as wanted."""
    kinds = {name: {m.status for m in mentions if m.modality == name} for name in {m.modality for m in mentions}}
    wanted = {name for name, found in kinds.items() if "intent" in found and found <= {"intent", "ignore"}}
    if not wanted:
        return mentions
    found = list(mentions)
    for pattern in vocabulary().group("described"):
        if (name := pattern.id.removeprefix("described.")) in wanted:
            _add(reading, name, pattern, log_units, found)
    more = found[len(mentions) :]
    for mention in more:
        judge(reading, fields, mention, more)
    return sorted((*mentions, *(m for m in more if m.status == "performed")), key=lambda m: m.start)


def read_modalities(reading: Reading, fields: Fields, hits: tuple[Hit, ...], log_units: frozenset[int]) -> ModalityReading:
    """All modalities of the document with region, sides, muscles and status."""
    sites = _sites(reading, [h for h in hits if h.id.startswith("site.")])
    mentions = named_by_titles(reading, _find(reading, sites, log_units), sites, log_units)
    for mention, near in _with_near(mentions):
        judge(reading, fields, mention, near)
    mentions = _with_done(reading, fields, mentions, log_units)
    assign_sites(reading, mentions, sites)
    mentions = _with_composed(reading, fields, mentions, sites, log_units)
    mentions = sorted((*mentions, *left_out(reading, mentions, sites)), key=lambda m: m.start)
    absent = absences(reading, mentions, sites, log_units)
    for absence in absent:
        absence.mention.sites += [h for h in absence.sites if h not in absence.mention.sites]
        if absence.mention.status == "not_performed" and not never_run(reading, absence.mention, mentions):
            absence.mention.status = "performed"  # 'no usable MEP from any leg muscle'
    rows = combine(reading, mentions, absent)
    depth = vocabulary().regex("context.depth")
    eeg = [m for m in mentions if m.modality == "EEG" and m.status != "ignore"]
    done = [m for m in eeg if m.status == "performed"]
    for_depth = (
        bool(done)
        and any(depth.search(clause_of(reading, m)[2]) for m in done)
        and not any(
            re.search(
                r"ischemi|perfusion|clamp|symmetr|attenuat|slow|hemispher|seizure|cortical function",
                clause_of(reading, m)[2],
                re.I,
            )
            for m in done
        )
    )
    return ModalityReading(tuple(rows), for_depth, tuple(mentions), sites)
