"""Takes one line of an export apart into its parts, each with its place in the line; knows nothing of other lines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a record: the name of its field where the line gives one, the value as read, and its range in the line."""

    name: str
    text: str
    low: int
    high: int


Parts = tuple[Part, ...]
Style = Callable[[str], Parts | None]
_SIGNS = ",;~.'`"


def end_of(line: str, commas: bool) -> int:
    """Where a record ends: before blanks, before specks of a fax behind a blank and, if `commas`, before the comma of a list."""
    end = len(line)
    while end:
        last = line[end - 1]
        if last.isspace() or (commas and last == ","):
            end -= 1
            continue
        begin = end
        while begin and line[begin - 1] in _SIGNS:
            begin -= 1
        if begin == end or not (begin and line[begin - 1].isspace()):
            break
        end = begin
    return end


def json_object(line: str) -> Parts | None:
    """`{"ts": "07:42", "event": "..."}`: values with their keys; a list of values is one part."""
    begin, end = _within(line)
    if line[begin : begin + 1] != "{" or line[end - 1 : end] != "}":
        return None
    try:
        if not isinstance(json.loads(line[begin:end]), dict):
            return None
    except (ValueError, RecursionError):
        return None
    out: list[Part] = []
    key, inside, first = "", False, True
    for token in _TOKEN.finditer(line, begin, end):
        if token["key"] is not None:
            key = json.loads(f'"{token["key"]}"')
        elif token["mark"]:
            inside, first = token["mark"] == "[", True
        elif token["plain"] != "null":
            string = token["text"] is not None
            low, high = token.span("text") if string else token.span()
            value = json.loads(f'"{token["text"]}"') if string else token.group()
            if inside and not first:
                out[-1] = Part(key, f"{out[-1].text}, {value}", out[-1].low, high)
            else:
                out.append(Part(key, value, low, high))
            first = False
    return tuple(out)


_STRING = r'"(?P<{}>(?:[^"\\]|\\.)*)"'
_TOKEN = re.compile(
    rf"{_STRING.format('key')}\s*:|{_STRING.format('text')}|(?P<mark>[\[\]{{}}])|(?P<plain>-?\d[\d.eE+-]*|true|false|null)"
)
_JSON_PAIR = re.compile(
    rf"\s*{_STRING.format('key')}\s*:\s*(?:{_STRING.format('text')}|(?P<plain>-?\d[\d.]*|true|false))\s*,?\s*"
)


def json_pair(line: str) -> Parts | None:
    """`"surgeon": "..."` alone on its line, as objects are printed to be read by people."""
    match = _JSON_PAIR.fullmatch(line)
    if match is None:
        return None
    group = "text" if match["text"] is not None else "plain"
    return (_part(match["key"], line, match.start(group), match.end(group)),)


def separated(mark: str) -> Style:
    """Takes apart lines of values between marks, some or all of them in quotes."""
    field = re.compile(rf'[ \t]*(?:"(?P<quoted>(?:[^"]|"")*)"[ \t]*|(?P<plain>[^{mark}"]*))(?:{mark}|$)')

    def split(line: str) -> Parts | None:
        end = end_of(line, commas=False)
        out, at = [], 0
        while at <= end:
            match = field.match(line, at, end)
            if match is None:
                return None
            group = "quoted" if match["quoted"] is not None else "plain"
            out.append(_part("", line, *match.span(group)))
            if match.end() >= end and not line[:end].endswith(mark):
                break
            at = match.end() + (match.end() == at)
            if match.end() >= end:
                break
        return tuple(out) if len(out) > 1 else None

    return split


def barred(line: str) -> Parts | None:
    """`TIM|14|Montage|202403280705`: fields between bars."""
    begin, end = len(line) - len(line.lstrip(" |")), len(line[: end_of(line, commas=False)].rstrip(" |"))
    if line.count("|", begin, end) < 1 or "||" in line[begin : begin + 3]:
        return None
    out, at = [], begin
    for field in line[begin:end].split("|"):
        out.append(_part("", line, at, at + len(field)))
        at += len(field) + 1
    return tuple(out)


_ELEMENT = re.compile(
    r"\s*<(?P<tag>[A-Za-z][\w.:-]*)(?P<given>(?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(?:/>|>(?:(?P<text>[^<>]*)</(?P=tag)\s*>)?)\s*"
)
_ATTRIBUTE = re.compile(r"(?P<name>[\w.:-]+)\s*=\s*(?P<q>[\"'])(?P<value>.*?)(?P=q)")


_WORD = re.compile(r"[A-Za-z]{3}")


def tagged(line: str) -> Parts | None:
    """`<phase name="Setup" from="07:05"/>`, `<remark>...</remark>`: attributes, and the text within one element."""
    parts: list[Part] = []
    at = 0
    while match := _ELEMENT.match(line, at):
        if (
            match["given"]
            and match["text"] is None
            and not any(_WORD.search(given["value"]) for given in _ATTRIBUTE.finditer(match["given"]))
        ):
            parts.append(
                _part("tag", line, *match.span("tag"))
            )  # '<setup from="07:05" to="07:31"/>': the element alone says what
        for given in _ATTRIBUTE.finditer(line, *match.span("given")):
            parts.append(_part(given["name"], line, *given.span("value"), html.unescape))
        if match["text"] is not None:
            parts.append(_part(match["tag"], line, *match.span("text"), html.unescape))
        elif not match["given"] and not match.group().rstrip().endswith("/>"):
            parts.append(_part("", line, *match.span("tag")))
        at = match.end()
    rest = line[at:].strip()
    return tuple(parts) if (at and not rest) or _CLOSING.fullmatch(rest) else None


