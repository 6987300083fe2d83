"""Which modalities were recorded, where, and whether they were done: from technique statements, forms and log rows.

Each mention of a modality is judged by its own clause (negated, planned, history, billing, check box); nerves, muscles
and limbs in the clause give its regions. A log row adds a region only where no technique statement names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.sides import sides_near, sides_of
from ionm_notes.read.vocabulary import Hit, vocabulary
from ionm_notes.types import Evidence, Modality, ModalityStatus, Muscle

NERVE_MODALITIES = ("SSEP",)
MUSCLE_MODALITIES = ("EMG", "TRIGGERED_EMG", "MEP")


@dataclass(slots=True)
class Mention:
    """One mention of a modality: its judgement and the sites that go with it."""

    modality: str
    start: int
    end: int
    unit: Unit
    status: str = "performed"
    intended: bool = False
    log: bool = False
    sites: list[Hit] = field(default_factory=list)
    technique: bool = False
    course: bool = False


@dataclass(frozen=True, slots=True)
class ModalityReading:
    """Modalities of the case and what else their clauses say."""

    modalities: tuple[Modality, ...]
    eeg_for_depth: bool
    mentions: tuple[Mention, ...]
    sites: tuple[Hit, ...]


_ORDER = (
    "PEDICLE_SCREW", "TOF", "SUBCORTICAL_MAPPING", "CORTICAL_MAPPING", "TRIGGERED_EMG", "PHASE_REVERSAL", "ECOG", "BAEP", "VEP", "H_REFLEX",
    "BCR", "NAP", "D_WAVE", "MER", "MEP", "SSEP", "EEG", "EMG",
)  # fmt: skip


def _find(reading: Reading, log_units: frozenset[int]) -> list[Mention]:
    words = vocabulary()
    out: list[Mention] = []
    for name in _ORDER:
        for match in reading.matches(words.patterns[f"modality.{name}"]):
            start, end = match.start(), match.end()
            while end > start and reading.text[end - 1].isspace():
                end -= 1
            while start < end and reading.text[start].isspace():
                start += 1
            unit = reading.unit_at(start)
            if unit is None or start == end:
                continue
            clash = [m for m in out if m.start < end and start < m.end]
            if clash and not (
                name == "CORTICAL_MAPPING"
                and all(m.modality == "SUBCORTICAL_MAPPING" for m in clash)
                and " and " in match.group()
            ):
                continue
            out.append(Mention(name, start, end, unit, log=unit.start in log_units))
    return sorted(out, key=lambda m: m.start)


def _case_ok(reading: Reading, hit: Hit) -> bool:
    text = reading.text[hit.start : hit.end]
    short = {p for p in vocabulary().patterns[hit.id].phrases if p.isupper() and len(p) <= 4}
    return text.isupper() or text.lower() not in {p.lower() for p in short} or text in vocabulary().patterns[hit.id].phrases


def read_modalities(reading: Reading, fields: Fields, hits: tuple[Hit, ...], log_units: frozenset[int]) -> ModalityReading:
    """All modalities of the document with region, sides, muscles and status."""
    mentions = _find(reading, log_units)
    sites = tuple(h for h in hits if h.id.startswith("site.") and _case_ok(reading, h))
    for mention in mentions:
        _judge(reading, fields, mention, mentions)
    _assign_sites(reading, mentions, sites)
    rows = _combine(reading, mentions)
    depth = vocabulary().regex("context.depth")
    eeg = [m for m in mentions if m.modality == "EEG" and m.status != "ignore"]
    done = [m for m in eeg if m.status == "performed"]
    for_depth = (
        bool(done)
        and any(depth.search(_clause(reading, m)[2]) for m in done)
        and not any(
            re.search(
                r"ischemi|perfusion|clamp|symmetr|attenuat|slow|hemispher|seizure|cortical function", _clause(reading, m)[2], re.I
            )
            for m in done
        )
    )
    return ModalityReading(tuple(rows), for_depth, tuple(mentions), sites)


# --- judging one mention ---------------------------------------------------------------------------------------------

_NO_CHANGE = re.compile(
    r"^\W*(?:[\w/-]+\s*(?:,|/|&|or|and|nor)\s*)*(?:amplitude\s+|latency\s+|signal\s+|trace\s+|response\s+|motor\s+)?(?:activit\w*|discharg\w*|chang\w*|burst\w*|alert\w*|loss\w*|abnormal\w*|attenuat\w*|irritat\w*|firing|events?|trains?|spik\w*|drop\w*|deteriorat\w*|decrement\w*|responses?\s+(?:to|at|change|lost)|response(?:\s|$)|fluctuat\w*|seizure\w*|deficit\w*|artifact|difference|asymmetr\w*|warning\w*|shift\w*|criteri\w*|slowing|variation|compromise)",
    re.I,
)
_BOX = re.compile(r"(?P<on>[☒☑✓✔■]|\[\s?[xX✓]\s?\]|\([xX]\))|(?P<off>[☐□▢]|\[\s{0,3}\]|\(\s{1,3}\)|\[_+\])")


def _clause(reading: Reading, mention: Mention) -> tuple[int, int, str]:
    """The clause around a mention: its unit, cut at cells and semicolons."""
    text = reading.text
    low, high = mention.unit.start, mention.unit.end
    for match in re.finditer(r"[;\t]|\.\s", text[low:high]):
        at = low + match.start()
        if at < mention.start:
            low_candidate = at + 1
            if low_candidate > low:
                low = low_candidate
        elif at >= mention.end:
            high = at
            break
    return low, high, text[low:high]


def _judge(reading: Reading, fields: Fields, mention: Mention, mentions: list[Mention]) -> None:
    words = vocabulary()
    text = reading.text
    unit_text = reading.unit_text(mention.unit)
    if mention.unit.kind == "running" or (words.regex("context.billing-row").search(unit_text) and not mention.log):
        mention.status = "ignore"
        return
    low, _high, clause = _clause(reading, mention)
    section = fields.section_at(mention.start)
    mention.technique = section == "modalities"
    mention.course = section in ("findings", "interpretation") or bool(_COURSE.search(clause))
    history = words.regex("context.history").search(clause)
    if history and (
        section in ("indication", "procedure")
        or re.search(
            r"\d{4}|elsewhere|hospital|outside|pre-?op|clinic|outpatient|NCS|ago|year",
            history.group() + clause[history.end() : history.end() + 30],
            re.I,
        )
    ):
        mention.status = "ignore"
        return
    intended = bool(words.regex("context.intended").search(clause))
    if section == "order" or (section in ("indication", "procedure") and not mention.log):
        mention.status, mention.intended = "intent", intended or section == "order"
        if not re.search(r"\b(?:order|request|plan)\w*\b", clause, re.I) and section == "procedure":
            mention.status = "ignore"
        if section != "order" and re.search(r"\b(?:record|monitor|obtain|perform|elicit)\w*\b", clause, re.I) and not intended:
            mention.status = "performed"
        if mention.status != "performed":
            return
    box = _box(reading, mention)
    if box is not None:
        mention.status = "performed" if box else "unchecked"
        return
    before = text[max(low, mention.start - 70) : mention.start]
    after = text[mention.end : min(mention.unit.end, mention.end + 90)]
    denied = words.regex("context.not-done-before").search(before) and not _NO_CHANGE.match(after)
    if denied and not re.search(r"\b(?:not only|no doubt)\b", before, re.I):
        mention.status, mention.intended = "not_performed", intended
        return
    negation = words.regex("context.not-done-after").match(after)
    if negation and _linked(after[: negation.end()], mention, mentions):
        mention.status, mention.intended = "not_performed", intended
        return
    if intended and _only_intent(clause):
        mention.status, mention.intended = "intent", True
        return
    if words.regex("context.unobtainable").search(clause):
        mention.status = "unobtainable"


def _linked(text: str, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a 'not done' behind a mention speaks of it and not of a later modality."""
    others = [m for m in mentions if mention.end <= m.start < mention.end + len(text)]
    positive = re.search(
        r"\b(?:was|were|is|are|remained|stayed|showed?|recorded|monitored|obtained|performed|present|normal|stable|from|quiet|good|but)\b",
        text[: others[-1].start - mention.end] if others else "",
        re.I,
    )
    if others and positive:
        return False
    if not others:
        done = re.search(
            r"\b(?:recorded|obtained|monitored|performed|present|normal|stable|used|reproducible|quiet)\b", text, re.I
        )
        negator = re.search(
            r"\b(?:not|never|omitted|deferred|declined|cancel+ed|left out|dropped|skipped|n/?a|none|no)\b|☐|leave|preferred|refused|waived|withheld|abandoned|discarded|excluded|contra",
            text,
            re.I,
        )
        if done and negator and done.start() < negator.start():
            return False
    return True


