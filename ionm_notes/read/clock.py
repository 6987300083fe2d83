"""Finds clock times in text; nothing here knows what happened at that time.

A clock time is whole minutes after midnight, 0 to 1439 (seconds are cut off, contract rule 7). Numbers that could be
years, levels, thresholds or record numbers are taken as times only where their neighbours say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.read.clock_styles import spaced_clocks, styled_clocks
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.spoken_clock import find_dictated, find_spoken
from ionm_notes.read.vocabulary import vocabulary

NOON = 12 * 60


LIKE_A_CLOCK = re.compile(r"\d[:.h][0-5]\d")
"""Figures that may be a clock time, for whoever only asks whether some words can hold one."""
ROUNDS_UP = re.compile(r"\b\d{1,2}:\d{2}:[3-5]\d\b")
"""A time with its seconds, of which a statement in whole minutes may tell the next one: '08:09:40' and 'from 08:10'."""
DAY = 24 * 60
"""Minutes of a day: what the next day's minutes stand above those of the day of service."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time at `start`..`end` of the text; `meridiem` None where neither am nor pm nor a 24-hour form says it."""

    start: int
    end: int
    minute: int
    meridiem: str | None
    style: str


_MERIDIEM = r"(?:\s?(?P<mer>[ap])\.?\s?m\b\.?|(?P<glued>[ap])(?![\w'’]))"
"""'am', 'p.m.', or the letter alone where it hangs on the figures: '7:42A'."""
_CASED_MERIDIEM = r"(?:\s?(?P<mer>[apAP])\.?\s?[mM]\b\.?|(?P<glued>[ap])(?![\w'’]))"
"""The same where small letters and capitals are told apart: '7.42 PM'."""
_COLON = expression(
    rf"(?<![\d:./+-])(?<!\d-)(?P<h>[01]?\d|2[0-4])[:;](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d+)?)?(?!\d|:\d)(?:{_MERIDIEM}|[^\S\n]?(?P<unit>hours|hrs?|h)\b\.?)?",
)
_COLON_AFTER_DASH = expression(
    rf"(?:(?<=\d[-–—])|(?<=:\d\d/)|(?<=:\d\d\s[ap]m/)|(?<=\d[ap][-–—])|(?<=\d[ap]m[-–—])|(?<=\d\s[ap]m[-–—])|(?<=[ap]\.m\.[-–—])|(?<=\d\.\.)|(?<=\dh[-–—])|(?<=\d\sh[-–—])|(?<=\d\shrs[-–—])|(?<=\dhrs[-–—])|(?<=[a-z]\d{{4}}:)|(?<=[a-z]/\d{{4}}:))(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?!\d|:\d)(?:{_MERIDIEM}|[^\S\n]?(?P<unit>hours|hrs?|h)\b\.?)?",
)
_OFFSET = re.compile(
    r"\d-?\d\d(?:T\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?|\s\d\d:\d\d:\d\d(?:[.,]\d+)?)-(?:0\d|1[0-2]):(?:00|30)$",
)
"""A stamp of date and time up to how far its zone stands from Greenwich: '2024-10-05T13:27:00-05:00' ends at no five o'clock."""
_DOTTED = expression(
    rf"(?<![\d.,$])(?P<h>[01]?\d|2[0-3])\.(?P<m>[0-5]\d)(?!\.?\d|%|\. ?\d\d?:\d\d)(?!\s?(?:m[AVsgLm]\b|c[mc]\b|[uµμ]V|k\w|kOhm|MAC\b|mcg|mg|g\b|ml|percent|per\b|sec|s\b|Hz|V\b|volt|milli|micro))"
    rf"(?:{_CASED_MERIDIEM}|[^\S\n]?(?P<unit>hours|hrs?|h)\b\.?)?",
    cased=True,
)
_BARE = expression(
    r"(?<![\w$#./:+,-])(?<!\d )(?P<h>[01]\d|2[0-4])(?P<m>[0-5]\d)(?!(?!h\b|hrs\b|(?-i:[ZLz])\b)[\w%]|/(?!(?:[01]\d|2[0-3])[0-5]\d(?![\d/.]))|:(?!\s)|[.,]\d|-\d(?!\d{3}(?![\d-])))(?:[^\S\n]?(?P<unit>hours|hrs?|h|z|l)\b(?![\x27’])\.?)?",
)
_BARE_AFTER_DASH = expression(
    r"(?:(?<=\d{4}[-–—])(?<!-\d{4}[-–—])|(?<=\d{4}h[-–—])|(?<=\d{4}\sh[-–—])|(?<=\d{4}hrs[-–—])|(?<=\d{4}\shrs[-–—])|(?<=\d{4}\shours[-–—])|(?<=[ \t:][01]\d[0-5]\d/))(?P<h>[01]\d|2[0-4])(?P<m>[0-5]\d)(?!(?!h\b|hrs\b)[\w%/-]|:(?!\s)|[.,]\d)(?:[^\S\n]?(?P<unit>hours|hrs?|h)\b\.?)?",
)
_BARE_AFTER_DATE = expression(
    r"(?:(?<=\d[/.-]\d\d )|(?<=\d[/.-]\d{4} )|(?<=\d[/.-]\d\d, )|(?<=\d[/.-]\d{4}, )|(?<=[a-z][ -]\d{4} )|(?<=[a-z][ -]\d{4}, )|(?<=[a-z] \d, \d{4} )|(?<=[a-z] \d\d, \d{4} )"
    r"|(?<=\d[a-z]{3}\d{4}[ /])|(?<=\d[a-z]{3}\d\d[ /])|(?<=\d[/-][a-z]{3}[/-]\d\d )|(?<=[12][09]\d\d[01]\d[0-3]\d ))"
    r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?!(?!h\b|hrs\b)[\w%/:-]|[.,]\d)(?:[^\S\n]?(?P<unit>hours|hrs?|h)\b\.?)?",
)
"""Four figures behind a date: '05/11/26 0930', '11 May 2026 1640', '14APR2026 0721'."""
_BARE_SHORT = expression(
    r"(?<![\w$#./:+,-])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)[-–—](?P<last>[0-5]\d)(?![\d:.,/%-]\d|[\d%]|\s?(?:min|mA|mV|ms|y\b|yo))",
    cased=True,
)
"""'0845-58': the end names its minutes only."""
_BARE_RANGE = expression(r"(?<![\w$#./:+,-])[01]\d[0-5]\d\s?[-–—]\s?[012]\d[0-5]\d(?![\w%/:-])\s*(?=[A-Za-z;,.)])", cased=True)
_GLUED = expression(r"(?:(?<![\w.+-])|(?<=\dh\d\d[-–—]))(?P<h>[01]?\d|2[0-3])h(?P<m>[0-5]\d)(?:m|m?[0-5]\ds?)?(?!\w)")
_STAMP_DAY = r"(?:19[3-9]|20[0-3])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_STAMP = expression(rf"(?<![\w.-]){_STAMP_DAY}T?(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?P<s>[0-5]\d)?Z?(?![\w.-])")
"""Date and clock time without marks between, as interfaces send them: '202403280705', '20240328T070512'."""
_BARE_MERIDIEM = expression(r"(?<![\w.:])(?P<h>0?[1-9]|1[0-2])(?P<m>[0-5]\d)?(?<!\d{5})\s?(?P<mer>[ap])\.?\s?m\b\.?")
_WORD = expression(r"(?<!\w)(?:12 )?(?P<word>noon|midnight)\b")
_PREPOSITION = re.compile(
    r"(?:\b(?:at|from|until|till|til|to|by|since|between|and|around|about|approximately|approx\.?|through|thru|before|after|@|on at|hours?|time)|[-–—>→@(=:|\t])\s*(?:about |around |approximately |~)?$",
    re.I,
)


