"""Moves dates by whole days and writes them as they were written; the days come from a secret, the same for one patient.

Clock times stay, and every date of a patient moves by the same number of days, so that all intervals stay exact.
"""

from __future__ import annotations

import calendar
import hashlib
import hmac
import re
from collections.abc import Iterator
from datetime import date, timedelta

from ionm_notes.read.dates import find_dates

MOST_DAYS = 364
"""Dates move by 1 to this many days, into the past or the future."""
_MONTHS = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_MONTH = re.compile(rf"\b{_MONTHS}\b", re.I)
_COMPACT = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d))"
)
"""The date of an HL7 time stamp, 20250718083000."""
_ISO = re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?=T\d\d)")
_NO_YEAR = re.compile(
    rf"(?<![\w/.-])(?:(?:{_MONTHS})\b\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?(?![\d:]|[ ]?(?:st|nd|rd|th)?,?[ ](?:19|20)\d\d)|\d{{1,2}}(?:st|nd|rd|th)?[ ](?:of[ ])?(?:{_MONTHS})\b\.?(?![-,. ]*(?:19|20)\d\d))"
    r"|(?:(?<=\bon )|(?<=\bdated )|(?<=\bsince )|(?<=\bof )|(?<=\bfrom )|(?<=\buntil )|(?<=\bdos )|(?<=\bdate: ))(?:1[0-2]|0?[1-9])/(?:0?[1-9]|[12]\d|3[01])(?![\d/])",
    re.I,
)
_MONTH_YEAR = re.compile(
    rf"(?<![\w/.-])(?<!\d )(?:{_MONTHS})\b\.?,?[ ](?:19|20)\d\d(?!\d)|(?<![\d/.-])(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/])", re.I
)


def days_for(secret: bytes, patient: str) -> int:
    """By how many days a patient's dates move: never 0, the same for the same secret and patient."""
    number = int.from_bytes(hmac.new(secret, b"dates:" + patient.encode(), hashlib.sha256).digest()[:8])
    step = number % (2 * MOST_DAYS)
    return step - MOST_DAYS if step < MOST_DAYS else step - MOST_DAYS + 1


def dates_in(text: str, year: int) -> Iterator[tuple[int, int, date, bool]]:
    """Dates with start and end, and whether the day is written; `year` is taken where none is.

    A month and a year alone are taken as the 15th.
    """
    taken: list[tuple[int, int]] = []
    for one in find_dates(text):
        taken.append((one.start, one.end))
        yield one.start, one.end, one.value, True
    for pattern in (_COMPACT, _ISO, _NO_YEAR, _MONTH_YEAR):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            value = _value(match.group(), year)
            if value is not None:
                taken.append(match.span())
                yield match.start(), match.end(), value, pattern is not _MONTH_YEAR


def moved(written: str, value: date, days: int, day_written: bool = True) -> str:
    """A date as written, moved: the same order, separators and widths."""
    new = value + timedelta(days=days)
    if re.fullmatch(r"\d{8}", written):
        return new.strftime("%Y%m%d")
    if month := _MONTH.search(written):
        return _with_name(written, month, value, new, day_written)
    numbers = list(re.finditer(r"\d+", written))
    if not day_written and len(numbers) == 2:
        values = [new.month, new.year]
    elif len(numbers) == 3 and len(numbers[0].group()) == 4:
        values = [new.year, new.month, new.day]
    elif len(numbers) in (2, 3):
        first, second = int(numbers[0].group()), int(numbers[1].group())
        month_first = (first, second) == (value.month, value.day)
        values = [new.month, new.day] if month_first else [new.day, new.month]
        values.append(new.year)
    else:
        return f"{new:%B} {new.day}, {new.year}"
    return _written(written, numbers, values)


def _written(written: str, numbers: list[re.Match[str]], values: list[int]) -> str:
    out, at = "", 0
    for number, value in zip(numbers, values, strict=False):
        width = len(number.group())
        digits = f"{value % 100:02d}" if value > 99 and width == 2 else str(value).zfill(width)
        out, at = out + written[at : number.start()] + digits, number.end()
    return out + written[at:]


def _with_name(written: str, month: re.Match[str], value: date, new: date, day_written: bool) -> str:
    long = calendar.month_name[new.month]
    short = len(month.group()) <= 4 and month.group().lower() not in ("june", "july") and value.month != 5
    name = long[:3] if short else long
    name = name.upper() if month.group().isupper() else name.lower() if month.group().islower() else name
    rest = written[: month.start()] + "\0" + written[month.end() :]
    numbers = list(re.finditer(r"\d+", rest))
    if day_written and not any(len(one.group()) <= 2 for one in numbers):
        return f"{new:%B} {new.day}, {new.year}"  # in words: 'the fifteenth of July, 2025'
    first_short = next((one for one in numbers if len(one.group()) <= 2), None)
    values = [new.day if one is first_short and day_written else new.year for one in numbers]
    rest = _written(rest, numbers, values)
    rest = re.sub(r"(\d)(?:st|nd|rd|th)\b", lambda m: m[1] + _ending(new.day), rest)
    return rest.replace("\0", name)


def _ending(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _value(written: str, year: int) -> date | None:
    numbers = [int(one) for one in re.findall(r"\d+", written)]
    name = _MONTH.search(written)
    try:
        if re.fullmatch(r"\d{8}", written):
            return date(int(written[:4]), int(written[4:6]), int(written[6:]))
        if name:
            month = [one[:3].lower() for one in calendar.month_name].index(name.group()[:3].lower())
            return date(numbers[0], month, 15) if numbers[0] > 99 else date(year, month, numbers[0])
        if len(numbers) == 3:
            return date(numbers[0], numbers[1], numbers[2])
        return date(numbers[1], numbers[0], 15) if numbers[1] > 99 else date(year, numbers[0], numbers[1])
    except (ValueError, IndexError):
        return None
