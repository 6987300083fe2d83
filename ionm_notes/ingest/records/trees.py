"""Tells what the leaves of an export of paths are for, and sets them out as rows.

An interval has its name, start and end in one row, a label its value, an object its fields; sentences stand alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ionm_notes.ingest.records.leaves import Leaf, Path, Tree, tree_of
from ionm_notes.ingest.records.styles import Part

_HUMPS = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\s._/:=-]+")
_FILLING = re.compile(
    r"times?|at|ts|date|dt|stamp|timestamp|datetime|hour|clock|local|actual|effective|performed|period|value|when|point"
)
"""Words of a key beside the end of an interval that it names."""
_ENDS = {
    "start": re.compile(r"beg[aiu]ns?|beginning|start(?:s|ed)?|commence[sd]?|commencement|onset|initiated|t0"),
    "end": re.compile(
        r"end(?:s|ed|ing)?|stop(?:s|ped)?|finish(?:ed|es)?|conclude[sd]?|conclusion|completed|terminated|ceased|t1"
    ),
}
_LOOSE = {
    "start": re.compile(r"from|since|in|on|opened|opens?|entered|joined|log[io]n|lower|low"),
    "end": re.compile(r"to|until|till|thru|through|out|off|closed|closes?|left|exited|log(?:out|off)|upper|high"),
}
"""Words that are ends of an interval where there are both: 'signed.on' began nothing."""
_NAMES = re.compile(
    r"name|label|title|phase|kind|type|what|desc(?:ription)?|display|activity|event|segment|stage|item|field|key|parameter|code|text"
    r"|interval|category|study|modality|test|exam(?:ination)?|role|function|duty|task|action"
)
_TERMINAL = re.compile(r"text|display|value(?:string|text|codeableconcept)?|code|actor|coding|content")
_PERIODS = re.compile(r"(?:effective|performed)?period|times?|interval|span|hours|window|range|clock")
_GENERIC = re.compile(
    r"(?:full_?)?name|id|identifier|date|time|type|class|period|by|at|on|number|no|birth_?date|dob|role|mrn|status|first|last"
)
"""Keys that say nothing without the one before them: `patient.name`."""
_CONTAINERS = re.compile(
    r"case|report|doc(?:ument)?|head(?:er)?|general|root|data|info|details|staff|team|people|personnel|participants|encounter|bundle"
    r"|observation|composition|times|phases|segments|intervals|timeline|record|session|export|main|common|fields|form|procedure"
    r"|servicerequest|diagnosticreport|claim|visit|summary|findings"
)
"""Keys that only hold others together."""
_SENTENCES = re.compile(r"text|remarks?|notes?|comments?|statements?|lines?|p|para(?:graph)?|sentence|conclusion|message")
_OF_PATIENT = re.compile(r"patient|pt|case|or|room|wheels", re.I)
"""Whose coming in and going out is no interval of anybody's work."""
_BESIDE = re.compile(
    r"site|position|electrode|side|lateral|muscle|nerve|stimul|record|status|result|respon|region|limb|channel|montage", re.I
)
"""Keys of what belongs to a study."""
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d\d|\b\d{12,14}\b|T\d{4}|^(?:[01]\d|2[0-3])[0-5]\d\b|\b\d{1,2}\s?[ap]\.?m\b|\bnoon\b|\bmidnight\b", re.I
)
_ZONE = re.compile(r"(?<=:\d\d)(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?$")
_ON_A_DAY = re.compile(r"(?<=\w)\.?,?\s+on\s+\S.*$")
_LONGEST = 48
"""Characters of the longest time with its day."""
_OBJECT = 120
"""Characters of the longest field of an object; a sentence is longer."""
_FIELDS = 6
"""Fields of an object at most."""
_WORDS = 5
"""Words of a sentence, where a key comes again and again."""


@dataclass(frozen=True, slots=True)
class Set:
    """Leaves that make one row, the text of the lines over which they stand, and the parts of the row in their places."""

    first: int
    last: int
    text: str
    parts: tuple[Part, ...]
    prose: bool