def _only_intent(clause: str) -> bool:
    return not re.search(
        r"\b(?:was|were)\s+(?:then\s+|also\s+)?(?:record|monitor|perform|obtain|run|acquir|elicit|used|carried|stable|normal|unchanged|present|done|placed|watched|followed)\w*|\brecorded\b|\bmonitored\b|\bstable\b|\bquiet\b|\bperformed\b|\bmV\b|\bmA\b",
        clause, re.I,
    ) and bool(re.search(r"\b(?:plan\w*|order\w*|offered|consider\w*|schedul\w*|booked|booking|listed|propos\w*|request\w*\s+(?:for|but)|consented|recommended|declined|cancel\w*|deferred)\b", clause, re.I))  # fmt: skip


def _box(reading: Reading, mention: Mention) -> bool | None:
    """True or False where a check box beside the mention is marked or empty; None without a box."""
    low, high = mention.unit.start, mention.unit.end
    boxes = [(low + m.start(), low + m.end(), bool(m["on"])) for m in _BOX.finditer(reading.text[low:high])]
    if not boxes:
        return None
    cell_low = max(reading.text.rfind("\t", low, mention.start) + 1, low)
    cell_high = reading.text.find("\t", mention.end, high)
    cell_high = high if cell_high < 0 else cell_high
    inside = [b for b in boxes if cell_low <= b[0] < cell_high]
    if inside:
        trailing = inside[0][0] > mention.start and reading.text[cell_low : inside[0][0]].strip() != ""
        before = [b for b in inside if b[1] <= mention.start]
        after = [b for b in inside if b[0] >= mention.end]
        if before and not (trailing and after):
            return before[-1][2]
        if after and trailing:
            return after[0][2] or any(b[2] for b in after if not before and len(inside) == len(after) and b[0] - mention.end < 40)
        return before[-1][2] if before else after[0][2]
    later = [b for b in boxes if b[0] >= cell_high]
    if later:
        return any(b[2] for b in later)
    earlier = [b for b in boxes if b[1] <= cell_low]
    return earlier[-1][2] if earlier else None


