"""The desk shows nothing to who may not see it, and nothing that a document holds can act."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from at_desk import DOCUMENTS, HOME, HOST, give, make_desk
from starlette.testclient import TestClient

from ionm_notes.desk import uploads
from ionm_notes.desk.app import build
from ionm_notes.desk.desk import Desk
from ionm_notes.desk.sessions import COOKIE, Sessions
from ionm_notes.desk.uploads import safe_name
from ionm_notes.errors import IonmError
from ionm_notes.limits import Limits
from ionm_notes.store import trail
from ionm_notes.store.database import Store
from ionm_notes.store.users import keep_user, remove_user

NOW = datetime(2026, 1, 5, tzinfo=UTC)
PAGES = ("/", "/documents/1", "/documents/1/pages/1", "/events")


@pytest.mark.parametrize("page", PAGES)
def test_without_a_session_every_page_leads_to_the_entrance(running: TestClient, page: str) -> None:
    answer = running.get(page)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login"


def test_without_a_session_nothing_can_be_changed(running: TestClient) -> None:
    for path in ("/files", "/worklist", "/documents/1/review", "/documents/1/correct"):
        assert running.post(path, headers={"origin": HOME}).status_code == 401


def test_the_start_address_works_once(desk: Desk, running: TestClient) -> None:
    token = desk.sessions.new_token()
    assert running.get("/start", params={"token": token + "x"}).status_code == 403
    cookie = running.get("/start", params={"token": token}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert running.get("/start", params={"token": token}).status_code == 403
    running.cookies.clear()


def test_a_session_ends_when_nobody_uses_it() -> None:
    clock = [0.0]
    sessions = Sessions(lambda: clock[0])
    session = sessions.begin("ann", "viewer")
    clock[0] = 9 * 3600.0
    assert sessions.find(session.key) is None


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1:9999", "127.0.0.1.nip.io:8765", ""])
def test_another_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"https://{HOST}", "http://127.0.0.1:1"])
def test_a_request_from_another_site_changes_nothing(client: TestClient, origin: str) -> None:
    answer = client.post("/worklist", data={"words": "x"}, headers={"origin": origin})
    assert answer.status_code == 403
    del client.headers["origin"]
    assert client.post("/worklist", data={"words": "x"}).status_code == 403
    assert client.post("/worklist", data={"words": "x"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_every_answer_forbids_scripts_of_others_and_copies_on_disk(client: TestClient) -> None:
    for path in ("/", "/login", "/static/desk.js", "/documents/99", "/nothing"):
        headers = client.get(path).headers
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../desk.py",
        "/static/%2e%2e/desk.py",
        "/static/..%2f..%2fpyproject.toml",
        "/static//etc/passwd",
        "/../../etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_folder_of_assets(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/shadow", "shadow"),
        ("....pdf", "pdf"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("a\x00b\r\nc\u202e.pdf", "ab c.pdf"),
        (".hidden", "hidden"),
    ],
)
def test_a_file_name_leads_nowhere(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_file_name_is_cut_and_keeps_its_ending() -> None:
    assert safe_name("ü" * 500 + ".pdf").endswith("ü.pdf")
    assert len(safe_name("ü" * 500 + ".pdf").encode()) <= uploads.NAME_BYTES


def test_an_oversized_file_is_refused_and_leaves_nothing(desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LIMITS", Limits(file_bytes=1000))
    answer = client.post("/files", content=b"x" * 1001, headers={"x-file-name": "big.txt"})
    assert answer.status_code == 413
    assert list(desk.intake.folder.iterdir()) == []


def test_a_long_form_is_refused(client: TestClient) -> None:
    assert client.post("/worklist", content=b"words=" + b"x" * 100_000).status_code == 413


def test_scripts_in_names_and_text_are_shown_as_text(desk: Desk, client: TestClient) -> None:
    evil = "<script>alert(1)</script>"
    text = (DOCUMENTS / "b03-neurovista-mvd-note.txt").read_text().replace("Facility:", f"Facility: {evil}", 1) + f"\n{evil}\n"
    item = give(client, f"{evil}<img src=x onerror=alert(2)>.txt".replace("/", "%2F"), text.encode())
    assert item["state"] == "stored"
    for page in ("/", f"/documents/{item['document']}"):
        shown = client.get(page).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "&lt;img src=x" in shown
        assert "&lt;script&gt;alert" in shown or page == "/"
        assert not re.search(r"<script(?! src=\"/static/)", shown)
        assert " style=" not in shown
        assert not re.search(r"\son\w+=", re.sub(r"&lt;.*?&gt;", "", shown))


def test_what_is_dropped_does_not_stay_in_the_clear(desk: Desk, client: TestClient) -> None:
    give(client, "note.txt", (DOCUMENTS / "b13-pell-quick-note.txt").read_bytes())
    assert list(desk.intake.folder.iterdir()) == []


def test_what_is_searched_for_stands_in_no_address(client: TestClient) -> None:
    answer = client.post("/worklist", data={"words": "Mustermann"})
    assert answer.headers["location"] == "/"
    assert 'method="post" action="/worklist"' in client.get("/").text
    client.post("/worklist", data={"clear": "1"})


def test_named_users_sign_in_and_do_what_their_role_allows(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, named=True)
    with Store(desk.db) as store:
        for name, role in (("vic", "viewer"), ("cod", "coder"), ("aud", "auditor")):
            keep_user(store, name, role, "a long password", "root", NOW)
        hashed = store.rows("SELECT password FROM users")[0]["password"]
    assert hashed.startswith("$argon2id$")
    with TestClient(build(desk, [HOST]), base_url=HOME, follow_redirects=False) as client:
        client.headers["origin"] = HOME
        assert client.get("/start", params={"token": desk.sessions.new_token()}).status_code == 403
        assert client.post("/login", data={"name": "vic", "password": "wrong"}).status_code == 403
        assert client.post("/login", data={"name": "nobody", "password": "wrong"}).status_code == 403
        may = {}
        for name in ("vic", "cod", "aud"):
            client.cookies.clear()
            assert client.post("/login", data={"name": name, "password": "a long password"}).status_code == 200
            file = client.post("/files", content=b"", headers={"x-file-name": "a.txt"}).status_code
            review = client.post("/documents/1/review", data={"decision": "reviewed"}).status_code
            may[name] = (client.get("/").status_code, file, review, client.get("/trail").status_code)
        assert may == {"vic": (200, 403, 403, 403), "cod": (200, 400, 403, 403), "aud": (200, 400, 404, 403)}
        for _ in range(5):
            client.post("/login", data={"name": "vic", "password": "guess"})
        assert client.post("/login", data={"name": "vic", "password": "a long password"}).status_code == 429
    assert COOKIE in client.cookies


def test_users_are_kept_and_removed_with_an_entry_in_the_trail(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        keep_user(store, "ann", "auditor", "a long password", "root", NOW)
        remove_user(store, "ann", "root", NOW)
        assert [entry.action for entry in trail.entries(store)] == ["user-removed", "user-kept"]
        for name, role, password in (
            ("", "viewer", "a long password"),
            ("bo", "king", "a long password"),
            ("bo", "viewer", "short"),
        ):
            with pytest.raises(IonmError, match="not kept"):
                keep_user(store, name, role, password, "root", NOW)
        with pytest.raises(IonmError, match="no user"):
            remove_user(store, "bo", "root", NOW)
