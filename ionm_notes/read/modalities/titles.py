"""A study named by a title that is put together from words of the trade: 'Sensory pathways, legs', 'Muscle responses to the probe'.

`patterns/titles.toml` has the words, each with what it means (`title.*`); what a combination means stands here. A title has no
other words: it begins a line, a cell or an entry of a list and ends with it, or before the sites and sides of the study. So words
that say nothing alone ('sensory', 'motor', 'direct') may be understood, and a word that is not known leaves the title unread.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.modalities.model import Mention
from ionm_notes.read.modalities.sites import fits, only_sites
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import Hit, vocabulary

_BEGINS = expression(r"[;:=\t|\[\]•·]|\.\s|\s[-–—/]\s", cased=True)
_LEAD = re.compile(r"[\W_]*(?:\(?(?:\d{1,2}|[a-z]|[xX])[.)\]]\s+)?[\W_]*")
"""What may stand before a title: marks, boxes, the number of an entry."""
_ENDS = re.compile(r"\s*(?:$|[;:=\t|\[\](•·]|\.(?:\s|$)|[-–—/]\s|,\s*$)")
_SIDE = re.compile(r"[\s,]*(?:left|right|bilat\w*|both|[LR]\b)", re.I)
_OPEN = expression(r"\b(?:of|to|by|via|from|on|upon|at|in|with|after|for|over|and|or|the|as|its|using|through|under|during)\)?$")
"""Words with which no title ends: 'pulses over the motor strip to'."""
_JOINED = re.compile(r"\band\b|[&+/]", re.I)
_NEIGHBOURS = 4
"""Units before and behind a weak title, one of which must name a study as well."""


@dataclass(frozen=True, slots=True)
class _Title:
    """Offsets of a title, the studies that it names, and whether its words can mean nothing else.

    `whole`: a word of it that stands before the name of the study says where ('Facial MEPs', 'Legs: SEP').
    """

    unit: Unit
    start: int
    end: int
    line_end: int
    studies: tuple[str, ...]
    sure: bool
    whole: bool


@functools.cache
def _word() -> str:
    sources = (f"(?:{pattern.source})" for pattern in vocabulary().group("title"))
    return rf"(?<!\w)(?:{'|'.join(sources)})(?!\w)"


@functools.cache
def _whole() -> Expression:
    """As many words of titles as follow each other."""
    limb = _meaning("limb").pattern
    return expression(
        rf"(?:(?:{limb})(?:\s?[/&]\s?(?:{limb}))?: )?(?:{_word()})(?:(?: ?[,/&+(] ?|\),? |[ –-]|\.(?=\w))(?:{_word()}))*\)?"
    )


@functools.cache
def _meaning(name: str) -> Expression:
    return expression(vocabulary().patterns[f"title.{name}"].source, r"(?<!\w)", r"(?!\w)")


def named_by_titles(reading: Reading, named: list[Mention], sites: tuple[Hit, ...], log_units: frozenset[int]) -> list[Mention]:
    """The mentions of studies, with those that titles name added and in the place of what else was taken from their words."""
    starts = [m.start for m in named]
    found: list[tuple[_Title, list[Mention]]] = []
    for title in _titles(reading, sites, log_units):
        own = named[bisect.bisect_left(starts, title.start) : bisect.bisect_left(starts, title.end)]
        known = {m.modality for m in own}
        if (
            known > set(title.studies)
            or (known == set(title.studies) and not title.whole)
            or (own and _JOINED.search(reading.text, title.start, title.end))
        ):
            continue
        found.append((title, own))
    listed = _of_a_list(reading, [title for title, own in found if not (title.sure or own)], sites, named)
    out, taken = list(named), set[int]()
    for title, own in found:
        if title.sure or own or title.start in listed:
            taken.update(id(m) for m in own)
            out += [Mention(name, title.start, title.end, title.unit) for name in title.studies]
    return sorted((m for m in out if id(m) not in taken), key=lambda m: m.start)


def _titles(reading: Reading, sites: tuple[Hit, ...], log_units: frozenset[int]) -> Iterator[_Title]:
    site_starts = [site.start for site in sites]
    for unit in reading.units:
        if unit.kind == "running" or unit.start in log_units:
            continue
        for low, high in _lines(reading, unit):
            begun = low
            for at in (low, *(m.end() for m in _BEGINS.finditer(reading.text, low, high))):
                if at < begun:
                    continue
                lead = _LEAD.match(reading.text, at, high)
                start = lead.end() if lead else at
                match = _whole().match(reading.text, start, high)
                if match is None or _OPEN.search(match.group()) or not _ended(reading, match.end(), high, sites, site_starts):
                    continue
                begun = match.end()
                studies, sure = _studies(match.group())
                if studies:
                    where = _meaning("limb").match(match.group()) or any(
                        "MEP" in studies and _meaning(name).search(match.group()) for name in ("face", "bulbar")
                    )
                    yield _Title(unit, start, match.end(), high, studies, sure, bool(where))


def _lines(reading: Reading, unit: Unit) -> Iterator[tuple[int, int]]:
    """The ranges of the lines that a unit was joined from: a list may be taken for one sentence."""
    first, last = reading.line_index(unit.start), reading.line_index(max(unit.start, unit.end - 1))
    low = unit.start
    for start in reading.line_starts[first + 1 : last + 1]:
        if not reading.text[start : start + 1].islower():  # else the sentence goes on
            yield low, start - 1
            low = start
    yield low, unit.end


def _ended(reading: Reading, end: int, high: int, sites: tuple[Hit, ...], site_starts: list[int]) -> bool:
    """Whether the title ends its line, cell or entry, or stands before the sites or the side of the study."""
    if _ENDS.match(reading.text, end, high) or _SIDE.match(reading.text, end, high):
        return True
    at = bisect.bisect_left(site_starts, end)
    return at < len(sites) and sites[at].start - end <= len(", ")


def _of_a_list(reading: Reading, titles: list[_Title], sites: tuple[Hit, ...], named: list[Mention]) -> frozenset[int]:
    """Where the titles begin whose words may mean something else but which stand among studies, with their sites or side alone."""
    starts = [site.start for site in sites]
    places = {reading.index_of(m.unit) for m in named}
    fitting, others = [], Counter[int]()
    for title in titles:
        if vocabulary().regex("cue.elsewhere").search(reading.text, title.unit.start, title.unit.end):
            continue
        behind = list(sites[bisect.bisect_left(starts, title.end) : bisect.bisect_left(starts, title.line_end)])
        own = any(fits(site, name) and not site.id.startswith("site.body") for site in behind for name in title.studies)
        alone = only_sites(reading, title.end, title.line_end, behind)
        if own or alone:
            fitting.append(title)
        if own and alone:
            others[reading.index_of(title.unit)] += 1
    near = range(-_NEIGHBOURS, _NEIGHBOURS + 1)
    return frozenset(
        title.start
        for title in fitting
        for place in (reading.index_of(title.unit),)
        if any(place + step in places or others[place + step] > (step == 0) for step in near)
    )


@functools.lru_cache(maxsize=4096)
def _studies(title: str) -> tuple[tuple[str, ...], bool]:
    """The studies that the words of a title put together, and whether these can mean nothing else."""

    @functools.cache
    def of(name: str) -> bool:
        return _meaning(name).search(title) is not None

    evoked = of("answer") or of("thing")
    for name, told in (
        ("PHASE_REVERSAL", of("reversal") or (of("turn") and (of("sensory") or of("cortex") or of("answer")))),
        ("PEDICLE_SCREW", of("screw") and (of("stimulated") or of("test") or of("muscle")) and not of("spontaneous")),
        ("TOF", of("twitch") or (of("relaxation") and of("test"))),
        ("BCR", of("sacral-reflex") and of("reflex")),
        ("D_WAVE", of("epidural") and not of("sensory") and (of("answer") or of("motor") or of("test"))),
        ("BAEP", of("auditory") and (evoked or of("test"))),
        ("VEP", of("visual") and (evoked or of("test"))),
        ("SUBCORTICAL_MAPPING", of("below-cortex") and _maps(of) and not of("cortex")),
        ("CORTICAL_MAPPING", (of("cortex") or (of("brain") and of("mapping"))) and _maps(of) and not of("below-cortex")),
        ("ECOG", _of_its_surface(of)),
        ("EEG", of("brain") and not (of("limb") or of("shocked-nerve")) and (of("test") or of("scalp") or of("thing"))),
    ):
        if told:
            return (name,), True
    return _of_limbs_and_face(of, evoked, joined=_JOINED.search(title) is not None)


def _maps(of: functools._lru_cache_wrapper[bool]) -> bool:
    """Whether the brain itself is stimulated, and no nerve, muscle or limb answers."""
    return (of("mapping") or of("stimulated")) and not (
        of("sensory") or of("motor") or of("answer") or of("limb") or of("shocked-nerve") or of("muscle") or of("transcranial")
    )


def _of_its_surface(of: functools._lru_cache_wrapper[bool]) -> bool:
    """Whether the activity of the brain is recorded from its surface."""
    if of("motor") or of("stimulated") or of("limb") or of("muscle"):
        return False
    brain = of("cortex") or of("brain")
    return (of("surface") and (brain or of("test"))) or (of("direct") and brain and of("test"))


def _of_limbs_and_face(of: functools._lru_cache_wrapper[bool], evoked: bool, *, joined: bool) -> tuple[tuple[str, ...], bool]:
    """Studies of the tracts and muscles of limbs and face."""
    transcranial = of("transcranial") or (of("muscle") and (of("cortex") or (of("scalp") and of("stimulated"))) and evoked)
    motor = (of("motor") or transcranial) and not of("spontaneous")
    if (of("face") and motor) or (of("bulbar") and (motor or evoked or of("test"))):
        return ("MEP",), True
    limb = of("limb") or of("shocked-nerve")
    if of("sensory") or motor:
        names = (("SSEP",) if of("sensory") else ()) + (("MEP",) if motor else ())
        return (names, evoked or transcranial) if limb or evoked or of("test") else ((), False)
    evoked = evoked or (of("stimulated") and of("test"))
    if limb and evoked and (of("cortex") or of("scalp") or of("brain")) and not of("muscle"):
        return ("SSEP",), True
    if of("muscle") and (of("spontaneous") or of("stimulated") or of("test")):
        both = of("spontaneous") and of("stimulated") and joined
        one = "EMG" if of("spontaneous") or not of("stimulated") else "TRIGGERED_EMG"
        return ("EMG", "TRIGGERED_EMG") if both else (one,), of("spontaneous") or (of("stimulated") and of("answer")) or of(
            "test"
        )
    if of("peak"):
        return ("SSEP",), True
    if of("face") and not (of("stimulated") or limb or evoked):
        return ("EMG",), False  # 'CN VII: orbicularis oculi, mentalis'
    probed = of("nerve") and of("stimulated") and not of("shocked-nerve")
    return (("TRIGGERED_EMG",), False) if probed else ((), False)