# --- sites -----------------------------------------------------------------------------------------------------------


def _fits(site: Hit, modality: str) -> bool:
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
    return modality in ("SSEP", "MEP", "EMG", "TRIGGERED_EMG")


_CARRIES = re.compile(
    r"\b(?:record\w*|stimulat\w*|sites?|electrodes?|muscles?|channels?|from|montage|bilateral\w*|nerves?)\b", re.I
)
_MUSCLE_LABEL = re.compile(r"\b(?:muscles?|myotomes?)(?:\s+(?:monitored|recorded|sampled|used|groups?))?\s*[:\t]", re.I)


def _assign_sites(reading: Reading, mentions: list[Mention], sites: tuple[Hit, ...]) -> None:
    by_unit: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_unit.setdefault(mention.unit.start, []).append(mention)
    last_paragraph, carried = -1, list[Mention]()
    site_units: dict[int, tuple[Unit, list[Hit]]] = {}
    for site in sites:
        unit = reading.unit_at(site.start)
        if unit is not None and unit.kind != "running":
            site_units.setdefault(unit.start, (unit, []))[1].append(site)
    starts = sorted(set(by_unit) | set(site_units))
    for start in starts:
        here = by_unit.get(start, [])
        unit = here[0].unit if here else site_units[start][0]
        if unit.paragraph != last_paragraph:
            last_paragraph, carried = unit.paragraph, []
        for site in site_units.get(start, (unit, []))[1]:
            if re.match(r"-(?:held|off|over|piece|foot)", reading.text[site.end : site.end + 6]):
                continue
            if _unchecked_site(reading, unit, site) or re.search(
                r"\b(?:no|not|without|except)\s+(?:the\s+)?$", reading.text[max(unit.start, site.start - 14) : site.start], re.I
            ):
                continue
            for target in _targets(reading, site, here, carried, unit, mentions):
                target.sites.append(site)
        if here:
            carried = here


