"""Who the patient is where no label says it: a name of nobody else beside a birth date or a record number, in any layout.

`identity.py` reads labelled names first; this module is asked for what it did not find. Words that go with an identity are
looked for (`patterns/patient.toml`), and then for a value behind them, beside them, below or above: a form may put a value before
its label, and a letter tells both in one sentence.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ionm_notes.read.beside import FILLER, Cells, beside, past
from ionm_notes.read.dates import DateMention, widen_birth_year
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.joint_labels import halves_of_names, joint_labels
from ionm_notes.read.names import Name, names_in, same_person
from ionm_notes.read.reading import Reading
from ionm_notes.read.same_patient import may_be_one, one_number
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Evidence, Proof

_NUMBER = re.compile(
    r"\d(?:[ -]\d){4,}(?![\w/:])|(?:[A-Z]{1,5}[- ]?)?(?=[\w-]*\d[\w-]*\d[\w-]*\d)[A-Z0-9][\w-]{3,}(?:[ -]\d{2,}[\w-]*)*"
)
_OTHERS = ("surgeon", "assistant", "anesthesia", "professional", "technologist", "order", "facility", "signature")
"""Labels behind which nobody stands who was operated on."""
_CIVIL = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|MR|MRS|MS)\.?$")
_LISTED = expression(
    r"[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)?(?:[ ](?:JR|SR|Jr|Sr)\b\.?)?,[ ]?[A-Z][\w'’.-]*(?:[ ](?:[A-Z]\.?(?!\w)|(?!MRN|DOB|FIN|CSN)[A-Z]{3,}(?=[ ]*[\t\n])))?(?:[ ](?:JR|SR|Jr|Sr|I{2,3})\b\.?)?(?=[ ]*(?:[,.()/*\t\n;|·•#–-]|\d{1,3}\b|\d{5,}(?![\w/:])|$|(?:ID|MRN?|DOB|FIN|CSN|(?i:medical|hosp|chart|record|unit|acct|account|visit|encounter|born|b\.|nhs|patient\s+id))(?!\w)))"
    r"|[A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+)?\^[A-Z][\w'’-]*(?:\^[A-Z]?[\w'’-]*)*"
    r"|\b(?:April|May|June|August)[ ](?:[A-Z]\.?[ ])?[A-Z][a-z][\w'’-]+"
    r"|(?i:sur-?name|last\s+name|family\s+name)[ :]{1,3}(?-i:[A-Z][\w'’-]+)[ ,;|/\t]{1,4}(?i:first\s+name|given\s+name|forename)s?[ :]{1,3}(?-i:[A-Z][\w'’-]+)",
    cased=True,
)
"""'Doe, J', 'DOE, JANE A.', 'DOE^JANE' and 'Surname DOE, first name Jane': the surname first; 'June Doe', who is no month."""
_INITIALS = re.compile(r"(?-i:[A-Z]\.[ -]?(?:[A-Z]\.?[ -]?)?[A-Z]\.?)(?![\w'’])")
_ALONE = re.compile(r"(?<![\w.])[A-Z]\. ?(?:[A-Z]\. ?)?[A-Z]\.(?![\w'’])")
_SHORTENED = re.compile(r"(?<![\w.])[A-Z][a-z][\w'’-]+ [A-Z]\.(?![\w'’])")
"""A first name with the letter of the surname: 'Yolanda P., DOB 01/19/1971'."""
_SPACED = re.compile(r"(?-i:[A-Z](?: [A-Z]){1,3})(?![\w'’])")
"""Initials as a dictation spells them: 'patient initials J D M'."""
_TOLD_BEHIND = re.compile(
    r"(?:,?\s*(?:male|female|man|woman|boy|girl)\b(?=,))?(?:,?\s*(?:that\s+is|spelled|spelt)?,?\s*(?-i:[A-Z](?:[ -][A-Z]){2,}))?[\s,]*(?:(?P<identity>\W{0,2}#\s?(?:[A-Z]{1,3}-?)?\d{4}|\W{0,5}(?:who\s+was\s+|(?:with\s+)?(?:the\s+)?)?(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s*\(\s*(?:dob|born|birth)|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\W{1,4}(?:mrn?|med|hosp|chart|rec|acct|id|no)\b|(?:\w+\s+)?number\W{0,2}[A-Z]{0,3}-?\d|born\b|date\s+of\s+birth|birth|DOB\b|d\.o\.b|b\.\s*\d|MRN?\b|M\.?[ ]?R\.?[ ]?N\b|medical\s+rec|(?:hosp\w*|chart|record|unit|file|acct|account|regist\w+)\b))|"
    r"\(|(?:is|was)\s+an?\b|an?\s+\d|aged?\b|\d{1,3}\s*[- ]?(?:y|mo)|underwent\b|came\s+to\b|presented\b|had\s+(?:an?|his|her)\b|"
    r"whose\b|bearing\b|carries\b)",
    re.I,
)
"""What follows the name of a patient in a sentence: an age, a birth date, a number, the operation."""
_PARTICULARS = re.compile(r"\W*(?:\d{1,3}\W*)?(?:(?:m|f|male|female)\b\W*)?", re.I)
"""Age and sex behind a name."""
_BY = r"\s*[/|,;(\t·•]\s*"
_BANNER_NAME = r"(?<![\w.])(?P<name>[A-Z][\w'’-]+(?:,(?=[A-Z])[A-Z][\w'’-]+)?,?(?: [A-Z][\w'’.-]*){0,2})"
_KEYED = (
    r"(?:(?i:(?:m\.?r\.?n?|med(?:ical)?\s+rec(?:ord)?|rec(?:ord)?|chart|acc(?:oun)?t|hosp(?:ital)?|unit|file|pt|patient|id|no|num(?:ber)?|nr|"
    r"encounter|csn|fin|m)\b[ .:#]*){0,3}#?)"
)
"""Words that say of a number that it is a record's, where they stand before it: 'chart', 'acct', 'M#'."""
_BANNER_NUMBER = rf"(?P<number>{_KEYED}(?:[A-Z]{{1,4}}[ -]?)?\d[\d-]{{4,}})"
_SEX_AND_AGE = (
    r"(?:(?:(?:[MF]|[Mm]ale|[Ff]emale|\d{1,3}\s?(?:[Yy](?:/?[Oo]|rs?|ears?)?)?)(?:\s?old)?(?:[\s,/|;·]+|(?=\t))){1,3})?"
)
"""What stands between a name and a birth date or number in a running head."""
_NAME_BEFORE = re.compile(rf"{_BANNER_NAME}{_BY}{_SEX_AND_AGE}$")
_NAME_AND_NUMBER = re.compile(rf"{_BANNER_NAME}{_BY}{_BANNER_NUMBER}{_BY}$")
_NUMBER_AND_NAME = re.compile(rf"(?<![\w/:.-]){_BANNER_NUMBER}{_BY}{_BANNER_NAME}{_BY}$")
_AGED = re.compile(
    rf"{_BANNER_NAME}(?:\s*\({_BANNER_NUMBER}\)[ ,]*(?=\d{{1,3}}[ -]?(?:y|[MF]\b))|[\s,/|;·(]{{1,3}}(?=[MF]\b|\d{{1,3}}\s?[YyMF]){_SEX_AND_AGE}"
    rf"{_BANNER_NUMBER.replace('<number>', '<last>')}(?![\w/:]))"
)
"""A name with a number in brackets and an age, or with sex or age and then a number: 'JANE ROE  F  64Y  0055-8120'."""
_CELLS_BEFORE = re.compile(
    r"(?<![^\n])(?P<name>[A-Z][\w'’-]+\t[A-Z][\w'’-]+(?:[ \t][A-Z]\.?(?=\t[MFX]))?)\t(?:[MFX]|[Mm]ale|[Ff]emale|MALE|FEMALE)\t$"
)
"""Surname, first name and sex in cells of their own before a birth date."""
_THEN_NUMBER = re.compile(rf"{_BY}{_BANNER_NUMBER}(?![\w/]|[.:]\d)")
_BORN = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?![\w/:])"
_IN_MONTHS = r"(?i:(?:on\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4})"
_KEY = rf"(?:[A-Z]{{0,4}}[ -]?\d[\d -]{{3,}}\d|{_BORN}|{_IN_MONTHS})(?![\w/:])"
_ASIDE = r"(?:[ ,]{1,2}(?:\([^()\n]{2,24}\)|(?:Jr|Sr|II|III|IV)\b\.?))?"
"""What may follow a name and belong to it: '(née Tate)', 'Jr.'."""
_YEAR = 365
_PART_OF = 60
"""Characters behind a label of somebody of the staff in which a name is theirs."""
_LEVEL = re.compile(r"\b[A-Z]\d")
"""'XLIF L2-3, L3-4' is nobody's name."""
_SENTENCE_END = re.compile(r"[a-z]{4}\.\s")
_NEAR = 160
"""Characters between a name and a second identifier that belong together without any word that says so."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What was found: evidence of a name and of second identifiers, birth dates with evidence, numbers (letters and digits only)."""

    name: list[Evidence]
    second: list[Evidence]
    births: dict[date, Evidence]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A record or account number with its range; `start` includes the words that say what it is."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Banner:
    """A name (its range), a birth date (None where sex or age stands for it) and a number in a row, as a running head or a list has them."""

    name: tuple[int, int]
    born: DateMention | None
    number: _Numbered