def _clock(match: re.Match[str], style: str) -> Clock | None:
    groups = match.groupdict()
    hour, minute = int(groups["h"]), int(groups.get("m") or 0)
    mer = (groups.get("mer") or groups.get("glued") or "").lower() or None
    if hour == 24:
        if minute:
            return None
        hour = 0
    if mer:
        if hour > 12:
            mer = None
        else:
            hour = hour % 12 + (12 if mer == "p" else 0)
    elif style in ("bare", "glued") or groups.get("unit") or hour >= 13 or groups["h"].startswith("0"):
        mer = "24"
    return Clock(match.start("h"), match.end(), hour * 60 + minute, mer, style)


def find_clocks(text: str) -> tuple[Clock, ...]:
    """Every clock time in the text, in order; see the module's first lines for what is left out."""
    found = {
        start: Clock(start, end, minute, meridiem, "spoken")
        for start, end, minute, meridiem in (*find_spoken(text), *find_dictated(text), *spaced_clocks(text))
    }

    taken = {at for clock in found.values() for at in range(clock.start, clock.end)}

    def add(clock: Clock | None) -> None:
        if clock and taken.isdisjoint(range(clock.start, clock.end)):
            found[clock.start] = clock
            taken.update(range(clock.start, clock.end))

    def take(pattern: Expression, style: str) -> None:
        for match in pattern.finditer(text):
            add(_clock(match, style))

    take(_STAMP, "glued")
    take(_COLON, "colon")
    for match in _COLON_AFTER_DASH.finditer(text):
        if not _OFFSET.search(text[max(0, match.start() - 28) : match.end()]):
            add(_clock(match, "colon"))
    take(_GLUED, "glued")
    take(_BARE_MERIDIEM, "word")
    for match in _BARE_AFTER_DATE.finditer(text):
        if not _MEASURE.match(text[match.end() : match.end() + 8]):
            add(_clock(match, "bare"))
    colons = sum(1 for clock in found.values() if clock.style != "bare")
    bare = list(_BARE.finditer(text)) + list(_BARE_AFTER_DASH.finditer(text))
    leading = sum(1 for m in bare if _leads(text, m.start()) or _fills_cell(text, m.start(), m.end()))
    leading += _entries_in_a_line(text, bare)
    prepositioned = sum(1 for m in bare if _PREPOSITION.search(text[max(0, m.start() - 24) : m.start()]))
    ranges = sum(1 for m in _BARE_RANGE.finditer(text))
    # 'Start 0918. Stop 1203.' shows how the figures of a record are meant that writes no time with a colon.
    coupled = 0 if colons else sum(1 for m in bare if not _leads(text, m.start()) and _coupled(text, m))
    placed = leading + prepositioned + ranges + coupled
    bare_style = (placed >= 3 and placed > colons / 2) or leading >= 3
    for match in bare:
        if _plausible_bare(text, match, bare_style):
            add(_clock(match, "bare"))
    for match in _BARE_SHORT.finditer(text) if bare_style else ():
        if int(match["last"]) > int(match["m"]) and taken.isdisjoint(range(*match.span())):
            hour = int(match["h"]) * 60
            add(Clock(match.start(), match.end("m"), hour + int(match["m"]), "24", "bare"))
            add(Clock(match.start("last"), match.end(), hour + int(match["last"]), "24", "bare"))
    dotted = list(_DOTTED.finditer(text))
    strong = sum(1 for m in dotted if _dotted_context(text, m))
    if strong < 2 and not colons and not bare_style:
        strong = max(_dotted_cells(text, dotted), _dotted_ranges(text, dotted))
    lengths = colons >= sum(1 for m in dotted if m["unit"])  # '4.25 h' beside '07:55'
    told = _dotted_told(text, dotted)
    for match in dotted:
        if (
            match["mer"]
            or match.start() in told
            or (match["unit"] and not lengths)
            or _DOTTED_HOURS.match(text, match.end())
            or (strong >= 2 and (colons < strong or _leads(text, match.start())))
        ):
            add(_clock(match, "dotted"))
    for start, end, minute in styled_clocks(text, colons):
        add(Clock(start, end, minute, None if end - start == _THREE else "24", "styled"))
    for match in _WORD.finditer(text):
        minute = NOON if match["word"].lower() == "noon" else 0
        if _PASSED.search(text, max(0, match.start() - 40), match.start()):
            continue
        if not re.match(r"\s+(?:dose|meal|shift)", text[match.end() : match.end() + 12], re.I):
            found.setdefault(match.start(), Clock(match.start(), match.end(), minute, "24", "word"))
    return tuple(found[key] for key in sorted(found))


