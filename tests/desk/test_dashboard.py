"""The dashboard shows what the scorecards compute."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pytest
from at_desk import DOCUMENTS, give
from starlette.testclient import TestClient

from ionm_notes.desk.desk import Desk
from ionm_notes.scorecards.compute import EVERY, By, Card, cards
from ionm_notes.scorecards.paper import rate_words
from ionm_notes.store.database import Store


def test_the_dashboard_shows_the_rates_of_the_scorecards(client: TestClient, desk: Desk) -> None:
    name = "b13-pell-quick-note.txt"
    assert give(client, name, (DOCUMENTS / name).read_bytes())["state"] == "stored"
    page = html.unescape(client.get("/dashboard", params={"payer": "medicare"}).text)
    with Store(desk.db) as store:
        found = cards(store, "medicare", ("all", *EVERY))
        for by in EVERY:
            (card,) = found[by]
            row = f'<th scope="row">{card.name or "not stated"}</th><td class="num">{card.documents}</td>'
            assert row + f'<td class="num">{card.gaps}</td><td>{rate_words(card)}</td>' in page
        whole = found["all"][0]
    assert all(f'<th scope="row">{gap.rule}</th><td class="num">{gap.gaps}</td>' in page for gap in whole.top)


def test_the_dashboard_adds_up_anew_when_something_came_and_only_then(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[str] = []

    def counted(store: Store, payer: str, groups: Sequence[By]) -> dict[By, tuple[Card, ...]]:
        runs.append(payer)
        return cards(store, payer, groups)

    monkeypatch.setattr("ionm_notes.desk.dashboards.cards", counted)
    first, second = "b09-whitlock-scoliosis-dictation.txt", "b03-neurovista-mvd-note.txt"
    give(client, first, (DOCUMENTS / first).read_bytes())
    pages = [client.get("/dashboard", params={"payer": "medicare"}).text for _ in range(2)]
    assert pages[0] == pages[1]
    assert runs == ["medicare"]
    give(client, second, (DOCUMENTS / second).read_bytes())
    assert client.get("/dashboard", params={"payer": "medicare"}).text != pages[1]
    assert runs == ["medicare", "medicare"]
