"""What the record says besides times and names: order, reason, operation, baselines, changes, who was told, reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ionm_notes.read.clock import find_dates
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.sides import sides_of
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence, OperationSite, Proof


@dataclass(frozen=True, slots=True)
class Statements:
    """Each statement with its proof; an empty proof means the document does not say it."""

    order: Proof
    procedure: Proof
    procedure_text: str | None
    indication: Proof
    indication_text: str | None
    anesthesia: Proof
    baseline_findings: Proof
    findings: Proof
    change: Proof
    told: Proof
    interpretation: Proof
    site: OperationSite | None
    tags: tuple[str, ...]
    tag_proof: Proof
    icd10: tuple[str, ...]
    payer: str | None
    laterality: tuple[Proof, ...]


_HISTORY = re.compile(
    r"\b(?:previous|prior|earlier|history of|in (?:19|20)\d\d|years? ago|elsewhere|another hospital|s/p|status post|had an?|underwent|had been)\b",
    re.I,
)


def _clip(reading: Reading, unit: Unit, low: int, high: int, before: int = 50, after: int = 70) -> Evidence:
    low, high = max(unit.start, low - before), min(unit.end, high + after)
    while low > unit.start and not reading.text[low - 1].isspace():
        low -= 1
    while high < unit.end and not reading.text[high].isspace():
        high += 1
    return reading.evidence(low, high)


def _first(reading: Reading, name: str, *, running: bool = False) -> Proof:
    for match in reading.matches(vocabulary().patterns[name]):
        unit = reading.unit_at(match.start())
        if unit and (running or unit.kind != "running"):
            return (_clip(reading, unit, match.start(), match.end()),)
    return ()


def read_statements(reading: Reading, fields: Fields, emg_sides: tuple[str, ...]) -> Statements:
    """All statements of the record that documentation elements rest on."""
    procedure, procedure_text = _procedure(reading, fields)
    indication, indication_text = _indication(reading, fields)
    change, told = _changes(reading, fields)
    findings = change or _no_change(reading, fields)
    scope = " ".join(filter(None, (procedure_text, indication_text)))
    tags, tag_proof = _tags(reading, procedure_text or "", procedure)
    return Statements(
        _order(reading, fields), procedure, procedure_text, indication, indication_text, _anesthesia(reading, fields),
        _baseline_findings(reading, fields), findings, change, told, _interpretation(reading, fields),
        _site(reading, procedure_text or "", scope), tags, tag_proof, _icd10(reading, fields), _payer(reading, fields),
        tuple(_laterality(reading, procedure_text or "", procedure, emg_sides)),
    )  # fmt: skip


def _order(reading: Reading, fields: Fields) -> Proof:
    words = vocabulary()
    denied = [m.span() for m in reading.matches(words.patterns["statement.no-order"])]
    for match in reading.matches(words.patterns["statement.order"]):
        unit = reading.unit_at(match.start())
        if unit is None or any(a < match.end() and match.start() < b for a, b in denied):
            continue
        before = reading.text[max(unit.start, match.start() - 16) : match.start()]
        if re.search(r"\b(?:no|not|without|never)\s+(?:\w+\s+)?$", before, re.I):
            continue
        if re.search(
            r"\b(?:requested|asked|ordered)\s+(?:for\s+)?(?:an?\s+)?(?:mean|higher|map|pressure|repeat|film|x-?ray)",
            match.group(),
            re.I,
        ):
            continue
        return (_clip(reading, unit, match.start(), match.end(), 30, 40),)
    for item in fields.of("order"):
        label = reading.text[item.start : item.label_end].lower()
        value = item.value(reading)
        if "refer" in label or any(a <= item.start < b for a, b in denied) or not value:
            continue
        if re.search(
            r"\b(?:dr|surgeon|md|do|yes|on file|signed|received|written|verbal|☒|same|above|attending)\b|[A-Z][a-z]+|#?\d{4,}",
            value,
            re.I,
        ) and not re.match(r"(?:n/?a|none|no\b|unknown|not|pending|_+|\?)", value, re.I):
            return (reading.evidence(item.start, item.high),)
    return ()


def _procedure(reading: Reading, fields: Fields) -> tuple[Proof, str | None]:
    for item in fields.of("procedure"):
        value = " ".join(item.value(reading).split())
        if (
            len(value) > 3
            and re.search(r"[A-Za-z]{3}", value)
            and not re.match(r"(?:date|time|note|start|end|see|n/a)\b", value, re.I)
        ):
            term = vocabulary().regex("operation.term").search(value) or vocabulary().regex("operation.site.spine").search(value)
            if term or len(value) > 8:
                high = min(item.high, item.low + 220)
                return (reading.evidence(item.start, high),), value[:400]
    for match in reading.matches(vocabulary().patterns["operation.term"]):
        unit = reading.unit_at(match.start())
        if unit is None or unit.kind == "running":
            continue
        sentence = reading.unit_text(unit)
        before = reading.text[max(unit.start, match.start() - 80) : match.start()]
        if _HISTORY.search(before) or re.search(
            r"\b(?:electrode|lead|needle|set-?up|signal|fluoro|correction)\b", before[-20:], re.I
        ):
            continue
        if match.group().lower() in (
            "removal of",
            "correction",
            "release",
            "repair",
            "graft",
            "laser",
        ) and not vocabulary().regex("operation.site.spine").search(sentence):
            continue
        return (_clip(reading, unit, match.start(), match.end(), 70, 50),), " ".join(sentence.split())[:400]
    return (), None


def _indication(reading: Reading, fields: Fields) -> tuple[Proof, str | None]:
    words = vocabulary()
    for item in fields.of("indication"):
        value = " ".join(item.value(reading).split())
        if len(value) > 3 and not re.match(r"(?:n/?a|none|not|unknown|see|_+|\?)\b", value, re.I):
            return (reading.evidence(item.start, min(item.high, item.low + 220)),), value[:600]
    for match in reading.matches(words.patterns["statement.diagnosis"]):
        unit = reading.unit_at(match.start())
        if unit is None or unit.kind == "running":
            continue
        before = reading.text[max(unit.start, match.start() - 60) : match.start()]
        if re.search(
            r"\b(?:no|not|without|previous|prior|negative for|denies)\s+(?:\w+\s+){0,3}$", before, re.I
        ) or fields.section_at(match.start()) in ("findings", "interpretation", "baseline", "billing"):
            continue
        if unit.kind == "row" and re.match(r"\s*\d{1,2}[:.]?\d{2}", reading.unit_text(unit)):
            continue
        if re.search(r"\b(?:weakness|injury|compression|spasm|lesion|mass|palsy)\b", match.group(), re.I) and re.search(
            r"rods?|signal|electrode|post-?op|new|no\b|site|skin", before + reading.text[match.end() : match.end() + 20], re.I
        ):
            continue
        return (_clip(reading, unit, match.start(), match.end()),), " ".join(reading.unit_text(unit).split())[:600]
    return (), None


def _anesthesia(reading: Reading, fields: Fields) -> Proof:
    for match in reading.matches(vocabulary().patterns["statement.agents"]):
        unit = reading.unit_at(match.start())
        if unit is None or unit.kind == "running":
            continue
        before = reading.text[max(unit.start, match.start() - 6) : match.start()]
        if re.search(r"[☐□]\s*$|\[\s?\]\s*$", before):
            continue
        if re.match(r"(?:des|iso|roc|sevo|prop|remi|gas)\b", match.group(), re.I) and not re.search(
            r"[\d/%+,]|MAC|anes|TIVA", reading.unit_text(unit), re.I
        ):
            continue
        return (_clip(reading, unit, match.start(), match.end(), 30, 60),)
    return ()


_BASELINE = re.compile(
    r"\b(?:base-?\s?lines?|BLs?|(?:reference|control|opening|initial)\s+(?:traces|tracings|recordings|responses|studies)|(?:first|initial)\s+controls)\b",
    re.I,
)
_AT_BASELINE = re.compile(
    r"\b(?:at|to|from|of|near|above|below|as|than|with|vs|w|=|unchanged)\s*(?:the\s+|their\s+|its\s+|initial\s+|pre-?\w*\s+)*(?:base-?\s?lines?|BLs?)\b",
    re.I,
)


_STANDS_AT = re.compile(_AT_BASELINE.pattern.removesuffix("\\b") + "$", re.I)


def _units(reading: Reading) -> Iterator[tuple[Unit, str]]:
    for unit in reading.units:
        if unit.kind != "running":
            yield unit, reading.unit_text(unit)


def _baseline_findings(reading: Reading, fields: Fields) -> Proof:
    quality = vocabulary().regex("statement.baseline-quality")
    for item in fields.of("baseline"):
        value = item.value(reading)
        if quality.search(value) and len(value) > 6:
            return (reading.evidence(item.start, min(item.high, item.low + 200)),)
    for unit, text in _units(reading):
        for match in _BASELINE.finditer(text):
            if quality.search(text[match.end() : match.end() + 320]) and re.match(r"\s+(?:\w+\s+){0,3}\(", text[match.end() :]):
                return (_clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 0, 300),)
            lead = text[max(0, match.start() - 40) : match.end()]
            described = re.search(
                r"(?:^|[.;]\s*|\bwere\s+|\bwas\s+)(?:\w+\s+){0,4}?(?:quiet|silent|normal|present|clear|absent|small|low|delayed|reproducible|symmetric)\s+at\s+base-?line$",
                lead,
                re.I,
            ) and not re.search(r"final|last|end\b|remain|stay|back", text[: match.start()], re.I)
            if (
                _STANDS_AT.search(lead)
                and not described
                and not re.match(r"\s*(?:,|the\b|all\b)", text[match.end() : match.end() + 6])
            ):
                continue
            around = text[max(0, match.start() - 90) : match.end() + 150]
            if quality.search(around) and not re.search(r"\b(?:not (?:recorded|described|obtained|documented))\b", around, re.I):
                found = quality.search(text[match.start() : match.end() + 150]) or quality.search(around)
                if found and not re.fullmatch(r"(?:ms|fine|within|even|strong)", found.group(), re.I):
                    return (_clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 40, 110),)
    return ()


def _is_baseline_talk(text: str, section: str | None) -> bool:
    if re.match(r"\W*\d{1,2}[:.]?\d{2}\b", text) or re.search(
        r"\b(?:no (?:alert|change)|during (?:the )?(?:case|operation|surgery)|clamp\w*|incision)\b", text, re.I
    ):
        return False
    return section == "baseline" or (
        bool(_BASELINE.search(text))
        and not _AT_BASELINE.search(text)
        and not re.search(r"\d{1,2}[:.]?\d{2}\s+(?!.*baseline)", text)
    )


def _changes(reading: Reading, fields: Fields) -> tuple[Proof, Proof]:
    """A change of signals during the operation, and that the team was told of one."""
    words = vocabulary()
    change_rx, told_rx, calm_rx = (words.regex(n) for n in ("statement.change", "statement.told", "statement.no-change"))
    signal = re.compile(
        r"\b(?:MEPs?|tc\s?MEP|SSEPs?|EMG|BAEPs?|EEG|wave|waves|V\b|N20|P37|response\w*|potential\w*|signal\w*|amplitude\w*|latenc\w*|traces?|tracings|D-?wave|discharg\w*|burst\w*|trains?|a-?train|neurotonic|activity|spread|LLE|RLE|LUE|RUE|AH|TA|APB|TOF|motors?|modalit\w*|alert|channel|muscles?|deltoid|oris|oculi|mentalis|vastus|gastroc\w*|quadric\w*|biceps|triceps|vocalis|sphincter|L [A-Z]{2,3}|R [A-Z]{2,3})\b",
        re.I,
    )
    change: Proof = ()
    told: Proof = ()
    told_any: Proof = ()
    for unit, text in _units(reading):
        section = fields.section_at(unit.start)
        if (
            section in ("indication", "procedure", "billing", "order", "anesthesia", "modalities", "patient")
            and unit.kind == "sentence"
            and not re.search(r"\d{1,2}[:.]\d{2}", text)
        ):
            continue
        for match in told_rx.finditer(text):
            denied = re.search(r"\b(?:not|no|never|nobody)\b[^.]{0,24}$", text[max(0, match.start() - 30) : match.start()], re.I)
            denied = denied or re.search(
                r"\b(?:not|never)\s+(?:told|informed|notified)|\b(?:asked|thank|requested monitoring)\b", match.group(), re.I
            )
            if not denied and not told_any:
                told_any = (_clip(reading, unit, unit.start + match.start(), unit.start + match.end()),)
        if change or _is_baseline_talk(text, section):
            continue
        for match in change_rx.finditer(text):
            clause_low = max(
                [
                    m.end()
                    for m in re.finditer(
                        r"[.;]\s|\b(?:but|however|except)\b|,\s(?=which|then|and\s+(?:then|the))", text[: match.start()]
                    )
                ]
                or [0]
            )
            clause = text[clause_low : match.start()]
            stop = re.search(r"[.;]", text[match.end() :])
            after = text[match.end() : match.end() + (stop.start() if stop else 60)]
            if re.search(
                r"\b(?:no|not|without|never|nor|none|neither|free of|absence of|denied|any|rule out|criteria|if|would|could|predict\w*|warning criteria|threshold for|risk of|possible|more than|exceed\w*|prevent\w*|at risk|to avoid)\b",
                clause[-60:],
                re.I,
            ):
                continue
            if re.match(r"[^.;]{0,24}\b(?:none|not)\b(?!\s+(?:recover|return|fully))", after, re.I) and not re.search(
                r"lost|gone|absent", match.group(), re.I
            ):
                continue
            if not signal.search(text) or re.search(
                r"\b(?:EBL|blood|weight|hearing|MAP|pressure|power|sensation|numbness|bladder|consciousness)\s+(?:\w+\s+)?$",
                clause,
                re.I,
            ):
                continue
            if re.search(
                r"\b(?:pressure|temp\w*|MAP|HR|heart rate|hematocrit|sevo\w*|propofol|dose|distraction|traction|retraction|cortical bone)\s+(?:was\s+|were\s+)?$",
                clause,
                re.I,
            ):
                continue
            if re.search(r"\b(?:history|progressive|months|years|preop\w*|patient (?:had|has))\b", clause, re.I):
                continue
            if calm_rx.fullmatch(text.strip(" .")):
                continue
            if re.search(r"\b(?:system|power|recording|all channels|amplifier|data)\b", clause[-30:], re.I) and re.match(
                r"lost|flat|loss|gone|down", match.group(), re.I
            ):
                continue
            change = (_clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 60, 80),)
            break
    told = told_any
    return change, told


def _no_change(reading: Reading, fields: Fields) -> Proof:
    calm = vocabulary().regex("statement.no-change")
    for unit, text in _units(reading):
        section = fields.section_at(unit.start)
        if section in ("indication", "procedure", "baseline", "anesthesia"):
            continue
        match = calm.search(text)
        if match and not _is_baseline_talk(text[: match.end()], section):
            return (_clip(reading, unit, unit.start + match.start(), unit.start + match.end()),)
    return ()


def _interpretation(reading: Reading, fields: Fields) -> Proof:
    for item in fields.of("interpretation"):
        value = item.value(reading)
        if (
            len(value) > 8
            and re.search(r"[a-z]{3}", value, re.I)
            and not re.match(r"(?:n/?a|none|pending|not|see|to follow|_+|tbd)\b", value, re.I)
        ):
            return (reading.evidence(item.start, min(item.high, item.low + 240)),)
    match = re.search(
        r"\b(?:in (?:summary|conclusion)|(?:my|our|the) (?:impression|interpretation|conclusion) (?:is|was)|these (?:findings|results) (?:indicate|suggest)|is interpreted as|consistent with (?:preserved|intact))\b",
        reading.text,
        re.I,
    )
    if match and (unit := reading.unit_at(match.start())):
        return (_clip(reading, unit, match.start(), match.end(), 10, 120),)
    return ()


def _site(reading: Reading, procedure: str, scope: str) -> OperationSite | None:
    words = vocabulary()
    for text in (procedure, scope, reading.text):
        for name in ("intracranial", "vascular_cardiac", "neck", "spine", "peripheral"):
            if words.regex(f"operation.site.{name}").search(text):
                if (
                    name == "neck"
                    and words.regex("operation.site.spine").search(text)
                    and not re.search(r"thyroid|parotid|neck dissection", text, re.I)
                ):
                    continue
                return name
    return "other" if procedure else None


def _tags(reading: Reading, procedure: str, proof: Proof) -> tuple[tuple[str, ...], Proof]:
    tags = []
    for pattern in vocabulary().group("operation.tag"):
        assert pattern.regex is not None
        if pattern.regex.search(procedure):
            tags.append(pattern.id.removeprefix("operation.tag."))
    return tuple(tags), proof if tags else ()


def _icd10(reading: Reading, fields: Fields) -> tuple[str, ...]:
    found = re.findall(r"(?<![\w.-])[A-TV-Z]\d{2}\.[0-9A-Z]{1,4}(?![\w.-])", reading.text)
    for item in fields.of("indication"):
        found += re.findall(r"(?<![\w.-])[MGCDISTQRJ]\d{2}(?![\w.-])", item.value(reading))
    return tuple(dict.fromkeys(found))


def _payer(reading: Reading, fields: Fields) -> str | None:
    for item in fields.of("payer"):
        value = item.value(reading).split("\n")[0].strip()
        if value:
            return value[:80]
    return None


_SIDED = re.compile(
    r"\b(?P<side>left|right)(?:[\s-]sided)?\s+(?:\w+\s+){0,2}?(?P<what>carotid(?:\s+endarterectomy)?|CEA|craniotomy|retrosigmoid|schwannoma|vestibular|acoustic|parotid\w*|thyroid\w*|hemithyroid\w*|ulnar|median|peroneal|sciatic|brachial|hemifacial|facial|MVD|microvascular|microdiscectomy|discectomy|hemilaminectomy|foraminotomy|TLIF|aneurysm|MCA|frontal|temporal|parietal|temporal\s+lobectomy|acetabul\w+|hip|nephrectomy|laminotomy)\b",
    re.I,
)


def _laterality(reading: Reading, procedure: str, proof: Proof, emg_sides: tuple[str, ...]) -> Iterator[Proof]:
    """Sides that contradict each other: of the operation in two places, or of the operation and all its muscles."""
    seen: dict[str, dict[str, Evidence]] = {}
    for match in _SIDED.finditer(reading.text):
        unit = reading.unit_at(match.start())
        if unit is None:
            continue
        around = reading.text[max(unit.start, match.start() - 60) : min(unit.end, match.end() + 40)]
        if _HISTORY.search(around) or re.search(
            r"contralateral|opposite|control|MEP|SSEP|EMG|response|wave|nerve at|amplitude|stimulat", around, re.I
        ):
            continue
        if find_dates(around) and re.search(r"\b20[01]\d\b", around) and not re.search(r"DOS|date", around, re.I):
            continue
        what = re.sub(r"\W.*", "", match["what"].lower())
        cranial = {
            "mvd",
            "microvascular",
            "hemifacial",
            "facial",
            "retrosigmoid",
            "craniotomy",
            "schwannoma",
            "vestibular",
            "acoustic",
        }
        what = "cranial" if what in cranial else {"cea": "carotid"}.get(what, what)
        seen.setdefault(what, {}).setdefault(match["side"].lower(), _clip(reading, unit, match.start(), match.end(), 30, 30))
    for places in seen.values():
        if len(places) > 1:
            yield tuple(places.values())
            return
    own = sides_of(procedure)
    if len(own) == 1 and emg_sides and own[0] not in emg_sides and not re.search(r"\b(?:bilateral|both)\b", procedure, re.I):
        yield proof