def composed_identity(reading: Reading, fields: Fields, dates: tuple[DateMention, ...], *, name_wanted: bool) -> Composed:
    """A name, if it is wanted, and second identifiers, put together from words and what stands around them."""
    cells = Cells(reading.text)
    numbered = list(_numbers(reading, cells, dates))
    born = [widen_birth_year(d, date(2100, 1, 1)) for d in _births(reading, cells, dates)]
    banners = [*_banners(reading, dates), *_aged(reading), *_in_columns(reading)]
    people = functools.cache(lambda: _candidates(reading, fields))  # asked for only where a name is wanted
    joint = list(joint_labels(reading, cells, dates, people))
    numbered += [b.number for b in banners] + [_plain(reading.text, *j.number) for j in joint if j.number]
    born += [b.born for b in banners if b.born is not None]
    born += [widen_birth_year(j.born, date(2100, 1, 1)) for j in joint if j.born]
    second = [reading.evidence(n.start, n.end) for n in numbered] + [reading.evidence(d.start, d.end) for d in born]
    second = second or [reading.evidence(*told) for told in _spoken(reading)]
    places = [n.start for n in numbered] + [d.start for d in born]
    name = None
    if name_wanted:
        known = [j.name for j in joint if j.name] + [b.name for b in banners]
        name = _name(reading, cells, people(), places) or next(iter(known), None)
    return Composed(
        [reading.evidence(*name)] if name else [],
        second,
        {d.value: reading.evidence(d.start, d.end) for d in born},
        frozenset(n.value for n in numbered),
    )


