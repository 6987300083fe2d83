"""Finds dates in text, in figures and in words, nights over two days among them; nothing here knows what was on that day.

Read on for a date that is not found, or read for another; clock times are found by `clock.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ionm_notes.read.expression import expression
from ionm_notes.read.spoken_clock import NUMBERS


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar date; `ambiguous` where day and month could be exchanged."""

    start: int
    end: int
    value: date
    ambiguous: bool = False


_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
_MON = r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
            "twenty-second",
            "twenty-third",
            "twenty-fourth",
            "twenty-fifth",
            "twenty-sixth",
            "twenty-seventh",
            "twenty-eighth",
            "twenty-ninth",
            "thirtieth",
            "thirty-first",
        ],
        1,
    )
}
_YEAR_IN_WORDS = (
    r"(?:(?:in|of)\s+(?:the\s+year\s+)?)?(?P<y>(?:19|20)\d\d|(?:nineteen|twenty|two\s+thousand(?:\s+and)?)[-\s][a-z]+"
    r"(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine)(?![a-z]))?)"
)
_IN_WORDS = expression(
    rf"(?<!\w)(?P<word>{'|'.join(sorted(_ORDINALS, key=len, reverse=True)).replace('-', '[- ]')})\s+(?:day\s+)?(?:of\s+)?{_MON},?\s+"
    + _YEAR_IN_WORDS,
)
_MONTH_FIRST = expression(
    rf"(?<!\w){_MON}\s+(?:the\s+)?(?P<word>{'|'.join(sorted(_ORDINALS, key=len, reverse=True)).replace('-', '[- ]')}),?\s+{_YEAR_IN_WORDS}"
)
"""'December second, twenty twenty-five'."""
_TENS_OF_YEARS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_DATES = (
    expression(r"(?<![\d-])(?<!\d/)(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)", cased=True),
    expression(
        r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/]|-(?!\d{1,2}/\d{1,2}/\d)|\.\d)",
        cased=True,
    ),
    expression(
        rf"(?<![\w])(?<!\d:)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day)?(?: of|[-/.\s])?\s?{_MON}(?!\s+\d\d:\d\d)(?:[-/,\s]\s?['’]?(?P<y>(?:19|20)\d\d|\d\d)|(?P<y4>(?:19|20)\d\d|\d\d(?!\w)))(?!\d|(?<=\d{{4}}):(?!\s|\d\d:?\d\d)|(?<!\d{{4}}):(?!\d\d:?\d\d))"
    ),
    expression(
        rf"(?<![\w]){_MON}[-/\s]\s?(?:the\s)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,|,?[-/\s])\s{{0,6}}(?:(?P<y>(?:19|20)\d\d)|['’](?P<y4>\d\d))(?!\d)"
    ),
    expression(rf"(?<![\w-])(?P<y>(?:19|20)\d\d)[-/.\s]{_MON}[-/\s]?(?P<d>\d{{1,2}})(?!\w)"),
    expression(r"(?<![\w-])(?P<y>(?:19|20)\d\d) (?P<m>0[1-9]|1[0-2]) (?P<d>0[1-9]|[12]\d|3[01])(?![\w-])", cased=True),
    expression(
        r"(?<![\w-])(?P<y>(?:19[3-9]|20[0-3])\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:(?![\w-])|(?=T?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?Z?(?![\w.-])))",
        cased=True,
    ),
    expression(r"(?<![\d/.-])(?P<a>\d{1,2}) (?P<sep>[/-]) (?P<b>\d{1,2}) (?P=sep) (?P<y>(?:19|20)\d\d)(?! ?[\d/-])", cased=True),
)


