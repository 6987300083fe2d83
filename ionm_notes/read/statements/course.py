"""Baselines, changes during the operation, who was told, and the interpretation."""

from __future__ import annotations

import re

from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading
from ionm_notes.read.statements.model import clip, told_units
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Proof

_BASELINE = re.compile(
    r"\b(?:base-?\s?lines?|BLs?|(?:reference|control|opening|initial)\s+(?:traces|tracings|recordings|responses|studies)|(?:first|initial)\s+controls)\b",
    re.I,
)


_AT_BASELINE = re.compile(
    r"\b(?:at|to|from|of|near|above|below|as|than|with|vs|w|=|unchanged)\s*(?:the\s+|their\s+|its\s+|initial\s+|pre-?\w*\s+)*(?:base-?\s?lines?|BLs?)\b",
    re.I,
)


_STANDS_AT = re.compile(_AT_BASELINE.pattern.removesuffix("\\b") + "$", re.I)


def baseline_findings(reading: Reading, fields: Fields) -> Proof:
    """What the baselines were, in words that a reader can check; not merely that they were obtained."""
    quality = vocabulary().regex("statement.baseline-quality")
    for item in fields.of("baseline"):
        value = item.value(reading)
        if quality.search(value) and len(value) > 6:
            return (reading.evidence(item.start, min(item.high, item.low + 200)),)
    for unit, text in told_units(reading):
        for match in _BASELINE.finditer(text):
            if quality.search(text[match.end() : match.end() + 320]) and re.match(r"\s+(?:\w+\s+){0,3}\(", text[match.end() :]):
                return (clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 0, 300),)
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
                    return (clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 40, 110),)
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


def read_changes(reading: Reading, fields: Fields) -> tuple[Proof, Proof]:
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
    for unit, text in told_units(reading):
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
                told_any = (clip(reading, unit, unit.start + match.start(), unit.start + match.end()),)
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
            change = (clip(reading, unit, unit.start + match.start(), unit.start + match.end(), 60, 80),)
            break
    told = told_any
    return change, told


def no_change(reading: Reading, fields: Fields) -> Proof:
    """The statement that signals did not change."""
    calm = vocabulary().regex("statement.no-change")
    for unit, text in told_units(reading):
        section = fields.section_at(unit.start)
        if section in ("indication", "procedure", "baseline", "anesthesia"):
            continue
        match = calm.search(text)
        if match and not _is_baseline_talk(text[: match.end()], section):
            return (clip(reading, unit, unit.start + match.start(), unit.start + match.end()),)
    return ()


def read_interpretation(reading: Reading, fields: Fields) -> Proof:
    """The interpretation: a section of its own, or a sentence that sums the signals up."""
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
        return (clip(reading, unit, match.start(), match.end(), 10, 120),)
    return ()
