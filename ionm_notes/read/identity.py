"""Who the patient is, when the service was, at which place: identity, date of service, facility and setting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ionm_notes.read.boxes import ticked
from ionm_notes.read.clock import DateMention, widen_birth_year
from ionm_notes.read.expression import expression
from ionm_notes.read.fields import Field, Fields
from ionm_notes.read.people import NAME, same_person
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence, Proof

_LINE_NAME = re.compile(rf"(?P<name>{NAME})")


@dataclass(frozen=True, slots=True)
class Identity:
    """The patient's name and second identifiers with evidence; `patients` has one entry per distinct identity."""

    name: Proof
    second: Proof
    patients: tuple[Proof, ...]
    births: frozenset[date]
    names: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    """Record and account numbers, letters and digits only, lower case."""


_BORN = expression(r"\b(?:d\.?o\.?b\.?|date of birth|birth\s?date|born(?: on)?|b\.|birthday)\s*[:\t(/-]?\s*")
_NUMBER = expression(
    r"\b(?:MRN?|M\.R\.N\.?|medical record(?: (?:number|no\.?|#))?|acct\.?|account(?: (?:number|no\.?))?|chart(?: (?:number|no\.?))?|hospital (?:number|no\.?)|patient (?:id|number|no\.?)|pt id|PID|record (?:no\.?|number)|CSN|FIN|subject\.mrn)"
    r"\s*[:#\t.(]*\s*(?:#\s*)?(?=[\w-]*\d)[A-Z0-9][\w-]{3,}(?:[ -]\d[\w-]*)*",
)
_STOP = re.compile(r"\b(?:DOB|born|MRN|age|sex|birth|chart|record|\d)|[;|·(]", re.I)


def _patient_fields(reading: Reading, fields: Fields) -> list[tuple[str, Field]]:
    out = []
    for item in fields.of("patient"):
        value = _STOP.split(item.value(reading))[0].strip(" ,-–:\t.")
        if reading.text[item.start : item.label_end].lower() in ("re", "name") and not re.match(r"[A-Z]", value):
            continue
        if re.match(r"(?:[A-Z][\w'’.-]*)(?:[ ,]+[A-Z][\w'’.-]*){0,4}\W*$", value) and not re.fullmatch(
            r"(?:Inpatient|Outpatient|Name|Information|Class|Status|Demographics|Medicare.*|Male|Female|Surgeon.*|Unknown)",
            value,
            re.I,
        ):
            out.append((value, item))
    return out


def read_identity(reading: Reading, fields: Fields, dates: tuple[DateMention, ...]) -> Identity:
    """Names, birth dates and record numbers, and whether they are of one patient."""
    named = _patient_fields(reading, fields)
    births: dict[date, Evidence] = {}
    second: list[Evidence] = []
    for item in fields.of("dob"):
        found = [d for d in dates if item.label_end <= d.start <= item.label_end + 24]
        for mention in found[:1]:
            mention = widen_birth_year(mention, date(2100, 1, 1))
            births.setdefault(mention.value, reading.evidence(item.start, mention.end))
            second.append(reading.evidence(item.start, mention.end))
    for match in _BORN.finditer(reading.text):
        found = [d for d in dates if 0 <= d.start - match.end() <= 3]
        if found:
            births.setdefault(widen_birth_year(found[0], date(2100, 1, 1)).value, reading.evidence(match.start(), found[0].end))
            second.append(reading.evidence(match.start(), found[0].end))
    numbers: dict[str, dict[str, Evidence]] = {}
    for match in _NUMBER.finditer(reading.text):
        second.append(reading.evidence(match.start(), match.end()))
    for item in fields.of("mrn"):
        value = re.match(r"\W*((?:[A-Z]{1,5}[- ]?)?[A-Z0-9]*\d[\w-]*(?:[- ]\d[\w-]*)*)", reading.text[item.low : item.high])
        if value and not re.search(r"on file|pending", item.value(reading), re.I):
            label = re.sub(r"\W|number|no", "", reading.text[item.start : item.label_end].lower())
            shown = reading.evidence(item.start, item.low + value.end())
            numbers.setdefault(label, {}).setdefault(re.sub(r"\W", "", value[1]).lower(), shown)
            second.append(shown)
    name_proof = [reading.evidence(item.start, reading.text.index(value, item.low) + len(value)) for value, item in named]
    if not name_proof:
        name_proof = _unlabelled(reading, fields, dates, births, second)
    patients = _patients(named, births, numbers, reading)
    called = tuple(value for value, _ in named) or tuple(shown.text for shown in name_proof[:1])
    known = frozenset(number for values in numbers.values() for number in values)
    return Identity(tuple(name_proof[:1]), tuple(second[:1]), patients, frozenset(births), called, known)


