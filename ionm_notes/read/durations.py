"""Finds stated lengths of time in text ('3 h 10', 'two and a half hours', 'ninety minutes', 'duration 5:05'), in whole minutes."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from ionm_notes.read.expression import expression
from ionm_notes.read.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Duration:
    """A stated length of time in whole minutes."""

    start: int
    end: int
    minutes: int


_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBER = (
    {word: n for n, word in enumerate(["zero", *_ONES, *_TEENS])}
    | {word: 10 * n for n, word in enumerate(_TENS, 2)}
    | {f"{tens}-{one}": 10 * t + o for t, tens in enumerate(_TENS, 2) for o, one in enumerate(_ONES, 1)}
    | {"an": 1, "a": 1}
)
_WORDS = rf"(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)}"
_HOURS = r"(?:hours?|hrs?\b\.?|h\b\.?)"
_MINUTES = r"(?:minutes?|mins?\b\.?)"
_PART = {
    "half": 30,
    "quarter": 15,
    "three quarters": 45,
    "three-quarters": 45,
    "1/2": 30,
    "½": 30,
    "1/4": 15,
    "¼": 15,
    "3/4": 45,
    "¾": 45,
}
_FRACTION = r"half|three[-\s]quarters|quarter"
_DURATION = expression(
    rf"(?<![\w.:/])(?:"
    rf"(?P<h>\d{{1,2}}(?:[.,]\d+)?|an|{_WORDS})(?:(?:\s(?:and\s(?:an?\s)?)?|-|\s?)(?P<mixed>{_FRACTION}|1/2|½|1/4|¼|3/4|¾))?\s?-?"
    rf"(?:{_HOURS}|h(?=\d\d?(?:\s?m(?:in)?\b|\b)))"
    rf"(?:\sand\s(?:an?\s)?(?P<behind>{_FRACTION})|\s*(?:,(?=\s*\S+\s?-?m)|and|&|\+)?\s*(?P<m>\d{{1,2}}|{_WORDS})\s?-?(?:{_MINUTES}|m\b)?(?!\w|\s*(?:hours|hrs|:)|:))?"
    rf"|(?P<part>half|three[-\s]quarters|quarter)\s(?:of\s)?an\s(?:hour|hr)\b"
    rf"|(?P<hundred>an?|one|two|three)\shundred(?:\s(?:and\s)?(?P<rest>{_WORDS}))?[\s-](?:{_MINUTES})"
    rf"|(?P<only>\d{{1,4}}|{_WORDS})\s?-?(?:{_MINUTES}|m\b(?![AVmg]))"
    rf"|(?P<some>\d{{1,3}}|{_WORDS})\sof\s(?:them|these|those|which)\b"
    rf"|(?:(?<=\bof which )|(?<=\bof which, )|(?<=\bof these )|(?<=\bof these, )|(?<=\bof those )|(?<=\bof them ))"
    rf"(?P<which>\d{{1,3}}|{_WORDS})(?=\s(?:for|to|on|in|were|was|are|is|went|fell|belong\w*|concern\w*|set-?up|base|hook|electrode|removal))"
    rf"|(?<=\bof which )(?:(?:the|initial)\s)?(?:set-?up|hook-?up|base-?lines?|removal|take-?down|a\sbreak)\s(?:was\s|were\s|for\s)?"
    rf"(?P<named>\d{{1,3}})(?![\d:.%]|\s?(?:min|h)))",
)
_COLON_DURATION = expression(r"(?<![\d:])(?P<h>\d{1,2}):(?P<m>[0-5]\d)\s?(?:\(?h(?:rs?|h)?:mm\)?|hours? of|h:m)")
_BEHIND_ITS_NAME = expression(
    r"\b(?:duration|length|elapsed|total\s+(?:monitor\w*\s+|ionm\s+|iom\s+)?(?:time|hours))(?:\s+(?:of|for)\s+(?:monitoring|ionm|iom))?"
    r"(?:\s*\(?(?:h+:mm?|hrs?|hours?)\)?)?[\s:=\t|.]{1,12}(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?!\d|:|\s?[ap]\.?m|\s?(?:[-–—]|to|until)\s?\d)"
)
"""'Duration: 5:05', where no other time follows and no half of the day is named."""


_DOTTED_CLOCK = re.compile(r"(?:[01]\d|2[0-3])\.[0-5]\d")
_AT = re.compile(r"\b(?:at|from|until|till|to|between|and|since)\s$", re.I)


@functools.lru_cache(maxsize=1024)
def find_durations(text: str) -> tuple[Duration, ...]:
    """Stated lengths of time in whole minutes; '12 of them' and 'of which 12' are of the minutes named before."""
    out: list[Duration] = []
    for match in _DURATION.finditer(text):
        if match["named"]:  # '207, of which baselines 16'
            out.append(Duration(match.start("named"), match.end(), int(match["named"])))
            continue
        if (match["some"] or match["which"]) and not out:
            continue
        if match["h"] and _DOTTED_CLOCK.fullmatch(match["h"]) and _AT.search(text, max(0, match.start() - 12), match.start()):
            continue  # 'until 03.11 hrs' is a clock time
        if out and vocabulary().regex("duration.of-the-whole").fullmatch(text[out[-1].end : match.start()]):
            continue  # 'twenty-five minutes of those three hours'
        minutes = _minutes({name: value.lower() for name, value in match.groupdict().items() if value})
        out.append(Duration(match.start(), match.end(), minutes))
    for pattern in (_COLON_DURATION, _BEHIND_ITS_NAME):
        for found in pattern.finditer(text):
            if not any(d.start < found.end() and found.start("h") < d.end for d in out):
                out.append(Duration(found.start("h"), found.end(), int(found["h"]) * 60 + int(found["m"])))
    return tuple(sorted(out, key=lambda d: d.start))


def _minutes(said: dict[str, str]) -> int:
    if "part" in said:
        return _PART[said["part"]]
    if "hundred" in said:
        return 100 * round(_number(said["hundred"])) + (round(_number(said["rest"])) if "rest" in said else 0)
    if only := said.get("only") or said.get("some") or said.get("which"):
        return round(_number(only))
    part = said.get("mixed") or said.get("behind")
    minutes = round(_number(said["h"]) * 60) + (_PART[re.sub(r"\s+", " ", part)] if part else 0)
    return minutes + round(_number(said["m"])) if "m" in said else minutes


def _number(word: str) -> float:
    return float(_NUMBER[key]) if (key := re.sub(r"\s+", "-", word)) in _NUMBER else float(word.replace(",", "."))
