"""Recognised lines to words with boxes: spaces the engine lost, signs that specks made, separators of clock times mended."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from ionm_notes.ingest.ocr.engine import Gray, Quad, Seen
from ionm_notes.ingest.ocr.lexicon import repaired
from ionm_notes.types import BBox, WhyDoubtful

PADDING = 0.06
"""The part of a line's box above and below that is paper: the engine's boxes are wider than the letters."""

_LIKE = 0.65, 1.3
_FEWEST_LINES, _FEWEST_NUMBERS = 8, 2
LEAST_SPACE, SURE_SPACE = 0.2, 0.3
"""In heights of the line's box: no space is narrower than the first; a hole as wide as the second is one in any type."""
_LOOKS = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
"""Letters that stand for digits where only digits can stand."""
_CLOCK_LIKE = re.compile(
    r"(?<![A-Za-z0-9.:;,/$-])(?P<h>[0-2OoQDlI|]?[0-9OoQDlI|SBZ])\s?(?P<sep>[:;.,]{1,2}|'|\u00b7|\u2236)\s?"
    r"(?P<m>[0-5OoQDlI|S][0-9OoQDlI|SBZ])(?:(?P<sep2>[:;.,])(?P<s>[0-5OoQDlI|S][0-9OoQDlI|SBZ]))?(?![A-Za-z0-9/%]|[.,:]\d)"
)
_CODE_LIKE = re.compile(r"(?<![A-Za-z0-9.])(?P<lead>[Gg69])(?P<rest>[0-9OoQDlI|SBZ]{4})(?![A-Za-z0-9])")
_GLUED_CLOCK = re.compile(
    r"(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d|(?<!\d)(?:19|20)\d\d\.)(?=\d{1,2}:\d\d)"
    r"|(?<![\d:])\d{1,2}:\d\d(?::\d\d)?\.?(?=[A-Za-z]{3})(?![Hh][Rr][Ss])"
)
"""A date, or a clock time, with what follows glued to it."""
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_BARRED = re.compile(r"1(?:[01]\d|2[0-3]):[0-5]\d[,;.]?")
_YEAR, _DAY = re.compile(r"(?:19|20)\d\d"), re.compile(r"(0[1-9]|1[0-2])\.?([0-3]\d)")
_KEPT_SIGNS = "☐☒☑✓✔•▪·°±µμ→≥≤½—“”…§®™"

_DASHES = "\u2010\u2011\u2012\u2013\u2212"


@dataclass(frozen=True, slots=True)
class Read:
    """One word: box in dots of the sheet, text, least confidence of its characters; `line` numbers the recognised line.

    `quad` is the word's own place in the sheet, from which it can be read again. `mended` is the text before repair.
    `other`: what a second reading gave instead, and `why` the word is in doubt; both empty where it is not.
    """

    box: BBox
    text: str
    sure: float
    line: int
    quad: tuple[tuple[float, float], ...]
    mended: str | None = None
    other: tuple[str, ...] = ()
    why: WhyDoubtful = ""


def words_of(seen: Seen, quad: Quad, line: int, crop: Gray) -> list[Read]:
    """The words of one recognised line. `crop` is its picture, whose ink tells where words begin and end."""
    text = _clean(seen.text)
    holes = _holes(seen, crop)
    out: list[Read] = []
    for start, end in _tokens(text, seen.gaps | _unsaid(text, holes, crop.shape[0])):
        low, high = _reach(seen, holes, start, end, crop.shape[1])
        corners = _slice(quad, low, high)
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        out.append(Read((min(xs), min(ys), max(xs), max(ys)), text[start:end], min(seen.sure[start:end]), line, corners))
    return _mended(out)


def _holes(seen: Seen, crop: Gray) -> dict[int, tuple[int, int]]:
    """Before each character: the widest stretch without ink, in dots, between it and the one before or the left end.

    Spaces have none of their own; the character behind them has one that spans them. The last entry, at the length of
    the text, is what stands between the last character and the right end.
    """
    inked = _inked(crop)
    holes: dict[int, tuple[int, int]] = {}
    before = 0
    for index, char in enumerate(seen.text):
        if char.isspace():
            continue
        here = round(seen.at[index] * len(inked))
        if here > before:
            hole = _widest_hole(inked, before, here)
            # A hole in which a letter itself is said to stand shows that its place is off.
            if (hole[0] > before and hole[1] < here) or before == 0:
                holes[index] = hole
        before = here
    if holes:
        holes[len(seen.text)] = _widest_hole(inked, before, len(inked) - 1)
    return holes