def sets_of(raw: Sequence[str]) -> tuple[list[Set], frozenset[int]]:
    """The rows of a page that is an export of paths, and the lines that only serve it; nothing where the page is none."""
    tree = tree_of(raw)
    if tree is None:
        return [], frozenset()
    found = _Setter(raw, tree).all()
    return (found, tree.serving) if any(one.last > one.first or len(one.parts) > 2 for one in found) else ([], frozenset())


class _Setter:
    """Sets out the leaves of one page."""

    def __init__(self, raw: Sequence[str], tree: Tree) -> None:
        self.raw = raw
        self.leaves = tree.leaves
        self.often = Counter(_names_of(_trimmed(leaf.path)) for leaf in tree.leaves if not leaf.heading)

    def all(self) -> list[Set]:
        """Every row, in order."""
        out: list[Set] = []
        heading: Leaf | None = None
        for (_, is_heading), group in groupby(self.leaves, key=lambda leaf: (_home(leaf), leaf.heading)):
            run = list(group)
            if is_heading:
                out += [self._alone(heading)] if heading else []
                out += [self._alone(leaf) for leaf in run[:-1]]
                heading = run[-1]
                continue
            own = heading if heading is not None and _same(heading.path, run[0].path[:-1]) else None
            if heading is not None and own is None:
                out.append(self._alone(heading))
            out += self._run(run, own)
            heading = None
        return out + ([self._alone(heading)] if heading else [])

    def _run(self, run: list[Leaf], heading: Leaf | None) -> list[Set]:
        """The rows of leaves of one parent."""
        ends = _ends_of(run)
        if any(ends):
            return self._intervals(run, ends, heading)
        if _is_object(run) and _is_name(run[0]):
            return [self._row([self._value(leaf) for leaf in run])]
        if heading is not None and len(run) <= _FIELDS and all(_BESIDE.search(_last(leaf)) for leaf in run):
            return [self._row([self._value(heading), *map(self._value, run)])]
        before = [self._alone(heading)] if heading is not None else []
        return before + [self._alone(leaf) for leaf in run]

    def _intervals(self, run: list[Leaf], ends: list[str], heading: Leaf | None) -> list[Set]:
        """The rows of a parent of which some leaves are the ends of an interval."""
        stretches = _stretches(ends)
        first, last = stretches[0][0], stretches[0][-1]
        only = len(stretches) == 1
        beside = [n for n in (first - 1, last + 1, *range(len(run))) if 0 <= n < len(run) and not ends[n] and _is_name(run[n])]
        name = (
            beside[0] if only and beside and (abs(beside[0] - first) == 1 or beside[0] == last + 1 or _is_object(run)) else None
        )
        shown = [self._alone(heading)] if heading is not None and name is not None else []
        if name is not None and _is_object(run):
            others = [leaf for n, leaf in enumerate(run) if not ends[n] and n != name and not leaf.part.text.isdigit()]
            row = self._interval([run[n] for n in stretches[0]], [ends[n] for n in stretches[0]], self._value(run[name]), others)
            return [*shown, row]
        named = self._value(run[name]) if name is not None else None
        for n, leaf in enumerate(run):
            stretch = next((one for one in stretches if one[0] == n), None)
            if stretch is not None:
                whose = named or self._name(leaf, heading)
                shown.append(self._interval([run[k] for k in stretch], [ends[k] for k in stretch], whose, []))
            elif not ends[n] and n != name:
                shown.append(self._alone(leaf))
        return shown

    def _name(self, leaf: Leaf, heading: Leaf | None) -> tuple[int, Part]:
        """The name of an interval from the path of its ends, in the place where the path names it."""
        if heading is not None:
            return self._value(heading)
        keys = [key for key in _parent(leaf.path) if key.name]
        if not keys:
            return leaf.line, Part("", "", leaf.part.low, leaf.part.low)
        low, high, text = _label(tuple(keys), leaf)
        return leaf.line, Part("", text, low, high)

    def _interval(self, leaves: list[Leaf], ends: list[str], name: tuple[int, Part], others: list[Leaf]) -> Set:
        """The row of an interval; of one with a single end the name says which."""
        if len(leaves) == 1:
            line, part = name
            name = line, Part("", f"{part.text} {ends[0]}", part.low, part.high)
        placed = [name, *map(self._time, leaves), *map(self._value, others)]
        return self._row(sorted(placed, key=lambda place: (place[0], place[1].low)))

    def _alone(self, leaf: Leaf) -> Set:
        """The row of a leaf by itself: its label and value, or the sentence or heading that it is."""
        if leaf.heading:
            return self._row([self._value(leaf)], prose=True)
        path = _trimmed(leaf.path)
        key = path[-1] if path else None
        words = leaf.part.text.split()
        if key is None or not key.name or key.line != leaf.line or not _names_of(path):
            return self._row([self._value(leaf)], prose=True)
        name = key.name.lower()
        if _SENTENCES.fullmatch(name) or (len(words) >= _WORDS and self.often[_names_of(path)] > 1):
            return self._row([self._value(leaf)], prose=True)
        low, high, text = _label(path, leaf)
        return self._row([(leaf.line, Part("", text, low, high)), self._value(leaf)])

    def _value(self, leaf: Leaf) -> tuple[int, Part]:
        text = _plain(leaf.part.text) if leaf.heading else leaf.part.text
        return leaf.line, Part("", text, leaf.part.low, leaf.part.high)

    def _time(self, leaf: Leaf) -> tuple[int, Part]:
        return leaf.line, of_clock(leaf.part)

    def _row(self, placed: list[tuple[int, Part]], prose: bool = False) -> Set:
        first, last = min(line for line, _ in placed), max(line for line, _ in placed)
        text = "\n".join(self.raw[first : last + 1])
        parts = []
        for line, part in placed:
            begin = sum(len(one) + 1 for one in self.raw[first:line])
            parts.append(Part("", part.text, begin + part.low, begin + part.high))
        return Set(first, last, text, tuple(parts), prose)