_TITLED_LINE = re.compile(r"(?:^|\n)(?:Mr|Mrs|Ms|Miss|Mx)\.?[ ](?P<name>[A-Z][\w'’.-]+(?:[ ][A-Z][\w'’.-]+){1,3})[ ]*(?=,|\n|$)")


_NAME_LINE = re.compile(
    r"\s*(?P<name>(?:[A-Z][\w'’-]+|[A-Z]{2,})(?:[ ][A-Z][\w'’-]+)?,[ ][A-Z][\w'’.-]+(?:[ ][A-Z][\w'’.-]*)?)"
    r"(?:[ ,(]+\d{1,3}(?:[ -]?(?:y(?:rs?|ears?)?(?:[ -]old)?|y/?o|mo))?\.?\)?)?(?:[ ,/(]+(?:M|F|male|female))?\)?\s*"
)
"""'CORRIGAN, THADDEUS M 71': a line that holds a name, surname first, and perhaps age and sex."""


def _unlabelled(
    reading: Reading, fields: Fields, dates: tuple[DateMention, ...], births: dict[date, Evidence], second: list[Evidence]
) -> list[Evidence]:
    """A name without a label: beside 'born' or DOB, or 'Last, First' in the opening lines with a birth date beside it."""
    places = (
        [item.start for item in fields.of("dob", "mrn")]
        + [m.start() for m in _BORN.finditer(reading.text)]
        + [m.start() for m in _NUMBER.finditer(reading.text)]
    )
    for place in sorted(places):
        line_start = max(reading.text.rfind("\n", 0, place) + 1, place - 60)
        found = list(_LINE_NAME.finditer(reading.text, line_start, place))
        found = [
            m for m in found if len(m["name"].split()) > 1 and not vocabulary().regex("statement.not-facility").search(m["name"])
        ]
        if found:
            return [reading.evidence(found[-1].start(), found[-1].end())]
    for place in sorted(places):
        line_start = reading.text.rfind("\n", 0, place) + 1
        above = reading.text[reading.text.rfind("\n", 0, max(line_start - 1, 0)) + 1 : max(line_start - 1, 0)]
        name = _NAME_LINE.fullmatch(above)
        if name and not vocabulary().regex("statement.not-facility").search(above):
            start = line_start - 1 - len(above) + name.start("name")
            return [reading.evidence(start, start + len(name["name"]))]
    alone = _TITLED_LINE.search(reading.text)
    if alone and any(0 <= place - alone.end() <= 120 for place in places):
        return [reading.evidence(alone.start("name"), alone.end("name"))]
    for unit in reading.units[:12]:
        text = reading.unit_text(unit)
        match = re.search(r"(?:^|[|·•\t]\s*)([A-Z][\w'’-]+,\s[A-Z][\w'’-]+(?:\s[A-Z]\.?)?)\s*(?:$|[|·•\t])", text)
        if match:
            old = [d for d in dates if unit.start <= d.start < unit.end]
            for mention in old[:1]:
                births.setdefault(mention.value, reading.evidence(mention.start, mention.end))
                second.append(reading.evidence(mention.start, mention.end))
            return [reading.evidence(unit.start + match.start(1), unit.start + match.end(1))]
    return []


def _patients(
    named: list[tuple[str, Field]], births: dict[date, Evidence], numbers: dict[str, dict[str, Evidence]], reading: Reading
) -> tuple[Proof, ...]:
    groups: list[tuple[str, list[Evidence]]] = []
    for value, item in named:
        shown = reading.evidence(item.start, reading.text.index(value, item.low) + len(value))
        for known, places in groups:
            if same_person(known, value) or _overlap(known, value):
                places.append(shown)
                break
        else:
            groups.append((value, [shown]))
    distinct_numbers = [values for values in numbers.values() if len(values) > 1]
    if len(groups) > 1 and (len(births) > 1 or distinct_numbers or all(len(g[0].split()) > 1 for g in groups)):
        return tuple(tuple(places) for _, places in groups)
    if len(births) > 1:
        return tuple((shown,) for shown in births.values())
    if distinct_numbers and any(min(len(v) for v in values) > 3 for values in distinct_numbers):
        return tuple((shown,) for shown in distinct_numbers[0].values())
    return (tuple(groups[0][1]),) if groups else ()