def _inked(crop: Gray) -> npt.NDArray[np.bool_]:
    """Whether a column of dots holds more ink than a speck."""
    paper, ink = np.percentile(crop, 90), np.percentile(crop, 3)
    dark = crop < float(paper) * 0.7 + float(ink) * 0.3
    return np.asarray(dark.sum(axis=0) >= 2, dtype=np.bool_)


def _widest_hole(inked: npt.NDArray[np.bool_], low: int, high: int) -> tuple[int, int]:
    best, start = (0, 0), None
    for at in range(low, min(high + 1, len(inked)) + 1):
        empty = at < min(high + 1, len(inked)) and not inked[at]
        if empty and start is None:
            start = at
        elif not empty and start is not None:
            if at - start > best[1] - best[0]:
                best = (start, at)
            start = None
    return best


def _unsaid(text: str, holes: dict[int, tuple[int, int]], height: int) -> frozenset[int]:
    """Characters before which the ink shows a space though the engine gave none."""
    width = {index: hole[1] - hole[0] for index, hole in holes.items() if 0 < index < len(text)}
    said = [width[index] for index in width if text[index - 1].isspace() and width[index] > 0]
    least = max(0.7 * median(said), LEAST_SPACE * height) if len(said) > 1 else SURE_SPACE * height
    return frozenset(
        index for index in width if not text[index - 1].isspace() and width[index] >= least and _may_part(text, index)
    )


def _may_part(text: str, index: int) -> bool:
    """Whether a space can stand before this character: not before a comma or within a number, where ones stand wide apart."""
    before, after = text[index - 1], text[index]
    return after not in ",.;:)]%" and before not in "([" and not (before.isdigit() and after.isdigit())


def _clean(text: str) -> str:
    """The text in plain letters, one for one: specks give letters accents, and some signs come in their wide form."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char.isascii() or char in _KEPT_SIGNS:
        return char
    if char in _DASHES:
        return "-"
    folded = "".join(c for c in unicodedata.normalize("NFKD", char) if c.isascii())
    return folded[:1] or " "


def _tokens(text: str, gaps: frozenset[int]) -> list[tuple[int, int]]:
    """Ranges of words: parted at spaces, at seen gaps outside numbers, and between a date and the time glued to it."""
    cuts = {index for index in gaps if not _inside_number(text, index)}
    cuts |= {match.end() for match in _GLUED_CLOCK.finditer(text)}
    out, start = [], None
    for index, char in enumerate(text):
        if start is not None and (char.isspace() or index in cuts):
            out.append((start, index))
            start = None
        if start is None and not char.isspace():
            start = index
    if start is not None:
        out.append((start, len(text)))
    return [part for token in out for part in _parted(text, *token)]


def _parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A word whose slash clings to one side only, as in '0936 /1322', parted: between two times it stands apart."""
    token = text[start:end]
    if re.fullmatch(r"\d{4}/\d{4}", token):
        return [(start, start + 4), (start + 4, start + 5), (start + 5, end)]
    if re.fullmatch(r"/\d[\d:.]*", token):
        return [(start, start + 1), (start + 1, end)]
    if re.fullmatch(r"\d[\d:.]*/", token):
        return [(start, end - 1), (end - 1, end)]
    return [(start, end)]


def _inside_number(text: str, index: int) -> bool:
    """Whether a gap lies within a number, a clock time or a code, where digits merely stand apart."""
    before, after = text[index - 1 : index], text[index : index + 1]
    return (before.isdigit() and after in ".:;,/-" and after != "") or (before in ".:;,/-" and after.isdigit())


def _reach(seen: Seen, holes: dict[int, tuple[int, int]], start: int, end: int, width: int) -> tuple[float, float]:
    """Left and right end of some characters as shares of the line: where the ink ends, or half a letter beyond their middles."""
    solid = [at for at, char in zip(seen.at, seen.text, strict=True) if not char.isspace()]
    half = (solid[-1] - solid[0]) / (len(solid) - 1) / 2 if len(solid) > 1 else 0.5
    low, high = seen.at[start] - half, seen.at[end - 1] + half
    before = holes.get(start)
    after = holes.get(next((index for index in range(end, len(seen.text)) if not seen.text[index].isspace()), len(seen.text)))
    if before and before[1] > before[0]:
        low = before[1] / width
    if after and after[1] > after[0]:
        high = after[0] / width
    return (max(0.0, low), min(1.0, high)) if low < high else (max(0.0, seen.at[start] - half), min(1.0, seen.at[end - 1] + half))