def _unchecked_site(reading: Reading, unit: Unit, site: Hit) -> bool:
    """A limb behind an empty box ('☐ upper') is not a site."""
    if not site.id.startswith("site.body"):
        return False
    before = reading.text[max(unit.start, site.start - 6) : site.start]
    boxes = list(_BOX.finditer(before))
    return bool(boxes) and not boxes[-1]["on"] and not before[boxes[-1].end() :].strip()


def _targets(
    reading: Reading, site: Hit, here: list[Mention], carried: list[Mention], unit: Unit, mentions: list[Mention]
) -> Iterable[Mention]:
    fitting = [m for m in here if _fits(site, m.modality) and m.status != "ignore"]
    if not fitting:
        if here:
            return ()
        text = reading.unit_text(unit)
        if _MUSCLE_LABEL.search(text) and site.id.startswith("site.muscle"):
            emg = [m for m in mentions if m.modality == "EMG" and m.status == "performed"]
            return emg[:1]
        if carried and _CARRIES.search(text):
            fit = [m for m in carried if _fits(site, m.modality) and m.status == "performed"]
            return fit[-1:]
        return ()
    before = [m for m in fitting if m.end <= site.start]
    after = [m for m in fitting if m.start >= site.end]
    if after and (
        not before
        or (
            _adjacent(reading.text[site.end : after[0].start], site)
            and not re.search(r"\band\b", reading.text[site.end : after[0].start])
        )
    ):
        return _group(reading, after[0], fitting)
    return (
        _group(reading, before[-1], fitting)
        if before
        else (after[:1] or [m for m in fitting if m.start <= site.start < m.end][:1])
    )


def _adjacent(between: str, site: Hit) -> bool:
    return (
        len(between) <= 26
        and not re.search(r"[,;:.\t(]|\b(?:with|while|whereas|showed|was|were)\b", between)
        and not (site.id.startswith("site.muscle") and re.search(r"\band\b", between))
    )


def _group(reading: Reading, nearest: Mention, fitting: list[Mention]) -> list[Mention]:
    """'SSEP and MEP of arms and legs', 'fEMG/tEMG: TA': modalities joined just before share the sites."""
    out = [nearest]
    for other in reversed([m for m in fitting if m.end <= nearest.start]):
        gap = reading.text[other.end : out[-1].start]
        if re.fullmatch(
            r"\s*(?:/|&|and|,|\+|or|,\s?and)\s*(?:the\s|trans-?cranial\s|tc|free-?run(?:ning)?\s|triggered\s|electrical\s)*",
            gap,
            re.I,
        ):
            out.append(other)
        else:
            break
    return out


# --- putting together ------------------------------------------------------------------------------------------------


