"""`--password-file` opens what is locked, and `--limits` moves the bounds, in every command that reads files of strangers."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pyzipper
from command import Cli

sys.path.insert(0, str(Path(__file__).parents[1] / "ingest"))
sys.path.insert(0, str(Path(__file__).parents[2] / "fixtures" / "hostile"))
import makers
from make import plain_pdf

WORD = "open sesame"


def locked_pdf() -> bytes:
    return plain_pdf(WORD)


def locked_docx() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(makers.docx())).encrypt(WORD, out)
    return out.getvalue()


def locked_zip() -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(WORD.encode())
        archive.writestr("report.txt", makers.txt())
    return out.getvalue()


LOCKED = {
    "report.docx": (locked_docx, "encrypted-office"),
    "report.pdf": (locked_pdf, "encrypted-pdf"),
    "reports.zip": (locked_zip, "encrypted-zip"),
}


def test_locked_files_are_read_with_their_password_and_refused_without(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    for name, (make, _) in LOCKED.items():
        (folder / name).write_bytes(make())
    (tmp_path / "right.txt").write_text(f"not this one\n{WORD}\n")
    (tmp_path / "wrong.txt").write_text("not this one\n")

    def said(*more: str) -> dict[str, str]:
        ran = cli("audit", folder, "--jsonl", "--no-store", *more)
        assert WORD not in ran.out + ran.err
        lines = [json.loads(line) for line in ran.out.splitlines()]
        return {line["document"]["name"].partition("!")[0]: (line.get("error") or {"code": "read"})["code"] for line in lines}

    assert said() == {name: code for name, (_, code) in LOCKED.items()}
    assert said("--password-file", "wrong.txt") == dict.fromkeys(LOCKED, "wrong-password")
    assert said("--password-file", "right.txt") == dict.fromkeys(LOCKED, "read")


def test_text_shows_what_a_locked_archive_holds(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "reports.zip").write_bytes(locked_zip())
    (tmp_path / "right.txt").write_text(WORD)
    assert "protected by a password" in cli("text", "reports.zip").err
    ran = cli("text", "reports.zip", "--password-file", "right.txt")
    assert ran.code == 0
    assert "reports.zip!report.txt" in ran.out
    assert "Monitoring started" in ran.out


def test_text_shows_every_document_of_a_mail_and_names_what_it_skips(cli: Cli, tmp_path: Path) -> None:
    data = makers.mail(
        {
            "a.rtf": makers.rtf(),
            "b.txt": makers.txt(),
            "c.xlsx": makers.zipped({"xl/workbook.xml": b"<w/>"}),
            "d.pdf": b"%PDF-1.4",
        }
    )
    (tmp_path / "m.eml").write_bytes(data)
    ran = cli("text", "m.eml")
    assert ran.code == 0
    assert ran.out.count("08:10 | Monitoring started") + ran.out.count("08:10   Monitoring started") == 2
    assert "m.eml!text.txt: skipped, the covering note of a mail" in ran.out
    assert "m.eml!c.xlsx: skipped, an Excel workbook" in ran.out
    assert "m.eml!d.pdf: the PDF is damaged" in ran.out or "m.eml!d.pdf: the end of the file is missing" in ran.out


def test_limits_of_ones_own_bound_what_is_read(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(makers.txt())
    (tmp_path / "mine.toml").write_text("document_lines = 5\n")
    (tmp_path / "wrong.toml").write_text("document_line = 5\n")
    assert cli("text", "report.txt").code == 0
    assert "more than 5 lines" in cli("text", "report.txt", "--limits", "mine.toml").err
    line = json.loads(cli("audit", "report.txt", "--jsonl", "--no-store", "--limits", "mine.toml").out.splitlines()[0])
    assert line["error"]["code"] == "too-large"
    refused = cli("text", "report.txt", "--limits", "wrong.toml")
    assert refused.code == 2
    assert "there is no limit called document_line" in refused.err