def _banners(reading: Reading, dates: tuple[DateMention, ...]) -> Iterator[_Banner]:
    """Each name, birth date and number told one after the other; a date a year before the last of the document is a birth date."""
    newest = max((d.value for d in dates), default=date.min)
    for day in dates:
        low, text = max(0, day.start - 80), reading.text
        behind = _THEN_NUMBER.match(text, day.end)
        before = _CELLS_BEFORE.search(text, low, day.start) if behind else None
        before = before or (_NAME_BEFORE if behind else _NAME_AND_NUMBER).search(text, low, day.start)
        if behind is None and before is None:
            before = _NUMBER_AND_NAME.search(text, low, day.start)
        told = behind or before
        whole = before is not None and len(re.split(r"[\s,]+", before["name"])) > 1
        if before is None or told is None or not whole or (newest - day.value).days < _YEAR or no_person(before["name"]):
            continue
        if _related(text, before.start("name")):
            continue
        number = _Numbered(re.sub(r"\W", "", re.sub(_KEYED, "", told["number"], count=1)).lower(), *told.span("number"))
        yield _Banner(before.span("name"), day, number)


def _aged(reading: Reading) -> Iterator[_Banner]:
    """Each name that sex or age and a number go with, in one line."""
    for match in _AGED.finditer(reading.text):
        told = "number" if match["number"] else "last"
        several = len(re.split(r"[\s,]+", match["name"])) > 1
        other = no_person(match["name"]) or _no_name(match["name"]) or _related(reading.text, match.start("name"))
        if several and "\n" not in match.group() and not other:
            value = re.sub(r"\W", "", re.sub(_KEYED, "", match[told], count=1)).lower()
            yield _Banner(match.span("name"), None, _Numbered(value, *match.span(told)))


