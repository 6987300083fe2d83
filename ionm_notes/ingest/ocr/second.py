"""A second reading of every clock time, code and date: from dots prepared otherwise, and by Tesseract where it is installed.

The engine's own confidence does not tell right from wrong, so a figure that matters is read again. A word is in doubt
where another reading that makes sense, as long and sure enough, has other digits; no majority clears it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ionm_notes.ingest.ocr import tesseract
from ionm_notes.ingest.ocr.engine import Engine, Gray, Quad, Seen, cut_out
from ionm_notes.ingest.ocr.words import Read, mend

GROWN = 1.4
"""How much larger the second reading sees a word; other sizes see other strokes."""
_PAPER = 0.22
SURE = 0.85
"""A differing second reading counts where its least sure character is at least this sure: a blurred one proves nothing."""
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[:;.][0-5]\d(?:[:;.][0-5]\d)?")
_BARE_CLOCK = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_CODE = re.compile(r"[G69]\d{4}(?:-\d\d)?")
_DATE = re.compile(r"\d{1,4}[/.-](?:\d{1,2}|[A-Za-z]{3})[/.-]\d{2,4}")
_FIGURE = re.compile(r"[0-2]?[0-9OoQDlI|SB][:;.,][0-9OoQDlI|SB]{2}|\d{4,5}|\d+[/.-]\d+[/.-]\d+")
_DOTTED, _COLON = re.compile(r"\d{1,2}\.\d\d"), re.compile(r"\d{1,2}:\d\d")
_EDGE = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word to read again: its index, what was read, and its place in dots."""

    index: int
    read: Read
    quad: Quad


def read_again(words: Sequence[Read], raw: Gray, engine: Engine) -> list[Read]:
    """The words, in doubt where another reading of a figure contradicts the first.

    `raw`: the sheet with its specks, which the first reading did not see; boxes of the words are in its dots.
    """
    asked = [_Asked(i, word, np.array(word.quad, dtype=np.float32)) for i, word in enumerate(words) if is_figure(word.text)]
    out = list(words)
    seconds = engine.read([_grown(cut_out(raw, _wider(one.quad))) for one in asked])
    for one, seen in zip(asked, seconds, strict=True):
        if other := _contradiction(one.read.text, seen):
            out[one.index] = replace(one.read, other=(other,), why="second-reading")
        elif again := _with_colon(one.read.text, seen):
            out[one.index] = replace(one.read, text=again, mended=one.read.text)
    if tesseract.available():
        for one in asked:
            if not out[one.index].why and (other := tesseract.contradiction(cut_out(raw, _wider(one.quad)), one.read.text)):
                out[one.index] = replace(one.read, other=(other,), why="second-reading")
    return out


def is_figure(text: str) -> bool:
    """Whether a word holds a clock time, a procedure code or a date, or what may be one."""
    return _FIGURE.search(text) is not None


def _contradiction(text: str, seen: Seen) -> str:
    """The other reading of a word where it makes sense and has other digits; empty where it does not contradict."""
    other = _EDGE.sub("", mend(seen.text.strip()))
    if not other or " " in other or not seen.sure or min(seen.sure) < SURE:
        return ""
    core = _EDGE.sub("", text)
    if _digits(other) == _digits(core) or len(_digits(other)) != len(_digits(core)):
        return ""
    return other if any(kind.fullmatch(other) and kind.fullmatch(core) for kind in (_CLOCK, _BARE_CLOCK, _CODE, _DATE)) else ""


def _with_colon(text: str, seen: Seen) -> str:
    """'13:22' where the second reading sees a colon in what was read as '13.22'; empty otherwise."""
    again = _EDGE.sub("", mend(seen.text.strip()))
    same = _DOTTED.fullmatch(text) and _COLON.fullmatch(again) and _digits(again) == _digits(text)
    return again if same else ""


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _wider(quad: Quad) -> Quad:
    """The box with paper around it, measured in heights of the word; the box itself ends at the ink."""
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    side = _PAPER * float(np.linalg.norm(down)) / max(1.0, float(np.linalg.norm(across))) * across
    rise = 0.16 * down
    return np.array(
        [quad[0] - side - rise, quad[1] + side - rise, quad[2] + side + rise, quad[3] - side + rise], dtype=np.float32
    )


def _grown(crop: Gray) -> Gray:
    import cv2

    large = cv2.resize(crop, None, fx=GROWN, fy=GROWN, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(large, (0, 0), 0.8), dtype=np.uint8)
