"""From mentions to one row for each modality and region, with sides, muscles and status."""

from __future__ import annotations

from dataclasses import replace

from ionm_notes.read.modalities.absent import Absence
from ionm_notes.read.modalities.model import ORDER, Mention, clause_of
from ionm_notes.read.modalities.regions import region_at, regions_of
from ionm_notes.read.reading import Reading
from ionm_notes.read.sides import sides_near, sides_of
from ionm_notes.read.spoken_clock import NUMBERS
from ionm_notes.read.vocabulary import Hit, vocabulary
from ionm_notes.types import Evidence, Modality, Muscle

_PLAIN = {"SSEP", "MEP", "EMG", "TRIGGERED_EMG"}


def combine(reading: Reading, mentions: list[Mention], absent: list[Absence]) -> list[Modality]:
    """One row for each modality and region that the mentions speak of, in the order of `ORDER`.

    `absent`: what gave no answer; a region that answered on one side only has two rows.
    """
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
        if name == "TRIGGERED_EMG" and positive and not any(m.sites for m in positive):
            positive = [replace(m, sites=_answering(reading, m, by_name.get("EMG", []))) for m in positive]
        if not positive or _only_boxed_off(group, positive):
            rows += _denied(reading, name, group)
            continue
        if name not in _PLAIN:
            rows += _answered(reading, _plain(reading, name, positive), positive, absent)
            continue
        regional = [part for row in _regional(reading, name, positive) for part in _answered(reading, row, positive, absent)]
        if name == "EMG":
            emg_regions = {r.region for r in regional}
        if name == "TRIGGERED_EMG" and all(r.region is None for r in regional) and len(emg_regions - {None}) == 1:
            regional = [Modality(name, next(iter(emg_regions)), regional[0].sides, regional[0].status, regional[0].evidence)]
        rows += regional
        rows += _denied_regions(reading, name, group, {r.region for r in regional})
    return _where_it_answered(rows)


def _answering(reading: Reading, mention: Mention, free: list[Mention]) -> list[Hit]:
    """The muscles of EMG named in the clause of a stimulation: 'roots probed, EMG answers in leg muscles and sphincter'."""
    low, high, _ = clause_of(reading, mention)
    return [h for m in free if m.status == "performed" and low <= m.start < high for h in m.sites if low <= h.start < high]


_BOTH = frozenset(("left", "right"))


def _answered(reading: Reading, row: Modality, positive: list[Mention], absent: list[Absence]) -> list[Modality]:
    """A row as what gave no answer leaves it: unobtainable, or in two where one side answered and the other did not."""
    about = [a for a in absent if a.modality == row.modality and _takes_in(reading, a, row.region, positive)]
    if not about or row.status == "not_performed":
        return [row]
    silent = {side for a in about for side in a.sides or _BOTH}
    recorded = _BOTH if _told_apart(reading, row.region, about) else set(row.sides) or _BOTH
    if silent >= recorded:
        told = [m for m in positive if all(m is not a.mention for a in about)]
        answered = row.region is None and any(_present(reading, m) for m in told)
        return [row if answered else replace(row, status="unobtainable")]
    proof = tuple(dict.fromkeys(_shown(reading, a.mention) for a in about))
    half = row.studies // 2 if row.studies > 1 else row.studies
    performed = replace(row, status="performed", sides=tuple(sorted(recorded - silent)), studies=max(1, row.studies - half))
    return [performed, replace(row, status="unobtainable", sides=tuple(sorted(silent)), evidence=proof, studies=half)]


def _told_apart(reading: Reading, region: str | None, about: list[Absence]) -> bool:
    """Whether the clause of a study tells of both sides of a region, and of no other: 'tibial SEPs: L absent, R present'."""
    for absence in about:
        low, high, clause = clause_of(reading, absence.mention)
        alone = all(h.id.split(".")[2] == region for h in absence.mention.sites if low <= h.start < high)
        if alone and len(sides_of(clause)) == len(_BOTH):
            return True
    return False


def _takes_in(reading: Reading, absence: Absence, region: str | None, positive: list[Mention]) -> bool:
    """Whether a statement that nothing answered is about a region, and about all that was recorded there."""
    if region is None:
        return True
    if not absence.sites:
        return region in (regions_of(reading, absence.mention) or {region})
    own = [h for h in absence.sites if _in_region(reading, h, region)]
    if not own or any(h.id.startswith(("site.body", "site.nerve", "site.peak")) for h in own):
        return bool(own)
    silent = {h.id for h in own}
    recorded = {h.id for m in positive for h in m.sites if h.id.startswith("site.muscle") and _in_region(reading, h, region)}
    return recorded <= silent


def _present(reading: Reading, mention: Mention) -> bool:
    return vocabulary().regex("absent.present").search(clause_of(reading, mention)[2]) is not None


