"""Reads from a file's name or opening lines the day from which a quarterly file holds; read this for the naming used.

Names seen: 'ccipra-v302r0-f1' (year less 1994, then quarter from 0), '...Eff_07-01-2024', 'AOC_V2024Q3',
'PPRRVU24_JUL', 'rvu24c' (A January, B April, C July, D October).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

MONTHS = {
    name: number
    for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
NCCI_FIRST_YEAR = 1994


def _quarter(year: int, quarter: int) -> date:
    return date(year, 3 * quarter - 2, 1)


_READERS: tuple[tuple[str, Callable[[re.Match[str]], date]], ...] = (
    (r"eff\w*[\s_-]*(\d{1,2})[-/_](\d{1,2})[-/_](20\d\d)", lambda m: date(int(m[3]), int(m[1]), int(m[2]))),
    (r"(20\d\d)[\s_-]*q([1-4])(?!\d)", lambda m: _quarter(int(m[1]), int(m[2]))),
    (r"(?<![a-z])v(\d\d)([0-3])r\d", lambda m: _quarter(NCCI_FIRST_YEAR + int(m[1]), int(m[2]) + 1)),
    (r"pprrvu(?:20)?(\d\d)[\s_-]*([a-z]{3})", lambda m: date(2000 + int(m[1]), MONTHS[m[2]], 1)),
    (r"(?<![a-z])rvu(?:20)?(\d\d)([a-d])(?![a-z])", lambda m: _quarter(2000 + int(m[1]), "abcd".index(m[2]) + 1)),
    (r"(20\d\d)[^\n]{0,80}?\b(january|april|july|october)\s+release", lambda m: date(int(m[1]), MONTHS[m[2][:3]], 1)),
)


def as_of(texts: Iterable[str]) -> date | None:
    """The first day that one of the texts (names first, then opening lines) tells; None if none does."""
    for text in texts:
        for expression, read in _READERS:
            match = re.search(expression, text.lower())
            if match is None:
                continue
            try:
                return read(match)
            except (ValueError, KeyError):
                continue
    return None


def part(name: str) -> int | None:
    """The number of a part ('ccipra-v302r0-f3' is part 3); None where the file is whole."""
    match = re.search(r"v\d{3}r\d-f(\d)(?!\d)", name.lower())
    return int(match[1]) if match else None
