"""A copy that is handed on holds nothing that names the patient, on the page or underneath, and every minute is as it was."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from paper import REPORT, Cli
from reportlab.pdfgen import canvas

from ionm_notes.errors import IonmError
from ionm_notes.phi import redact
from ionm_notes.phi.deidentify import deidentified, text_underneath
from ionm_notes.phi.level import Minimum

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NONE = Minimum("none", b"k" * 32)
NAMED = ("Quillfeather", "Desmond", "LV-4471902", "03/09/1951", "555-201-7788", "Larkmoor", "Vantongeren", "04/17/2025")


def pdf_of(text: str, hidden: str = "", scribble: str = "") -> bytes:
    """A PDF with a text, with text that is not shown (white, and behind a white box), a note and properties."""
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.setAuthor(hidden)
    page.setTitle(hidden)
    page.setFont("Helvetica", 9)
    for number, line in enumerate(text.splitlines()):
        page.drawString(40, 800 - 13 * number, line)
    if hidden:
        page.setFillColorRGB(1, 1, 1)
        page.drawString(40, 300, hidden)
        page.setFillColorRGB(0, 0, 0)
        page.drawString(40, 200, hidden)
        page.setFillColorRGB(1, 1, 1)
        page.rect(30, 190, 400, 30, stroke=0, fill=1)
        page.textAnnotation(scribble or hidden, Rect=(50, 100, 80, 130))
        page.bookmarkPage("x")
        page.addOutlineEntry(hidden, "x")
    page.save()
    return out.getvalue()


def minutes(line: str) -> object:
    found = json.loads(line)
    return found["minutes"], [(code["code"], code["units"], code["status"]) for code in found["codes"]], found["verdict"]["id"]


def test_the_text_copy_names_nobody_and_audits_as_the_original_does(cli: Cli, report: Path) -> None:
    done = cli("deidentify", report, "--out", "shared")
    assert done.code == 0, done.err
    (copy,) = Path("shared").iterdir()
    assert [word for word in NAMED if word in copy.read_text()] == []
    assert "Read the copy before you hand it on" in done.err
    assert [word for word in NAMED if word in done.err] == []
    original, again = (cli("audit", path, "--no-store", "--jsonl").out for path in (report, copy))
    assert minutes(original) == minutes(again)


def test_a_pdf_copy_holds_nothing_underneath(tmp_path: Path) -> None:
    data = pdf_of(REPORT, hidden="Quillfeather, Desmond A LV-4471902")
    assert any("Quillfeather" in page for page in text_underneath(data)), "the original does"
    copy, _ = deidentified("case.pdf", data, NONE)
    assert copy.pdf is not None
    assert [word for word in NAMED if any(word in page for page in text_underneath(copy.pdf))] == []
    for word in (b"Quillfeather", b"4471902", b"/Annot", b"/Outlines", b"/EmbeddedFile", b"/Image"):
        assert word not in copy.pdf


def test_a_name_that_nothing_marks_is_masked_because_it_is_no_word() -> None:
    text = REPORT.replace("0800 monitoring", "Fenwicke said that Okonkwo waits outside.\n0800 monitoring")
    copy, _ = deidentified("case.txt", text.encode(), NONE)
    assert "Fenwicke" not in copy.text
    assert "Okonkwo" not in copy.text
    assert "waits outside" in copy.text


def test_an_age_over_89_is_masked_at_the_end_of_a_line_too_and_another_stays() -> None:
    copy, _ = deidentified(
        "case.txt",
        REPORT.replace("0800 monitoring", "He is a 93\nyear old man, not 71 years old.\n0800 monitoring").encode(),
        NONE,
    )
    assert "a 90+\n" in copy.text
    assert "71 years old" in copy.text


def test_a_place_broken_over_two_lines_is_masked_on_both() -> None:
    text = REPORT.replace(
        "Procedure:", "He came to Larkmoor\nValley Hospital and left Larkmoor Valley\nHospital well.\nProcedure:"
    )
    copy, _ = deidentified("case.txt", text.encode(), NONE)
    assert "Larkmoor" not in copy.text
    assert "Valley" not in copy.text


def test_what_reading_back_finds_stops_the_copy(monkeypatch: pytest.MonkeyPatch, cli: Cli, tmp_path: Path) -> None:
    """The net below the mask: with the masking of the PDF taken away, no copy is written."""
    (tmp_path / "case.pdf").write_bytes(pdf_of(REPORT))
    whole = redact.pieces_of
    monkeypatch.setattr(redact, "pieces_of", lambda line, masked: whole(line, []))
    with pytest.raises(IonmError, match="reading it back"):
        deidentified("case.pdf", (tmp_path / "case.pdf").read_bytes(), NONE)


def test_a_limited_copy_keeps_dates_and_clinicians(cli: Cli, report: Path) -> None:
    cli("deidentify", report, "--out", "shared", "--limited")
    (copy,) = Path("shared").iterdir()
    text = copy.read_text()
    assert [word for word in ("Quillfeather", "LV-4471902", "555-201-7788") if word in text] == []
    assert [word for word in ("Vantongeren", "04/17/2025", "03/09/1951") if word not in text] == []


def test_nothing_is_overwritten_and_a_bad_file_does_not_stop_the_others(cli: Cli, report: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    done = cli("deidentify", tmp_path / "a.txt", report, "--out", "shared", "--phi-key", "k")
    assert done.code == 1
    assert "the file is empty" in done.err
    assert len(list(Path("shared").iterdir())) == 1
    again = cli("deidentify", report, "--out", "shared", "--phi-key", "k")
    assert again.code == 2
    assert "nothing is overwritten" in again.err


@pytest.mark.slow
@pytest.mark.xdist_group("recognition")  # two at once would be slower than their limits of time
def test_of_a_scan_only_words_that_identify_nobody_are_carried_over(cli: Cli) -> None:
    scan = next((FIXTURES / "scans").glob("*.pdf"))
    assert cli("deidentify", scan, "--out", "shared").code == 0
    (copy,) = Path("shared").glob("*.pdf")
    before, shown, written = cli("text", scan).out, cli("text", copy).out, copy.with_suffix(".txt").read_text()
    named = ("Ludmila", "Hargreaves", "Castleton", "Moreau", "GREYSTONE", "118-5520", "1947")
    assert [word for word in named if word not in before] == [], "the scan shows them"
    assert [word for word in named if word in shown or word in written] == []
    assert "Thoracic endovascular aortic repair" in shown