def _related(text: str, at: int) -> bool:
    """Whether the words before a name on its line make it that of a relative or of whoever pays."""
    return vocabulary().regex("patient.relation").search(text[max(text.rfind("\n", 0, at) + 1, at - 48) : at]) is not None


def _no_name(name: str) -> bool:
    """Whether words in the place of a name hold none that can be a person's."""
    return not names_in(name, 0, len(name))


def _in_columns(reading: Reading) -> Iterator[_Banner]:
    """A row below heads of surname, first name and number."""
    text = reading.text
    named = reading.matches(vocabulary().patterns["patient.head-surname"])
    for begin in sorted({text.rfind("\n", 0, match.start()) + 1 for match in named}):
        head, _, below = text[begin:].partition("\n")
        heads, cells = head.split("\t"), below.partition("\n")[0].split("\t")
        at = begin + len(head) + 1
        if len(heads) < 3 or len(cells) != len(heads):
            continue
        last, first, key = (_headed(heads, what) for what in ("surname", "given", "key"))
        if last is None or first is None or key is None or not re.search(r"\d{3}", cells[key]):
            continue
        starts = [at + sum(len(cell) + 1 for cell in cells[:n]) for n in range(len(cells))]
        low, high = min(last, first), max(last, first)
        if high - low == 1 and all(cells[n].strip()[:1].isupper() for n in (low, high)):
            value = re.sub(r"\W", "", cells[key]).lower()
            number = _Numbered(value, starts[key], starts[key] + len(cells[key]))
            yield _Banner((starts[low], starts[high] + len(cells[high])), None, number)


def _headed(heads: Sequence[str], what: str) -> int | None:
    """The column that is headed by a word for something."""
    words = vocabulary().regex(f"patient.head-{what}")
    return next((number for number, head in enumerate(heads) if words.fullmatch(head.strip())), None)


def _numbers(reading: Reading, cells: Cells, dates: tuple[DateMention, ...]) -> Iterator[_Numbered]:
    """Every number that words nearby make a record or account number."""
    for match in reading.matches(vocabulary().patterns["patient.number"]):
        if told := beside(cells, match.start(), match.end(), partial(_number_in, reading, dates)):
            yield replace(told, start=_with_words(cells, match.start(), told.start))


def _number_in(reading: Reading, dates: tuple[DateMention, ...], low: int, high: int) -> _Numbered | None:
    """The number that a stretch of text begins with, or that stands there behind a stroke; a date is none."""
    found = _NUMBER.search(reading.text, low, high)
    if found is None or re.search(r"[A-Za-z]{3,}[\s:.]*$|[,;]\s*$", reading.text[low : found.start()]):
        return None
    end = min([found.end(), *(d.start for d in dates if found.start() < d.start < found.end())])
    if counted(reading.text, end) or any(d.start <= found.start() < d.end for d in dates):
        return None
    return _Numbered(re.sub(r"\W", "", reading.text[found.start() : end]).lower(), found.start(), end)


def no_person(name: str) -> bool:
    """Whether words written as a name are one of a place, a document or a part of the body."""
    words = vocabulary()
    return any(words.regex(key).search(name) for key in ("statement.not-facility", "patient.no-person"))


def counted(text: str, at: int) -> bool:
    """Whether a count follows: a line of a charge ('95940-26 x 2'), no record number."""
    return re.match(r"(?:-\w\w)?\s*[x×*]\s*\d", text[at : at + 10]) is not None


def _births(reading: Reading, cells: Cells, dates: tuple[DateMention, ...]) -> Iterator[DateMention]:
    """Every date that words nearby make a birth date."""
    for match in reading.matches(vocabulary().patterns["patient.birth"]):

        def value(low: int, high: int) -> DateMention | None:
            inside = (d for d in dates if low <= d.start < high)
            return next((d for d in inside if not re.search(r"[A-Za-z]{5,}[^/|,;]*$", reading.text[low : d.start])), None)

        if told := beside(cells, match.start(), match.end(), value):
            yield replace(told, start=_with_words(cells, match.start(), told.start))


