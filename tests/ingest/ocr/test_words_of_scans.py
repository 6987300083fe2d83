"""Recognised letters to words: what is mended, what is left alone, where words begin and end."""

from __future__ import annotations

import numpy as np
import pytest

from ionm_notes.ingest.ocr.engine import Seen
from ionm_notes.ingest.ocr.lexicon import repaired
from ionm_notes.ingest.ocr.overlooked import accepted
from ionm_notes.ingest.ocr.words import mend, without_line_numbers, words_of


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("09;41", "09:41"),
        ("O9:41", "09:41"),
        ("l0:15", "10:15"),
        ("08.09:47", "08:09:47"),
        ("9594O", "95940"),
        ("GO453", "G0453"),
        ("95940-26", "95940-26"),
    ],
)
def test_separators_and_letters_in_times_and_codes_are_put_right(read: str, meant: str) -> None:
    assert mend(read) == meant


@pytest.mark.parametrize("text", ["0.3", "12.5", "M47.12", "C4-5,", "03/11/2025", "555", "OR5", "4/4", "1.5", "25.3,"])
def test_measures_levels_and_dates_are_left_alone(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("amplifer", "amplifier"),
        ("sgnals", "signals"),
        ("!eft", "left"),
        ("MEp", "MEP"),
        ("CNIm,", "CNIM,"),
        ("REpORT", "REPORT"),
    ],
)
def test_a_word_of_the_field_with_one_slip_is_put_right(read: str, meant: str) -> None:
    assert repaired(read, 0.6) == meant


@pytest.mark.parametrize("text", ["signals", "MEPs", "TcMEP", "SpO2", "Martin", "Walter", "McKay", "10:12", "kOhm", "mA", "OK"])
def test_names_figures_and_right_words_stay_as_they_are(text: str) -> None:
    assert repaired(text, 0.6) == text


@pytest.mark.parametrize("text", ["here", "Eyes", "ischemia", "amplifer"])
def test_a_word_of_which_the_engine_was_sure_is_left_as_read(text: str) -> None:
    assert repaired(text, 0.99) == text


def line_of(text: str, width: int = 20, gap_before: frozenset[int] = frozenset()) -> tuple[Seen, np.ndarray, np.ndarray]:
    """A line whose characters are black bars `width` dots apart, with nothing where its spaces are; box 100 dots down."""
    crop = np.full((30, width * len(text)), 255, np.uint8)
    for index, char in enumerate(text):
        if not char.isspace():
            crop[6:24, index * width + 3 : (index + 1) * width - 3] = 0
    at = tuple((index + 0.5) / len(text) for index in range(len(text)))
    quad = np.array([[0, 100], [crop.shape[1], 100], [crop.shape[1], 130], [0, 130]], np.float32)
    return Seen(text, at, (0.99,) * len(text), gap_before), quad, crop


def texts(text: str, gaps: frozenset[int] = frozenset()) -> list[str]:
    seen, quad, crop = line_of(text, gap_before=gaps)
    return [word.text for word in words_of(seen, quad, 0, crop)]


def test_words_end_where_their_ink_ends() -> None:
    seen, quad, crop = line_of("ab cd")
    first, second = words_of(seen, quad, 0, crop)
    assert first.box[2] == pytest.approx(37, abs=1)
    assert second.box[0] == pytest.approx(63, abs=1)
    assert 100 < first.box[1] < first.box[3] < 130


def test_a_space_that_only_the_ink_shows_parts_words() -> None:
    seen, quad, crop = line_of("MD (ordered) by me")
    glued = Seen(seen.text.replace("MD (", "MD("), seen.at[:2] + seen.at[3:], seen.sure[1:], frozenset())
    assert [word.text for word in words_of(glued, quad, 0, crop)] == ["MD", "(ordered)", "by", "me"]


def test_figures_are_not_parted_at_their_own_signs() -> None:
    assert texts("12:20", frozenset({2, 3})) == ["12:20"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("03/11/202512:20", ["03/11/2025", "12:20"]),
        ("07:47Tidwell", ["07:47", "Tidwell"]),
        ("0936/1322", ["0936", "/", "1322"]),
        ("11:30pm", ["11:30pm"]),
    ],
)
def test_times_glued_to_what_stands_beside_them_are_parted(text: str, words: list[str]) -> None:
    assert texts(text) == words


def test_a_time_with_the_line_of_its_box_read_as_a_digit_is_in_doubt() -> None:
    seen, quad, crop = line_of("109:06")
    (word,) = words_of(seen, quad, 0, crop)
    assert (word.text, word.why, word.other) == ("09:06", "impossible", ("19:06", "10:06"))


def test_accents_that_specks_make_are_dropped() -> None:
    assert texts("r\u00e9mote DAT\u00c9") == ["remote", "DATE"]


def test_numbers_that_count_the_lines_are_dropped_though_only_some_are_seen() -> None:
    words = []
    for number in range(12):
        seen, quad, crop = line_of("    and so it goes on")
        words += words_of(seen, quad + np.float32([100, 40 * number]), 2 * number, crop)
        if number % 3 == 0:
            seen, quad, crop = line_of(str(number + 1))
            words += words_of(seen, quad + np.float32([0, 40 * number]), 2 * number + 1, crop)
    assert {word.text for word in without_line_numbers(words)} == {"and", "so", "it", "goes", "on"}


@pytest.mark.parametrize(("read", "kept"), [("\u4e00", "1"), ("l", "1"), ("4", "4"), ("-", None)])
def test_a_lone_thin_stroke_in_a_cell_is_a_one(read: str, kept: str | None) -> None:
    quad = np.array([[0, 0], [25, 0], [25, 43], [0, 43]], np.float32)
    seen = accepted(Seen(read, (0.5,), (0.95,), frozenset()), quad)
    assert (seen.text if seen else None) == kept
