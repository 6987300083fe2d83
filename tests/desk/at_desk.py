"""A desk within the test process, with its own store, and how tests talk to it."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from ionm_notes.cli.batch import Job
from ionm_notes.desk.desk import Desk
from ionm_notes.desk.intake import Intake
from ionm_notes.desk.pictures import Pictures

DOCUMENTS = Path(__file__).parents[2] / "fixtures" / "documents"
HOST = "127.0.0.1:8765"
HOME = f"http://{HOST}"


def make_desk(folder: Path, named: bool = False) -> Desk:
    """A desk over a new store; it is to be started by its application."""
    (folder / "scratch").mkdir()
    pictures = Pictures()
    intake = Intake(folder / "desk.db", Job(("medicare", "commercial")), folder / "scratch", 1)
    return Desk(folder / "desk.db", intake, pictures, ("medicare", "commercial"), named=named)


def sign_in(desk: Desk, client: TestClient) -> None:
    """Gives the client a session by the start URL."""
    assert client.get("/start", params={"token": desk.sessions.new_token()}).status_code == 200


def give(client: TestClient, name: str, data: bytes, password: str = "") -> dict[str, object]:
    """Drops a file and waits until it is settled; returns what became of it."""
    headers = {"x-file-name": name, "x-file-password": quote(password), "origin": HOME}
    answer = client.post("/files", content=data, headers=headers)
    item: dict[str, object] = answer.json()
    intake = client.app.state.desk.intake
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = next((one for one in intake.items() if one.id == item.get("id")), None)
        if found is None or found.state not in ("waiting", "reading"):
            break
        time.sleep(0.05)
    assert found is not None
    return {"id": found.id, "name": found.name, "state": found.state, "words": found.words, "document": found.document}
