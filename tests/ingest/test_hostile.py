"""Broken and harmful files each yield a clear error that names the file and the reason, quickly and in little memory."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ionm_notes.errors import ERRORS, IonmError
from ionm_notes.ingest import read_bytes, read_document
from ionm_notes.limits import Limits

sys.path.insert(0, str(Path(__file__).parents[2] / "fixtures" / "hostile"))
from make import hostile_files, plain_pdf, word

FILES = hostile_files()


def outcome(name: str, data: bytes) -> str:
    """'read', or the code of the error; any other exception is a fault of the program and fails the test."""
    try:
        read_bytes(name, data)
    except IonmError as error:
        return error.code
    return "read"


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_with_its_reason(name: str, tmp_path: Path) -> None:
    data, code = FILES[name]
    path = tmp_path / name
    path.write_bytes(data)
    began = time.monotonic()
    with pytest.raises(IonmError) as caught:
        read_document(path)
    assert caught.value.code == code
    assert name in str(caught.value)
    assert time.monotonic() - began < 5


def test_no_message_repeats_text_of_the_document() -> None:
    data = word("<w:p><w:r><w:t>Dora Blythe</w:t></w:r>")
    with pytest.raises(IonmError) as caught:
        read_bytes("report.docx", data)
    assert "Blythe" not in str(caught.value)


def test_a_pdf_that_calls_itself_a_word_file_is_read_with_a_warning() -> None:
    document = read_bytes("report.docx", plain_pdf())
    assert document.media_type == "application/pdf"
    assert document.warnings == ("the name says DOCX, the content is PDF: read as PDF",)


def test_a_word_file_that_calls_itself_text_is_read_with_a_warning() -> None:
    document = read_bytes("report.txt", word("<w:p><w:r><w:t>Monitoring started</w:t></w:r></w:p>"))
    assert document.text_source == "native"
    assert "read as DOCX" in document.warnings[0]


def test_a_file_cut_anywhere_never_escapes_the_table_of_errors() -> None:
    for data, name in ((plain_pdf(), "a.pdf"), (word("<w:p><w:r><w:t>Monitoring</w:t></w:r></w:p>" * 20), "a.docx")):
        for cut in range(0, len(data), max(1, len(data) // 40)):
            assert outcome(name, data[:cut]) in {"read", *ERRORS} - {"reader-crashed"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["a.pdf", "a.docx"]), st.integers(0, 10_000), st.integers(0, 255))
def test_one_changed_byte_never_escapes_the_table_of_errors(name: str, place: int, byte: int) -> None:
    data = bytearray(SOUND[name])
    data[place % len(data)] = byte
    assert outcome(name, bytes(data)) in {"read", *ERRORS} - {"reader-crashed"}


SOUND = {"a.pdf": plain_pdf(), "a.docx": word("<w:p><w:r><w:t>Monitoring</w:t></w:r></w:p>" * 20)}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.pdf", "a.docx", "a.txt", "a", "a.bin"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    assert outcome(name, data) in {"read", *ERRORS} - {"reader-crashed"}


@pytest.fixture
def odd_paths(tmp_path: Path) -> Iterator[dict[str, Path]]:
    os.mkfifo(tmp_path / "pipe.pdf")
    return {
        "missing-file": tmp_path / "none.pdf",
        "not-a-file": tmp_path,
        "pipe": tmp_path / "pipe.pdf",
        "unreadable": Path("a\0b.pdf"),
    }


@pytest.mark.parametrize(
    ("which", "code"),
    [("missing-file", "missing-file"), ("not-a-file", "not-a-file"), ("pipe", "not-a-file"), ("unreadable", "unreadable")],
)
def test_a_path_that_is_no_regular_file_is_refused_without_waiting(odd_paths: dict[str, Path], which: str, code: str) -> None:
    with pytest.raises(IonmError) as caught:
        read_document(odd_paths[which])
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("limits", "name", "code"),
    [
        (Limits(file_bytes=100), "a.pdf", "too-large"),
        (Limits(pages=0), "a.pdf", "too-many-pages"),
        (Limits(page_chars=100), "a.pdf", "too-large"),
        (Limits(document_chars=100), "a.pdf", "too-large"),
        (Limits(document_chars=100), "a.docx", "too-large"),
        (Limits(part_bytes=100), "a.docx", "zip-limits"),
        (Limits(zip_bytes=100), "a.docx", "zip-limits"),
    ],
)
def test_each_limit_holds(limits: Limits, name: str, code: str) -> None:
    with pytest.raises(IonmError) as caught:
        read_bytes(name, SOUND[name], limits)
    assert caught.value.code == code


def test_a_page_with_too_many_drawings_is_still_read() -> None:
    assert read_bytes("a.pdf", SOUND["a.pdf"], Limits(page_paths=0)).pages[0].lines