_THREE = 3
"""Figures of a time without a zero before it, '730', which may be of either half of the day."""
_PASSED = re.compile(
    r"\b(?:past|over|across|beyond|(?:went|ran|running|continu\w+|carried|on|lasted|case)\s+(?:\w+\s+)?through)\s+$", re.I
)
"""'went on through midnight' is no time at which anything was over."""


_FULL_STOP = re.compile(r"[a-z)]\.\s$")
_SPOKEN_OF = re.compile(r"\s+[a-z]")
_FEWEST_ENTRIES = 3


def _entries_in_a_line(text: str, bare: list[re.Match[str]]) -> int:
    """How many bare figures begin what was entered then, one behind the other's full stop: '0740 done. 0742 bl's. 0800 monitoring.'"""
    found = [m for m in bare if _SPOKEN_OF.match(text, m.end()) and _FULL_STOP.search(text, max(0, m.start() - 3), m.start())]
    return len(found) if len(found) >= _FEWEST_ENTRIES else 0


def _leads(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n" or text[max(0, at - 2) : at] in ("\n[", "\n(")


def _fills_cell(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    return before in "\t\n" and after in "\t\n"


_OF_TIMES = re.compile(
    r"(?:^|[\t\n])[ \t]*(?:(?:time\s+)?(?:from|start\w*|begin\w*|began|on|in)(?:\s+time)?|times?|clock(?:\s+time)?|when|at|from\s*[-–—/]\s*to|interval|hours)[ \t]*(?=[\t\n])",
    re.I,
)
"""A heading over clock times."""
_FEWEST_CELLS = 4


def _dotted_cells(text: str, dotted: list[re.Match[str]]) -> int:
    """How many dotted figures fill cells as clock times do, in a document that writes none otherwise and heads a column of times."""
    filled = [m for m in dotted if _fills_cell(text, m.start(), m.end()) or _DOTTED_PARTNER.match(text, m.end())]
    return len(filled) if len(filled) >= _FEWEST_CELLS and _OF_TIMES.search(text) else 0


def _dotted_told(text: str, dotted: list[re.Match[str]]) -> set[int]:
    """Where dotted figures with 'hrs' are told as clock times, whatever else the record writes: 'from 13.56 hrs to 14.55 hrs'."""
    told: set[int] = set()
    before: re.Match[str] | None = None
    for match in dotted:
        if match["unit"] and _ELAPSED.match(text, match.end()) is None:
            partner = before is not None and before.start() in told and _UP_TO.fullmatch(text, before.end(), match.start())
            if partner or (_TWO.match(match["h"]) and _AT.search(text, max(0, match.start() - 12), match.start())):
                told.add(match.start())
        before = match
    return told


_TWO = re.compile(r"\d\d")
_AT = re.compile(r"\b(?:at|from|until|till|between|since)\s+$", re.I)
_UP_TO = re.compile(r"\s?(?:[-–—]|to|until|till|and)\s?", re.I)
_ELAPSED = re.compile(r"\s*(?:after|into|in(?:to)?|later|of|before|past|long|total)\b", re.I)
"""What stands behind a length: 'at 10.25 hrs into the case'."""


def _dotted_ranges(text: str, dotted: list[re.Match[str]]) -> int:
    """How many dotted figures begin a range that runs on from the one before: 'Needles 10.02-10.15. Baseline 10.17-10.20. ...'."""
    ranges = [m for m in dotted if not m["unit"] and _DOTTED_PARTNER.match(text, m.end())]
    ends = [(_minutes(m), _minutes(other)) for m in ranges if (other := _DOTTED.match(text, _second(text, m)))]
    rising = all(low < high for low, high in ends) and all(one[1] <= other[0] for one, other in pairwise(ends))
    return len(ends) if len(ends) >= _FEWEST_RANGES and rising else 0


_FEWEST_RANGES = 3


def _second(text: str, match: re.Match[str]) -> int:
    """Where the second figure of a range begins."""
    return next((at for at in range(match.end(), match.end() + 8) if text[at : at + 1].isdigit()), match.end())


def _minutes(match: re.Match[str]) -> int:
    return int(match["h"]) * 60 + int(match["m"])


_DOTTED_PARTNER = re.compile(r"\s?(?:[-–—]|to|until|till)\s?(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d|\.\d)", re.I)


_DOTTED_HOURS = re.compile(_DOTTED_PARTNER.pattern + r"\s?(?:hours|hrs?|h|[ap]\.?m)\b", re.I)
"""'07.25-07.36 h': the unit is of both."""


def _dotted_context(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    return _leads(text, match.start()) or bool(
        re.search(r"\b(?:at|from|until|till|between|by|since|incision|closed|time|recovery|start|end)\s+$", before, re.I)
    )


_YEARISH = re.compile(
    r"(?:\b(?:in|of|since|year|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\.?,?\s*|\d(?:st|nd|rd|th)?,\s*)$",
    re.I,
)
_MEASURE = re.compile(
    r"\s?(?:m[AVLg]\b|(?-i:ms)\b|ml\b|mcg|mg|g\b|cc\b|hz|volts?\b|v\b|ohm|kohm|units?\b|ebl|mm|cm|µ|u[vV]\b|sq|x\ ?\d|patients|cases)",
    re.I,
)


_TO = r"\s?(?:[-–—]|/|(?:and\s|straight\s|right\s|all\sthe\sway\s|up\s)?(?:to|until|till?|thru|through)(?:\sto)?)\s?"
_PARTNER_BEFORE = re.compile(
    rf"(?<!\d)(?P<at>(?:[01]\d|2[0-3])[0-5]\d)(?:\s?hrs?|\s?hours)?(?:{_TO}|(?:(?<=hours of \d{{4}})|(?<=between \d{{4}}))\sand\s)$",
    re.I,
)
_PARTNER_BEHIND = re.compile(rf"(?:\s?hrs?|\s?hours)?(?:{_TO}|\sand\s(?=\d{{4}}\b))(?P<at>(?:[01]\d|2[0-3])[0-5]\d)(?!\d)", re.I)
"""The other end of a range in four figures."""


def _plausible_bare(text: str, match: re.Match[str], bare_style: bool) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    if match["unit"]:
        return True
    if _MEASURE.match(text[match.end() : match.end() + 8]):
        return False
    value = int(match["h"] + match["m"])
    partner = _PARTNER_BEFORE.search(before) or _PARTNER_BEHIND.match(text[match.end() : match.end() + 28])
    if partner and bare_style and _fills_cell(text, *_both(match, partner, before)):
        return True
    if partner and not (1900 <= value <= 2059 and 1900 <= int(partner["at"]) <= 2059):
        numbered = "clock.numbered-year" if 1900 <= value <= 2059 else "clock.numbered"
        return vocabulary().regex(numbered).search(before) is None
    lead = _leads(text, match.start())
    fills = _fills_cell(text, match.start(), match.end())
    if 1900 <= value <= 2059 and not lead and not (fills and bare_style):
        return (
            bare_style
            and bool(re.search(r"\b(?:at|from|until|till|by|to|since|after|before|@)\s+$", before, re.I))
            and not _YEARISH.search(before)
        )
    if fills and not lead and vocabulary().regex("clock.labelled").search(before) is not None:
        return True  # 'Monitoring begin | 0758 | Monitoring end | 1240' above a log with times to the second
    if lead or fills:
        return bare_style or lead
    if not bare_style and _coupled(text, match):
        return True
    if not bare_style and match["h"][0] != "0":
        return bool(
            re.search(
                r"\b(?:at|until|till|since|from)\s+$|\b(?:monitoring|ionm|iom|start|stop|end)\s?[:.=]+[\s.]*$", before, re.I
            )
        ) and bool(re.search(r"\b(?:0\d|1\d)[0-5]\d\b", text))
    if _PREPOSITION.search(before):
        return True
    behind_slash = _BEHIND_SLASH.search(before) is not None and _SPOKEN_OF.match(text, match.end()) is not None
    return bare_style and (behind_slash or bool(re.search(r"[A-Za-z;,.:)]\s$", before)))


_BEHIND_SLASH = re.compile(r"[A-Za-z)]\s/{1,2}\s$")
"""'1140 leads off / 1146 finished': a slash between two entries of a line."""


_COME = r"(?:start(?:ed)?|beg[aiu]n|on|in|arrived|joined|connected|opened|entered|attached)(?:[^\S\n]?\([^()\n]{1,16}\))?[^\S\n]*[:=]?[^\S\n]*"
_GO = r"(?:end(?:ed)?|stop(?:ped)?|finish(?:ed)?|off|out|left|departed|disconnected|closed|exited|detached)(?:[^\S\n]?\([^()\n]{1,16}\))?[^\S\n]*[:=]?[^\S\n]*"
_FIGURES = r"(?<!\d)(?:0\d|1\d|2[0-3])[0-5]\d(?!\d)"
_BETWEEN_COUPLED = r"[^\S\n]*[\n;,/|.]?[^\S\n]*(?:\w+[^\S\n]+){0,3}?"
_GONE = re.compile(rf"\b{_COME}{_FIGURES}{_BETWEEN_COUPLED}{_GO}$", re.I)
_CAME = re.compile(rf"\b{_COME}$", re.I)
_THEN_GONE = re.compile(rf"{_BETWEEN_COUPLED}{_GO}{_FIGURES}", re.I)
_COUPLE = 80


def _coupled(text: str, match: re.Match[str]) -> bool:
    """Whether figures are one of two times behind words of coming and going: 'In: 0820 Out: 1145', 'arrived 0812, departed 1151'."""
    before = text[max(0, match.start() - _COUPLE) : match.start()]
    if _GONE.search(before):
        return True
    return _CAME.search(before) is not None and _THEN_GONE.match(text, match.end()) is not None


def _both(match: re.Match[str], partner: re.Match[str], before: str) -> tuple[int, int]:
    """Where a range of two times in four figures begins and ends."""
    if partner.re is _PARTNER_BEFORE:
        return match.start() - len(before) + partner.start(), match.end()
    return match.start(), match.end() + partner.end()