def _is_name(leaf: Leaf) -> bool:
    return _NAMES.fullmatch(_last(leaf).lower()) is not None and not leaf.part.text.isdigit()


def _is_object(run: Sequence[Leaf]) -> bool:
    """Whether leaves are the few short fields of an item of a list."""
    item = run[0].path[-2] if len(run[0].path) > 1 else None
    return (
        item is not None and item.index >= 0 and 1 < len(run) <= _FIELDS and all(len(leaf.part.text) <= _OBJECT for leaf in run)
    )


def _stretches(ends: Sequence[str]) -> list[list[int]]:
    """Places of a start with the end behind it, and of ends without a partner."""
    out: list[list[int]] = []
    for n, end in enumerate(ends):
        if not end:
            continue
        if out and out[-1] == [n - 1] and (ends[n - 1], end) == ("start", "end"):
            out[-1].append(n)
        else:
            out.append([n])
    return out


def words_of_key(key: str) -> list[str]:
    """The words of a name as a program writes it, in small letters: 'mon_from', 'blStart' and 'strip.t1' are of two."""
    return [word.lower() for word in _HUMPS.split(key) if word]


def _plain(name: str) -> str:
    """A key as words."""
    if " " in name:
        return " ".join(name.split())
    return " ".join(word for word in _HUMPS.split(name) if word)


def _label(path: Path, leaf: Leaf) -> tuple[int, int, str]:
    """Where the last key of a path stands in the line of a leaf, and what it is called: with the key before it if it needs one.

    'reader.online' is the reader's; 'case.surgeon' needs no case, and `name` below `patient` is the patient's.
    """
    key, before = path[-1], path[-2] if len(path) > 1 else None
    here = key.line == leaf.line
    low, high = (key.low, key.high) if here else (leaf.part.low, leaf.part.low)
    text = _plain(key.name)
    words = text.lower().split()
    if before is None or not before.name or key.index >= 0:
        return low, high, text
    bare = all(_GENERIC.fullmatch(word) or _end_of(word) for word in words) or _GENERIC.fullmatch(key.name.lower()) is not None
    beside = before.line == key.line
    if bare or (beside and len(words) == 1 and not _CONTAINERS.fullmatch(before.name.lower())):
        return before.low if here and beside else low, high, f"{_plain(before.name)} {text}"
    return low, high, text


