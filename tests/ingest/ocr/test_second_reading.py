"""A figure is read twice; a reading that makes sense and has other digits puts it in doubt."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ionm_notes.ingest.ocr import tesseract
from ionm_notes.ingest.ocr.engine import Gray, Seen
from ionm_notes.ingest.ocr.second import is_figure, read_again
from ionm_notes.ingest.ocr.words import Read

PAGE = np.full((60, 200), 255, np.uint8)


class Answering:
    """An engine that gives the same answer for every picture."""

    def __init__(self, text: str, sure: float = 0.99) -> None:
        self.seen = Seen(text, tuple(0.5 for _ in text), tuple(sure for _ in text), frozenset())

    def read(self, crops: Sequence[Gray]) -> list[Seen]:
        return [self.seen for _ in crops]


def word(text: str) -> Read:
    return Read((10, 10, 60, 30), text, 0.99, 0, ((10.0, 10.0), (60.0, 10.0), (60.0, 30.0), (10.0, 30.0)))


def again(first: str, second: str, sure: float = 0.99) -> Read:
    (out,) = read_again([word(first)], PAGE, Answering(second, sure))
    return out


@pytest.mark.parametrize(
    ("first", "second"), [("08:05", "06:05"), ("0805,", "0605"), ("95940", "95946"), ("03/11/2025", "03/17/2025")]
)
def test_other_digits_put_a_figure_in_doubt(first: str, second: str) -> None:
    assert (again(first, second).text, again(first, second).other, again(first, second).why) == (
        first,
        (second,),
        "second-reading",
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("08:05", "08:05"),
        ("08:05", "08;05"),
        ("08:05", "08:05 h"),
        ("08:05", "8:05"),
        ("08:05", "B:0"),
        ("08:05", "08:75"),
        ("0805", ""),
    ],
)
def test_the_same_digits_or_none_that_make_sense_leave_it_sure(first: str, second: str) -> None:
    assert again(first, second).why == ""


def test_a_second_reading_that_is_itself_unsure_proves_nothing() -> None:
    assert again("08:05", "06:05", sure=0.6).why == ""


def test_a_point_that_the_second_reading_sees_as_a_colon_is_one() -> None:
    assert again("13.22", "13:22").text == "13:22"


def test_words_without_figures_are_not_read_again() -> None:
    assert not is_figure("baselines")
    assert is_figure("(11:30-14:22)")


def fake_tesseract(folder: Path, text: str, sure: int) -> str:
    path = folder / "tesseract"
    row = "\\t".join(["5", *"111110099", str(sure), text])
    path.write_text(f"#!/bin/sh\ncat > /dev/null\nprintf 'level\\n{row}\\n'\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize(("text", "sure", "found"), [("06:05", 96, "06:05"), ("06:05", 70, ""), ("08:05", 96, ""), ("6", 96, "")])
def test_tesseract_contradicts_only_where_it_is_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, sure: int, found: str
) -> None:
    program = fake_tesseract(tmp_path, text, sure)
    monkeypatch.setattr(tesseract, "program", lambda: program)
    assert tesseract.contradiction(PAGE, "08:05") == found


def test_a_tesseract_that_fails_is_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "program", lambda: str(tmp_path / "gone"))
    assert tesseract.contradiction(PAGE, "08:05") == ""
