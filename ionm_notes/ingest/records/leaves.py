"""Takes exports apart whose values hang on paths of keys: `INTERVAL.1.BEGIN=...`, indented trees, JSON and XML over many lines.

Each value is a leaf with its path; what the leaves are for is told by `trees.py`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ionm_notes.ingest.records.styles import Part, end_of, json_object

_FEWEST = 8
"""Lines that an export has at least."""
_LEVELS = 3
"""Depths of indentation that show a tree; a heading over indented lines has two."""


@dataclass(frozen=True, slots=True)
class Key:
    """A word of a path, with its place in the line that names it; `index` tells the items of a list apart and has no place."""

    name: str
    line: int = -1
    low: int = 0
    high: int = 0
    index: int = -1


Path = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value at the end of a path; its place is in the line `line`. A heading has no value of its own."""

    line: int
    path: Path
    part: Part
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """The leaves of a page in their order, and the lines that only serve to hold them."""

    leaves: tuple[Leaf, ...]
    serving: frozenset[int]
    lines: int


def tree_of(raw: Sequence[str]) -> Tree | None:
    """The leaves of a page that is an export of paths, or None."""
    filled = [line.strip() for line in raw if line.strip()]
    if len(filled) < _FEWEST:
        return None
    if filled[0][0] in "{[" and len(filled[0]) < 3:
        return _braces(raw)
    if filled[0].startswith("<"):
        return _elements(raw)
    if sum("=" in line or " -> " in line or " => " in line or ": " in line for line in filled) > 0.5 * len(filled):
        return _paths(raw) or _indented(raw)
    return None


# ---- `PATH.OF.KEYS = value`

_WORD = r"[A-Za-z0-9][\w'&-]*(?:\[[^\]]*\])?"
_ARROW = r"(?:=>|->|=|(?<=\S):(?=\s))"
_KEYED = re.compile(
    rf"\s*(?P<path>/?(?=[A-Za-z]){_WORD}(?:[./:]{_WORD})*(?:\s?\([^)=]*\))?)\s*(?P<mark>{_ARROW})\s*(?P<value>\S.*)"
)
_NAMED = re.compile(r"\s*(?P<path>[A-Za-z][^=\[\]]{0,70}?)(?P<mark>=)(?P<value>\S.*)")
"""`Name of the field=value`, as files of settings write it."""
_SECTION = re.compile(r"\s*\[(?P<item>\[)?(?P<name>[A-Za-z][\w .-]*)\]\]?\s*")
_REMARK = re.compile(r"\s*(?:[;#]|//)")
_ENTRY = re.compile(r"\s*\d{1,2}[:.h]?\d\d")
"""An entry of a log among the keys, led by its time."""
_STEP = re.compile(r"(?P<word>[^./:\[\]]+)(?:\[(?P<inner>[^\]]*)\])?[./:]?")
_DOTTED = re.compile(r"(?P<word>[^.:\[\]]+)(?:\[(?P<inner>[^\]]*)\])?[.:]?")
_INNER = re.compile(r"[\w.]+\s*=\s*[\"']?(?P<name>[^\"']+)[\"']?")
_NUMBERED = re.compile(r"(?P<stem>[A-Za-z][A-Za-z_ ]*?)_?(?P<number>\d+)(?:_+(?P<rest>[A-Za-z]\w*)|(?P<hump>[A-Z][a-z]\w*))?")


def _paths(raw: Sequence[str]) -> Tree | None:
    found: dict[int, re.Match[str]] = {}
    sections = sum(_SECTION.fullmatch(line) is not None for line in raw)
    content = 0
    under: Path = ()
    above: dict[int, Path] = {}
    for number, line in enumerate(raw):
        if (section := _SECTION.fullmatch(line)) is not None:
            under = tuple(_steps(section["name"], number, section.start("name")))
            under += (Key("", index=number),) if section["item"] else ()
        if not line.strip() or section is not None or _REMARK.match(line) or _ENTRY.match(line):
            continue
        content += 1
        match = _KEYED.match(line) or (_NAMED.match(line) if sections else None)
        if match is not None:
            found[number], above[number] = match, under
    stepped = sum(
        any(mark in match["path"] for mark in "._/[") or match["path"][-1].isdigit() or any(key.index >= 0 for key in above[n])
        for n, match in found.items()
    )
    if len(found) < _FEWEST or len(found) < 0.8 * content or stepped < max(4, 0.4 * len(found)):
        return None
    return Tree(tuple(_leaf_of_path(raw[n], n, match, above[n]) for n, match in found.items()), frozenset(), content)


def _leaf_of_path(line: str, number: int, match: re.Match[str], above: Path) -> Leaf:
    low, high = match.span("value")
    high = max(low + 1, min(high, end_of(line, commas=False)))
    if high - low > 1 and line[low] == line[high - 1] and line[low] in "\"'":
        low, high = low + 1, high - 1
    return Leaf(number, (*above, *_steps(match["path"], number, match.start("path"))), _part(line, low, high))


