"""Turns the texts of claims into values: dates, units, money, modifiers; what cannot be read is said, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

DATE_FORMS = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%m-%d-%Y")
"""US claims write the month first; a two-digit year is refused, since it may be a birth year of either century."""
_STAMP = re.compile(r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$")
_SERIAL = re.compile(r"\d{5}(\.0+)?")
_SERIAL_DAY_0 = date(1899, 12, 30)
"""Spreadsheets count days from here (for every day since March 1900)."""
MOST_UNITS = 9_999


class Unreadable(ValueError):
    """A text that is no value of its kind; the message says which and why."""


def day_of(text: str) -> date | None:
    """A date, or None for an empty text. Five digits are a spreadsheet's day number. Raises `Unreadable`."""
    text = _STAMP.sub("", text.strip())
    if not text:
        return None
    if _SERIAL.fullmatch(text):
        return _SERIAL_DAY_0 + timedelta(days=int(text[:5]))
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise Unreadable(f"'{text}' is no date (written YYYY-MM-DD or MM/DD/YYYY)")


def units_of(text: str) -> int | None:
    """Whole units, or None for an empty text. Raises `Unreadable` for parts of units, negative and endless ones."""
    if not text.strip():
        return None
    number = money_of(text)
    if number is None or number != number.to_integral_value() or not 0 <= number <= MOST_UNITS:
        raise Unreadable(f"'{text.strip()}' is no number of units")
    return int(number)


def money_of(text: str) -> Decimal | None:
    """An amount, or None for an empty text; '$' and thousands separators are allowed. Raises `Unreadable`."""
    bare = text.strip().replace("$", "").replace(",", "")
    if not bare:
        return None
    try:
        amount = Decimal(bare)
    except InvalidOperation as error:
        raise Unreadable(f"'{text.strip()}' is no amount") from error
    if not amount.is_finite() or abs(amount.adjusted()) > 12:
        raise Unreadable(f"'{text.strip()}' is no amount")
    return amount


def plain_money(amount: Decimal | None) -> str:
    """An amount as text that `money_of` reads back equal; empty for None."""
    return "" if amount is None else format(amount, "f")


def codes_of(text: str) -> tuple[str, ...]:
    """Modifiers or diagnoses in one text, parted by blanks, commas or the like: upper case, in order."""
    return tuple(part.upper() for part in re.split(r"[\s,;:|/]+", text.strip()) if part)


def code_of(text: str) -> tuple[str, tuple[str, ...]]:
    """A procedure code and the modifiers written behind it: '95938-26' is ('95938', ('26',))."""
    code, *modifiers = re.split(r"[-\s]+", text.strip().upper())
    return code, tuple(modifiers)
