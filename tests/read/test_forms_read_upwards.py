"""A form that prints its labels in small type under the answers is read from the label up; other forms stay as they are."""

from __future__ import annotations

from ionm_notes.read.captions import captioned
from ionm_notes.types import Line, Word

_WIDTH = 5.0
Cells = list[tuple[float, str]]


def _line(top: float, size: float, cells: Cells) -> Line:
    """A line with cells that begin at given places across the page."""
    words: list[Word] = []
    spans: list[tuple[int, int]] = []
    text = ""
    for left, cell in cells:
        text += "\t" if text else ""
        begin = len(text)
        for part in cell.split():
            text += " " if len(text) > begin else ""
            x = left + _WIDTH * (len(text) - begin)
            words.append(Word(len(text), len(text) + len(part), (x, top, x + _WIDTH * len(part), top + size)))
            text += part
        spans.append((begin, len(text)))
    return Line(1, text, tuple(words), tuple(spans), "row" if len(cells) > 1 else "text", 0)


def _known(line: Line) -> bool:
    return any(word in line.text for word in ("surgeon", "operation", "reader", "patient"))


FORM = (
    _line(20, 14, [(50, "Case form SP-7")]),
    _line(60, 10, [(50, "Quill, Marta"), (250, "40-8821")]),
    _line(73, 7, [(50, "patient"), (250, "chart")]),
    _line(90, 10, [(50, "Paul Stone, MD"), (250, "in OR 4 beside the machine")]),
    _line(101, 10, [(250, "for all of it")]),
    _line(114, 7, [(50, "surgeon"), (250, "where was the reader")]),
    _line(130, 10, [(50, "L4-5 fusion"), (250, "yes")]),
    _line(143, 7, [(50, "operation"), (250, "read live?")]),
)


def test_each_label_is_put_before_what_stands_over_it_though_it_fills_two_lines() -> None:
    assert [line.text for line in captioned(FORM, _known)] == [
        "Case form SP-7",
        "patient\tQuill, Marta",
        "chart\t40-8821",
        "surgeon\tPaul Stone, MD",
        "where was the reader\tin OR 4 beside the machine for all of it",
        "operation\tL4-5 fusion",
        "read live?\tyes",
    ]


def test_every_word_keeps_its_place_on_the_page() -> None:
    read = {(line.text[word.start : word.end], word.bbox) for line in captioned(FORM, _known) for word in line.words}
    printed = {(line.text[word.start : word.end], word.bbox) for line in FORM for word in line.words}
    assert read == printed


def test_labels_in_small_type_above_their_answers_are_those_of_what_is_below() -> None:
    above = (
        _line(20, 7, [(50, "patient"), (250, "chart")]),
        _line(29, 10, [(50, "Quill, Marta"), (250, "40-8821")]),
        _line(46, 7, [(50, "surgeon"), (250, "where was the reader")]),
        _line(55, 10, [(50, "Paul Stone, MD"), (250, "in OR 4")]),
        _line(72, 7, [(50, "operation"), (250, "read live?")]),
        _line(81, 10, [(50, "L4-5 fusion"), (250, "yes")]),
        _line(98, 7, [(50, "reader")]),
        _line(107, 10, [(50, "Ines Vale, MD")]),
    )
    assert captioned(above, _known) == above


def test_small_print_that_is_no_label_stays_where_it_is() -> None:
    lines = (
        *FORM[:3],
        _line(90, 10, [(50, "The course was uneventful.")]),
        _line(102, 7, [(50, "page 1 of 2")]),
        _line(130, 10, [(50, "No change.")]),
        _line(142, 7, [(50, "printed 4 March")]),
    )
    assert captioned(lines, _known) == lines
