"""What is stored is there again, in one piece, beside what was there before."""

from __future__ import annotations

import json
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_case import NOW, sample_case
from sqlite_utils import Database

from ionm_notes.errors import IonmError
from ionm_notes.store.database import Store
from ionm_notes.store.record import Record
from ionm_notes.store.schema import MIGRATION_NAMES, migrations

Make = Callable[..., Record]
COUNTED = (
    "documents",
    "pages",
    "readings",
    "audits",
    "facts",
    "segments",
    "attendance",
    "codes",
    "findings",
    "elements",
    "evidence",
)


def counts(store: Store) -> dict[str, int]:
    return {table: store.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in COUNTED}


def test_an_audit_is_shown_again_exactly_as_it_was(store: Store, make_record: Make) -> None:
    record = make_record()
    assert [store.line(audit) for audit in store.add(record, NOW)] == list(record.lines)


def test_the_facts_can_be_judged_again_without_the_document(store: Store, make_record: Make) -> None:
    store.add(make_record(), NOW)
    assert store.case(1) == sample_case()


def test_unknown_audits_and_readings_are_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(KeyError):
        store.line(1)
    with pytest.raises(KeyError):
        store.case(1)


def test_every_table_holds_what_the_audit_says(store: Store, make_record: Make) -> None:
    record = make_record()
    store.add(record, NOW)
    medicare, commercial = record.lines
    found = counts(store)
    assert found["codes"] == sum(len(line["codes"]) + len(line["not_reportable"]) for line in (medicare, commercial))
    assert found["findings"] == len(medicare["findings"]) + len(commercial["findings"])
    assert (found["segments"], found["attendance"], found["elements"]) == (5, 1, 4)
    segment = store.rows(
        'SELECT s.kind, s.start, s."end", e.page, e.text, e.x0 FROM segments s JOIN evidence e '
        "ON e.owner = 'segments' AND e.owner_id = s.id WHERE s.kind = 'monitoring'"
    )
    assert segment == [
        {
            "kind": "monitoring",
            "start": "2025-03-14T08:15",
            "end": "2025-03-14T11:30",
            "page": 1,
            "text": "monitoring 08:15 11:30",
            "x0": 72.0,
        }
    ]
    facts = {(row["name"], row["value"]) for row in store.rows("SELECT name, value FROM facts")}
    assert {("professionals", "Ann Arden, MD"), ("billing", "95941-26 x 3"), ("icd10", "M48.061")} <= facts


def test_auditing_again_stands_beside_the_earlier_audit(store: Store, make_record: Make) -> None:
    first = store.add(make_record(), NOW)
    once = counts(store)
    second = store.add(make_record(), NOW.replace(day=6))
    twice = counts(store)
    assert set(first).isdisjoint(second)
    assert (twice["documents"], twice["pages"]) == (once["documents"], once["pages"]) == (1, 2)
    assert twice["audits"] == 2 * once["audits"] == 4
    latest = store.rows("SELECT id, audited_at FROM latest_audits ORDER BY id")
    assert [row["id"] for row in latest] == list(second)
    assert {row["audited_at"] for row in latest} == {"2026-01-06T08:30:00+00:00"}


def test_auditing_again_for_one_payer_leaves_the_other_payers_latest(store: Store, make_record: Make) -> None:
    first = store.add(make_record(), NOW)
    (again,) = store.add(make_record(payers=("medicare",)), NOW)
    latest = {row["payer"]: row["id"] for row in store.rows("SELECT payer, id FROM latest_audits")}
    assert latest == {"medicare": again, "commercial": first[1]}


def test_all_views_of_the_latest_agree(store: Store, make_record: Make) -> None:
    store.add(make_record(), NOW)
    store.add(make_record(), NOW)
    latest = {row["id"] for row in store.rows("SELECT id FROM latest_audits")}
    for view in ("latest_codes", "latest_findings"):
        assert {row["audit_id"] for row in store.rows(f"SELECT audit_id FROM {view}")} == latest
    assert {row["reading_id"] for row in store.rows("SELECT reading_id FROM latest_elements")} == {2}


def test_a_failure_in_the_middle_leaves_nothing_of_the_document(store: Store, make_record: Make) -> None:
    store.add(make_record("good.txt"), NOW)
    before = counts(store)
    record = make_record("bad.txt")
    broken = {**record.lines[1], "findings": [{**record.lines[1]["findings"][0], "severity": "dreadful"}]}
    with pytest.raises(IonmError):
        store.add(Record(record.pages, record.case_json, (record.lines[0], broken)), NOW)
    assert counts(store) == before


