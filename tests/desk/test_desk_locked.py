"""A locked file is opened at the desk with the password that is given with it, which is kept nowhere."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from at_desk import give
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from starlette.testclient import TestClient

from ionm_notes.desk.desk import Desk

WORD = "grüne Wiese 77"
TEXT = (Path(__file__).parents[2] / "fixtures" / "documents" / "b13-pell-quick-note.txt").read_text()


def locked_pdf() -> bytes:
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(WORD, strength=128))
    for number, line in enumerate(TEXT.splitlines()):
        canvas.drawString(40, 800 - 14 * number, line[:100])
    canvas.save()
    return out.getvalue()


def test_a_locked_file_asks_for_its_password_and_opens_with_it(desk: Desk, client: TestClient) -> None:
    data = locked_pdf()
    without = give(client, "locked.pdf", data)
    assert without["state"] == "failed"
    assert "under Locked files" in str(without["words"])
    wrong = give(client, "locked.pdf", data, "another")
    assert wrong["state"] == "failed"
    assert "no password that was given opens it" in str(wrong["words"])
    right = give(client, "locked.pdf", data, WORD)
    assert right["state"] == "stored", right["words"]
    shown = client.get(f"/documents/{right['document']}").text
    assert "The pages cannot be shown: the file is locked" in shown
    assert "lumbar" in shown


def test_the_password_is_kept_nowhere(desk: Desk, client: TestClient) -> None:
    give(client, "locked.pdf", locked_pdf(), WORD)
    assert WORD not in str(desk.intake.items())
    desk.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert WORD.encode() not in desk.db.read_bytes()
