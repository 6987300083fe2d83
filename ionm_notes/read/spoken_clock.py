"""Clock times as people say them: 'a quarter past ten', 'twenty to two in the afternoon', 'half past 8', "nine o'clock".

Words that could as well be amounts ('five to ten') are times only beside something that can be nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ionm_notes.read.expression import expression

_HOURS = {
    w: i
    for i, w in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)
}
NUMBERS = {
    w: i
    for i, w in enumerate(
        (
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ),
        1,
    )
}
"""Number words below twenty."""
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_MINUTE_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(NUMBERS)[:9])}))?|{'|'.join(NUMBERS)})"
_HOUR = rf"(?P<hour>{'|'.join(_HOURS)}|1[0-2]|0?[1-9])"
_TAIL = (
    r"(?:\s*(?:,\s*)?(?P<tail>a\.?\s?m\b\.?|p\.?\s?m\b\.?"
    r"|in\s+the\s+(?:early\s+)?(?:morning|forenoon|afternoon|evening)|(?:on\s+)?the\s+(?:next|following)\s+morning|at\s+night))?"
)
_PART = rf"(?P<part>(?:a\s+)?quarter|half|(?:{_MINUTE_WORD}|\d{{1,2}})(?=\s+(?:minutes?\s+)?(?:past|after|to|before|of|till)\b))"
_RELATIVE = expression(
    rf"(?<![\w.-]){_PART}\s+(?:minutes?\s+)?(?P<way>past|after|to|before|of|till)\s+{_HOUR}(?![\w%.]\w|:){_TAIL}"
)
_ELLIPTIC = re.compile(
    rf"(?:(?<=\bto )|(?<=\buntil )|(?<=\btill )|(?<=\band ))(?P<part>(?:a\s+)?quarter|half|{_MINUTE_WORD})\s+(?P<way>past|after)(?=\s*(?:[.,;)]|$|and\b|the\b))",
    re.I,
)
_OCLOCK = re.compile(rf"(?<![\w.-]){_HOUR}\s+o['’]?\s?clock\b{_TAIL}", re.I)
_HOUR_MINUTE = expression(rf"(?<![\w-])(?P<hour>{'|'.join(_HOURS)})[- ](?P<part>(?:oh[- ])?{_MINUTE_WORD})\b{_TAIL}")
_BARE_HOUR = re.compile(
    rf"(?<=\bbetween )(?P<hour>{'|'.join(_HOURS)}|noon)(?=\s+and\s)|(?<=\bfrom )(?P<hour2>{'|'.join(_HOURS)})(?=\s+(?:until|till|to)\s)",
    re.I,
)
_HOUR_OF_DAY = re.compile(
    rf"\b(?:at|from|between|until|till|to|by|since|and)\s+(?P<hour>{'|'.join(_HOURS)})\s+"
    r"(?P<tail>in\s+the\s+(?:early\s+)?(?:morning|forenoon|afternoon|evening)|at\s+night)\b",
    re.I,
)
_AT_HOUR = re.compile(
    r"\b(?:beg[au]n|started|commenced|opened|stopped|ended|finished|concluded|left\s+off|ceased|watch(?:ed|ing)?|monitor(?:ed|ing)?|over)\b"
    rf"[^.;:,\d\n]{{0,24}}\bat\s+(?P<hour>{'|'.join(_HOURS)})(?=\s*(?:[.,;)]|$|(?:and|until|till|sharp|in\s+the)\b))",
    re.I,
)
"""'We began to watch at eight and left off': an hour alone, in a record that tells others in words."""
_CERTAIN = expression(
    r"\b(?:past|quarter|half\s+past|o['’]?\s?clock|minutes?\s+(?:to|before|after|of|till)|in\s+the\s+(?:early\s+)?(?:morning|forenoon|afternoon|evening))\b"
)
"""Words of which one must stand in a record before any of its amounts is taken for a time in words."""
_TO_ANOTHER = re.compile(r"\s+(?:to|until|till?|and|through)\s+", re.I)
_MEASURED = re.compile(
    r"\s*(?:percent|per\s+cent|%|milli|micro|m[AVs]\b|minutes?|mins?\b|hours?|hz|volts?|seconds?|screws?|levels?|times|years?|of\b|patients|cases)",
    re.I,
)
_BEFORE = re.compile(
    r"(?:\b(?:at|from|until|till|to|by|since|between|about|around|before|after|and|towards|nearly|just|time)|[:;,(\t\n]|^)\s*$",
    re.I,
)


def find_spoken(text: str) -> Iterator[tuple[int, int, int, str | None]]:
    """(start, end, minute after midnight, 'a', 'p' or None) of each time said in words, in order of kind, none overlapping."""
    if not _CERTAIN.search(text):
        return
    sure = [found for match in _RELATIVE.finditer(text) if (found := _relative(text, match))]
    certain = any(not doubtful for *_, doubtful in sure)
    taken: list[tuple[int, int]] = []
    for start, end, minute, meridiem, doubtful in sure:
        if certain or not doubtful:
            taken.append((start, end))
            yield start, end, minute, meridiem
    for match in _HOUR_OF_DAY.finditer(text):
        if not _overlaps(match, taken):
            taken.append((match.start("hour"), match.end()))
            yield match.start("hour"), match.end(), _minute(_hour(match["hour"]), 0, match["tail"]), _meridiem(match["tail"])
    for match in _OCLOCK.finditer(text):
        if not _overlaps(match, taken):
            taken.append(match.span())
            yield match.start(), match.end(), _minute(_hour(match["hour"]), 0, match["tail"]), _meridiem(match["tail"])
    if not taken:
        return
    latest = sorted(taken)
    for match in _ELLIPTIC.finditer(text):
        # 'from ten past eight to twenty-five past': the hour is the one said just before.
        before = [span for span in latest if 0 <= match.start() - span[1] <= 8]
        if before and not _overlaps(match, taken):
            hour = re.search(rf"{_HOUR}{_TAIL}$", text[before[-1][0] : before[-1][1]], re.I)
            if hour:
                yield match.start(), match.end(), _minute(_hour(hour["hour"]), _amount(match["part"]), None), None
    for match in _AT_HOUR.finditer(text):
        if not any(low < match.end() and match.start("hour") < high for low, high in taken):
            yield match.start("hour"), match.end(), _minute(_hour(match["hour"]), 0, None), None
    for match in _BARE_HOUR.finditer(text):
        word = match["hour"] or match["hour2"]
        after = text[match.end() : match.end() + 30]
        if not _overlaps(match, taken) and any(0 <= span[0] - match.end() <= 8 for span in latest) and not _MEASURED.match(after):
            yield match.start(), match.end(), _minute(_hour(word), 0, None), None


def find_dictated(text: str) -> Iterator[tuple[int, int, int, str | None]]:
    """'eight fifteen a.m.', 'zero seven thirty', 'from eight forty until nine oh two': hour and minute in words.

    The half of the day is said, or a nought before the hour; or two of them are the ends of one stretch.
    """
    if not _AN_HOUR.search(text):
        return
    ends: set[int] = set()
    whole = [(m.start(), m.end(), int(_HOURS[m["hour"].lower()]) * 60 + _military(m)) for m in _MILITARY.finditer(text)]
    for start, end, minute in whole:
        yield start, end, minute, "a"
    matches = [m for m in _HOUR_MINUTE.finditer(text) if not any(a < m.end() and m.start() < b for a, b, _ in whole)]
    joined = {at for a, b in pairwise(matches) if _one_stretch(text, a, b) for at in (a.start(), b.start())}
    if whole or _CERTAIN.search(text) or any(m["tail"] for m in matches):
        joined |= {m.start() for m in matches if _two_words(m) and _after_a_word_of_time(text, m.start())}
        joined |= {
            at
            for a, b in pairwise(matches)
            if _two_words(a) and _two_words(b) and _TO_ANOTHER.fullmatch(text, a.end(), b.start())
            for at in (a.start(), b.start())
        }
    for match in reversed(matches):
        minute = _amount(re.sub(r"^oh[- ]", "", match["part"], flags=re.I))
        on = _TO_ANOTHER.match(text, match.end())
        if minute < 60 and (match["tail"] or match.start() in joined or (on is not None and on.end() in ends)):
            # 'from six fifty to seven twenty-two a.m.': the end says which half of the day both are of.
            ends.add(match.start())
            yield match.start(), match.end(), _minute(_hour(match["hour"]), minute, match["tail"]), _meridiem(match["tail"])


_AN_HOUR = re.compile(rf"\b(?:{'|'.join(_HOURS)})\b", re.I)
_MILITARY = re.compile(
    rf"\b(?:zero|oh)[\s-]+(?P<hour>{'|'.join(list(_HOURS)[:9])})[\s-]+(?P<part>hundred|(?:oh|zero)[\s-]+(?:{'|'.join(list(NUMBERS)[:9])})|{_MINUTE_WORD})\b(?:\s+hours\b)?",
    re.I,
)
"""'zero seven twenty-two', 'oh nine hundred hours'."""
_SAID = re.compile(
    r"\b(?:through|thru|ceased|ended|stopped|started|began|begun|commenced|off|out|removed|done|completed?|finished|concluded)\s+$",
    re.I,
)
_STRETCH = re.compile(r"\b(?:from|between)\s+$", re.I)


def _two_words(match: re.Match[str]) -> bool:
    """Whether an hour and its minutes are said as those of a clock: 'eight fifteen', 'eight oh five'; 'four five' may be two levels."""
    return match["part"].lower().startswith("oh") or _amount(match["part"]) >= _TEN


_TEN = 10


def _after_a_word_of_time(text: str, at: int) -> bool:
    return bool(_BEFORE.search(text[max(0, at - 12) : at]) or _SAID.search(text[max(0, at - 16) : at]))


def _military(match: re.Match[str]) -> int:
    part = match["part"].lower()
    return 0 if part == "hundred" else _amount(re.sub(r"^(?:oh|zero)[\s-]+", "", part))


def _one_stretch(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether two times in words are the ends of one stretch: 'from eight forty until nine oh two', and no amounts."""
    joint = _TO_ANOTHER.fullmatch(text, first.end(), last.start())
    return (
        joint is not None
        and _STRETCH.search(text, max(0, first.start() - 12), first.start()) is not None
        and not _MEASURED.match(text, last.end())
        and _hour(first["hour"]) * 60 < _hour(last["hour"]) * 60 + _amount(re.sub(r"^oh[- ]", "", last["part"], flags=re.I))
    )