def _regions(reading: Reading, mention: Mention) -> set[str | None]:
    out: set[str | None] = set()
    words = vocabulary()
    if mention.modality == "MEP" and words.regex("modality.corticobulbar").search(reading.text[mention.start : mention.end + 12]):
        return {"cranial"}
    for site in mention.sites:
        _, kind, region = site.id.split(".")[:3]
        if kind == "body":
            out |= {"upper", "lower"} if region == "both" else {region}
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


_COURSE = re.compile(
    r"\b(?:fell|dropped|lost|loss|decreas\w+|recovered|returned|transient|reduc\w+|drop|down\s+\d|attenuat\w+|reversible)\b|\d{1,2}[:.]\d{2}",
    re.I,
)
_PLAIN = {"SSEP", "MEP", "EMG", "TRIGGERED_EMG"}


def _combine(reading: Reading, mentions: list[Mention]) -> list[Modality]:
    rows: list[Modality] = []
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.status != "ignore":
            by_name.setdefault(mention.modality, []).append(mention)
    emg_regions: set[str | None] = set()
    for name in ("SSEP", "MEP", "EMG", "TRIGGERED_EMG", *(n for n in _ORDER if n not in _PLAIN)):
        group = by_name.get(name, [])
        if not group:
            continue
        positive = [m for m in group if m.status in ("performed", "unobtainable")]
        if not positive or _only_boxed_off(group, positive):
            status: ModalityStatus = "not_performed"
            intended = any(m.intended for m in group)
            if any(m.status in ("not_performed", "intent") for m in group):
                first = next(m for m in group if m.status in ("not_performed", "intent"))
                rows.append(Modality(name, None, (), status, (_shown(reading, first),), intended=intended))
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
    return rows


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
    low, high, _ = _clause(reading, mention)
    return reading.evidence(max(low, mention.start - 60), min(high, mention.end + 100))


def _plain(reading: Reading, name: str, positive: list[Mention]) -> Modality:
    first = next((m for m in positive if not m.log), positive[0])
    unobtainable = all(m.status == "unobtainable" for m in positive)
    studies = 1
    sides: tuple[str, ...] = ()
    if name in ("H_REFLEX", "NAP"):
        nerves = {h.id for m in positive for h in m.sites if h.id.startswith("site.nerve")}
        clause_sides = {s for m in positive for s in sides_of(_clause(reading, m)[2])}
        sides = tuple(sorted(clause_sides))
        studies = max(1, len(nerves) or 1) * (2 if len(clause_sides) == 2 else 1)
    return Modality(
        name, None, sides, "unobtainable" if unobtainable else "performed", (_shown(reading, first),), studies=studies
    )


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
                or {
                    s
                    for m in group
                    for h in m.sites
                    if _in_region(h, region)
                    for s in sides_near(reading, m.unit, h.start, h.end, m.start)
                }
            )
        )
        unobtainable = any(
            m.status == "unobtainable" and region in _regions(reading, m) and len(set(sides_of(_clause(reading, m)[2]))) != 1
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
    return technique + (rows if not technique or len(rows) == 1 else []) + (plain if not technique else []) or [
        m for m in positive if m.sites
    ]


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
                found.setdefault(parts[3], set()).update(sides_near(reading, mention.unit, hit.start, hit.end, mention.start))
    return tuple(Muscle(muscle, region or "", tuple(sorted(sides))) for muscle, sides in sorted(found.items()))


def _denied_regions(reading: Reading, name: str, group: list[Mention], present: set[str | None]) -> list[Modality]:
    out = []
    for mention in group:
        if mention.status not in ("not_performed", "intent", "unchecked"):
            continue
        for region in sorted(r for r in _regions(reading, mention) if r not in present and r is not None):
            if mention.status != "unchecked":
                out.append(Modality(name, region, (), "not_performed", (_shown(reading, mention),), intended=mention.intended))
    return out
