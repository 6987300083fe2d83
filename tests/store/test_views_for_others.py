"""The views for people with tools of their own: they answer, and the page tells every column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sample_case import NOW

from ionm_notes.store.database import Store
from ionm_notes.store.record import Record

Make = Callable[..., Record]
PAGE = (Path(__file__).parents[2] / "docs" / "database.md").read_text(encoding="utf-8")
PROMISED = {
    "v1_cases",
    "v1_judgements",
    "v1_lines",
    "v1_findings",
    "v1_attendance",
    "v1_segments",
    "v1_studies",
    "v1_charges",
    "v1_elements",
    "v1_evidence",
}


def views(store: Store) -> set[str]:
    return {row["name"] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE 'v1%'")}


def test_the_page_tells_every_view_with_every_column_and_no_other(store: Store, make_record: Make) -> None:
    store.add(make_record(), NOW)
    assert views(store) == PROMISED == set(re.findall(r"^\| `(v1_\w+)`", PAGE, re.M))
    for view in views(store):
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{view}`"))
        columns = [column["name"] for column in store.rows(f"PRAGMA table_info({view})")]
        assert set(columns) <= set(re.findall(r"`(\w+)`", row)), view


def test_every_view_shows_the_newest_alone(store: Store, make_record: Make) -> None:
    store.add(make_record(), NOW)
    once = {view: len(store.rows(f"SELECT * FROM {view}")) for view in views(store)}
    store.add(make_record(), NOW + timedelta(days=1))
    again = {view: len(store.rows(f"SELECT * FROM {view}")) for view in views(store)}
    assert again == once
    assert all(once.values()), once


def test_lines_and_findings_lead_to_where_they_stand(store: Store, make_record: Make) -> None:
    store.add(make_record(), NOW)
    sql = """SELECT count(*) AS found FROM v1_lines AS l JOIN v1_evidence AS e ON e.owner = 'codes' AND e.owner_id = l.line_id"""
    assert store.rows(sql)[0]["found"] > 0
    case = store.rows("SELECT professionals, technologists, facility FROM v1_cases")[0]
    assert case == {"professionals": "Ann Arden, MD", "technologists": "Tim Tech, CNIM", "facility": "Mercy Hospital"}


def test_the_questions_of_the_page_run(store: Store, make_record: Make) -> None:
    store.add(make_record(), NOW)
    questions = re.findall(r"^    (SELECT[\s\S]+?;)$", PAGE, re.M)
    assert len(questions) == 3
    assert all(store.rows(question) for question in questions)
