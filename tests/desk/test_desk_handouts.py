"""Hand-outs from the desk: the right words to the right people, nothing of a record in an address, each in the trail."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import docx
import openpyxl
import pypdfium2
import pytest
from at_desk import DOCUMENTS, HOME, HOST, give, make_desk
from starlette.testclient import TestClient

from ionm_notes.desk.app import build
from ionm_notes.desk.desk import Desk
from ionm_notes.store import trail
from ionm_notes.store.users import keep_user

NOW = datetime(2026, 1, 5, tzinfo=UTC)
NAME = "c09-aneurysm-header-vs-log.pdf"


@pytest.fixture
def document(client: TestClient) -> int:
    number = give(client, NAME, (DOCUMENTS / NAME).read_bytes())["document"]
    assert isinstance(number, int)
    return number


def test_the_report_the_query_and_the_memo_are_given_out(desk: Desk, client: TestClient, document: int) -> None:
    where = f"/documents/{document}/handout"
    report = client.post(where, data={"kind": "report.pdf", "payer": "medicare", "on": ""})
    assert report.headers["content-type"] == "application/pdf"
    assert report.headers["content-disposition"] == f'attachment; filename="report-{document}-medicare.pdf"'
    pages = pypdfium2.PdfDocument(report.content)
    assert "time-conflict" in "".join(page.get_textpage().get_text_bounded() for page in pages)
    query = client.post(where, data={"kind": "query.docx", "payer": "medicare"})
    assert any("Start of monitoring: 0835" in one.text for one in docx.Document(BytesIO(query.content)).paragraphs)
    denied = {"reason": "overlapping-attention", "code": "95941", "units": "4", "claim": "A-17", "said": "CO-50"}
    memo = client.post(where, data={"kind": "appeal.docx", "payer": "commercial", **denied})
    read = docx.Document(BytesIO(memo.content))
    assert "A-17" in [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    noted = [(one.action, one.subject, one.detail["handout"]) for one in trail.entries(desk.store, f"document {document}", 3)]
    assert noted == [("exported", f"document {document}", kind) for kind in ("appeal", "query", "report")]
    assert "A-17" not in str([dict(one.detail) for one in trail.entries(desk.store)])


def test_the_list_goes_out_as_it_is_filtered(desk: Desk, client: TestClient, document: int) -> None:
    client.post("/worklist", data={"payer": "medicare", "words": "pterional"})
    book = openpyxl.load_workbook(BytesIO(client.post("/worklist/export", data={"list": "worklist.xlsx"}).content))
    rows = list(book["Worklist"].iter_rows(values_only=True))
    assert [row[:3] for row in rows] == [("Document", "Payer", "Verdict"), (NAME, "medicare", "query first")]
    found = csv.DictReader(StringIO(client.post("/worklist/export", data={"list": "findings.csv"}).content.decode("utf-8-sig")))
    assert {row["Document"] for row in found} == {NAME}
    client.post("/worklist", data={"clear": "1"})
    assert list(desk.intake.folder.iterdir()) == [], "no file is left behind"


@pytest.mark.parametrize("kind", ["report.exe", "report", "secret.pdf", "../x.pdf", ""])
def test_what_is_no_hand_out_is_refused(client: TestClient, document: int, kind: str) -> None:
    assert client.post(f"/documents/{document}/handout", data={"kind": kind}).status_code == 400
    assert client.post("/worklist/export", data={"list": kind}).status_code == 400


def test_a_viewer_takes_nothing_out(tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = make_desk(tmp_path_factory.mktemp("roles"), named=True)
    keep_user(desk.store, "vic", "viewer", "a long password", "root", NOW)
    with TestClient(build(desk, [HOST]), base_url=HOME, follow_redirects=False, headers={"origin": HOME}) as client:
        assert client.post("/worklist/export", data={"list": "worklist.csv"}).status_code == 401
        client.post("/login", data={"name": "vic", "password": "a long password"})
        assert client.post("/worklist/export", data={"list": "worklist.csv"}).status_code == 403
        assert client.post("/documents/1/handout", data={"kind": "report.pdf"}).status_code == 403
