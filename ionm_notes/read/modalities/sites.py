"""Which nerves, muscles and limbs go with which mention of a modality."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ionm_notes.read.boxes import BOX
from ionm_notes.read.clause_cuts import STOPS
from ionm_notes.read.expression import expression
from ionm_notes.read.modalities.model import MUSCLE_MODALITIES, Mention, clause_of
from ionm_notes.read.modalities.modes import share_muscles
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import Hit, vocabulary


def fits(site: Hit, modality: str) -> bool:
    """Whether a study can be of such a nerve, muscle or limb."""
    kind = site.id.split(".")[1]
    if kind == "nerve":
        region = site.id.split(".")[2]
        return (
            (modality == "SSEP" and region != "cranial")
            or (region == "cranial" and modality in ("TRIGGERED_EMG", "EMG"))
            or modality in ("H_REFLEX", "NAP")
        )
    if kind == "muscle":
        return modality in MUSCLE_MODALITIES
    if kind == "peak":
        return modality == "SSEP"
    return modality in ("SSEP", "MEP", "EMG", "TRIGGERED_EMG")


_OF_MUSCLES = ("EMG", "TRIGGERED_EMG")
_CARRIES = expression(
    r"\b(?:record\w*|stimulat\w*|sites?|electrodes?|needles?|muscles?|channels?|from|montage|bilateral\w*|nerves?)\b"
)


_MUSCLE_LABEL = expression(
    r"\b(?:muscles?|myotomes?)(?:\s+(?:monitored|recorded|sampled|used|groups?|on\s+(?:each|either)\s+side|on\s+both\s+sides))?\s*[:\t]"
)


_WITHOUT = expression(
    r"\b(?:no|not|without|except)[^\S\t]+(?:the\s+)?$|\b(?:nothing|none)\s+(?:\w+\s+)?(?:from|in|of|on)\s+(?:the\s+)?(?:\w+\s+(?:or|and|nor)\s+(?:the\s+)?)?$"
)

"""A denial before a site; the 'no' of a choice in the cell before ('[x] yes [ ] no | deltoid, biceps') denies nothing."""


def assign_sites(reading: Reading, mentions: list[Mention], sites: tuple[Hit, ...]) -> None:
    """Gives each nerve, muscle or limb named to the mention, or the mentions, that it goes with."""
    by_unit: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_unit.setdefault(mention.unit.start, []).append(mention)
    last_paragraph, carried = -1, list[Mention]()
    boxed = BOX.search(reading.text) is not None
    site_units: dict[int, tuple[Unit, list[Hit]]] = {}
    for site in sites:
        unit = reading.unit_at(site.start)
        if unit is not None and unit.kind != "running":
            site_units.setdefault(unit.start, (unit, []))[1].append(site)
    starts = sorted(set(by_unit) | set(site_units))
    for start in starts:
        here = by_unit.get(start, [])
        unit = here[0].unit if here else site_units[start][0]
        list_end = reading.line_starts[reading.line_index(here[0].start)] if here else unit.end
        above = [site for site in site_units.get(start, (unit, []))[1] if site.end <= list_end]
        headed = not here or reading.text[list_end : list_end + 1].isupper()
        bare = bool(above) and headed and only_sites(reading, unit.start, list_end, above)
        if unit.paragraph != last_paragraph:
            last_paragraph, carried = unit.paragraph, _heading(reading, unit, carried) if bare else []
        parted = bool(here) and _partly_left_out(reading, unit, site_units.get(start, (unit, []))[1])
        results = bool(carried) and not here and _under_results(reading, unit, carried[-1].unit)
        undone = not here and vocabulary().regex("context.listed-undone").search(reading.unit_text(unit)) is not None
        for site in site_units.get(start, (unit, []))[1]:
            if undone:
                continue  # 'The booking sheet also listed facial nerve channels; they were not placed'
            if _no_limb(reading, site) or ((not here or parted) and is_left_out(reading, unit, site)):
                continue
            if results and site.id.startswith("site.body"):
                continue  # 'EMG: TA, AH, R and L.', 'Baseline', 'Arms normal.'
            if (boxed and _unchecked_site(reading, unit, site)) or _WITHOUT.search(
                reading.text[max(unit.start, site.start - 40) : site.start]
            ):
                continue
            if _of_the_study_behind(reading, site, here, site_units.get(start, (unit, []))[1]):
                continue
            own = [] if bare and site.start < list_end else here
            for target in _targets(reading, site, own, carried, unit, by_unit, mentions, bare=bare):
                target.sites.append(site)
        if here:
            carried = here
    _same_muscles(reading, mentions)
    share_muscles(reading, mentions)


def _of_the_study_behind(reading: Reading, site: Hit, here: list[Mention], sites: list[Hit]) -> bool:
    """Whether a nerve names the study right behind it and none further on, which has its own: 'trigeminal EMG and median SSEP'."""
    if not site.id.startswith("site.nerve.head_trunk"):
        return False
    behind = [mention for mention in here if mention.start >= site.end]
    named = next((one for one in behind if not reading.text[site.end : one.start].strip()), None)
    if named is None or named.modality not in _OF_MUSCLES:
        return False
    others = [mention for mention in behind if fits(site, mention.modality)]
    return all(any(_leads(reading, own, one) for own in sites) for one in others)


def _leads(reading: Reading, site: Hit, mention: Mention) -> bool:
    """Whether a nerve stands right before the name of a study, or is part of it: 'median SSEP'."""
    inside = mention.start <= site.start < mention.end
    return inside or (site.end <= mention.start and not reading.text[site.end : mention.start].strip())


def _under_results(reading: Reading, unit: Unit, listed: Unit) -> bool:
    """Whether the heading of results stands between a study and words behind it."""
    heading = vocabulary().regex("context.results-heading")
    between = reading.units[reading.index_of(listed) + 1 : reading.index_of(unit)]
    return any(heading.match(reading.unit_text(one)) is not None for one in between)


def _same_muscles(reading: Reading, mentions: list[Mention]) -> None:
    """Gives a study of 'the same muscles' those of the study before it."""
    same = vocabulary().regex("context.the-same-muscles")
    before: Mention | None = None
    for mention in mentions:
        if mention.modality not in MUSCLE_MODALITIES or mention.status == "ignore":
            continue
        said = reading.unit_text(mention.unit) if mention.unit.kind == "row" else clause_of(reading, mention)[2]
        if before is not None and (told := same.search(said)):
            limbs = {h.id.split(".")[2] for h in mention.sites if h.id.startswith("site.body")} - {"both"}
            limbs |= {"cranial"} if "facial" in said[slice(*told.span())].lower() else set()
            above = [m for m in mentions if m.modality in _OF_MUSCLES and m.start < mention.start]
            mention.sites += [
                h
                for h in ([s for m in above for s in m.sites] if "above" in said[slice(*told.span())].lower() else before.sites)
                if h.id.startswith("site.muscle") and h not in mention.sites and (not limbs or h.id.split(".")[2] in limbs)
            ]
        if any(h.id.startswith("site.muscle") for h in mention.sites):
            before = mention


def only_sites(reading: Reading, start: int, end: int, sites: list[Hit]) -> bool:
    """Whether a stretch of text has nothing but the nerves, muscles or limbs in it, their sides, and words that list them."""
    left, at = [], start
    for site in sites:
        left.append(reading.text[at : site.start])
        at = max(at, site.end)
    return not _WORDS.search(_OF_A_LIST.sub("", "".join((*left, reading.text[at:end]))))


_WORDS = re.compile(r"[A-Za-z]{2}")
_OF_A_LIST = expression(
    r"\b(?:and|at|the|of|on|in|each|both|left|right|bilat\w*|sides?|plus|muscles?|nerves?|wrists?|knees?|external|spontaneous|continuous|running|free|run|triggered|needles?|surface|channels?|from|electrodes?|R|L)\b"
)


def _heading(reading: Reading, unit: Unit, carried: list[Mention]) -> list[Mention]:
    """The mentions of the line just above a list, or above the first line of it."""
    return [m for m in carried if 0 < reading.index_of(unit) - reading.index_of(m.unit) <= 2]


_LIMB_LABEL = re.compile(r"\W*(?:limbs?|extremit(?:y|ies))(?:\s+(?:recorded|monitored|tested))?\s*[:\t]", re.I)
"""A label behind studies that asks for the limbs of all of them: 'Limbs: (X) upper (X) lower'."""


def _own_sites(mention: Mention) -> bool:
    return any(site.start < mention.unit.end for site in mention.sites)


def _partly_left_out(reading: Reading, unit: Unit, sites: list[Hit]) -> bool:
    """Whether a statement leaves out some of its sites and not all: 'SSEP: median recorded, tibial not done'."""
    left = [is_left_out(reading, unit, site) for site in sites] if len(sites) > 1 else []
    return any(left) and {out for out, site in zip(left, sites, strict=True) if not _no_limb(reading, site)} == {True, False}


def is_left_out(reading: Reading, unit: Unit, site: Hit) -> bool:
    """Whether a statement says of a nerve, muscle or limb that it was not recorded: 'BLE none', 'the ulnar nerve was not tested'."""
    behind = reading.text[site.end : min(unit.end, site.end + 40)]
    return vocabulary().regex("context.none-of-it").match(behind) is not None


def _no_limb(reading: Reading, site: Hit) -> bool:
    """Whether a word for a limb is none here: 'hand-held', 'upper trunk', 'lower cranial nerves'."""
    words, behind = vocabulary(), reading.text[site.end : site.end + 40]
    if site.id == "site.muscle.cranial.tongue":
        return words.regex("context.no-muscle").match(behind) is not None
    if site.id == "site.body.trunk":
        return words.regex("context.trunk-of-a-nerve").search(reading.text[max(0, site.start - 36) : site.start]) is not None
    if reading.text[site.start : site.end].lower() in ("x4", "x 4"):
        return words.regex("context.evoked-before").search(reading.text[max(0, site.start - 20) : site.start]) is None
    if reading.text[site.start : site.end].lower() == "med":
        return words.regex("context.short-nerve").match(behind) is None
    if site.id not in ("site.body.upper", "site.body.lower", "site.body.both"):
        return False
    around = f"{reading.text[max(0, site.start - 40) : site.start]}\x00{behind}"
    half = words.regex("context.half-of-a-muscle").search(around) or words.regex("context.limb-of-staff").search(around)
    return half is not None or (site.id != "site.body.both" and words.regex("context.not-a-limb").match(behind) is not None)


def _unchecked_site(reading: Reading, unit: Unit, site: Hit) -> bool:
    """A limb, nerve or muscle behind an empty box ('☐ upper') is not a site."""
    before = reading.text[max(unit.start, site.start - 6) : site.start]
    boxes = list(BOX.finditer(before))
    return bool(boxes) and not boxes[-1]["on"] and not before[boxes[-1].end() :].strip()


def _targets(
    reading: Reading,
    site: Hit,
    here: list[Mention],
    carried: list[Mention],
    unit: Unit,
    by_unit: dict[int, list[Mention]],
    mentions: list[Mention],
    *,
    bare: bool,
) -> Iterable[Mention]:
    if not here and (column := _of_column(reading, unit, site, by_unit)) is not None:
        return [column] if fits(site, column.modality) else ()
    fitting = [m for m in here if fits(site, m.modality) and m.status != "ignore"]
    if fitting and site.id == "site.nerve.head_trunk" and _of_the_reflex(reading, site, here):
        return ()
    if not fitting:
        if here:
            return ()
        text = reading.unit_text(unit)
        fit = [m for m in carried if fits(site, m.modality) and m.status == "performed"]
        # Both kinds of EMG that were named together share the muscles listed after them.
        both = [m for m in fit if m.modality in _OF_MUSCLES and not _own_sites(m)]
        shared = both if len({m.modality for m in both}) == len(_OF_MUSCLES) and fit[-1] in both else fit[-1:]
        if _MUSCLE_LABEL.search(text) and site.id.startswith("site.muscle"):
            open_mep = [
                m
                for m in shared
                if m.modality == "MEP" and not _own_sites(m) and reading.index_of(unit) - reading.index_of(m.unit) == 1
            ]
            return (
                shared
                if len(shared) > 1
                else open_mep or [m for m in mentions if m.modality == "EMG" and m.status == "performed"][:1]
            )
        if _LIMB_LABEL.match(text) and site.id.startswith("site.body"):
            return [m for m in fit if not any(s.start < m.unit.end for s in m.sites)]
        goes_on = bare or unit.kind == "row" or _CARRIES.search(text) or _begins(reading, unit, site, text)
        return shared if carried and goes_on else ()
    if fitting[0].start > site.end and reading.line_index(site.start) < reading.line_index(fitting[0].start):
        above = [m for m in carried if fits(site, m.modality) and m.status == "performed" and not _own_sites(m)]
        if above:  # the list under one study, whose last line the next study's was joined to
            return above[-1:]
    within = [m for m in fitting if m.start < site.end and site.start < m.end]
    if within:
        return _group(reading, within[0], fitting)
    before = [m for m in fitting if m.end <= site.start]
    if before and _of_twitches(reading, site, before[-1], here):
        return ()
    after = [m for m in fitting if m.start >= site.end]
    if after and not before and site.id.startswith("site.nerve") and STOPS.search(reading.text[site.end : after[0].start]):
        return ()
    if after and (
        not before
        or (
            _adjacent(reading.text[site.end : after[0].start], site)
            and BOX.search(reading.text, site.end, after[0].start) is None
            and not re.search(r"\band\b", reading.text[site.end : after[0].start])
        )
    ):
        return [*_group(reading, after[0], fitting), *_joined(reading, site, after[0], fitting)]
    return (
        _group(reading, before[-1], fitting)
        if before
        else (after[:1] or [m for m in fitting if m.start <= site.start < m.end][:1])
    )


def _of_the_reflex(reading: Reading, site: Hit, here: list[Mention]) -> bool:
    """Whether the pudendal nerve is that of the bulbocavernosus reflex named just behind it, apart from any SSEP."""
    behind = [m for m in here if m.start >= site.end and not STOPS.search(reading.text, site.end, m.start)]
    before = [m for m in here if m.end <= site.start and not STOPS.search(reading.text, m.end, site.start)]
    return bool(behind) and behind[0].modality == "BCR" and not any(m.modality == "SSEP" for m in before)


def _of_twitches(reading: Reading, site: Hit, study: Mention, here: list[Mention]) -> bool:
    """Whether a limb or muscle is where the twitches are counted, named behind a study of its own: 'EMG: deltoid, biceps. TOF L foot'."""
    return any(
        m.modality == "TOF"
        and study.end <= m.start
        and m.end <= site.start
        and not STOPS.search(reading.text, m.end, site.start)
        and _JOINER.fullmatch(reading.text, study.end, m.start) is None
        for m in here
    )


def _of_column(reading: Reading, unit: Unit, site: Hit, by_unit: dict[int, list[Mention]]) -> Mention | None:
    """The study that heads the column of a nerve or muscle in a table which has a study in two columns or more."""
    if unit.kind != "row":
        return None
    column = reading.text.count("\t", unit.start, site.start)
    place = reading.index_of(unit)
    for above in reversed(reading.units[max(0, place - _ROWS) : place]):
        if above.kind != "row":
            return None
        heads = {reading.text.count("\t", above.start, m.start): m for m in by_unit.get(above.start, ())}
        if len(heads) > 1 and column:
            return heads.get(column)
    return None


_ROWS = 14
"""Rows above a row among which the heading of its table is looked for."""


def _begins(reading: Reading, unit: Unit, site: Hit, text: str) -> bool:
    """Whether a short statement begins with nerves or muscles, as shorthand goes on about the study before it: 'PTN L/R good'."""
    if len(text) > _SHORT or vocabulary().regex("cue.elsewhere").search(text):
        return False
    return site.start - unit.start <= _LEAD or (
        site.start - unit.start <= _SHORT // 2 and only_sites(reading, unit.start, site.start, [])
    )


_LEAD, _SHORT = 3, 60
"""Characters of a statement in shorthand at most."""


def _adjacent(between: str, site: Hit) -> bool:
    return (
        len(between) <= 26
        and not re.search(r"[,;:.\t(/|]|\b(?:with|while|whereas|showed|was|were)\b", between)
        and not (site.id.startswith("site.muscle") and re.search(r"\band\b", between))
    )


def _joined(reading: Reading, site: Hit, first: Mention, fitting: list[Mention]) -> list[Mention]:
    """The studies that share the limbs named right before the first of them: 'upper and lower extremity SSEPs and MEPs'."""
    if not site.id.startswith("site.body") or _OWN_LIMB.match(reading.text, site.end, first.start) is None:
        return []
    out: list[Mention] = []
    at = first.end
    for other in (m for m in fitting if m.start >= first.end):
        joined = _JOINER.fullmatch(reading.text, at, other.start)
        if joined is None or _GOES_ON.match(reading.text, other.end):
            break
        out.append(other)
        at = other.end
    return out


_JOINER = re.compile(
    r"\s*(?:/|&|and|,|\+|or|,\s?and)\s*(?:the\s|trans-?cranial\s|tc|free-?run(?:ning)?\s|triggered\s|electrical\s)*", re.I
)
_OWN_LIMB = re.compile(r"\s*(?:limbs?|extremit\w+)?\s*(?:somato-?sensory|trans-?cranial|tc)?[\s(]*")
_GOES_ON = re.compile(
    r"\s*(?:(?:responses|potentials|recordings?|monitoring)\s+)?(?:of|from|in|to|at|with|over|[(:–-])(?!\w)(?!\s*(?:both|each|either|the\s+(?:left|right))\b)",
    re.I,
)
"""A study that has sites of its own behind it."""


def _group(reading: Reading, nearest: Mention, fitting: list[Mention]) -> list[Mention]:
    """'SSEP and MEP of arms and legs', 'fEMG/tEMG: TA': modalities joined just before share the sites."""
    out = [nearest, *(m for m in fitting if m is not nearest and m.start == nearest.start)]
    for other in reversed([m for m in fitting if m.end <= nearest.start]):
        gap = reading.text[other.end : out[-1].start]
        if other.modality not in _OF_MUSCLES and any(site.end <= other.end for site in other.sites):
            break  # 'median nerve SSEPs and MEPs of the legs': the first has its nerve before it
        if _JOINER.fullmatch(gap):
            out.append(other)
        else:
            break
    return out