_DATES_IN_FIGURES = tuple(pattern for pattern in _DATES if "jan" not in pattern.pattern)
_ANY_MONTH = expression(
    r"(?:[Jj]an|JAN|[Ff]eb|FEB|[Mm]ar|MAR|[Aa]pr|APR|[Mm]ay|MAY|[Jj]un|JUN|[Jj]ul|JUL|[Aa]ug|AUG|[Ss]ep|SEP|[Oo]ct|OCT|[Nn]ov|NOV|[Dd]ec|DEC)[a-zA-Z]*[-/.,\s\d]",
    cased=True,
)


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Calendar dates, month first unless a dot separates or another date of the document shows day first."""
    numeric = list(_DATES[1].finditer(text))
    day_first = any(int(m["a"]) > 12 and int(m["b"]) <= 12 for m in numeric if m["sep"] != ".")
    month_first = any(int(m["b"]) > 12 and int(m["a"]) <= 12 for m in numeric if m["sep"] != ".")
    out: dict[int, DateMention] = {}
    months = bool(_ANY_MONTH.search(text))
    for pattern in _DATES if months else _DATES_IN_FIGURES:
        for match in pattern.finditer(text):
            mention = _date(match, day_first and not month_first)
            if mention and not any(o.start < mention.end and mention.start < o.end for o in out.values()):
                out[mention.start] = mention
    for match in (*_IN_WORDS.finditer(text), *_MONTH_FIRST.finditer(text)) if months else ():
        mention = _date_in_words(match)
        if mention and not any(o.start < mention.end and mention.start < o.end for o in out.values()):
            out[mention.start] = mention
    nights = {night.end: night for match in (_NIGHT.finditer(text) if months else ()) if (night := _night(match)) is not None}
    kept = [
        mention for mention in out.values() if not any(n.start < mention.end and mention.start < n.end for n in nights.values())
    ]
    told = [_from_the_evening(text, mention) for mention in (*kept, *nights.values())]
    return tuple(sorted(told, key=lambda mention: mention.start))


_INTO = r"(?:\s?[-–—/]\s?|\s(?:to|into|and|until|till|through|thru)\s(?:the\s)?)"
_NIGHT = expression(
    rf"(?<![\w]){_MON}\s(?:the\s)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_INTO}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y>(?:19|20)\d\d)(?!\d)"
)
"""The two days of a night under one month: 'December 30-31, 2025'."""
_EVENING = expression(
    rf"(?<![\w./:–-])(?:{_MON}\s)?(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s(?:of\s)?{_MON.replace('?P<mon>', '?P<mon2>')})?{_INTO}$"
)
"""The day before a date that is told with it: 'the night of 30 to 31 December 2025', 'December 30 into December 31, 2025'."""
_REACH_OF_EVENING = 32


def _night(match: re.Match[str]) -> DateMention | None:
    """The first of two days under one month, where the second is the next."""
    if int(match["d2"]) != int(match["d"]) + 1:
        return None
    return _mention(match, int(match["y"]), _MONTHS[match["mon"].lower()], int(match["d"]))


def _mention(match: re.Match[str], year: int, month: int, day: int, *, ambiguous: bool = False) -> DateMention | None:
    """The date of these figures, or None where no calendar has it: '31 June'."""
    try:
        return DateMention(match.start(), match.end(), date(year, month, day), ambiguous)
    except ValueError:
        return None


def _from_the_evening(text: str, mention: DateMention) -> DateMention:
    """A date, or the day before it where both days of a night are told and one has the year: the night is of the day it began."""
    lead = text[max(0, mention.start - _REACH_OF_EVENING) : mention.start]
    told = _EVENING.search(lead) if lead[-1:] in " -–—/" else None
    if told is None or text[mention.start : mention.start + 4].isdigit():
        return mention  # 'OR 3 / 2025-11-04'
    day = mention.value - timedelta(days=1)
    month = told["mon"] or told["mon2"]
    if int(told["d"]) != day.day or (month is not None and _MONTHS[month.lower()] != day.month):
        return mention
    return replace(mention, start=mention.start - len(lead) + told.start(), value=day)


def _date_in_words(match: re.Match[str]) -> DateMention | None:
    """'the fifteenth of July, 2025', 'third of October nineteen seventy-one', as dictation leaves them."""
    year = re.sub(r"two\s+thousand(?:\s+and)?", "twenty", match["y"].lower()).replace("-", " ")
    if year.isdigit():
        value = int(year)
    else:
        century, *rest = year.split()
        low = sum(_TENS_OF_YEARS.get(word, NUMBERS.get(word, -1000)) for word in rest)
        value = (1900 if century == "nineteen" else 2000) + low
    day = _ORDINALS[re.sub(r"\s+", "-", match["word"].lower())]
    return _mention(match, value, _MONTHS[match["mon"].lower()], day)


def _date(match: re.Match[str], day_first: bool) -> DateMention | None:
    groups = match.groupdict()
    year = int(groups["y"] or groups["y4"])
    if year < 100:
        year += 2000 if year <= 40 else 1900
    ambiguous = False
    if groups.get("mon"):
        month, day = _MONTHS[groups["mon"].lower()], int(groups["d"])
    elif groups.get("m"):
        month, day = int(groups["m"]), int(groups["d"])
    else:
        a, b = int(groups["a"]), int(groups["b"])
        ambiguous = a <= 12 and b <= 12 and a != b
        first_is_day = groups["sep"] == "." or day_first or a > 12
        if b > 12:
            first_is_day = False
        day, month = (a, b) if first_is_day else (b, a)
    return _mention(match, year, month, day, ambiguous=ambiguous)


def widen_birth_year(mention: DateMention, service: date) -> DateMention:
    """A two-digit birth year read as after the service belongs to the century before."""
    if mention.value > service:
        return replace(mention, value=mention.value.replace(year=mention.value.year - 100))
    return mention
