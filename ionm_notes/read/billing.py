"""Charge lines inside the document: code, modifiers, units, place of service."""

from __future__ import annotations

import re
from dataclasses import replace

from ionm_notes.read.expression import expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.spoken_clock import NUMBERS
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import BillingLine

_CODE = expression(r"(?<![\w.-])(?P<code>G0453|9[2569]\d{3}|5178[45]|51792|A4\d{3}|99360)(?![\w]|-\d{3}|\.\d)", cased=True)
_BUNDLED = ("51784", "51785", "51792")
"""Studies of this field whose codes stand among those of operations."""
_MODIFIERS = {
    "26",
    "TC",
    "59",
    "50",
    "51",
    "52",
    "53",
    "76",
    "77",
    "XE",
    "XS",
    "XU",
    "XP",
    "GC",
    "RT",
    "LT",
    "GT",
    "95",
    "Q6",
    "AS",
    "80",
    "82",
}
_LEAD = re.compile(
    r"\b(?:bill\w*|charg\w*|cpt|hcpcs|codes?|coded|coding|submit\w*|fee|units?|procedure code|claim|ticket|(?:denied|disallowed|rejected|unpaid|refused|disputed)\s+(?:lines?|services?))\b",
    re.I,
)
_UNITS = re.compile(
    r"^[\s|;]*(?:[x×*]\s*(?P<a>\d{1,3})\b|\(\s*(?P<b>\d{1,3})\s*(?:units?|u)?\s*\)|(?:[:=,-]\s*)?(?P<c>\d{1,3})\s*(?:units?\b|u\b|hrs?\b|hours?\b)|(?:units?|qty|quantity)\s*[:=]?\s*(?P<d>\d{1,3}))",
    re.I,
)


_UNITS_BEFORE = re.compile(r"\b(\d{1,3})\s+units?\s+(?:of|for|under)\s+(?:code\s+|cpt\s+|hcpcs\s+)?$", re.I)
"""Units before the code, as sentences have them: '16 units of G0453'."""
_SPELLED = re.compile(rf"\s*[:=,(–-]?\s*({'|'.join(NUMBERS)})(?=\s*(?:units?\b|[.,;)]|$))", re.I)
"""Units in words: 'G0453: sixteen units'."""
_NO_WORDS = re.compile(r"[\W\d]*(?:[A-Za-z]\w{0,5}[|>:=,\t][\W\d]*)?")
"""What may stand before the code of a charge line: bullets and numbers, or how a record of an export begins ('FT1|37|')."""


_CODE_COLUMN = re.compile(r"(?:cpt|code|hcpcs|cpt/hcpcs|proc(?:edure)?(?: code)?|cpt code|charge|service code)s?\.?")


def read_billing(reading: Reading, fields: Fields) -> tuple[BillingLine, ...]:
    """Every charge line that the document itself holds."""
    if _CODE.search(reading.text) is None:
        return ()  # as most documents: no need to ask each statement
    out: list[BillingLine] = []
    again: list[BillingLine] = []
    sections = [(f.start, f.high) for f in fields.of("billing")]
    header: list[str] | None = None
    header_paragraph = -1
    for unit in reading.units:
        if unit.kind == "running":
            continue
        text = reading.unit_text(unit)
        cells = [c.strip().lower() for c in text.split("\t")]
        codes = list(_CODE.finditer(text))
        if not codes and len(cells) > 1 and any(map(_CODE_COLUMN.fullmatch, cells)):
            header, header_paragraph = cells, unit.paragraph
            continue
        if not codes:
            continue
        inside = any(low <= unit.start + codes[0].start() < high + 400 for low, high in sections)
        leads = _NO_WORDS.fullmatch(text[: codes[0].start()]) is not None
        if not (inside or leads or _LEAD.search(text)) or re.search(
            r"\b(?:not|never)\s+(?:be\s+)?(?:billed|charged|reported|coded)\b", text, re.I
        ):
            continue
        below = _units_below(reading, unit, len(codes))
        columns = header if header and len(cells) > 1 and unit.paragraph - header_paragraph <= 14 else None
        for index, match in enumerate(codes):
            stop = codes[index + 1].start() if index + 1 < len(codes) else len(text)
            line = _line(reading, unit, text, match, stop, columns if len(codes) == 1 else None)
            if line.units is None and below:
                line = replace(line, units=below[index])
            if line.units is None and (before := _UNITS_BEFORE.search(text[: match.start()])):
                line = replace(line, units=int(before[1]))
                again.append(line)
            out.append(line)
    listed = [line for line in out if line not in again]
    # A sentence that tells a listed line again, '245 minutes, or 16 units of G0453', is no second charge.
    return tuple(
        line for line in out if line not in again or not any((o.code, o.units) == (line.code, line.units) for o in listed)
    )


