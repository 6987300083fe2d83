"""From mentions to one row for each modality and region, with sides, muscles and status."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.modalities.model import ORDER, Mention, clause_of
from ionm_notes.read.reading import Reading
from ionm_notes.read.sides import sides_near, sides_of
from ionm_notes.read.spoken_clock import NUMBERS
from ionm_notes.read.vocabulary import Hit, vocabulary
from ionm_notes.types import Evidence, Modality, Muscle


def _regions(reading: Reading, mention: Mention) -> set[str | None]:
    out: set[str | None] = set()
    words = vocabulary()
    if mention.modality == "MEP" and words.regex("modality.corticobulbar").search(reading.text[mention.start : mention.end + 12]):
        return {"cranial"}
    for site in mention.sites:
        _, kind, region = site.id.split(".")[:3]
        if kind == "body":
            out |= _limbs(region, mention.modality)
        elif mention.modality == "SSEP":
            out.add(region)
        elif mention.modality == "MEP":
            out.add(region if region in ("upper", "lower", "cranial") else None)
        else:
            out.add(region)
    if mention.modality in ("EMG", "TRIGGERED_EMG"):
        text = reading.text[mention.start : mention.end].lower()
        if "facial" in text or "cranial" in text or "lateral spread" in text or "abnormal muscle" in text:
            out.add("cranial")
        if "laryngeal" in text or "vocalis" in text:
            out.add("larynx")
        if "sphincter" in text:
            out.add("sphincter")
    out.discard(None)
    return out


def _limbs(region: str, modality: str) -> set[str | None]:
    """The regions of a study that a word for a limb, or for the trunk, gives."""
    if region == "trunk":
        return {{"SSEP": "head_trunk", "MEP": None}.get(modality, "trunk")}
    return {"upper", "lower"} if region == "both" else {region}


_PLAIN = {"SSEP", "MEP", "EMG", "TRIGGERED_EMG"}


def combine(reading: Reading, mentions: list[Mention]) -> list[Modality]:
    """One row for each modality and region that the mentions speak of, in the order of `ORDER`."""
    rows: list[Modality] = []
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.status != "ignore":
            by_name.setdefault(mention.modality, []).append(mention)
    emg_regions: set[str | None] = set()
    for name in ("SSEP", "MEP", "EMG", "TRIGGERED_EMG", *(n for n in ORDER if n not in _PLAIN)):
        group = by_name.get(name, [])
        if not group:
            continue
        positive = [m for m in group if m.status in ("performed", "unobtainable")]
        if not positive or _only_boxed_off(group, positive):
            rows += _denied(reading, name, group)
            continue
        if name not in _PLAIN:
            rows.append(_plain(reading, name, positive))
            continue
        regional = _regional(reading, name, positive)
        if name == "EMG":
            emg_regions = {r.region for r in regional}
        if name == "TRIGGERED_EMG" and all(r.region is None for r in regional) and len(emg_regions - {None}) == 1:
            regional = [Modality(name, next(iter(emg_regions)), regional[0].sides, regional[0].status, regional[0].evidence)]
        rows += regional
        rows += _denied_regions(reading, name, group, {r.region for r in regional})
    return _where_it_answered(rows)


def _denied(reading: Reading, name: str, group: list[Mention]) -> list[Modality]:
    """The rows of a study that was not done: one for each region of which that is said, else one without."""
    said = [m for m in group if m.status in ("not_performed", "intent")]
    if not said:
        return []
    intended = any(m.intended for m in group)
    regions: dict[str | None, Mention] = {}
    for mention in said:
        for region in _regions(reading, mention) if name in _PLAIN and mention.status == "not_performed" else ():
            regions.setdefault(region, mention)
    return [
        Modality(name, region, (), "not_performed", (_shown(reading, mention),), intended=intended)
        for region, mention in sorted(regions.items(), key=str) or [(None, said[0])]
    ]


def _where_it_answered(rows: list[Modality]) -> list[Modality]:
    """EMG of which nothing says where, in the one region that answered to stimulation."""
    regions = {r.region for r in rows if r.modality == "TRIGGERED_EMG" and r.status != "not_performed"}
    if len(regions) != 1 or None in regions:
        return rows
    region = next(iter(regions))
    return [
        replace(r, region=region) if r.modality == "EMG" and r.region is None and r.status == "performed" else r for r in rows
    ]


def _only_boxed_off(group: list[Mention], positive: list[Mention]) -> bool:
    """A form says not done, and only passing words elsewhere bring the name up."""
    denied = [m for m in group if m.status in ("not_performed", "unchecked")]
    return (
        bool(denied)
        and all(m.log and not m.sites for m in positive)
        and len(positive) <= 1
        and group[0].modality not in ("TOF", "PEDICLE_SCREW")
    )


def _shown(reading: Reading, mention: Mention) -> Evidence:
    low, high, _ = clause_of(reading, mention)
    return reading.evidence(max(low, mention.start - 60), min(high, mention.end + 100))


def _plain(reading: Reading, name: str, positive: list[Mention]) -> Modality:
    first = next((m for m in positive if not m.log), positive[0])
    unobtainable = all(m.status == "unobtainable" for m in positive)
    studies = 1
    sides: tuple[str, ...] = ()
    if name in ("H_REFLEX", "NAP"):
        nerves = {h.id for m in positive for h in m.sites if h.id.startswith("site.nerve")}
        clause_sides = {s for m in positive for s in sides_of(clause_of(reading, m)[2])}
        sides = tuple(sorted(clause_sides))
        studies = max(max(1, len(nerves)) * (2 if len(clause_sides) == 2 else 1), _nerves_counted(reading, positive))
    return Modality(
        name, None, sides, "unobtainable" if unobtainable else "performed", (_shown(reading, first),), studies=studies
    )


def _nerves_counted(reading: Reading, positive: list[Mention]) -> int:
    """How many nerves the statements themselves count: 'across three elements'; 0 where none does."""
    count = vocabulary().regex("context.count-of-nerves")
    said = [match["count"].lower() for m in positive for match in count.finditer(reading.text, m.unit.start, m.unit.end)]
    return max((NUMBERS.get(word) or int(word) for word in said), default=0)


def _regional(reading: Reading, name: str, positive: list[Mention]) -> list[Modality]:
    described = _described(positive)
    rows: dict[str | None, list[Mention]] = {}
    for mention in described:
        for region in _regions(reading, mention):
            rows.setdefault(region, []).append(mention)
    for mention in positive:
        if not mention.sites:
            for region in _regions(reading, mention):
                rows.setdefault(region, []).append(mention)
    if not rows:
        return [Modality(name, None, (), "performed", (_shown(reading, positive[0]),))]
    out = []
    for region in sorted(rows, key=str):
        group = rows[region]
        muscles = _muscles(reading, name, region, group)
        sides = tuple(
            sorted(
                {s for m in muscles for s in m.sides}
                or {s for m in group for h in m.sites if _in_region(h, region) for s in _sides_at(reading, m, h)}
            )
        )
        unobtainable = any(
            m.status == "unobtainable" and region in _regions(reading, m) and len(set(sides_of(clause_of(reading, m)[2]))) != 1
            for m in positive
        )
        technique = None
        if region == "sphincter":
            around = " ".join(reading.unit_text(m.unit) for m in group)
            if vocabulary().regex("context.surface").search(around) and not vocabulary().regex("context.needle").search(around):
                technique = "surface"
            elif vocabulary().regex("context.needle").search(around):
                technique = "needle"
        named = any(h.id.startswith(("site.muscle", "site.nerve")) and _in_region(h, region) for m in group for h in m.sites)
        out.append(
            Modality(
                name,
                region,
                sides,
                "unobtainable" if unobtainable else "performed",
                (_shown(reading, group[0]),),
                muscles,
                sites_stated=named,
                technique=technique,
            )
        )
    return out


def _described(positive: list[Mention]) -> list[Mention]:
    """The mentions that say where: technique statements and rows that list sites, before passing words on a response."""

    def listed(mention: Mention, least: int) -> bool:
        return sum(h.id.startswith(("site.muscle", "site.nerve")) for h in mention.sites) >= least

    technique = [m for m in positive if not m.log and (listed(m, 1) or m.technique)]
    rows = [m for m in positive if m.log and listed(m, 2)]
    plain = [m for m in positive if not m.log and m.sites and not m.course]
    named = {h.id.split(".")[2] for m in technique for h in m.sites}
    technique += [m for m in plain if technique and m not in technique and not _body_regions(m) <= named]
    settled = any(m.technique or not m.course for m in technique)
    return technique + (rows if not settled or len(rows) == 1 else []) + (plain if not technique else []) or [
        m for m in positive if m.sites
    ]


def _body_regions(mention: Mention) -> set[str]:
    return {h.id.split(".")[2] for h in mention.sites if h.id.startswith("site.body")}


def _in_region(hit: Hit, region: str | None) -> bool:
    parts = hit.id.split(".")
    return parts[2] == region or (parts[1] == "body" and parts[2] == "both")


def _muscles(reading: Reading, name: str, region: str | None, group: list[Mention]) -> tuple[Muscle, ...]:
    if name not in ("EMG", "TRIGGERED_EMG"):
        return ()
    found: dict[str, set[str]] = {}
    for mention in group:
        for hit in mention.sites:
            parts = hit.id.split(".")
            if parts[1] == "muscle" and parts[2] == region:
                found.setdefault(parts[3], set()).update(_sides_at(reading, mention, hit))
    return tuple(Muscle(muscle, region or "", tuple(sorted(sides))) for muscle, sides in sorted(found.items()))


def _sides_at(reading: Reading, mention: Mention, hit: Hit) -> tuple[str, ...]:
    """The side of a nerve, muscle or limb: from its own statement, else from that of the study it goes with."""
    unit = reading.unit_at(hit.start)
    if (
        unit is not None
        and unit.start != mention.unit.start
        and (own := sides_near(reading, unit, hit.start, hit.end, unit.start))
    ):
        return own
    return sides_near(reading, mention.unit, hit.start, hit.end, mention.start)


def _denied_regions(reading: Reading, name: str, group: list[Mention], present: set[str | None]) -> list[Modality]:
    out = []
    for mention in group:
        if mention.status not in ("not_performed", "intent", "unchecked"):
            continue
        for region in sorted(r for r in _regions(reading, mention) if r not in present and r is not None):
            if mention.status != "unchecked":
                out.append(Modality(name, region, (), "not_performed", (_shown(reading, mention),), intended=mention.intended))
    return out