def _overlap(a: str, b: str) -> bool:
    words_a = {w.lower().strip(".,") for w in re.split(r"[\s,]+", a) if len(w.strip(".,")) > 1}
    words_b = {w.lower().strip(".,") for w in re.split(r"[\s,]+", b) if len(w.strip(".,")) > 1}
    return bool(words_a & words_b)


# --- date of service -------------------------------------------------------------------------------------------------

_PERFORMED = re.compile(
    r"\b(?:operated\s+on|performed\s+on|surgery\s+(?:on|of|was|took place)|operation\s+(?:on|of|was)|underwent|took\s+place\s+on|monitored\s+on|procedure\s+(?:on|of)|seen\s+on|in\s+the\s+operating\s+room\s+on|on\s+the\s+day\s+of\s+surgery|dated?)\b[^.\n]{0,60}$",
    re.I,
)
_NOT_SERVICE = re.compile(
    r"\b(?:born|dob|birth|signed|sign\w*|dictated|transcribed|printed|exported|generated|faxed|fax|scanned|reviewed|order\w*|request\w*|mri|ct|x-?ray|since|previous|prior|expires?|version|rev|received|d:|t:|history|diagnosed|seen|clinic|uploaded|filed|addend\w*|attest\w*|authenticated|finali[sz]ed|approved|biopsy|consult\w*|billed|submitted|report)\b[^.;\n\t|]{0,40}$",
    re.I,
)


def read_service_date(
    reading: Reading, fields: Fields, dates: tuple[DateMention, ...], births: frozenset[date]
) -> tuple[date, Evidence] | None:
    """The date on which monitoring began, with its evidence; None if no date can be taken for it."""
    for strict in (True, False):
        for item in fields.of("dos"):
            label = reading.text[item.start : item.label_end].strip().lower()
            if strict and label == "date":
                continue
            found = [
                d for d in dates if item.label_end <= d.start <= min(item.label_end + 30, max(item.high, item.label_end + 26))
            ]
            line = reading.text[reading.text.rfind("\n", 0, item.start) + 1 : item.start]
            if (
                found
                and found[0].value not in births
                and not (label == "date" and re.search(r"sign|print|order|dictat", line[-40:], re.I))
            ):
                return found[0].value, reading.evidence(item.start, found[0].end)
    newest = max((d.value for d in dates), default=date(1900, 1, 1))
    candidates = [d for d in dates if d.value not in births and (newest - d.value).days < 1200]
    for mention in candidates:
        earlier = max((d.end for d in dates if d.end <= mention.start), default=0)
        before = reading.text[max(earlier, mention.start - 90) : mention.start]
        if _PERFORMED.search(before) and not _NOT_SERVICE.search(before[-45:]):
            return mention.value, reading.evidence(mention.start, mention.end)
    site = re.compile(rf"{vocabulary().regex('statement.facility').pattern}|\bin-?patient\b|\bout-?patient\b", re.I)
    plain = [d for d in candidates if not _NOT_SERVICE.search(reading.text[max(0, d.start - 60) : d.start])]
    for mention in plain:
        unit = reading.unit_at(mention.start)
        line = reading.unit_text(unit) if unit and unit.kind != "running" else ""
        if line and site.search(line) and len(line) < 260 and not re.search(r"\b(?:signed|history|previous)\b", line, re.I):
            return mention.value, reading.evidence(mention.start, mention.end)
    body = [d for d in plain if (u := reading.unit_at(d.start)) and u.kind != "running"]
    if body and d_is_early(reading, body[0]):
        return body[0].value, reading.evidence(body[0].start, body[0].end)
    return None


