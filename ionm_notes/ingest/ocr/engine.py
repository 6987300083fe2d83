"""The recognition engine (RapidOCR on onnxruntime): pictures of text in, letters with their places out; wraps it whole.

The models lie in RapidOCR's wheel and are named to it by path, so that nothing is ever fetched. Loading takes a second
and happens with the first page. An engine is not shared between threads.
"""

from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ionm_notes import pulse
from ionm_notes.errors import IonmError

Gray = npt.NDArray[np.uint8]
"""A gray picture: rows of dots, 0 black to 255 white."""
Quad = npt.NDArray[np.float32]
"""Four corners (x, y) of a line of text in dots: top left, top right, bottom right, bottom left."""

DETECT_SIDE = 1280
"""Longest side, in dots, at which lines are looked for: enough for 6 pt type on a letter page, a fifth of the time of 2200."""
LEAST_SCORE = 0.5
"""A line recognised with less confidence is noise or handwriting and is left out."""
MARGIN = (4, 8)
"""Dots of paper added above and below, left and right of a line before it is read: letters at the very edge are misread."""
_TALL = 1.5
_STRIDE = 24
"""Lines read between two signs of life; a multiple of the engine's own batches of six, which stay what they are."""
_MODELS = {"Det": "*_det_small.onnx", "Rec": "*_rec_small.onnx", "Cls": "*_cls_mobile.onnx"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of text as recognised.

    `at` is the middle of each character along the line, 0 (left end) to 1; `sure` its confidence, 0 to 1.
    """

    text: str
    at: tuple[float, ...]
    sure: tuple[float, ...]
    gaps: frozenset[int]
    """Characters before which the engine saw a gap as wide as a space, whether or not it gave a space there."""

    @property
    def score(self) -> float:
        """Mean confidence of the characters."""
        return sum(self.sure) / len(self.sure) if self.sure else 0.0


def available() -> bool:
    """Whether the engine is installed; nothing is loaded."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@cache
def identity() -> str:
    """Name and version of the engine: what was recognised by another one is not taken from the cache."""
    from importlib.metadata import version

    if not available():
        raise IonmError("ocr-missing")
    return f"rapidocr-{version('rapidocr')}/{DETECT_SIDE}"


class Engine:
    """One loaded engine. `threads`: processor cores it may use. Raises `IonmError` `ocr-missing` where it is not installed."""

    def __init__(self, threads: int = 1) -> None:
        if not available():
            raise IonmError("ocr-missing")
        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        from rapidocr import RapidOCR

        self._engine: Any = RapidOCR(params={**_settings(threads), **_model_paths()})

    def find(self, image: Gray) -> list[Quad]:
        """The corners of each line of text, from top to bottom."""
        from cv2 import COLOR_GRAY2BGR, cvtColor
        from rapidocr.main import RapidOCRError

        try:
            _, found = self._engine.detect_and_crop(cvtColor(image, COLOR_GRAY2BGR), {})
        except RapidOCRError:
            return []  # what it raises where there is no text at all
        return [np.asarray(quad, dtype=np.float32) for quad in found.boxes]

    def read(self, crops: Sequence[Gray]) -> list[Seen]:
        """What stands in each picture of one line; an empty text where nothing was recognised."""
        from cv2 import COLOR_GRAY2BGR, cvtColor

        # By shape, as the engine itself orders them: the same lines then share its batches, whatever the stride.
        lines = [_with_margin(crop) for crop in crops]
        order = sorted(range(len(lines)), key=lambda i: lines[i].shape[1] / lines[i].shape[0])
        seen: dict[int, Seen] = {}
        for start in range(0, len(order), _STRIDE):
            some = order[start : start + _STRIDE]
            found = self._engine.recognize_txt([cvtColor(lines[i], COLOR_GRAY2BGR) for i in some])
            for i, text, info in zip(some, found.txts, found.word_results, strict=True):
                seen[i] = _seen(text, info, crops[i].shape[1])
            pulse.beat()
        return [seen[i] for i in range(len(crops))]

    def upside_down(self, crops: Sequence[Gray]) -> bool:
        """Whether most pictures of one line stand on their head."""
        from cv2 import COLOR_GRAY2BGR, cvtColor

        if not crops:
            return False
        _, found = self._engine.cls_and_rotate([cvtColor(crop, COLOR_GRAY2BGR) for crop in crops])
        turned = sum(score if label == "180" else -score for label, score in found.cls_res)
        return bool(turned > 0)


def cut_out(image: Gray, quad: Quad) -> Gray:
    """The picture of one line, set straight; a line that stands on its side is laid down."""
    import cv2

    width = max(1, round(float(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3])))))
    height = max(1, round(float(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2])))))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    crop = cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(np.rot90(crop) if stands_on_side(quad) else crop, dtype=np.uint8)


def stands_on_side(quad: Quad) -> bool:
    """Whether a line's box is clearly taller than wide."""
    across = float(np.linalg.norm(quad[0] - quad[1]))
    return float(np.linalg.norm(quad[0] - quad[3])) >= _TALL * max(across, 1.0)


def _with_margin(crop: Gray) -> Gray:
    import cv2

    down, across = MARGIN
    return np.asarray(cv2.copyMakeBorder(crop, down, down, across, across, cv2.BORDER_REPLICATE), dtype=np.uint8)


def _seen(text: str, info: Any, width: int) -> Seen:
    """The engine's answer for one line in our terms; its columns are counted from the left end of the margin."""
    columns = [column for word in info.word_cols or () for column in word]
    length = float(info.line_txt_len or 0)
    solid = [index for index, char in enumerate(text) if not char.isspace()]
    if not text.strip() or length <= 0 or len(columns) != len(solid):
        return Seen("", (), (), frozenset())
    at: list[float] = [0.0] * len(text)
    for index, column in zip(solid, columns, strict=True):
        dots = (column + 0.5) / length * (width + 2 * MARGIN[1]) - MARGIN[1]
        at[index] = min(1.0, max(0.0, dots / width))
    for index, char in enumerate(text):
        if char.isspace():
            at[index] = at[index - 1] if index else 0.0
    starts, count = [], 0
    for word in info.words:
        starts.append(solid[count])
        count += len(word)
    sure = tuple(info.confs) if len(info.confs) == len(text) else (1.0,) * len(text)
    return Seen(text, tuple(at), sure, frozenset(starts[1:]))


def _settings(threads: int) -> dict[str, Any]:
    return {
        "Global.log_level": "error",
        "Global.return_word_box": True,
        "Det.limit_side_len": DETECT_SIDE,
        "Det.limit_type": "max",
        # One line at a time: lines of a batch are padded to the longest, which costs more than the batch saves.
        "Rec.rec_batch_num": 1,
        "EngineConfig.onnxruntime.intra_op_num_threads": max(1, min(threads, os.cpu_count() or 1)),
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }


def _model_paths() -> dict[str, str]:
    """The models in the installed package. Raises `IonmError` `ocr-missing` rather than let the engine fetch one."""
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(next(iter(spec.submodule_search_locations or ())), "models") if spec is not None else Path()
    paths = {}
    for part, pattern in _MODELS.items():
        found = sorted(folder.glob(pattern))
        if not found:
            raise IonmError("ocr-missing")
        paths[f"{part}.model_path"] = str(found[-1])
    return paths
