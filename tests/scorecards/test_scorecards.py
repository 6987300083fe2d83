"""Scorecards say what the newest audits hold, and the desk and the files say the same."""

from __future__ import annotations

import csv
import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "phi"))

from paper import REPORT

from ionm_notes.claims.summing import rate
from ionm_notes.cli import main
from ionm_notes.cli.batch import Job, audit_file
from ionm_notes.cli.keep import Keeper
from ionm_notes.scorecards.compute import Card, Month, cards
from ionm_notes.scorecards.paper import paper
from ionm_notes.store.database import Store
from ionm_notes.store.reviews import By, decide

NOW = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Three reports: two of Dr. Vantongeren at Larkmoor in two months, one of Dr. Calloway at Thornhill."""
    path = tmp_path / "s.db"
    texts = {
        "a.txt": REPORT,
        "b.txt": REPORT.replace("04/17/2025", "05/02/2025").replace("exclusive attention to this one patient, ", ""),
        "c.txt": REPORT.replace("Hesper Vantongeren", "Rufus Calloway").replace("Larkmoor Valley", "Thornhill General"),
    }
    with Store(path) as store:
        for name, text in texts.items():
            (tmp_path / name).write_text(text)
            Keeper(store, Job(("medicare",)), True).keep(audit_file(tmp_path / name, Job(("medicare",))), NOW)
    return path


def by_name(db: Path, group: str, **more: object) -> dict[str, Card]:
    with Store(db) as store:
        return {card.name: card for card in cards(store, "medicare", [group], **more)[group]}


def test_a_document_counts_for_everybody_it_names(db: Path) -> None:
    assert {name: card.documents for name, card in by_name(db, "professional").items()} == {
        "Hesper Vantongeren, MD": 2,
        "Rufus Calloway, MD": 1,
    }
    assert [card.documents for card in by_name(db, "technologist").values()] == [3]
    assert sum(card.documents for card in by_name(db, "facility").values()) == 3
    assert [card.documents for card in by_name(db, "surgeon").values()] == [3]


def test_the_gap_rate_has_wilsons_interval_and_a_mark_of_small_numbers(db: Path) -> None:
    card = by_name(db, "professional")["Hesper Vantongeren, MD"]
    assert (card.rate.wrong, card.rate.looked) == (2, 2)
    assert (card.rate.low, card.rate.high) == (rate(2, 2).low, 1.0)
    assert card.few


def test_gaps_are_those_of_the_worklist_and_go_when_they_are_dismissed(db: Path) -> None:
    with Store(db) as store:
        before = cards(store, "medicare", ["all"])["all"][0]
        listed = store.rows("SELECT sum(gaps) AS gaps FROM worklist")[0]["gaps"]
        assert before.gaps == listed == sum(gap.gaps for gap in before.top)
        line = store.line(1)
        finding = next(one for one in line["findings"] if one["severity"] != "info")
        key = f"{finding['rule']} {finding['message']}"
        decide(store, 1, "medicare", key, "dismissed", By("ann", NOW, "stands on another page"))
        after = cards(store, "medicare", ["all"])["all"][0]
    assert after.gaps == before.gaps - 1 == sum(gap.gaps for gap in after.top)


def test_money_at_stake_are_the_units_that_hang_on_a_gap(db: Path) -> None:
    card = by_name(db, "professional", fees={"G0453": Decimal("30")})["Hesper Vantongeren, MD"]
    assert card.open_units == {"G0453": 10}
    assert card.at_stake == Decimal("300")
    assert by_name(db, "professional")["Hesper Vantongeren, MD"].at_stake is None
    assert by_name(db, "professional", fees={"95938": Decimal("9")})["Hesper Vantongeren, MD"].at_stake is None


def test_days_of_service_bound_the_cards(db: Path) -> None:
    assert by_name(db, "all", since=date(2025, 5, 1))[""].documents == 1
    assert by_name(db, "all", until=date(2025, 4, 30))[""].documents == 2


def test_a_trend_is_told_only_where_the_intervals_part() -> None:
    def card(*months: Month) -> Card:
        return Card("all", "", "medicare", 0, 0, rate(0, 0), (), months, {}, None)

    assert card(Month("2025-01", 100, 10, 10), Month("2025-02", 100, 40, 40)).trend == "rising"
    assert card(Month("2025-01", 100, 40, 40), Month("2025-02", 100, 10, 10)).trend == "falling"
    assert card(Month("2025-01", 100, 10, 10), Month("2025-02", 100, 14, 14)).trend == "no clear change"
    assert card(Month("", 5, 5, 5), Month("2025-02", 100, 14, 14)).trend == "too few months"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr("sys.argv", ["ionm-notes", *map(str, arguments)])
    with pytest.raises(SystemExit) as stopped:
        main.run()
    assert stopped.value.code in (0, None)


def test_every_form_holds_the_same_cards(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from openpyxl import load_workbook
    from pypdfium2 import PdfDocument

    run(monkeypatch, "scorecard", "--db", db, "--jsonl")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["by"] for row in told} == {"professional", "technologist", "facility", "surgeon"}
    for form in ("xlsx", "csv", "pdf", "html"):
        run(monkeypatch, "scorecard", "--db", db, "--out", tmp_path / f"cards.{form}")
    sheet = load_workbook(tmp_path / "cards.xlsx").worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [row["name"] for row in told]
    with (tmp_path / "cards.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Name"] for row in csv.DictReader(file)] == [row["name"] for row in told]
    words = " ".join(page.get_textpage().get_text_range() for page in PdfDocument(tmp_path / "cards.pdf"))
    page = (tmp_path / "cards.html").read_text()
    assert all(row["name"].split(",")[0] in page and row["name"].split()[0] in words for row in told)


def test_the_hand_out_says_how_to_read_the_rates(db: Path) -> None:
    made = paper(tuple(by_name(db, "facility").values()), date(2026, 1, 5))
    assert "Wilson" in repr(made.blocks[0])
    assert "few" in repr(made.blocks)