def d_is_early(reading: Reading, mention: DateMention) -> bool:
    """Whether a date stands in the opening of the document."""
    return mention.start < max(600, len(reading.text) // 3)


# --- place -----------------------------------------------------------------------------------------------------------


def read_facility(reading: Reading, fields: Fields) -> tuple[str, Evidence] | None:
    """The hospital or center by name."""
    words = vocabulary()
    bad = words.regex("statement.not-facility")
    for item in fields.of("facility"):
        value = re.split(r"[;|·•]|\s{2,}|,\s*(?:OR|inpatient|outpatient|room|\d)|\b(?:Patient class|OR \d)", item.value(reading))[
            0
        ].strip(" ,.")
        generic = re.fullmatch(
            r"(?:the\s+)?(?:hospital|outpatient|inpatient|asc|ambulatory\s+(?:surg\w*|spine)\s+cent(?:er|re)|surgery\s+center|in\s+room|remote\w*|or\s*\d*|home|office|yes|no|room.*|n/?a)",
            value,
            re.I,
        )
        if len(value) > 3 and re.match(r"[A-Z]", value) and not generic and not bad.search(value):
            return value, reading.evidence(
                item.start,
                item.low
                + len(reading.text[item.low : item.high])
                - len(reading.text[item.low : item.high].lstrip())
                + len(value)
                + 1,
            )
    regex = words.regex("statement.facility")
    best: tuple[str, Evidence] | None = None
    for match in regex.finditer(reading.text):
        value = match.group().strip()
        tail = reading.text[match.end() : match.end() + 28]
        if bad.search(value) or re.match(
            r"[ ]+(?:Neuro(?:phys\w*\s+(?:Assoc|Group|Partn|Serv|LLC)|mon\w*\s+(?:Assoc|Group|Partn|Serv|LLC)|sci)|Monitoring|Physician|Associates|Anesthesia|Partners|LLC|Services|Department)",
            tail,
        ):
            continue
        if value.split()[0].lower() in ("the", "this", "another", "at", "in") and len(value.split()) < 3:
            continue
        unit = reading.unit_at(match.start())
        if unit and re.search(
            r"\b(?:previous|prior|elsewhere|another|outside)\b",
            reading.text[max(unit.start, match.start() - 50) : match.start()],
            re.I,
        ):
            continue
        found = (value, reading.evidence(match.start(), match.end()))
        if unit and unit.kind != "running":
            return found
        best = best or found
    return best


_CODE = re.compile(r"\W{0,4}(?:code\s*)?#?\s*(\d\d)\b(?!\s*[:/.-]\s?\d)", re.I)
_CODE_IN_BRACKETS = re.compile(r"[^\n\d]{1,40}\(\s*(?:POS\s*)?(\d\d)\s*\)", re.I)
"""'IP (21)', 'Physician office (11)': a code behind the words of a setting."""
_SETTINGS = (
    ("setting.off-campus", "19"),
    ("setting.asc", "24"),
    ("setting.outpatient", "22"),
    ("setting.inpatient", "21"),
    ("setting.office", "11"),
    ("setting.emergency", "23"),
)


_CODE_EXPLAINED = re.compile(r"[\s:=|\t.]*(11|19|2[1-4])\s*(?:\(|[-–]\s)(?=[a-z])", re.I)
"""'Site type: 19 (off campus)': the code with its words behind it."""


def read_place(reading: Reading, fields: Fields) -> tuple[str, Evidence] | None:
    """The place-of-service code, stated as such or through the setting of the patient."""
    text = reading.text
    for item in fields.of("pos", "setting"):
        match = _CODE.match(text, item.label_end, item.label_end + 16) if item.id == "pos" else None
        match = (
            match
            or _CODE_IN_BRACKETS.match(text, item.label_end, item.high)
            or _CODE_EXPLAINED.match(text, item.label_end, item.high)
        )
        if match:
            return match[1], reading.evidence(item.start, match.end())
    billed = re.search(r"\bPOS\b\s*[:#(=-]?\s*(\d\d)\b", text)
    if billed:
        return billed[1], reading.evidence(billed.start(), billed.end())
    found: list[tuple[int, str, Evidence]] = []
    words = vocabulary()
    for name, code in _SETTINGS:
        for match in words.regex(name).finditer(text):
            unit = reading.unit_at(match.start())
            if unit is None:
                continue
            before = text[max(unit.start, match.start() - 40) : match.start()]
            # What stands in brackets behind the boxes ('Out ( ) [inpatient]') says which was meant, and is none of the choices.
            mark = None if text[match.start() - 1 : match.start()] in ("(", "[") else ticked(reading, unit, *match.span())
            if mark is False:
                continue
            after = text[match.end() : match.end() + 30]
            if re.search(r"\b(?:not|no|former|previous|prior|follow-?up|clinic)\b[\s\w]{0,12}$", before, re.I) or re.match(
                r"\s*(?:EMG|clinic|follow|EEG|NCS|visit|physical|therapy|rehab|imaging|MRI|billing\s+office)", after, re.I
            ):
                continue
            marked = 0 if mark else 1
            labelled = 0 if fields.section_at(match.start()) in ("setting", "pos", "facility") else 1
            running = 2 if unit.kind == "running" else 0
            found.append((marked + labelled + running, code, reading.evidence(match.start(), match.end())))
    if not found:
        return None
    best = min(found, key=lambda f: f[0])
    codes = {code for rank, code, _ in found if rank == best[0]}
    if "19" in codes:
        best = next(f for f in found if f[1] == "19")
    elif "24" in codes and "22" in codes:
        best = next(f for f in found if f[1] == "24")
    return best[1], best[2]