def _last(leaf: Leaf) -> str:
    path = _trimmed(leaf.path)
    return path[-1].name if path else ""


def _trimmed(path: Path) -> Path:
    """A path without the words at its end that only say that a value follows."""
    while (
        len(path) > 1 and _TERMINAL.fullmatch(path[-1].name.lower()) and any(key.name for key in path[:-1]) and path[-2].index < 0
    ):
        path = path[:-1]
    while len(path) > 2 and _TERMINAL.fullmatch(path[-1].name.lower()) and path[-2].index >= 0 and path[-2].name:
        path = path[:-1]
    return path


def _end(leaf: Leaf) -> str:
    """The end of an interval that the key of a clock time names, or nothing."""
    if leaf.heading or not leaf.path or len(leaf.part.text) > _LONGEST or _CLOCK.search(leaf.part.text) is None:
        return ""
    words = [word for word in words_of_key(leaf.path[-1].name) if not _FILLING.fullmatch(word)]
    return _end_of(words[0]) if len(words) == 1 and _parent(leaf.path) else ""


def _ends_of(run: Sequence[Leaf]) -> list[str]:
    """The ends that leaves of one parent name; a loose word such as 'on' names one only where the other end stands beside it."""
    ends = [_end(leaf) for leaf in run]
    loose = [bool(end) and _loose(leaf) for leaf, end in zip(run, ends, strict=True)]
    named = next((key.name for key in reversed(_parent(run[0].path)) if key.name), "")
    if any(loose) and (set(ends) - {""} != {"start", "end"} or _OF_PATIENT.fullmatch(named)):
        return ["" if free else end for end, free in zip(ends, loose, strict=True)]
    return ends


def of_clock(part: Part) -> Part:
    """A clock time without parts of a second, its zone, and a day behind it: an end before its start is of the next day."""
    return Part("", _ON_A_DAY.sub("", _ZONE.sub("", part.text)), part.low, part.high)


def end_named(name: str) -> tuple[str, str]:
    """What a name such as 'monitoring_start' says begins or ends, and which of it; nothing for other names."""
    words = [word for word in words_of_key(name) if not _FILLING.fullmatch(word)]
    end = _end_of(words[-1]) if len(words) > 1 else ""
    return (" ".join(words[:-1]), end) if end else ("", "")


def _end_of(word: str) -> str:
    return next((end for table in (_ENDS, _LOOSE) for end, words in table.items() if words.fullmatch(word)), "")


def _loose(leaf: Leaf) -> bool:
    words = [word for word in words_of_key(leaf.path[-1].name) if not _FILLING.fullmatch(word)]
    return not any(words_.fullmatch(words[0]) for words_ in _ENDS.values())


def _parent(path: Path) -> Path:
    """The path of what an end belongs to."""
    path = path[:-1]
    while len(path) > 1 and _PERIODS.fullmatch(path[-1].name.lower()) and path[-1].index < 0:
        path = path[:-1]
    return path


def _home(leaf: Leaf) -> tuple[tuple[str, int], ...]:
    """What tells the parent of a leaf from others."""
    path = leaf.path[:-1] if leaf.heading else _parent(leaf.path)
    return tuple((key.name.lower(), key.index) for key in path)


def _same(one: Path, other: Path) -> bool:
    return [(key.name, key.index, key.line) for key in one] == [(key.name, key.index, key.line) for key in other]


def _names_of(path: Path) -> tuple[str, ...]:
    """The words of a path without the numbers of items; empty for an item of a list."""
    return tuple(key.name.lower() for key in path if key.name) if path and path[-1].name else ()