def _steps(path: str, line: int, at: int) -> Iterator[Key]:
    for step in (_STEP if path.startswith("/") else _DOTTED).finditer(path):
        low = at + step.start("word")
        word = step["word"].rstrip()
        numbered = _NUMBERED.fullmatch(word)
        if word.isdigit():
            yield Key("", index=int(word))
        elif numbered is not None:
            yield Key(numbered["stem"], line, low, low + len(numbered["stem"]))
            yield Key("", index=int(numbered["number"]))
            for group in ("rest", "hump"):
                if numbered[group]:
                    yield Key(numbered[group], line, low + numbered.start(group), low + numbered.end(group))
        else:
            yield Key(word, line, low, low + len(word))
        inner = step["inner"]
        if inner is None:
            continue
        named = _INNER.fullmatch(inner)
        if inner.strip().isdigit():
            yield Key("", index=int(inner))
        elif named is not None:
            begin = at + step.start("inner") + named.start("name")
            yield Key(named["name"], line, begin, begin + len(named["name"].rstrip()), index=0)


# ---- trees by indentation

_BRANCH = re.compile(r"(?P<item>-\s+)?(?P<key>[\"']?[A-Za-z][^:]{0,70}?)[\"']?:(?:\s+(?P<value>\S.*))?$")


def _indented(raw: Sequence[str]) -> Tree | None:
    lines = [(n, line, len(line) - len(line.lstrip())) for n, line in enumerate(raw) if line.strip() and line.strip() != "---"]
    if len({indent for _, _, indent in lines}) < _LEVELS or any("\t" in line for _, line, _ in lines):
        return None
    stack: list[tuple[int, Key]] = []
    leaves: list[Leaf] = []
    count = 0
    for at, (number, line, indent) in enumerate(lines):
        deeper = at + 1 < len(lines) and lines[at + 1][2] > indent
        while stack and stack[-1][0] >= indent:
            stack.pop()
        begin, end = indent, max(indent + 1, end_of(line, commas=False))
        match = _BRANCH.match(line[begin:end])
        if line.startswith("- ", begin):
            if match is not None and not deeper and match["value"] and " " in match["key"].strip():
                match = None  # '- Judgment of the reader: all was stable' is a sentence
            count += 1
            stack.append((indent, Key("", index=count)))
            begin += len(line[begin:end]) - len(line[begin + 1 : end].lstrip())
            indent = begin
        path = tuple(key for _, key in stack)
        if match is None:
            key = Key(line[begin:end].strip(), number, begin, end)
            leaves.append(Leaf(number, (*path, key) if deeper else path, _part(line, begin, end), heading=deeper))
            if deeper:
                stack.append((indent, key))
            continue
        low = lines[at][2] + match.start("key")
        key = Key(match["key"].strip("\"'"), number, low, low + len(match["key"]))
        first = lines[at][2] + match.start("value")
        if match["value"] and (inner := _MAP.fullmatch(line, first, end)) is not None:
            members = _MAPPED.finditer(line, *inner.span("members"))
            for member in members:
                inside = Key(member["key"], number, *member.span("key"))
                leaves.append(Leaf(number, (*path, key, inside), _part(line, *_unquoted(line, *member.span("value")))))
        elif match["value"]:
            leaves.append(Leaf(number, (*path, key), _part(line, *_unquoted(line, first, end))))
        else:
            leaves.append(Leaf(number, (*path, key), _part(line, key.low, key.high), heading=True))
        stack.append((indent, key))
    return Tree(tuple(leaves), frozenset(), len(lines))


_MAP = re.compile(r"\{(?P<members>\s*[\"\w ]{1,40}:\s+[^{}]+)\}")
_MAPPED = re.compile(r"[\"\s]*(?P<key>[A-Za-z][\w ]*)\"?:\s+(?P<value>\"[^\"]*\"|[^,]*[^,\s])\s*(?:,\s*|$)")
"""A map in one line: `Setup: {start: 07:05, end: 07:31}`."""

# ---- JSON over many lines

_MEMBER = re.compile(
    r'\s*(?:"(?P<key>(?:[^"\\]|\\.)*)"\s*:\s*)?(?:(?P<open>[\[{])|"(?P<text>(?:[^"\\]|\\.)*)"|(?P<plain>[^\s"\[\]{},][^,]*?))?\s*,?\s*'
)
_CLOSES = re.compile(r"[\]}\s,]+")