def _relative(text: str, match: re.Match[str]) -> tuple[int, int, int, str | None, bool] | None:
    part, way = match["part"].lower(), match["way"].lower()
    named = part.endswith("quarter") or part == "half"
    amount = _amount(part)
    if amount >= 60 or _MEASURED.match(text[match.end() : match.end() + 14]):
        return None
    if not named and (way in ("of", "before", "after") or part.isdigit()) and "minute" not in match.group().lower():
        return None
    hour = _hour(match["hour"])
    minute = hour * 60 + amount if way in ("past", "after") else hour * 60 - amount
    if part == "half" and way not in ("past", "after"):
        return None
    doubtful = not named and way not in ("past", "after") and "minute" not in match.group().lower()
    if doubtful and not _BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
        return None
    return match.start(), match.end(), _minute(0, minute, match["tail"]), _meridiem(match["tail"]), doubtful


def _overlaps(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(low < match.end() and match.start() < high for low, high in taken)


def _hour(word: str) -> int:
    low = word.lower()
    return 12 if low == "noon" else _HOURS[low] if low in _HOURS else int(word)


def _amount(words: str) -> int:
    low = words.lower()
    if low.endswith("quarter"):
        return 15
    if low == "half":
        return 30
    if low.isdigit():
        return int(low)
    first, _, second = low.replace(" ", "-").partition("-")
    return NUMBERS.get(low, _TENS.get(first, 0) + NUMBERS.get(second, 0))


def _meridiem(tail: str | None) -> str | None:
    if not tail:
        return None
    return (
        "a"
        if re.match(r"a\.?\s?m|in\s+the\s+(?:early\s+)?(?:morning|forenoon)|(?:on\s+)?the\s+\w+\s+morning", tail, re.I)
        else "p"
    )


def _minute(hour: int, minute: int, tail: str | None) -> int:
    value = (hour * 60 + minute) % (12 * 60)
    half = _meridiem(tail)
    if half is None:
        # Without a half of the day the hour stands as on the dial; settling am and pm is done for the whole record.
        return value if value >= 60 else value + 12 * 60
    return value + (12 * 60 if half == "p" else 0)