def _with_words(cells: Cells, words: int, value: int) -> int:
    """Where evidence begins: at the words that say what a value is, if they stand before it in its line."""
    return words if words < value and "\n" not in cells.text[words:value] else value


def _plain(text: str, start: int, end: int) -> _Numbered:
    """A number as it is compared with others: letters and digits only."""
    return _Numbered(re.sub(r"\W", "", text[start:end]).lower(), start, end)


def _spoken(reading: Reading) -> Iterator[tuple[int, int]]:
    """Record numbers and birth dates as a dictation tells them, figure by figure."""
    for kind in ("record", "birth"):
        yield from (match.span() for _, match in reading.told(vocabulary().patterns[f"patient.spoken-{kind}"]))


def _name(reading: Reading, cells: Cells, people: list[Name], places: list[int]) -> tuple[int, int] | None:
    """The range of the patient's name or initials among `people`; `places` are where the second identifiers stand."""
    words, before = vocabulary(), _identifying()[1]
    for match in reading.matches(words.patterns["patient.person"]):

        def value(low: int, high: int) -> tuple[int, int] | None:
            return next(((n.start, n.end) for n in people if low <= n.start < min(high, low + 12)), None)

        if told := beside(cells, match.start(), match.end(), value):
            return told
        initials = _INITIALS.match(reading.text, past(FILLER, reading.text, match.end()))
        if initials is None and "initials" in match.group().lower():
            initials = _SPACED.match(reading.text, past(FILLER, reading.text, match.end()))
        if initials:
            return initials.span()
    for person in people:
        lead = reading.text[max(0, person.start - 40) : person.start]
        behind = _TOLD_BEHIND.match(reading.text, person.end)
        if before.search(reading.text, max(0, person.start - 40), person.start):
            return person.start, person.end
        if behind and (behind["identity"] or words.regex("patient.lead").search(lead)):
            return person.start, person.end
    near = [(min(abs(place - n.start) for place in places), n) for n in people] if places else []
    near = [(far, n) for far, n in near if far <= _NEAR and _alone(cells, n)]
    best = min(near, key=lambda item: item[0], default=None)
    return (best[1].start, best[1].end) if best else _lettered(reading) or _shortened(reading)


def _shortened(reading: Reading) -> tuple[int, int] | None:
    """A first name with the letter of the surname, and an identifier right behind it."""
    relation = vocabulary().regex("patient.relation")
    for found in _SHORTENED.finditer(reading.text):
        told = _TOLD_BEHIND.match(reading.text, found.end())
        lead = reading.text[max(reading.text.rfind("\n", 0, found.start()) + 1, found.start() - 48) : found.start()]
        if told and told["identity"] and not relation.search(lead) and not no_person(found.group()):
            return found.span()
    return None


def _lettered(reading: Reading) -> tuple[int, int] | None:
    """Initials with a record number right behind them: 'R.K., acct 88-4410277'."""
    behind, relation, record = (
        _identifying()[0],
        vocabulary().regex("patient.relation"),
        vocabulary().regex("patient.of-a-record"),
    )
    for found in _ALONE.finditer(reading.text):
        told = behind.match(reading.text, found.end())
        lead = reading.text[max(reading.text.rfind("\n", 0, found.start()) + 1, found.start() - 48) : found.start()]
        if told and told["key"] and record.search(told["key"]) and not relation.search(lead):
            return found.span()
    return None


@functools.cache
def _identifying() -> tuple[Expression, Expression, Expression]:
    """An identifier with its words behind a name, the same before one, and a patient's initials with the words before them."""
    words, lead = (vocabulary().patterns[f"patient.{name}"].source for name in ("identifier-words", "initials-lead"))
    key = rf"(?P<key>(?:{words})\s?{_KEY})"
    return (
        expression(rf"{_ASIDE}[ ,(/|\t·–*-]{{1,5}}(?:{key}|(?P<born>{_BORN}))"),
        expression(rf"\b{key}[ ,/|\t–-]{{1,4}}$"),
        expression(rf"(?P<lead>{lead}){_INITIALS.pattern}"),
    )