def _denied(reading: Reading, name: str, group: list[Mention]) -> list[Modality]:
    """The rows of a study that was not done: one for each region of which that is said, else one without."""
    said = [m for m in group if m.status in ("not_performed", "intent")]
    if not said:
        return []
    intended = any(m.intended for m in group)
    regions: dict[str | None, Mention] = {}
    for mention in said:
        for region in regions_of(reading, mention) if name in _PLAIN and mention.status == "not_performed" else ():
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
    studies = 1
    sides: tuple[str, ...] = ()
    if name in ("H_REFLEX", "NAP"):
        nerves = {h.id for m in positive for h in m.sites if h.id.startswith("site.nerve")}
        clause_sides = {s for m in positive for s in sides_of(clause_of(reading, m)[2])}
        sides = tuple(sorted(clause_sides))
        by_nerve = max(1, len(nerves)) * (2 if len(clause_sides) == 2 else 1)
        studies = max(by_nerve, _nerves_counted(reading, positive), _stretches(reading, positive) if name == "NAP" else 0)
    return Modality(name, None, sides, "performed", (_shown(reading, first),), studies=studies)


def _nerves_counted(reading: Reading, positive: list[Mention]) -> int:
    """How many nerves the statements themselves count: 'across three elements'; 0 where none does."""
    count = vocabulary().regex("context.count-of-nerves")
    said = [match["count"].lower() for m in positive for match in count.finditer(reading.text, m.unit.start, m.unit.end)]
    return max((NUMBERS.get(word) or int(word) for word in said), default=0)


def _stretches(reading: Reading, positive: list[Mention]) -> int:
    """How many stretches of nerve the clauses of action potentials name: 'across the upper trunk and the lateral cord'."""
    words = vocabulary()
    clauses = [words.regex("context.part-of-nerve").sub(" ", clause_of(reading, m)[2]) for m in positive]
    pairs = {match.group().lower() for clause in clauses for match in words.regex("context.nerve-to-nerve").finditer(clause)}
    named = {match.group().lower() for clause in clauses for match in words.regex("context.nerve-element").finditer(clause)}
    return len(pairs) or len(named)


def _technique(reading: Reading, region: str, group: list[Mention]) -> str | None:
    """By what electrodes a region was recorded: as the sentence says that names it, or else one that names the study."""
    words = vocabulary()
    placed = (reading.unit_at(h.start) for m in group for h in m.sites if _in_region(reading, h, region))
    for units in (placed, (m.unit for m in group)):
        told = {
            unit.start: unit for unit in units if unit is not None
        }  # 'EMG: legs, by needles. Anal sphincter with surface discs.'
        around = " ".join(reading.unit_text(unit) for unit in told.values())
        if words.regex("context.needle").search(around):
            return "needle"
        if words.regex("context.surface").search(around):
            return "surface"
    return None


def _regional(reading: Reading, name: str, positive: list[Mention]) -> list[Modality]:
    described = _described(positive)
    if not any(regions_of(reading, mention) for mention in described):
        described = [m for m in positive if m.sites]  # 'Studies: EEG and SSEP.' says less than '09:33 stim left median, N20 down'
    rows: dict[str | None, list[Mention]] = {}
    for mention in described:
        for region in regions_of(reading, mention):
            rows.setdefault(region, []).append(mention)
    for mention in positive:
        if not mention.sites:
            for region in regions_of(reading, mention):
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
                or {s for m in group for h in m.sites if _in_region(reading, h, region) for s in _sides_at(reading, m, h)}
                or {s for m in group if name == "EMG" and not m.sites for s in sides_of(clause_of(reading, m)[2])}
            )
        )
        technique = _technique(reading, region, group) if region == "sphincter" else None
        named = any(
            h.id.startswith(("site.muscle", "site.nerve")) and _in_region(reading, h, region) for m in positive for h in m.sites
        )
        out.append(
            Modality(
                name,
                region,
                sides,
                "performed",
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


def _in_region(reading: Reading, hit: Hit, region: str | None) -> bool:
    parts = hit.id.split(".")
    return region_at(reading, hit) == region or (parts[1] == "body" and parts[2] == "both")


def _muscles(reading: Reading, name: str, region: str | None, group: list[Mention]) -> tuple[Muscle, ...]:
    if name not in ("EMG", "TRIGGERED_EMG"):
        return ()
    found: dict[str, set[str]] = {}
    for mention in group:
        for hit in mention.sites:
            parts = hit.id.split(".")
            if parts[1] == "muscle" and region_at(reading, hit) == region:
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
        for region in sorted(r for r in regions_of(reading, mention) if r not in present and r is not None):
            if mention.status != "unchecked":
                out.append(Modality(name, region, (), "not_performed", (_shown(reading, mention),), intended=mention.intended))
    return out
