"""Times of a scanned log held against their neighbors: a log runs forward, so '01:32' between 07:28 and 07:40 is misread.

Both readings of such a time may agree and still be wrong; the log itself tells. A time is in doubt only where a single
digit put right would make it fit: what cannot be mended so is the record's own disorder, and none of our business here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ionm_notes.types import DoubtfulWord, Line

DAY, HALF_DAY = 24 * 60, 12 * 60
FORWARD = 8 * 60
"""The next entry of a log comes within this many minutes; what seems later than that lies before."""
_LEAD = re.compile(r"^\W{0,2}(?P<h>[01]?\d|2[0-3])(?P<sep>[:.]?)(?P<m>[0-5]\d)(?::[0-5]\d)?(?![\d:/])")


def with_order_doubts(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page; a time at the start of a log row that breaks the order of its neighbors gets a doubt."""
    rows = [(index, match) for index, line in enumerate(lines) if (match := _lead(line))]
    twelve = not any(match["h"].startswith("0") or int(match["h"]) > 12 for _, match in rows)
    around = HALF_DAY if twelve else DAY
    out = list(lines)
    for place in range(1, len(rows) - 1):
        (_, before), (index, here), (_, after) = rows[place - 1 : place + 2]
        if _forward(_minute(before), _minute(here), around) and _forward(_minute(here), _minute(after), around):
            continue
        if not _forward(_minute(before), _minute(after), around):
            continue
        fitting = [text for text in _one_digit_off(here) if _between(_minute(before), _parse(text), _minute(after), around)]
        if fitting:
            doubt = DoubtfulWord(here.start("h"), here.end("m"), _text(here), tuple(fitting), "out-of-order")
            out[index] = _doubted(lines[index], doubt)
    return tuple(out)


def _lead(line: Line) -> re.Match[str] | None:
    match = _LEAD.match(line.text) if line.kind in ("row", "text") else None
    # Four bare digits may be anything; at the start of a table row they are a time.
    return match if match and (match["sep"] or (line.kind == "row" and len(match["h"]) == 2)) else None


def _minute(match: re.Match[str]) -> int:
    return int(match["h"]) * 60 + int(match["m"])


def _text(match: re.Match[str]) -> str:
    return match.string[match.start("h") : match.end("m")]


def _parse(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    return int(digits[:-2]) * 60 + int(digits[-2:])


def _forward(first: int, second: int, around: int) -> bool:
    return (second - first) % around <= FORWARD


def _between(low: int, minute: int, high: int, around: int) -> bool:
    return (minute - low) % around <= (high - low) % around


def _one_digit_off(match: re.Match[str]) -> list[str]:
    """Clock times that differ from one in a single digit."""
    text, found = _text(match), []
    for at, char in enumerate(text):
        for digit in "0123456789" if char.isdigit() else "":
            other = text[:at] + digit + text[at + 1 :]
            if digit != char and int(other[-2:]) < 60 and int(re.sub(r"\D", "", other)[:-2]) < 24:
                found.append(other)
    return found


def _doubted(line: Line, doubt: DoubtfulWord) -> Line:
    """The line with the doubt added to what its word is doubted for already."""
    same = next((other for other in line.doubts if other.start <= doubt.start < other.end), None)
    if same is None:
        return replace(line, doubts=(*line.doubts, doubt))
    merged = replace(same, instead=tuple(dict.fromkeys((*same.instead, *doubt.instead))))
    return replace(line, doubts=tuple(merged if other is same else other for other in line.doubts))