def test_a_kill_in_the_middle_leaves_nothing_of_the_document(tmp_path: Path, make_record: Make) -> None:
    path = tmp_path / "audits.db"
    with Store(path) as store:
        store.add(make_record("good.txt"), NOW)
        before = counts(store)
    script = textwrap.dedent(
        """
        import os, signal, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from ionm_notes.store.database import Store
        class Dying(Store):
            def _audit(self, line, document, reading, at):
                audit = super()._audit(line, document, reading, at)
                print(self.rows("SELECT count(*) AS n FROM documents")[0]["n"], flush=True)
                os.kill(os.getpid(), signal.SIGKILL)
        import json
        from ionm_notes.store.record import Record
        pages, case_json, lines = json.load(sys.stdin)
        Dying(Path(sys.argv[1])).add(Record(tuple(pages), case_json, tuple(lines)), datetime.now(UTC))
        """
    )
    record = make_record("doomed.txt")
    given = json.dumps([record.pages, record.case_json, record.lines])
    done = subprocess.run([sys.executable, "-c", script, str(path)], input=given, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL
    assert done.stdout.strip() == "2", "it was killed only after it had written"
    with Store(path) as store:
        assert counts(store) == before
        assert store.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert len(store.add(record, NOW)) == 2


def test_the_file_is_for_its_owner_alone(store: Store, make_record: Make) -> None:
    store.add(make_record(), NOW)
    for path in store.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_tables_are_strict_and_foreign_keys_are_held(store: Store) -> None:
    strict = {row["name"]: row["strict"] for row in store.rows("PRAGMA table_list")}
    assert all(strict[table] for table in COUNTED)
    with pytest.raises(IonmError, match="FOREIGN KEY"):
        store.rows("INSERT INTO pages (document_id, number, text) VALUES (99, 1, '') RETURNING id")


def test_deleting_a_document_takes_all_of_it_along(store: Store, make_record: Make) -> None:
    store.add(make_record(), NOW)
    store.db.execute("DELETE FROM documents")
    assert set(counts(store).values()) == {0}
    assert store.rows("SELECT * FROM pages_fts WHERE pages_fts MATCH 'tibial'") == []


def test_a_file_without_tables_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = Database(path)
    migrations.apply(old, stop_before="m002_search")
    old.close()
    with Store(path) as store:
        assert {done.name for done in migrations.applied(store.db)} == MIGRATION_NAMES
        assert "pages_fts" in store.db.table_names()


def test_opening_twice_migrates_once(store: Store) -> None:
    with Store(store.path) as again:
        applied = [done.name for done in migrations.applied(again.db)]
    assert len(applied) == len(set(applied)) == len(MIGRATION_NAMES)


def test_a_file_of_a_newer_program_is_not_touched(store: Store) -> None:
    row = {"migration_set": "ionm-notes", "name": "m999_future", "applied_at": ""}
    store.db["_sqlite_migrations"].insert(row)
    with pytest.raises(IonmError, match="m999_future") as caught:
        Store(store.path)
    assert caught.value.code == "store-newer"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(IonmError) as caught:
        Store(tmp_path / "none.db", create=False)
    assert caught.value.code == "store-missing"
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(b"Dear colleague, " * 100)
    with pytest.raises(IonmError) as caught:
        Store(path)
    assert caught.value.code == "store-not-database"
    assert path.read_bytes() == b"Dear colleague, " * 100


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(IonmError, match="nowhere") as caught:
        Store(tmp_path / "nowhere" / "audits.db")
    assert caught.value.code == "store-read-only"


def test_another_writer_is_waited_for_and_then_named(store: Store, make_record: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    store.db.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(IonmError) as caught:
        store.add(make_record(), NOW)
    assert caught.value.code == "store-locked"
    other.execute("ROLLBACK")
    other.close()
    assert len(store.add(make_record(), NOW)) == 2


def test_a_full_disk_costs_the_document_but_not_the_store(store: Store, make_record: Make) -> None:
    store.add(make_record("first.txt"), NOW)
    before = counts(store)
    pages = store.rows("PRAGMA page_count")[0]["page_count"]
    store.db.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(IonmError) as caught:
        store.add(make_record("second.txt"), NOW)
    assert caught.value.code == "store-full"
    assert counts(store) == before


def test_a_read_only_database_is_said_to_be_read_only(store: Store, make_record: Make) -> None:
    store.db.execute("PRAGMA query_only = ON")
    with pytest.raises(IonmError) as caught:
        store.add(make_record(), NOW)
    assert caught.value.code == "store-read-only"


def test_a_document_without_audits_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without audits"):
        store.add(Record((), "{}", ()), NOW)


def test_a_file_that_somebody_else_opens_for_the_first_time_meanwhile_is_brought_up_to_date_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left to do is asked twice: before and within `apply`; the other one comes between the answer and the work."""
    asked, left = 0, migrations.pending

    def and_meanwhile(db: Database) -> list[object]:
        nonlocal asked
        asked += 1
        found = left(db)
        if asked == 2:
            Store(tmp_path / "audits.db").close()
        return list(found)

    monkeypatch.setattr(migrations, "pending", and_meanwhile)
    with Store(tmp_path / "audits.db") as store:
        assert not left(store.db)
        assert {done.name for done in migrations.applied(store.db)} == MIGRATION_NAMES
