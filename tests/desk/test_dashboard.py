"""The dashboard shows what the scorecards compute."""

from __future__ import annotations

import html

from at_desk import DOCUMENTS, give
from starlette.testclient import TestClient

from ionm_notes.desk.desk import Desk
from ionm_notes.scorecards.compute import EVERY, cards
from ionm_notes.scorecards.paper import rate_words
from ionm_notes.store.database import Store


def test_the_dashboard_shows_the_rates_of_the_scorecards(client: TestClient, desk: Desk) -> None:
    name = "b13-pell-quick-note.txt"
    assert give(client, name, (DOCUMENTS / name).read_bytes())["state"] == "stored"
    page = html.unescape(client.get("/dashboard", params={"payer": "medicare"}).text)
    with Store(desk.db) as store:
        for by in EVERY:
            (card,) = cards(store, "medicare", by)
            row = f'<th scope="row">{card.name or "not stated"}</th><td class="num">{card.documents}</td>'
            assert row + f'<td class="num">{card.gaps}</td><td>{rate_words(card)}</td>' in page
        whole = cards(store, "medicare", "all")[0]
    assert all(f'<th scope="row">{gap.rule}</th><td class="num">{gap.gaps}</td>' in page for gap in whole.top)