def identified(reading: Reading, fields: Fields, named: Sequence[tuple[str, int]], known: tuple[Proof, ...]) -> tuple[Proof, ...]:
    """The patients `known`, and every other person whom the record names with an identifier of their own, each with the places.

    'Sheet 2: Ivor Pugh, NHS No. 999 087 6543'. A guarantor, a relative and a former name are nobody else who was operated on.
    `named`: names that a label calls the patient's, each with the place behind it.
    """
    text, relation = reading.text, vocabulary().regex("patient.relation")
    behind, before, initialled = _identifying()
    labelled = [Name(name, (), end - len(name), end, "") for name, end in named]
    initials = [
        Name(m.group()[len(m["lead"]) :], (), m.start(), m.end(), "")
        for m in initialled.finditer(text)
        if not relation.search(m["lead"])
    ]
    people: list[tuple[str, str]] = []
    proofs: list[Proof] = []
    for person in (*labelled, *_candidates(reading, fields), *initials):
        told = behind.match(text, person.end) or before.search(text, max(0, person.start - 40), person.start)
        if told is None and person not in labelled:
            continue
        key = re.sub(r"\D", "", told.group()) if told else ""
        if any((key and other and one_number(key, other)) or may_be_one(person.name, name) for name, other in people):
            continue
        people.append((person.name, key))
        proofs.append((reading.evidence(person.start, person.end),))
    return tuple(proofs) if len(proofs) > 1 else known


def _alone(cells: Cells, person: Name) -> bool:
    """Whether a name begins its cell, and nothing but particulars of the person stand behind it."""
    cell = cells.at(person.start)
    before, behind = cells.text[cell.start : person.start], cells.text[person.end : cell.end]
    return not before.strip(" *•-·|([\"'") and bool(_PARTICULARS.fullmatch(behind) or _TOLD_BEHIND.match(behind))


def _bare(text: str, person: Name) -> Name:
    """A name without the word for a number or a birth date behind it: 'Odalys Navarrete MRN'."""
    low = person.end - len(person.name)
    keys = () if person.credentials else ("number", "birth")
    found = next((m for key in keys if (m := vocabulary().regex(f"patient.{key}").search(text, low, person.end + 12))), None)
    if found is None or not low < found.start() < person.end:
        return person
    name = text[low : found.start()].rstrip()
    return replace(person, name=name, end=person.end - len(person.name) + len(name))


def _candidates(reading: Reading, fields: Fields) -> list[Name]:
    """Names of those who have no credentials, no doctor's title and no part in the case, in order of place."""
    text = reading.text
    everybody = names_in(text, 0, len(text))
    staff = [n.name for n in everybody if (n.credentials or (n.title and not _CIVIL.search(n.title))) and len(n.name.split()) > 1]
    parts = fields.of(*_OTHERS)
    listed = [Name(m.group().rstrip(" ."), (), m.start(), m.end(), "") for m in _LISTED.finditer(text)]
    found: list[Name] = []
    words = vocabulary()
    relation = words.regex("patient.relation")
    halves = halves_of_names(reading)
    for person in sorted((*listed, *halves, *(_bare(text, n) for n in everybody)), key=lambda n: (n.start, -n.end)):
        whole = len(re.split(r"[\s^]+", person.name)) > 1 or bool(_CIVIL.search(person.title))
        if not whole or person.credentials or (person.title and not _CIVIL.search(person.title)):
            continue
        if any(
            p.low <= person.start < min(p.high, p.low + _PART_OF) and not _SENTENCE_END.search(text, p.low, person.start)
            for p in parts
        ) or any(same_person(person.name, other) for other in staff):
            continue
        if found and person.start < found[-1].end:
            continue
        if words.regex("people.credential").fullmatch(person.name.partition(",")[2].strip()):
            continue  # 'Freda Hebden, MD' is no surname with a first name behind it
        if (
            _LEVEL.search(person.name)
            or no_person(person.name)
            or vocabulary().regex("patient.of-a-house").match(text, person.end) is not None
            or relation.search(text[max(text.rfind("\n", 0, person.start) + 1, person.start - 48) : person.start])
        ):
            continue
        found.append(person)
    return found