def _slice(quad: Quad, low: float, high: float) -> tuple[tuple[float, float], ...]:
    """The part of a line's box between two shares of its width, without the paper above and below."""
    top_left, top_right, bottom_right, bottom_left = (tuple(map(float, corner)) for corner in quad)

    def between(a: tuple[float, ...], b: tuple[float, ...], share: float) -> tuple[float, float]:
        return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share

    tops = [between(top_left, top_right, share) for share in (low, high)]
    bottoms = [between(bottom_left, bottom_right, share) for share in (low, high)]
    left = [between(tops[0], bottoms[0], share) for share in (PADDING, 1 - PADDING)]
    right = [between(tops[1], bottoms[1], share) for share in (PADDING, 1 - PADDING)]
    return left[0], right[0], right[1], left[1]


def without_line_numbers(words: list[Read]) -> list[Read]:
    """Words without the numbers that count the lines in the left margin; faint as they are, only some of them are seen."""
    lines: dict[int, Read] = {}
    for word in words:
        if word.line not in lines or word.box[0] < lines[word.line].box[0]:
            lines[word.line] = word
    starts = [word for word in lines.values() if any(map(str.isalpha, word.text))]
    if len(starts) < _FEWEST_LINES:
        return words
    margin = sorted(word.box[0] for word in starts)[len(starts) // 10]
    before = sorted((word for word in words if word.box[2] < margin), key=lambda word: word.box[1])
    before = [word for word in before if any(map(str.isalnum, word.text))]
    numbers = [int(word.text) if word.text.isdecimal() and len(word.text) <= 3 else -1 for word in before]
    if len(numbers) < _FEWEST_NUMBERS or -1 in numbers:
        return words
    ends = [word.box[2] for word in before]
    # Small and gray as they are, some are misread; that they end below one another tells what they are, too.
    aligned = max(ends) - min(ends) <= median(word.box[3] - word.box[1] for word in before)
    if not aligned or sum(b > a for a, b in pairwise(numbers)) < (len(numbers) - 1) / 2:
        return words
    gone = {id(word) for word in before}
    return [word for word in words if id(word) not in gone]


def even_heights(words: list[Read]) -> list[Read]:
    """Words of about the page's usual type, all made as high as it: a box around 'on' is lower than one around 'of (By)'."""
    if not words:
        return []
    usual = median(word.box[3] - word.box[1] for word in words)
    out = []
    for word in words:
        x0, top, x1, bottom = word.box
        if _LIKE[0] * usual <= bottom - top <= _LIKE[1] * usual:
            middle = (top + bottom) / 2
            word = replace(word, box=(x0, middle - usual / 2, x1, middle + usual / 2))
        out.append(word)
    return out


def _mended(words: list[Read]) -> list[Read]:
    """Words whose clock times and codes hold a wrong separator or a letter for a digit, put right; the rest as they are."""
    out: list[Read] = []
    for word in words:
        text = repaired(mend(word.text), word.sure)
        date = _DAY.fullmatch(text)
        if date and out and _YEAR.fullmatch(out[-1].text) and out[-1].line == word.line:
            # A speck between month and day of '2025 09 15'.
            text = f"{date[1]} {date[2]}"
        barred = _BARRED.fullmatch(text)
        if barred:
            # The line of a box beside a time is read as a 1; the two other ways to drop a digit stay possible.
            first, *others = (text[:at] + text[at + 1 :] for at in range(3))
            possible = tuple(dict.fromkeys(other for other in others if other != first and _CLOCK.match(other)))
            out.append(replace(word, text=first, mended=word.text, other=possible, why="impossible"))
            continue
        out.append(word if text == word.text else replace(word, text=text, mended=word.text))
    return out


def mend(text: str) -> str:
    """'09;41' -> '09:41', 'O9:41' -> '09:41', 'l0:15' -> '10:15', 'GO453' -> 'G0453', '9594O' -> '95940'."""
    text = _CLOCK_LIKE.sub(_clock, text)
    return _CODE_LIKE.sub(_code, text)


def _clock(match: re.Match[str]) -> str:
    hour, minute, second = match["h"].translate(_LOOKS), match["m"].translate(_LOOKS), match["s"]
    digits = sum(char.isdigit() for char in match.group())
    plain_dot = match["sep"] == "." and match["h"].isdigit() and match["m"].isdigit() and second is None
    if digits < 2 or plain_dot or match["sep"] == "," or not (hour.isdigit() and minute.isdigit() and int(hour) < 25):
        return match.group()
    tail = f":{second.translate(_LOOKS)}" if second else ""
    return f"{hour}:{minute}{tail}"


def _code(match: re.Match[str]) -> str:
    rest = match["rest"].translate(_LOOKS)
    digits = sum(char.isdigit() for char in match["rest"])
    return f"{match['lead'].upper()}{rest}" if digits >= 3 and rest.isdigit() else match.group()
