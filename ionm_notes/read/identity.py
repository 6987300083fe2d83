"""Who the patient is, when the service was, at which place: identity, date of service, facility and setting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ionm_notes.read.boxes import BOX, choices, ticked
from ionm_notes.read.dates import DateMention, widen_birth_year
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.fields import Field, Fields
from ionm_notes.read.names import names_in
from ionm_notes.read.patient import composed_identity, counted, identified, no_person
from ionm_notes.read.reading import Reading
from ionm_notes.read.same_patient import births_differ, may_be_one, numbers_differ
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence, Proof


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


_LONG_AGO = 2 * 365
"""Days before the last date of a record from which on a date may be one of birth."""
_NUMBERED = re.compile(r"\W*(?:[A-Z]{1,6}[-_#]|[A-Z]{1,3}[ ]?)?#?\d{3,}")
"""A record number where the name of a patient would stand."""
_STOP = re.compile(
    r"\b(?:DOB|born|MRN|age|sex|birth|chart|record|date\s+of|medical|hosp\w*|unit|file|acc(?:oun)?t|id(?=\W{0,3}[a-z]{0,3}-?\d)|\d)|[;|·(]|\s/\s",
    re.I,
)


_CALLED = re.compile(
    r"(?:[A-Z][\w'’.^-]*)(?:[ ,;]+(?:[\"“(][A-Z]\w+[\"”)]|(?:de|van|von|la|der|del|di|da|bin|al)\b|[A-Z][\w'’.^-]*)){0,4}\W*$"
)
_CALLED_ANYHOW = re.compile(rf"{_CALLED.pattern}|[a-z][a-z'’-]+(?:[ ,]+[a-z][a-z'’.-]*){{1,3}}$")
"""A name; in small letters only where a number stands behind it or its label calls it a name."""


def _patient_fields(reading: Reading, fields: Fields) -> list[tuple[str, Field]]:
    out = []
    for item in fields.of("patient"):
        value = _STOP.split(item.value(reading).lstrip("[{<\"'"))[0].strip(" ,-–:\t.]}>\"'/")
        label = reading.text[item.start : item.label_end].lower()
        line = reading.text[reading.text.rfind("\n", 0, item.start) + 1 : item.start]
        if _NUMBERED.match(reading.text, item.low, item.high):
            continue  # 'Patient RM-0093361'
        place = vocabulary().regex("statement.facility").match(item.value(reading))
        if (
            no_person(value)
            or (place and len(place.group()) > len(value))
            or vocabulary().regex("patient.relation").search(line[-48:])
        ):
            continue  # 'RE: SECOND LEVEL APPEAL', 'PT NERVE SSEP', 'Client Brazos Bend Community Hospital'
        if label in ("re", "name") and not re.match(r"[A-Z]", value):
            continue
        if label == "name" and (
            re.search(r"\w\s*$", reading.text[max(0, item.start - 2) : item.start].rsplit("\n")[-1].rsplit("\t")[-1])
            or any(n.credentials for n in names_in(reading.text, item.low, min(item.high, item.low + 60))[:1])
        ):
            continue  # 'Facility name', 'Study name', 'Name Tobias Achterberg, MD'
        called = _CALLED if "name" not in label and value == item.value(reading).strip() else _CALLED_ANYHOW
        if called.match(value) and not re.fullmatch(
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
        if found and reading.text[item.label_end : found[0].start].partition("\n")[2].strip():
            continue  # the date of another label: the value stood before this one
        for mention in found[:1]:
            mention = widen_birth_year(mention, date(2100, 1, 1))
            births.setdefault(mention.value, reading.evidence(item.start, mention.end))
            second.append(reading.evidence(item.start, mention.end))
    numbers: dict[str, dict[str, Evidence]] = {}
    for item in fields.of("mrn"):
        value = re.match(
            r"\W*((?=(?:[^\n\d]{0,8}\d){3})(?:[A-Z]{1,5}[- ]?)?[A-Z0-9]*\d[\w-]*(?:[- ]\d[\w-]*)*)",
            reading.text[item.low : item.high],
        )
        if value is None and (spoken := vocabulary().regex("patient.spoken-number").match(reading.text, item.low, item.high)):
            second.append(reading.evidence(item.start, spoken.end()))
        if (
            value
            and not counted(reading.text, item.low + value.end())
            and not re.search(r"on file|pending", item.value(reading), re.I)
        ):
            label = re.sub(r"\W|number|no", "", reading.text[item.start : item.label_end].lower())
            shown = reading.evidence(item.start, item.low + value.end())
            numbers.setdefault(label, {}).setdefault(re.sub(r"\W", "", value[1]).lower(), shown)
            second.append(shown)
    name_proof = [reading.evidence(item.start, reading.text.index(value, item.low) + len(value)) for value, item in named]
    more = composed_identity(reading, fields, dates, name_wanted=not named)
    births |= {day: shown for day, shown in more.births.items() if day not in births}
    patients = _patients(named, births, numbers, reading)
    newest = max((d.value for d in dates), default=date.min)
    long_ago = {d.value for d in dates if (newest - d.value).days > _LONG_AGO}
    if len(patients) < 2 and (len(more.numbers | {n for values in numbers.values() for n in values}) > 1 or len(long_ago) > 1):
        sure = [pair for pair in named if not _insured(reading, pair[1])] or named
        ends = [(value, reading.text.index(value, item.low) + len(value)) for value, item in sure]
        patients = identified(reading, fields, ends, patients)
    name_proof, second = name_proof or more.name, second or more.second
    called = tuple(value for value, _ in named) or tuple(shown.text for shown in name_proof[:1])
    known = more.numbers.union(*(values for values in numbers.values()))
    return Identity(tuple(name_proof[:1]), tuple(second[:1]), patients, frozenset(births), called, known)


def _insured(reading: Reading, item: Field) -> bool:
    """Whether a label may be of whoever holds the policy."""
    return vocabulary().regex("patient.insured").match(reading.text[item.start : item.label_end]) is not None


def _patients(
    named: list[tuple[str, Field]], births: dict[date, Evidence], numbers: dict[str, dict[str, Evidence]], reading: Reading
) -> tuple[Proof, ...]:
    groups: list[tuple[str, list[Evidence]]] = []
    for value, item in sorted(named, key=lambda pair: _insured(reading, pair[1])):
        shown = reading.evidence(item.start, reading.text.index(value, item.low) + len(value))
        for known, places in groups:
            if may_be_one(known, value):
                places.append(shown)
                break
        else:
            if not (groups and _insured(reading, item)):
                groups.append((value, [shown]))  # else whoever holds the policy of the patient named already
    contradicting = [values for values in numbers.values() if numbers_differ(values)]
    born_twice = births_differ(births)
    if len(groups) > 1 and (born_twice or contradicting or all(len(g[0].split()) > 1 for g in groups)):
        return tuple(tuple(places) for _, places in groups)
    if born_twice:
        return tuple((shown,) for shown in births.values())
    if contradicting and any(min(len(v) for v in values) > 3 for values in contradicting):
        return tuple((shown,) for shown in contradicting[0].values())
    return (tuple(groups[0][1]),) if groups else ()


# --- date of service -------------------------------------------------------------------------------------------------


def read_service_date(
    reading: Reading, fields: Fields, dates: tuple[DateMention, ...], births: frozenset[date]
) -> tuple[date, Evidence] | None:
    """The date on which monitoring began, with its evidence; None if no date can be taken for it.

    A label decides; else what is said right before a date, then an operation named in its statement, the place beside it, and
    last its standing at the head. A date that a letter, a fax or a message bears goes behind every other.
    """
    for strict in (True, False):
        for item in fields.of("dos"):
            label = reading.text[item.start : item.label_end].strip().lower()
            if strict and label == "date":
                continue
            found = [
                d for d in dates if item.label_end <= d.start <= min(item.label_end + 30, max(item.high, item.label_end + 26))
            ]
            below = "\n" in reading.text[item.label_end : item.low]
            found = found or [d for d in dates if below and item.low <= d.start <= item.low + 26 < item.high + 26][:1]
            line = reading.text[reading.text.rfind("\n", 0, item.start) + 1 : item.start]
            if found and not below and _of_the_next_label(reading.text[item.label_end : found[0].start]):
                continue  # 'Date of surgery: TBD' over 'Report date: 4/4/2026'
            if (
                found
                and found[0].value not in births
                and not (
                    label == "date"
                    and (
                        re.search(r"sign|print|order|dictat", line[-40:], re.I)
                        or _below_signing(reading, item)
                        or _of_message(reading, item)
                    )
                )
            ):
                return found[0].value, reading.evidence(item.start, found[0].end)
    told = _told_date(reading, dates, births)
    return None if told is None else (told.value, reading.evidence(told.start, told.end))


def _of_the_next_label(between: str) -> bool:
    """Whether a date stands behind another label in the line below."""
    first, _, rest = between.partition("\n")
    return bool(re.search(r"[A-Za-z]{2}", first) and re.search(r"[A-Za-z]{3,}[^\n]*[:\t]", rest))


_STAMP = re.compile(r"[T\s,]{1,3}\d{1,2}[:.h]?\d\d")
"""The clock time behind a date that heads an entry of a log."""


def _first_of_a_log(reading: Reading, dates: list[DateMention]) -> Iterator[DateMention]:
    """The first of the dates that head the entries of a log, where most of them are of one day: the rest was entered later."""
    heads = [d for d in dates if _heads_entry(reading, d)]
    own = [d for d in heads if d.value == min(d.value for d in heads)]
    if len(own) >= _FEWEST_ENTRIES and 2 * len(own) > len(heads):
        yield own[0]


_FEWEST_ENTRIES = 4


def _heads_entry(reading: Reading, mention: DateMention) -> bool:
    line = reading.text.rfind("\n", 0, mention.start) + 1
    return not reading.text[line : mention.start].strip(" \t[(") and _STAMP.match(reading.text, mention.end) is not None


def _stamps_of_a_night(reading: Reading, dates: list[DateMention]) -> set[int]:
    """Where dates stand that head the entries of a log, if they are of two days: which of them is the first one tells no operation."""
    found = [mention for mention in dates if _heads_entry(reading, mention)]
    return {mention.start for mention in found} if len({mention.value for mention in found}) > 1 else set()


def _told_date(reading: Reading, dates: tuple[DateMention, ...], births: frozenset[date]) -> DateMention | None:
    """The date that stands best for the day of service where no label says so: the first that any of these signs tells, in order."""
    words = vocabulary()
    other = words.regex("date.of-another-operation")
    newest = max((d.value for d in dates), default=date(1900, 1, 1))
    candidates = [d for d in dates if d.value not in births and (newest - d.value).days < 1200]

    def before(mention: DateMention, most: int) -> str:
        earlier = max((d.end for d in dates if d.end <= mention.start), default=0)
        return reading.text[max(earlier, mention.start - most) : mention.start]

    def not_service(mention: DateMention, reach: int) -> bool:
        return words.regex("date.not-service").search(before(mention, reach)) is not None

    def of_operation(mention: DateMention) -> bool:  # 'Date of surgery', 'operated on'
        lead = before(mention, 90)
        beside = words.regex("date.of-operation").search(lead)
        if beside and not other.search(lead[max(0, beside.start() - 30) :]):
            return True
        return words.regex("date.performed").search(lead) is not None and not not_service(mention, 45)

    def behind_operation(mention: DateMention) -> bool:  # 'C5-C6 fusion of'; no 'after the decompression. Electronic signature'
        lead = before(mention, 120)
        beside = words.regex("date.behind-operation").search(lead)
        if beside is None or not_service(mention, 45) or other.search(lead[max(0, beside.start() - 70) :]):
            return False
        return words.regex("operation.term").search(lead[max(0, beside.start() - 60) :]) is not None

    def beside_operation(mention: DateMention) -> bool:
        unit = reading.unit_at(mention.start)
        if unit is None or unit.kind == "running" or other.search(reading.unit_text(unit)):
            return False
        following = min((d.start for d in dates if d.start > mention.start), default=unit.end)
        behind = reading.text[mention.end : min(unit.end, mention.end + 90, following)].partition("\n")[0]
        return words.regex("operation.term").search(f"{before(mention, 120)} {behind}") is not None

    def of_its_sentence(mention: DateMention) -> bool:  # 'the removal of a schwannoma at ..., where she was an inpatient, on'
        unit = reading.unit_at(mention.start)
        if (
            unit is None
            or unit.kind != "sentence"
            or words.regex("date.on").search(reading.text, unit.start, mention.start) is None
        ):
            return False
        lead = reading.text[unit.start : mention.start]
        return not (other.search(lead) or not_service(mention, 24)) and words.regex("operation.term").search(lead) is not None

    def beside_place(mention: DateMention) -> bool:
        unit = reading.unit_at(mention.start)
        line = reading.unit_text(unit) if unit else ""
        past = re.search(r"\b(?:signed|history|previous)\b", line, re.I)
        return len(line) < 260 and past is None and site.search(line) is not None

    site = expression(rf"{words.regex('statement.facility').pattern}|\bin-?patient\b|\bout-?patient\b")
    plain = [d for d in candidates if not not_service(d, 60)]
    body = [d for d in plain if (unit := reading.unit_at(d.start)) and unit.kind != "running"]
    ranked = [d for d in body if not _of_letter(reading, d)] or body
    seen = [d for d in candidates if words.regex("date.seen").search(before(d, 20))]
    stamps = _stamps_of_a_night(reading, candidates)  # what an entry of a log tells was so on its day, and a night has two
    signs = (
        (d for d in candidates if of_operation(d)),
        (d for d in candidates if d.start not in stamps and behind_operation(d)),
        (d for d in plain if d.start not in stamps and beside_operation(d)),
        (d for d in candidates if d.start not in stamps and of_its_sentence(d)),
        (d for d in ranked if beside_place(d)),
        (d for d in ranked[:1] if d_is_early(reading, d)),
        (d for d in seen[:1] if len({one.value for one in seen}) == 1 and d_is_early(reading, d)),
        _first_of_a_log(reading, candidates),
    )
    return next((mention for sign in signs for mention in sign), None)


_HEAD_LINES = 4
"""Lines around a date within which the other labels of a fax or a message stand."""


def _of_message(reading: Reading, item: Field) -> bool:
    """Whether a plain 'Date:' is that of a fax, a message or a letter: labels of sender and addressee stand around it."""
    place = reading.text.count("\n", 0, item.start)
    lines = reading.text.split("\n")[max(0, place - _HEAD_LINES) : place + _HEAD_LINES + 1]
    return vocabulary().regex("date.message-head").search("\n".join(lines)) is not None


def _below_signing(reading: Reading, item: Field) -> bool:
    """Whether a plain 'Date:' opens its line, and the line above is that of a signature."""
    line = reading.text.rfind("\n", 0, item.start) + 1
    if reading.text[line : item.start].strip() or not line:
        return False
    above = reading.text.rfind("\n", 0, line - 1) + 1
    return vocabulary().regex("date.below-signing").search(reading.text[above : line - 1]) is not None


def _of_letter(reading: Reading, mention: DateMention) -> bool:
    """Whether a line holds a date and at most a place or a day of the week: the date that a letter bears."""
    start = reading.text.rfind("\n", 0, mention.start) + 1
    end = reading.text.find("\n", mention.end)
    before, behind = reading.text[start : mention.start], reading.text[mention.end : end if end >= 0 else len(reading.text)]
    return not behind.strip(" .,") and vocabulary().regex("date.letter-place").fullmatch(before.strip()) is not None


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
    for match in _named_places(regex, bad, reading.text):
        value = match.group().strip()
        tail = reading.text[match.end() : match.end() + 28]
        if bad.search(value) or re.match(
            r"[ ]+(?:Neuro(?:phys\w*\s+(?:Assoc|Group|Partn|Serv|LLC)|mon\w*\s+(?:Assoc|Group|Partn|Serv|LLC)|sci)|Monitoring|Physician|Associates|Anesthesia|Partners|LLC|Services|Department(?!\s+of))",
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
    return best or _office(reading, fields)


def _named_places(regex: Expression, bad: Expression, text: str) -> Iterator[re.Match[str]]:
    """Names that end as a hospital's does; behind a department's name, what is left: 'Section of Neurophysiology Mercy Hospital'."""
    at = 0
    while match := regex.search(text, at):
        other = bad.search(match.group())
        at = match.start() + other.end() if other else match.end()
        if other is None:
            yield match


def _office(reading: Reading, fields: Fields) -> tuple[str, Evidence] | None:
    """The name of the practice over a record of an operation done in an office, or behind its code or label: 'AMARANTH HAND SURGERY'."""
    place = read_place(reading, fields)
    if place is None or place[0] != _OFFICE:
        return None
    words = vocabulary()
    heads = [(unit.start, unit.end) for unit in reading.units[:_HEAD]]
    labels = words.regex("statement.place-label").finditer(reading.text)
    labelled = [(label.end(), unit.end) for label in labels if (unit := reading.unit_at(label.end()))]
    for low, high in heads + labelled:
        name = words.regex("statement.practice").match(reading.text[low:high])
        if name is None:
            continue
        behind = reading.text[low + name.end() : min(high, low + name.end() + _TITLE)].strip()
        if not behind[:1].isupper() and not words.regex("statement.not-practice").search(f"{name.group()} {behind}"):
            return name.group(), reading.evidence(low, low + name.end())
    for _, named in reading.told(words.patterns["statement.practice-of-office"]):
        group = "name" if named["name"] else "name2"
        if not words.regex("statement.not-practice").search(named[group]):
            return named[group], reading.evidence(*named.span(group))
    return None


_OFFICE = "11"
_HEAD = 3
"""Lines at the head of a record that may name the practice."""
_TITLE = 14
"""Characters behind such a name in which a word would make it the title of a paper: 'Hand Surgery Report'."""
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


_CODE_EXPLAINED = re.compile(r"[\s:=|\t.?–-]*(1[129]|2[0-6])(?:\s*\(|\s*[-–]\s|\s+)(?=[a-z]{2})", re.I)
"""'Site type: 19 (off campus)': the code with its words behind it."""


def _offered_codes(reading: Reading, at: int) -> tuple[int, int] | tuple[()] | None:
    """Where the one code stands whose box is ticked: 'POS: [ ] 21 [ ] 22 [x] 24'; nowhere if it is not one; None where none are offered."""
    unit = reading.unit_at(at)
    if unit is None or BOX.search(reading.text, at, unit.end) is None:
        return None
    offered = [
        (choice.ticked, at + choice.start + code.start(code.lastgroup or 0), at + choice.start + code.end(code.lastgroup or 0))
        for choice in choices(reading.text[at : unit.end])[1]
        if (code := _CODE_OFFERED.match(reading.text[at + choice.start : at + choice.end]))
    ]
    if len(offered) < 2:
        return None
    chosen = [(low, high) for on, low, high in offered if on]
    return chosen[0] if len(chosen) == 1 else ()


_CODE_OFFERED = re.compile(
    r"[\s:#-]*(?:POS\s+)?(?P<code>\d\d)(?![\d./:-])|[^()\d]{2,40}\(\s?(?:POS\s+)?(?P<code2>\d\d)\s?\)", re.I
)
"""A choice among places of service: '21', '22 outpatient', 'Outpatient (22)'."""


def read_place(reading: Reading, fields: Fields) -> tuple[str, Evidence] | None:
    """The place-of-service code, stated as such or through the setting of the patient."""
    text = reading.text
    for item in fields.of("pos", "setting"):
        if (ticks := _offered_codes(reading, item.label_end)) is not None:
            if ticks:
                return text[ticks[0] : ticks[1]], reading.evidence(item.start, ticks[1])
            continue  # a choice that nobody made, or one made twice
        match = _CODE.match(text, item.label_end, item.label_end + 16) if item.id == "pos" else None
        match = (
            match
            or _CODE_IN_BRACKETS.match(text, item.label_end, item.high)
            or _CODE_EXPLAINED.match(text, item.label_end, item.high)
        )
        if match:
            return match[1], reading.evidence(item.start, match.end())
    for name in ("setting.code", "setting.words-and-code"):
        told = vocabulary().regex(name).search(text)
        if told and BOX.search(text, told.start(), told.end()) is None:
            return told["code"], reading.evidence(told.start(), told.end())
    found: list[tuple[int, str, Evidence]] = []
    words = vocabulary()
    offered = [found.span() for found in words.regex("setting.offered").finditer(text)]
    for name, code in _SETTINGS:
        for match in words.regex(name).finditer(text):
            unit = reading.unit_at(match.start())
            if unit is None or any(low <= match.start() < high for low, high in offered):
                continue
            before = text[max(unit.start, match.start() - 40) : match.start()]
            # What stands in brackets behind the boxes ('Out ( ) [inpatient]') says which was meant, and is none of the choices.
            mark = None if text[match.start() - 1 : match.start()] in ("(", "[") else ticked(reading, unit, *match.span())
            if mark is False:
                continue
            after = text[match.end() : match.end() + 30].partition("\n")[0]
            if words.regex("setting.another-visit").search(before) or words.regex("setting.another-service").match(after):
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
