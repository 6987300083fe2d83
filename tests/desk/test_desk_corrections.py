"""Decisions and corrections: judged again at once, the original kept, everything in the trail, all of it to be undone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from at_desk import DOCUMENTS
from typer.testing import CliRunner

from ionm_notes.cli.batch import Job, Outcome, audit_file
from ionm_notes.cli.keep import Keeper
from ionm_notes.cli.main import app
from ionm_notes.desk.evidence import Spots, marked
from ionm_notes.desk.facts import corrected, facts_of
from ionm_notes.desk.judging import correct_fact, seen, undo_correction
from ionm_notes.errors import IonmError
from ionm_notes.handout.day import day_of
from ionm_notes.store import trail
from ionm_notes.store.database import Store
from ionm_notes.store.reviews import By, corrections_of, decide, finding_key, reviews_of
from ionm_notes.store.worklist import Place, Wanted, listed

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
BY = By("ann", NOW, "the log says so")
NAME = "b01-sterling-tlif-eventlog.pdf"
BOTH = ("medicare", "commercial")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store(tmp_path / "a.db")
    job = Job(BOTH)
    for name in (NAME, "c09-aneurysm-header-vs-log.pdf", "b13-pell-quick-note.txt"):
        outcome = audit_file(DOCUMENTS / name, job)
        assert isinstance(outcome, Outcome)
        Keeper(opened, job, True).keep(outcome, NOW)
    return opened


def units(store: Store, code: str, payer: str = "medicare") -> int:
    line = seen(store, 1, payer, None, None).line
    found: int = next(one["units"] for one in line["codes"] if one["code"] == code)
    return found


def test_a_corrected_time_is_judged_again_for_every_payer_and_the_original_kept(store: Store) -> None:
    before = store.line(1)
    path = next(f.path for f in facts_of(store.case(1)) if f.group.startswith("Monitoring") and f.words == "end")
    correct_fact(store, 1, path, "2025-03-11T10:38", BY, None)
    assert units(store, "G0453") == 11
    assert units(store, "95941", "commercial") == 3
    assert store.line(1) == before
    one = corrections_of(store, 1)[0]
    assert (one.who, one.note, one.old, one.new) == ("ann", "the log says so", "2025-03-11T11:38:00", "2025-03-11T10:38:00")
    undo_correction(store, 1, one.id, BY, None)
    assert units(store, "G0453") == 15
    assert [entry.action for entry in trail.entries(store)[:2]] == ["correction-undone", "corrected"]
    assert "2025-03-11" not in json.dumps([dict(entry.detail) for entry in trail.entries(store)[:2]])
    with pytest.raises(IonmError, match="no such correction"):
        undo_correction(store, 1, one.id, BY, None)


def test_a_corrected_name_exclusivity_or_taken_out_entry_counts(store: Store) -> None:
    correct_fact(store, 1, "attendance.0.exclusive", "false", BY, None)
    assert all(one["code"] != "G0453" or one["status"] == "query" for one in seen(store, 1, "medicare", None, None).line["codes"])
    correct_fact(store, 1, "encounter.professionals.0.name", "Marta Choudhury", BY, None)
    assert listed(store, Wanted(professional="marta")).total == 2
    count = len(store.case(1).segments)
    correct_fact(store, 1, "segments.0", "removed", BY, None)
    assert len(seen(store, 1, "", None, None).case.segments) == count - 1
    undo_correction(store, 1, corrections_of(store, 1)[0].id, BY, None)
    assert len(seen(store, 1, "", None, None).case.segments) == count


def test_an_end_that_is_taken_away_is_missing_and_never_supported(store: Store) -> None:
    path = next(f.path for f in facts_of(store.case(1)) if f.group.startswith("Monitoring") and f.words == "end")
    correct_fact(store, 1, path, "", BY, None)
    line = seen(store, 1, "", None, None).line
    assert line["elements"]["monitoring_stop"] == "absent"
    assert all(one["status"] == "query" for one in line["codes"] if one["kind"] == "time")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("segments.0.start", "yesterday"),
        ("segments.99.start", "2025-03-11T10:38"),
        ("attendance.0.mode", "asleep"),
        ("pages", "3"),
        ("encounter.professionals.0.name", ""),
        ("encounter.facility", "x" * 301),
        ("__class__", "x"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(store: Store, path: str, value: str) -> None:
    with pytest.raises(IonmError, match="correction was not taken"):
        corrected(store.case(1), path, value)


def test_every_value_offered_can_be_given_back_changed(store: Store) -> None:
    case = store.case(1)
    other = {"time": "2025-03-11T09:00", "date": "2025-03-12", "text": "Other", "number": "2"}
    for fact in facts_of(case):
        values = [value for value, _ in fact.choices if value != fact.value] if fact.choices else [other[fact.kind]]
        for value in values:
            assert corrected(case, fact.path, value).case != case, fact.path


def test_values_are_shown_as_they_were_read(store: Store) -> None:
    shown = {fact.path: fact.shown for fact in facts_of(store.case(2))}
    assert shown["encounter.facility"] == "LARCH STREET MEDICAL CENTER"
    assert shown["segments.0.start"] == "2024-02-27 07:21"
    assert shown["encounter.room_in"] == "not stated"


def test_a_reason_is_asked_for() -> None:
    with pytest.raises(IonmError, match="reason"):
        By("ann", NOW, "  ")


def test_a_dismissed_finding_is_no_open_gap_until_it_reads_otherwise(store: Store) -> None:
    finding = next(one for one in store.line(3)["findings"] if one["rule"] == "time-conflict")
    gaps = listed(store, Wanted(payer="medicare", words="pterional")).rows[0]["gaps"]
    decide(store, 2, "medicare", finding_key(finding), "dismissed", BY)
    assert listed(store, Wanted(payer="medicare", words="pterional")).rows[0]["gaps"] == gaps - 1
    assert reviews_of(store, 2, "medicare")[finding_key(finding)].reason == "the log says so"
    decide(store, 2, "medicare", None, "reviewed", BY)
    assert [row["document_id"] for row in listed(store, Wanted(reviewed="reviewed")).rows] == [2]
    decide(store, 2, "medicare", finding_key(finding), "open", BY)
    decide(store, 2, "medicare", None, "open", BY)
    assert reviews_of(store, 2, "medicare") == {}
    assert listed(store, Wanted(payer="medicare", words="pterional")).rows[0]["gaps"] == gaps


def test_pages_of_the_worklist_hold_every_row_once_in_both_directions(store: Store) -> None:
    for sort in ("name", "units", "audited_at", "reviewed"):
        wanted, place, found = Wanted(sort=sort), None, []
        while True:
            shown = listed(store, wanted, place, 2)
            found += [row["id"] for row in shown.rows]
            if not shown.behind:
                break
            place = Place(str(shown.rows[-1][sort]), shown.rows[-1]["id"])
        assert sorted(found) == [1, 2, 3, 4, 5, 6]
        first = listed(store, wanted, Place(str(shown.rows[0][sort]), shown.rows[0]["id"], back=True), 2)
        assert [row["id"] for row in first.rows] == found[2:4]


def test_every_statement_with_evidence_has_a_spot_whose_text_is_found_on_its_page(store: Store) -> None:
    for audit in (1, 3, 5):
        line = store.line(audit)
        spots = Spots(line)
        assert spots.all
        for number, finding in enumerate(line["findings"]):
            assert len(spots.of(f"finding-{number}")) == len(
                {(e["page"], e["text"], str(e["bbox"])) for e in finding["evidence"]}
            )
        text = store.rows("SELECT text FROM pages WHERE document_id = ? AND number = 1", ((audit + 1) // 2,))[0]["text"]
        shown = {spot.number for row in marked(text, spots.on(1)) for piece in row.pieces for spot in piece.spots}
        assert shown == {spot.number for spot in spots.on(1)}
        assert "\n".join("".join(piece.text for piece in row.pieces) for row in marked(text, [])) == text.replace("\t", "  ")


def test_the_day_shows_log_attendance_counted_minutes_and_contradictions(store: Store) -> None:
    day = day_of(store.line(3))
    assert day is not None
    labels = [row.label for row in day.rows]
    assert labels[0] == "event log"
    assert labels[-1] == "counted minutes"
    assert {"contradictions"} < set(labels)
    assert {bar.kind for row in day.rows for bar in row.bars} >= {
        "setup",
        "monitoring",
        "attendance",
        "conflict-rejected",
        "counted",
    }


def test_corrections_are_exported_as_labelled_cases(store: Store, tmp_path: Path) -> None:
    correct_fact(store, 1, "encounter.place_of_service", "22", BY, None)
    done = CliRunner().invoke(app, ["corrections", "export", str(tmp_path / "out"), "--db", str(store.path)])
    assert done.exit_code == 0, done.output
    gold = json.loads(next((tmp_path / "out").glob("*.gold.json")).read_text())
    kept = json.loads((DOCUMENTS / "b01-sterling-tlif-eventlog.gold.json").read_text())
    assert gold["file"] == NAME
    assert gold["encounter"]["place_of_service"] == "22"
    assert gold["segments"]
    assert gold["rules"].keys() == kept["rules"].keys()
    assert gold.keys() >= kept.keys() - {"rules_note"}
    shown = CliRunner().invoke(app, ["corrections", "list", "--csv", "--db", str(store.path)])
    assert "encounter.place_of_service,21,22,ann" in shown.output
