"""Recognised lines to words with boxes: spaces the engine lost, signs that specks made, separators of clock times mended."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from ionm_notes.ingest.ocr.engine import Quad, Seen
from ionm_notes.types import BBox, WhyDoubtful

PADDING = 0.12
"""The part of a line's box above and below that is paper: the engine's boxes are wider than the letters."""

_DIGITS = "0-9"
_LOOKS = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
"""Letters that stand for digits where only digits can stand."""
_CLOCK_LIKE = re.compile(
    r"(?<![A-Za-z0-9.:;,/$-])(?P<h>[0-2OoQDlI|]?[0-9OoQDlI|SBZ])\s?(?P<sep>[:;.,]{1,2}|'|\u00b7|\u2236)\s?"
    r"(?P<m>[0-5OoQDlI|S][0-9OoQDlI|SBZ])(?:(?P<sep2>[:;.,])(?P<s>[0-5OoQDlI|S][0-9OoQDlI|SBZ]))?(?![A-Za-z0-9/%]|[.,:]\d)"
)
_CODE_LIKE = re.compile(r"(?<![A-Za-z0-9.])(?P<lead>[Gg69])(?P<rest>[0-9OoQDlI|SBZ]{4})(?![A-Za-z0-9])")
_GLUED_CLOCK = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)(?=\d{1,2}:\d\d)")
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


def words_of(seen: Seen, quad: Quad, line: int) -> list[Read]:
    """The words of one recognised line."""
    text = _clean(seen.text)
    out: list[Read] = []
    for start, end in _tokens(text, seen.gaps):
        low, high = _reach(seen, start, end)
        corners = _slice(quad, low, high)
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        out.append(Read((min(xs), min(ys), max(xs), max(ys)), text[start:end], min(seen.sure[start:end]), line, corners))
    return _mended(out)


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
    return out


def _inside_number(text: str, index: int) -> bool:
    """Whether a gap lies within a number, a clock time or a code, where digits merely stand apart."""
    before, after = text[index - 1 : index], text[index : index + 1]
    return (before.isdigit() and after in ".:;,/-" and after != "") or (before in ".:;,/-" and after.isdigit())


def _reach(seen: Seen, start: int, end: int) -> tuple[float, float]:
    """Left and right end of some characters as shares of the line; half a letter beyond the middles of the outer ones."""
    solid = [at for at, char in zip(seen.at, seen.text, strict=True) if not char.isspace()]
    usual = (solid[-1] - solid[0]) / (len(solid) - 1) if len(solid) > 1 else 1.0
    own = (seen.at[end - 1] - seen.at[start]) / (end - start - 1) if end - start > 1 else usual
    half = min(usual, own * 1.2) / 2 if own > 0 else usual / 2
    low, high = seen.at[start] - half, seen.at[end - 1] + half
    if start and not seen.text[start - 1].isspace():
        low = max(low, (seen.at[start - 1] + seen.at[start]) / 2)
    if end < len(seen.text) and not seen.text[end].isspace():
        high = min(high, (seen.at[end - 1] + seen.at[end]) / 2)
    return max(0.0, low), min(1.0, high)


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


def _mended(words: list[Read]) -> list[Read]:
    """Words whose clock times and codes hold a wrong separator or a letter for a digit, put right; the rest as they are."""
    out = []
    for word in words:
        text = mend(word.text)
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