_CLOSING = re.compile(r"(?:</[\w.:-]+\s*>\s*)+|<\?[^<>]*\?>|<!--.*-->")
_PAIRS = re.compile(r"(?P<name>[A-Za-z][\w.-]*)=(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^\s\"=]+))(?:[\s;,|]+|$)")


def keyed(line: str) -> Parts | None:
    """`ts=07:42 level=info msg="..."`: two or more pairs, and nothing else."""
    begin = len(line) - len(line.lstrip())
    out, at = [], begin
    while match := _PAIRS.match(line, at):
        group = "quoted" if match["quoted"] is not None else "plain"
        out.append(_part(match["name"], line, *match.span(group)))
        at = match.end()
    return tuple(out) if len(out) > 1 and not line[at:].strip(" ~.'`") else None


_PAIR = re.compile(
    r"\s*(?P<mark>#+|//+|;+|\*|--)?\s*(?P<name>[A-Za-z][\w .()/\[\]-]{0,45}?)\s*(?:=|(?<=\w):(?=\s))\s*(?P<value>\S.*?)\s*"
)
_COMMENT = re.compile(r"\s*(?P<mark>#+|//+|;+)\s*(?P<text>\S.*?)\s*#*\s*")

_COLUMNS = re.compile(r"\S {3,}(?![:=])\S")
"""Several values in one line, which the layout of the page parts as cells."""


def comment(line: str) -> Parts | None:
    """`# surgeon = ...`, `// remark: ...`: what a comment of a log or a file of settings says."""
    match = _COMMENT.fullmatch(line)
    if match is None or _COLUMNS.search(match["text"]):
        return None
    pair = _PAIR.fullmatch(line)
    if pair is not None:
        return (_part(pair["name"], line, *pair.span("value")),)
    return (_part("", line, *match.span("text")),)


_CLOCK = r"\d{1,2}(?:[:.h]\d\d)(?::\d\d)?(?:[.,]\d+)?(?:\s?[AaPp]\.?[Mm]?\b\.?)?(?:Z|[+-]\d\d:?\d\d)?"
_DAY = r"(?:\d{4}[-/.]\d\d[-/.]\d\d|\d{1,2}[-/.]?(?:[A-Z][a-z]{2}|\d\d)[-/.]?\d{2,4}|[A-Z][a-z]{2}\s+\d{1,2}|\d{8})"
_STAMP = re.compile(rf"\s*[\[(<]?(?P<stamp>(?:{_DAY}[T\s,]+)?{_CLOCK}|\d{{8}}T?\d{{4}}(?:\d\d)?Z?)[\])>]?[\s:,-]+")
LEVEL = re.compile(r"(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRIT(?:ICAL)?|ALERT|FATAL)", re.I)
_ORIGIN = re.compile(
    rf"(?:[\[(][^\])>]{{1,24}}[\])>]|<\d{{1,3}}>|{LEVEL.pattern}\b|[a-z][\w.-]*\[\d+\]|(?![^\W\d_]\.[^\W\d_][\w'\u2019-]{{2,}}\s)[A-Za-z][\w-]*[.\d][\w.-]*(?=\s+[a-z]\w*(?:\[\d+\])?:))\s*[:|-]?\s+",
    re.I,
)


_LEVEL_FIRST = re.compile(rf"\s*[\[(<]?{LEVEL.pattern}[\])>]?[:|]?\s+", re.I)
_PROGRAM = re.compile(r"[a-z][\w.-]*(?:\[\d+\])?:\s+")


def stamped(line: str) -> Parts | None:
    """`2024-06-05 19:26:02,026 INFO [theatre-1] words`, `Mar 12 07:42:10 host ionm[77]: words`: a line of a program's log."""
    level = _LEVEL_FIRST.match(line)
    match = _STAMP.match(line, level.end() if level else 0)
    if match is None:
        return None
    at, origins = match.end(), int(level is not None)
    while origin := _ORIGIN.match(line, at):
        at, origins = origin.end(), origins + 1
    if not origins and not line.lstrip().startswith(("[", "<")):
        return None
    app = _PROGRAM.match(line, at) if origins else None
    at = app.end() if app else at
    end = len(line.rstrip())
    if at >= end:
        return None
    words = Part("words", line[at:end], at, end)
    stamp = re.sub(r"[.,]\d+", "", match["stamp"]) if re.search(r":\d\d[.,]\d+", match["stamp"]) else match["stamp"]
    return Part("stamp", stamp, *match.span("stamp")), words


def _part(name: str, line: str, low: int, high: int, plain: Callable[[str], str] = str) -> Part:
    """The part at a range of a line, without blanks around it."""
    text = line[low:high]
    low += len(text) - len(text.lstrip())
    high -= len(text) - len(text.rstrip()) if text.strip() else 0
    return Part(name, plain(line[low:high].strip()), low, max(low, high))


def _within(line: str) -> tuple[int, int]:
    return len(line) - len(line.lstrip()), end_of(line, commas=True)


STYLES: tuple[tuple[str, Style], ...] = (
    ("json", json_object),
    ("pair", json_pair),
    ("tags", tagged),
    ("keys", keyed),
    ("log", stamped),
    ("comma", separated(",")),
    ("semicolon", separated(";")),
    ("bars", barred),
    ("comment", comment),
)
"""Styles in the order in which a line is tried by them."""
