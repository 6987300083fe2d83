"""Which of the contract's regions a mention of a study names: by its nerves, muscles and limbs, its own words, or its roots."""

from __future__ import annotations

import re

from ionm_notes.read.modalities.model import Mention
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import Hit, vocabulary

Regions = set[str | None]


def regions_of(reading: Reading, mention: Mention) -> Regions:
    """The regions that a mention speaks of; empty where it names none."""
    out: Regions = set()
    words = vocabulary()
    if mention.modality == "MEP" and words.regex("modality.corticobulbar").search(reading.text[mention.start : mention.end + 12]):
        # The muscle of a limb beside them is their control.
        muscles = (h for h in mention.sites if h.id.startswith("site.muscle"))
        return {"cranial", *(r for h in muscles if (r := h.id.split(".")[2]) in _LIMB)}
    for site in mention.sites:
        if words.regex("modality.said").match(reading.text, mention.end, site.start):
            continue
        _, kind, region = site.id.split(".")[:3]
        if kind == "body" and _of_others(reading, mention, site):
            continue
        if kind == "body":
            out |= _limbs(region, mention.modality)
        elif mention.modality == "SSEP":
            out.add(region)
        elif mention.modality == "MEP":
            out.add("upper" if _shoulder(site) and _with_arms(mention) else region if region in (*_LIMB, "cranial") else None)
        else:
            out.add(region_at(reading, site))
    if mention.modality in ("EMG", "TRIGGERED_EMG"):
        out |= _of_its_name(reading.text[mention.start : mention.end].lower())
    out.discard(None)
    return out or (_of_roots(reading, mention) if mention.modality in ("EMG", "TRIGGERED_EMG") else out)


_LIMB = ("upper", "lower")


def _of_others(reading: Reading, mention: Mention, site: Hit) -> bool:
    """Whether limbs before a study are those of another's answers: 'potentials present at all four limbs, EMG silent'."""
    between = _NEXT_SUBJECT.fullmatch(reading.text, site.end, mention.start) if site.end <= mention.start else None
    if between is None:
        return False
    words = vocabulary()
    told = between["told"].strip() or words.regex("statement.change.signal").search(reading.text, mention.unit.start, site.start)
    behind = reading.text[mention.end : mention.unit.end].rstrip(" .") + ". "
    return bool(told) and words.regex("modality.said").match(behind) is not None  # 'In the legs, EMG silent' is of the legs


_NEXT_SUBJECT = re.compile(r"(?P<told>[^.;:\t]{0,60}),\s*(?:(?:and|with|the|all)\s+)*")


def _shoulder(site: Hit) -> bool:
    return site.id == "site.muscle.cranial.trapezius"


def _with_arms(mention: Mention) -> bool:
    """Whether the trapezius is one of the muscles of the arms, as in MEP of the neck, and none of those of the cranial nerves."""
    others = {h.id.split(".")[2] for h in mention.sites if h.id.startswith("site.muscle") and not _shoulder(h)}
    return "upper" in others and "cranial" not in others


def region_at(reading: Reading, site: Hit) -> str:
    """The region of a muscle: paraspinal muscles at thoracic levels are the thoracic ones."""
    region = site.id.split(".")[2]
    behind = reading.text[site.end : site.end + _LEVELS]
    if region == "paraspinal" and vocabulary().regex("context.thoracic-levels").match(behind):
        before = reading.text[max(0, site.start - _LEVELS) : site.end]
        return region if re.search(r"\b(?:cerv|lumb|[CL]\d)", before, re.I) else "thoracic_paraspinal"
    return region


_LEVELS = 20
"""Characters behind a paraspinal muscle in which its levels stand."""


def _limbs(region: str, modality: str) -> Regions:
    """The regions of a study that a word for a limb, or for the trunk, gives."""
    if region == "trunk":
        return {{"SSEP": "head_trunk", "MEP": None}.get(modality, "trunk")}
    return {"upper", "lower"} if region == "both" else {region}


def _of_its_name(text: str) -> Regions:
    """The regions in the name of EMG itself."""
    out: Regions = set()
    if "facial" in text or "cranial" in text or "lateral spread" in text or "abnormal muscle" in text:
        out.add("cranial")
    if "laryngeal" in text or "vocalis" in text:
        out.add("larynx")
    if "sphincter" in text:
        out.add("sphincter")
    return out


def _of_roots(reading: Reading, mention: Mention) -> Regions:
    """The limbs of the roots or myotomes that EMG without muscles names: 'root EMG: C5 to T1'."""
    said = reading.text[mention.start : min(mention.unit.end, mention.start + _LIST)]
    roots = vocabulary().regex("context.roots").search(reading.text, mention.unit.start, mention.unit.end)
    if roots is None or mention.log:
        return set()
    levels = [match.group().upper().replace("TH", "T") for match in vocabulary().regex("context.levels").finditer(said)]
    return {_LEVEL.get(level, "trunk" if level[0] == "T" else None) for level in levels} - {None}


_LIST = 120
"""Characters from the name of a study within which its roots are listed."""
_LEVEL: dict[str, str] = {
    **{f"C{n}": "upper" for n in range(4, 9)},
    "T1": "upper",
    **{f"L{n}": "lower" for n in range(1, 7)},
    "S1": "lower",
    "S2": "lower",
    **{f"S{n}": "sphincter" for n in range(3, 6)},
}
"""Regions of the muscles that roots supply; the thoracic ones below T1 are those of the trunk."""