def _braces(raw: Sequence[str]) -> Tree | None:
    stack: list[Key] = []
    leaves: list[Leaf] = []
    serving: set[int] = set()
    count = 0
    for number, line in enumerate(raw):
        if not line.strip():
            continue
        if _CLOSES.fullmatch(line):
            for _ in range(line.count("]") + line.count("}")):
                if stack:
                    stack.pop()
            serving.add(number)
            continue
        match = _MEMBER.fullmatch(line)
        count += 1
        if match is None:
            inner = _object(line, number, count)
            if not inner:
                return None
            leaves += [Leaf(number, (*stack, *keys), part) for keys, part in inner]
            continue
        key = Key("", index=count) if match["key"] is None else Key(match["key"], number, *match.span("key"))
        if match["open"]:
            stack.append(key)
            if key.name:
                leaves.append(Leaf(number, tuple(stack), _part(line, key.low, key.high), heading=True))
            else:
                serving.add(number)
        elif match["text"] is not None or match["plain"] is not None:
            group = "text" if match["text"] is not None else "plain"
            part = _part(line, *match.span(group))
            if group == "text":
                try:
                    part = Part("", " ".join(json.loads(f'"{match["text"]}"').split()), part.low, part.high)
                except ValueError:
                    return None
            if part.text and not (group == "plain" and part.text == "null"):
                leaves.append(Leaf(number, (*stack, key), part))
            else:
                serving.add(number)
        else:
            return None
    return Tree(tuple(leaves), frozenset(serving), len(leaves))


_OBJECT = re.compile(r'\s*(?:"(?P<key>[^"\\]*)"\s*:\s*)?(?P<object>\{.*\})\s*,?\s*')


def _object(line: str, number: int, count: int) -> list[tuple[Path, Part]]:
    """The leaves of an object within one line, `"setup": {"begin": "07:05", "end": "07:31"},`."""
    match = _OBJECT.fullmatch(line)
    parts = json_object(" " * match.start("object") + match["object"]) if match else None
    if match is None or not parts:
        return []
    key = Key("", index=count) if match["key"] is None else Key(match["key"], number, *match.span("key"))
    return [((key, Key(part.name, number, part.low, part.low)), replace(part, name="")) for part in parts]


# ---- XML over many lines

_NODE = re.compile(
    r"\s*<(?P<tag>[A-Za-z][\w.:-]*)(?P<given>(?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(?P<shut>/)?>"
    r"(?:(?P<text>[^<>]*\S[^<>]*)</(?P=tag)\s*>|\s*</(?P=tag)\s*>)?\s*"
)
_GIVEN = re.compile(r"(?P<name>[\w.:-]+)\s*=\s*(?P<q>[\"'])(?P<value>.*?)(?P=q)")
_VALUE = re.compile(r"at|time|value|val|v|ts|datetime|stamp|text", re.I)
"""An attribute that is all that its element says: `<begin at="07:50"/>`."""
_END = re.compile(r"\s*</[A-Za-z][\w.:-]*\s*>\s*")
_DECLARED = re.compile(r"\s*<[?!].*>\s*")


def _elements(raw: Sequence[str]) -> Tree | None:
    stack: list[Key] = []
    leaves: list[Leaf] = []
    serving: set[int] = set()
    count = 0
    for number, line in enumerate(raw):
        if not line.strip():
            continue
        if _END.fullmatch(line) or _DECLARED.fullmatch(line):
            if _END.fullmatch(line) and stack:
                stack.pop()
            serving.add(number)
            continue
        match = _NODE.fullmatch(line)
        if match is None:
            return None
        count += 1
        key = Key(match["tag"], number, *match.span("tag"), index=count)
        given = [(g["name"], g.span("value")) for g in _GIVEN.finditer(line, *match.span("given"))]
        path = (*stack, key)
        if match["text"] is not None:
            named = next((Key(line[low:high], number, low, high) for _, (low, high) in given if low < high), None)
            leaves.append(Leaf(number, (*stack, named) if named else path, _part(line, *match.span("text"), unescape=True)))
            continue
        whole = match["shut"] is not None or match.group().rstrip().endswith(f"</{match['tag']}>")
        if whole and len(given) == 1 and _VALUE.fullmatch(given[0][0]):
            leaves.append(Leaf(number, path, _part(line, *given[0][1], unescape=True)))
            continue
        for name, (low, high) in given:
            if low < high:
                leaves.append(Leaf(number, (*path, Key(name, number, low, low)), _part(line, low, high, unescape=True)))
        if not given:
            serving.add(number)
        if not whole:
            stack.append(key)
    return Tree(tuple(leaves), frozenset(serving), len(leaves))


def _unquoted(line: str, low: int, high: int) -> tuple[int, int]:
    high = max(low, high)
    if high - low > 1 and line[low] == line[high - 1] and line[low] in "\"'":
        return low + 1, high - 1
    return low, high


def _part(line: str, low: int, high: int, unescape: bool = False) -> Part:
    """The value at a range of a line, its blanks folded."""
    text = line[low:high]
    low += len(text) - len(text.lstrip())
    high = max(low, high - (len(text) - len(text.rstrip())))
    shown = " ".join(line[low:high].split())
    return Part("", html.unescape(shown) if unescape else shown, low, high)