def _units_below(reading: Reading, unit: Unit, codes: int) -> list[int]:
    """The units of a row of codes that stand in the row below it, code by code: 'CPT | 95940 | 95938' over 'Units | 4 | 1'."""
    index = reading.index_of(unit) + 1
    if codes < _SIDE_BY_SIDE or reading.unit_text(unit).count("\t") != codes or index >= len(reading.units):
        return []
    name, *values = (cell.strip() for cell in reading.unit_text(reading.units[index]).split("\t"))
    named = vocabulary().regex("total.units-row").fullmatch(name) is not None and len(values) == codes
    return [int(value) for value in values] if named and all(value.isdigit() for value in values) else []


_SIDE_BY_SIDE = 2
"""Codes of a row that stand side by side."""


_OPERATIVE = expression(r"(?<![\w.#$/-])(?P<code>0[01]\d{3}|[1-6]\d{4})(?=-\d\d\b|[^\w/-]|-\s|$)(?!\.\d|,\d)", cased=True)
_NOT_A_CODE = re.compile(
    r"\b(?:mrn|acct|account|zip|npi|phone|fax|tel|case|encounter|visit|ref|id|no|number|room|box)\b[^\t;|]{0,6}$|(?-i:\b[A-Z]{2}\s*$)",
    re.I,
)
_CPT = re.compile(r"\b(?:cpt|hcpcs|procedure\s+codes?|charges?|charged|billed|claim|codes?\s+billed)\b", re.I)


def read_operative(reading: Reading, fields: Fields) -> tuple[BillingLine, ...]:
    """Charges of the operation or of anesthesia: numbers of that kind in charge lists, or behind the word for a code.

    Which of them are such codes is for the policy to say; nothing here is taken for monitoring.
    """
    if _OPERATIVE.search(reading.text) is None:
        return ()
    sections = [(f.start, f.high) for f in fields.of("billing")]
    out: list[BillingLine] = []
    for unit in reading.units:
        if unit.kind == "running":
            continue
        text = reading.unit_text(unit)
        inside = any(low <= unit.start < high + 400 for low, high in sections)
        for match in _OPERATIVE.finditer(text):
            before = text[: match.start()]
            if not (_CPT.search(before) or inside) or _NOT_A_CODE.search(before) or match["code"] in _BUNDLED:
                continue
            start = unit.start + match.start()
            out.append(BillingLine(match["code"], None, (), None, reading.proof(start, unit.start + match.end())))
    return tuple(out)


def _line(reading: Reading, unit: Unit, text: str, match: re.Match[str], stop: int, columns: list[str] | None) -> BillingLine:
    tail = text[match.end() : stop]
    modifiers, units, pos = [], None, None
    if columns:
        values = text.split("\t")
        for name, value in zip(columns, values, strict=False):
            value = value.strip()
            if re.match(r"mod", name):
                modifiers = [m for m in re.split(r"[\s,/-]+", value.upper()) if m in _MODIFIERS]
            elif re.match(r"(?:units?|qty|quantity|u|#|count|no)\b", name) and (number := re.match(r"\d+", value)):
                units = int(number[0])
            elif re.match(r"pos|place", name) and re.fullmatch(r"\d\d", value):
                pos = value
        code_cell = next((v for v in values if match["code"] in v), "")
        modifiers = modifiers or [m for m in re.findall(r"-([A-Z0-9]{2})\b", code_cell) if m in _MODIFIERS]
        if units is not None or modifiers:
            return BillingLine(match["code"], units, tuple(modifiers), pos, reading.proof(unit.start, unit.end))
    at = 0
    while True:
        more = re.match(
            r"\s*(?:[-–,/&+( ]|\band\b)\s*(?:(?:with\s+)?mod(?:ifier)?s?\.?\s*[:=]?\s*)?(?P<m>[A-Z0-9]{2})(?!\w|\.\d|\s*(?:units?|min))",
            tail[at:],
            re.I,
        ) or re.match(r"[\s|]+(?P<m>26|TC|59|XS|XU|XE|51|50)(?=[\s|])", tail[at:])
        if not more or more["m"].upper() not in _MODIFIERS:
            break
        after = tail[at + more.end() :]
        if (
            more["m"].isdigit()
            and more["m"] not in ("26", "59")
            and not re.match(r"\s*(?:[-–,;x×*(|\t]|\d|$)", after)
            and tail[at : at + 1] != "-"
        ):
            break
        modifiers.append(more["m"].upper())
        at += more.end()
    rest = tail[at:]
    number = _UNITS.match(rest) or _UNITS.search(rest[:40])
    if number:
        units = int(next(g for g in number.groups() if g))
    elif spelled := _SPELLED.match(rest):
        units = NUMBERS[spelled[1].lower()]
    else:
        plain = re.match(r"[\s|:]+(\d{1,3})\b(?!\s*(?:min|%|mA|/|\.|:))(?:[\s|]+(\d\d)\b)?", rest)
        if plain:
            units = int(plain[1])
            if plain[2] in _MODIFIERS:
                modifiers.append(plain[2])  # '95867 | 1 | 26'
            else:
                pos = plain[2]
    end = match.end() + at + (number.end() if number and number.start() < 40 else 0)
    return BillingLine(
        match["code"], units, tuple(modifiers), pos, reading.proof(unit.start + match.start(), unit.start + max(end, match.end()))
    )
