"""The whole way from dots to lines, with the engine itself; most of it is slow."""

from __future__ import annotations

import functools
import io
import multiprocessing
import os
import random
import socket
import stat
import sys
import time
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from make_scans import as_pdf, degraded, drawn, scan_of
from PIL import Image

from ionm_notes import pulse
from ionm_notes.audit import audit_payers
from ionm_notes.errors import IonmError
from ionm_notes.ingest import read_bytes, read_document
from ionm_notes.ingest.ocr import engine
from ionm_notes.ingest.ocr.pool import Picture, recognise
from ionm_notes.limits import Limits
from ionm_notes.types import Document

ROOT = Path(__file__).parents[3]
SCAN = ROOT / "fixtures" / "scans" / "b19-typed-scan-tevar.pdf"
LETTER = ROOT / "fixtures" / "documents" / "b02-lakeshore-schwannoma-letter.pdf"
SUMMARY = ROOT / "fixtures" / "documents" / "b22-overread-plif-summary.pdf"


class Reached(AssertionError):
    """Something asked for the network."""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to resolve a name or to connect fails the test."""

    def refuse(*_: object, **__: object) -> None:
        raise Reached("the network was asked for")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def text_of(document: Document) -> str:
    return "\n".join(line.text for page in document.pages for line in page.lines)


def faxed(path: Path, seed: str = "x") -> Image.Image:
    return degraded(drawn(path.read_bytes())[0], random.Random(seed), 1)


@functools.cache
def upright_letter() -> Document:
    return read_bytes("upright.pdf", scan_of(LETTER.read_bytes(), "turned"))


def head_of(image: Image.Image) -> Image.Image:
    """The upper two fifths of a page: a format or an order of pages shows on few lines as well as on many."""
    return image.crop((0, 0, image.width, image.height * 2 // 5))


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_scan_is_read_without_any_network_and_kept_for_its_owner_alone(
    no_network: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IONM_NOTES_OCR_CACHE", str(tmp_path / "kept"))
    document = read_document(SCAN)
    assert document.text_source == "ocr"
    assert not document.poor_text
    assert "Monitoring began\t10:12" in text_of(document)
    assert "Monitoring ended\t13:50" in text_of(document)
    (kept,) = (tmp_path / "kept").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700

    def again(*_: object) -> None:
        raise RuntimeError("recognized again")

    monkeypatch.setattr(engine.Engine, "find", again)
    assert read_document(SCAN) == document
    kept.write_text("{")
    with pytest.raises(IonmError, match="reader failed"):
        read_document(SCAN)


def _recognise_a_line() -> None:
    page = np.full((300, 900), 255, dtype=np.uint8)
    cv2.putText(page, "Monitoring began 10:12", (40, 160), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 0, 3)
    (text,) = recognise([Picture(page, 200, 200 / 72)], 1, None)
    assert "10:12" in " ".join(word.text for sheet in text.sheets for word in sheet.words)


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
def test_a_worker_forked_from_a_program_that_recognised_a_page_can_do_so_too() -> None:
    """To destroy the engine that it inherited would wait for ever: the engine's threads stayed with the program."""
    _recognise_a_line()
    worker = multiprocessing.get_context("fork").Process(target=_recognise_a_line)
    worker.start()
    worker.join(40)
    worker.kill()
    worker.join()
    assert worker.exitcode == 0


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
def test_one_page_alone_gives_signs_of_life_while_it_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a page may take longer than the limit on silence, and is no reason to refuse a fax."""
    assert text_of(read_document(SCAN))  # loads the engine, which is no part of recognising a page
    # The calmest of three: what shares the processor's caches moves the shares of a single one by a twentieth.
    silences = [_silences(monkeypatch) for _ in range(3)]
    # Finding the lines of a page is one call of the engine that gives no sign; reading them must be told of all along.
    assert min(first for first, _ in silences) < 0.72
    assert min(longest for _, longest in silences) < 0.3


def _silences(monkeypatch: pytest.MonkeyPatch) -> tuple[float, float]:
    """How long the first sign of life takes, and the longest silence after it, as shares of the recognition of a page."""
    beats: list[float] = []
    # Processor time: how long a page takes otherwise depends on what else the machine does.
    monkeypatch.setattr(pulse, "_listener", lambda: beats.append(time.process_time()))
    began = time.process_time()
    assert text_of(read_document(SCAN))
    took = time.process_time() - began
    assert len(beats) >= 4
    return (beats[0] - began) / took, max(b - a for a, b in pairwise([*beats, began + took])) / took


def test_boxes_of_a_scan_lie_on_their_words() -> None:
    document = read_document(SCAN)
    (line,) = [line for line in document.pages[0].lines if "10:12" in line.text]
    word = line.words[-1]
    assert line.text[word.start : word.end] == "10:12"
    assert word.bbox is not None
    # The time stands 580 to 682 dots from the left and 1006 to 1040 from the top, at 200 dots to an inch.
    assert word.bbox == pytest.approx((211, 363, 245, 374), abs=4)
    assert line.confidence is not None
    assert line.confidence > 0.8


def test_without_the_engine_a_scan_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "available", lambda: False)
    with pytest.raises(IonmError) as caught:
        read_document(SCAN)
    assert caught.value.code == "ocr-missing"
    assert "pip install" in caught.value.remedy


def test_documents_with_a_text_layer_never_load_the_engine() -> None:
    code = "import sys, pathlib; from ionm_notes.ingest import read_document; read_document(pathlib.Path(sys.argv[1])); "
    code += "sys.exit(any(name in sys.modules for name in ('rapidocr', 'onnxruntime', 'cv2', 'PIL')))"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code, str(SUMMARY)]) == 0


@pytest.mark.parametrize(
    ("name", "data"), [("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64), ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 99)]
)
def test_a_damaged_picture_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(IonmError) as caught:
        read_bytes(name, data)
    assert caught.value.code == "damaged-picture"


def test_a_picture_of_too_many_dots_is_refused_before_it_is_unpacked() -> None:
    data = encoded(Image.new("1", (9_000, 9_000), 1), "PNG")
    with pytest.raises(IonmError) as caught:
        read_bytes("poster.png", data)
    assert caught.value.code == "too-large"


def test_a_packet_of_more_scanned_pages_than_are_recognized_is_refused() -> None:
    page = Image.new("L", (170, 220), 0)
    with pytest.raises(IonmError) as caught:
        read_bytes("packet.pdf", as_pdf([page] * 3), Limits(scanned_pages=2))
    assert caught.value.code == "too-many-pages"


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lay_askew_in_the_scanner_is_read_upright(turn: int) -> None:
    data = scan_of(LETTER.read_bytes(), "turned", turn)
    document = read_bytes("turned.pdf", data)
    assert document.pages[0].turn == (360 - turn) % 360
    assert "Mr. Oyelaran" in text_of(document)
    line = next(line for line in document.pages[0].lines if line.text.startswith("Dear Dr."))
    upright = upright_letter()
    same = next(line for line in upright.pages[0].lines if line.text.startswith("Dear Dr."))
    boxes = line.words[0].bbox, same.words[0].bbox
    assert boxes[0] is not None
    assert boxes[1] is not None
    x0, top, x1, bottom = boxes[1]
    width, height = upright.pages[0].width, upright.pages[0].height
    turned = {
        90: (height - bottom, x0, height - top, x1),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (top, width - x1, bottom, width - x0),
    }
    assert boxes[0] == pytest.approx(turned[turn], abs=3)


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
def test_two_pages_side_by_side_are_read_one_after_the_other() -> None:
    both = Image.new("L", (3_400, 2_200), 255)
    both.paste(drawn(LETTER.read_bytes())[0], (0, 0))
    both.paste(drawn(SUMMARY.read_bytes())[0], (1_700, 0))
    text = text_of(read_bytes("spread.png", encoded(both, "PNG", dpi=(200, 200))))
    assert text.index("With kind regards") < text.index("Anselma Rocha")
    assert "regards,\t" not in text


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_read(kind: str) -> None:
    document = read_bytes(f"page.{kind.lower()}", encoded(head_of(faxed(LETTER)), kind))
    assert document.text_source == "ocr"
    assert "Mr. Oyelaran" in text_of(document)


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
def test_a_tiff_of_many_pages_gives_all_of_them() -> None:
    pages = [head_of(faxed(LETTER)), head_of(faxed(SUMMARY))]
    document = read_bytes("fax.tif", encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200)))
    assert [page.number for page in document.pages] == [1, 2]
    assert "Anselma Rocha" in "\n".join(line.text for line in document.pages[1].lines)


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
def test_a_photograph_in_bad_light_that_the_camera_turned_is_read() -> None:
    import numpy as np

    page = np.asarray(faxed(LETTER).resize((2_550, 3_300)), dtype=np.float32)
    shadow = np.linspace(1, 0.45, 2_550)[None, :] * np.linspace(1, 0.8, 3_300)[:, None]
    table = Image.new("L", (3_000, 4_000), 50)
    table.paste(Image.fromarray((page * shadow).astype(np.uint8)), (220, 340))
    exif = Image.Exif()
    exif[0x0112] = 6
    document = read_bytes("photo.jpg", encoded(table.rotate(90, expand=True), "JPEG", quality=85, exif=exif))
    assert "Mr. Oyelaran" in text_of(document)
    assert document.pages[0].height > document.pages[0].width


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
def test_a_coarse_fax_is_too_poor_to_bill_from() -> None:
    import numpy as np

    source = ROOT / "fixtures" / "documents" / "b07-lumen-audittrail-trauma.pdf"
    page = drawn(source.read_bytes())[0]
    coarse = page.resize((page.width, page.height * 98 // 200), Image.Resampling.BILINEAR)
    dots = np.where(np.asarray(coarse) < 160, 0, 255).astype(np.uint8)
    noise = np.random.default_rng(7).random(dots.shape)
    dots[noise < 0.004] = 0
    document = read_bytes("coarse.pdf", as_pdf([Image.fromarray(dots).resize(page.size, Image.Resampling.NEAREST)]))
    assert document.poor_text
    for audit in audit_payers(document, ("medicare", "commercial")):
        assert {code.status for code in audit.codes} <= {"query"}
        assert "low-text-quality" in {finding.rule for finding in audit.findings}
