"""Plain text of any usual encoding is read as typed: cells, log entries, paragraphs, pages."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import cells_of

from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_bytes
from ionm_notes.ingest.evidence import evidence
from ionm_notes.ingest.txt import single_spaced
from ionm_notes.limits import Limits
from ionm_notes.types import Line

TEXT = "Anesthésie – propofol\nMonitoring ended at 11:30, 0.9 µV\n"


def lines(text: str) -> tuple[Line, ...]:
    return read_bytes("report.txt", text.encode()).pages[0].lines


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp1252"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
    ],
    ids=["utf-8", "utf-8 mark", "cp1252", "utf-16 little", "utf-16 big", "utf-16 no mark"],
)
def test_every_usual_encoding_gives_the_same_text(data: bytes) -> None:
    document = read_bytes("report.txt", data)
    assert [line.text for line in document.pages[0].lines] == TEXT.split("\n")[:2]
    assert document.text_source == "native"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert [line.text for line in lines(f"one{end}two{end}")] == ["one", "two"]


def test_form_feeds_make_pages() -> None:
    pages = read_bytes("report.txt", b"first\n\fsecond\n\f").pages
    assert [(page.number, page.lines[0].text, page.lines[0].page) for page in pages] == [(1, "first", 1), (2, "second", 2)]


def test_blank_lines_part_paragraphs() -> None:
    assert [line.block for line in lines("one\ntwo\n\n\nthree")] == [0, 0, 1]


def test_runs_of_blanks_and_tabs_part_cells() -> None:
    (line,) = lines("Patient:   Dora Blythe       DOB 01/02/1960\tMRN 12")
    assert cells_of(line) == ("Patient:", "Dora Blythe", "DOB 01/02/1960", "MRN 12")
    assert line.kind == "text"


def test_two_blanks_after_a_sentence_or_a_number_part_nothing() -> None:
    assert [len(line.cells) for line in lines("HISTORY.  No change.  Stable at 0.3 mA.  End\n1.  One finding")] == [1, 1]


def test_a_log_entry_with_columns_is_a_row() -> None:
    (line,) = lines("07:15   Setup      Electrodes on")
    assert (line.kind, cells_of(line)) == ("row", ("07:15", "Setup", "Electrodes on"))


@pytest.mark.parametrize("entry", ["07:15   Setup     Electrode placement begins,", "0715 Electrode placement begins,"])
def test_a_comment_that_wraps_deeper_is_joined_to_its_entry(entry: str) -> None:
    found = lines(f"{entry}\n{' ' * 18}patient supine\n07:42   Base      Baselines complete")
    assert found[0].text.endswith("Electrode placement begins, patient supine")
    assert found[0].kind == "row"
    assert len(found) == 2


def test_a_value_that_wraps_under_itself_is_joined_to_its_label() -> None:
    found = lines("Procedure:    L3-L5 decompression and fusion with\n              instrumentation\nSurgeon:      Ana Sole")
    assert [line.text for line in found] == [
        "Procedure:\tL3-L5 decompression and fusion with instrumentation",
        "Surgeon:\tAna Sole",
    ]


def test_aligned_columns_are_rows_and_forms_are_not() -> None:
    assert {line.kind for line in lines("CODE     UNITS   MOD\n95938    1       26\n95939    1       26")} == {"row"}
    assert {line.kind for line in lines("Name: A      Age: 40\nRoom: 1      Tech: B\nDate: 2      Time: 3")} == {"text"}


def test_bars_of_an_export_part_cells_and_stay_in_the_text() -> None:
    found = lines("Time | Event | Note\n07:15 | Setup | Electrodes on\n07:42 | Base | Baselines complete")
    assert [line.kind for line in found] == ["row"] * 3
    assert cells_of(found[1]) == ("07:15", "Setup", "Electrodes on")
    assert evidence(found[1], 0, len(found[1].text)).text == "07:15 | Setup | Electrodes on"


def test_a_sentence_that_wraps_before_a_time_stays_prose() -> None:
    found = lines("Monitoring began after the baselines at\n0815 and went on until the wound was closed.")
    assert [(line.kind, line.block) for line in found] == [("text", 0), ("text", 0)]


def test_control_characters_never_reach_a_line() -> None:
    assert [line.text for line in lines("Monitoring\x1b]0;title\x07 started\x00 at\u200b 08:00")] == [
        "Monitoring]0;title started at 08:00"
    ]


def test_an_endless_line_is_folded() -> None:
    found = read_bytes("report.txt", b"word " * 5_000, Limits(line_chars=200)).pages[0].lines
    assert max(len(line.text) for line in found) <= 200
    assert sum(len(line.words) for line in found) == 5_000


def test_too_much_text_is_refused() -> None:
    with pytest.raises(IonmError) as caught:
        read_bytes("report.txt", b"word " * 100, Limits(document_chars=100))
    assert caught.value.code == "too-large"


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\n\t  07:15"), min_size=1))
def test_every_word_of_any_text_stands_where_its_offsets_say(text: str) -> None:
    document = read_bytes("report.txt", ("Monitoring " + text).encode())
    for page in document.pages:
        for line in page.lines:
            words = [line.text[word.start : word.end] for word in line.words]
            assert line.text.split() == [word for word in words if word != "\t"]
            assert " ".join(cells_of(line)).split() == line.text.split()


@pytest.mark.parametrize("change", [lambda text: text.replace(" ", "  "), lambda text: text.replace("\n", "\n\n")])
def test_text_that_was_set_double_reads_as_if_it_were_single(change: Callable[[str], str]) -> None:
    lines = [f"Line {n} of a letter in plain words, with nothing in columns" for n in range(12)]
    text = "\n".join(lines) + "\n"
    assert single_spaced(change(text)).split() == text.split()
    assert "  " not in single_spaced(change(text))
    assert "\n\n" not in single_spaced(change(text))


def test_columns_of_a_text_keep_their_blanks() -> None:
    text = "Time    Event\n07:15   Electrodes on\n07:40   Baselines done\n"
    assert single_spaced(text) == text


def test_a_sign_that_stands_alone_between_label_and_value_is_no_cell() -> None:
    page = read_bytes("a.txt", b"The Patient  =  Lavinia Ives\nSurgeon   ->  Ida Bancroft, MD\n").pages[0]
    assert [line.text for line in page.lines] == ["The Patient\t= Lavinia Ives", "Surgeon\t-> Ida Bancroft, MD"]
