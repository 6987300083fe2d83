"""How long the desk's server takes for the worklist, a filter and a search over 100,000 stored audits.

    python benchmarks/desk_worklist.py [--documents 100000] [--keep FILE]

Twenty fixtures are read and stored as they are; each is then copied in the store by SQL under new names and days, with its
pages, reading, audits, codes, findings, facts and search index, until there are as many as asked for. (The rows of evidence
are not copied: the worklist does not read them.) Then the page is asked for over HTTP within this process, session, templates
and all. Prints a table of medians and the slowest of each, and fails if one median is over 200 ms.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from starlette.testclient import TestClient

from ionm_notes.cli.batch import Job, audit_file
from ionm_notes.cli.keep import Keeper
from ionm_notes.desk.app import build
from ionm_notes.desk.desk import Desk
from ionm_notes.desk.intake import Intake
from ionm_notes.desk.pictures import Pictures
from ionm_notes.store.database import Store
from ionm_notes.store.schema_worklist import FILL, NEWEST

DOCUMENTS = Path(__file__).parents[1] / "fixtures" / "documents"
HOST = "127.0.0.1:8765"
MOST_MS = 200
SEED = 20
TIMES = 9


def fill(path: Path, documents: int) -> None:
    """Stores the seed documents and copies them within the database."""
    job = Job(("medicare",))
    with Store(path) as store:
        keeper = Keeper(store, job, False)
        for file in sorted(p for p in DOCUMENTS.iterdir() if p.suffix in (".pdf", ".txt", ".docx"))[:SEED]:
            keeper.keep(audit_file(file, job), datetime(2026, 1, 5, tzinfo=UTC))
        copies = documents // SEED - 1
        db = store.db
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -200000")
        counted = "WITH RECURSIVE c(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM c WHERE k < ?) SELECT k FROM c"
        db.execute(f"CREATE TEMP TABLE n AS {counted}", (copies,))
        with store.transaction():
            strides: dict[str, int] = {}
            for table, columns in COPIED.items():
                names = [row["name"] for row in store.rows(f"SELECT name FROM pragma_table_info('{table}')")]
                strides[table] = store.rows(f"SELECT coalesce(max(id), 0) AS n FROM {table}")[0]["n"]
                own = {"id": f"t.id + n.k * {strides[table]}", **columns}
                own |= {name: f"t.{name} + n.k * {strides[owner]}" for name, owner in OWNERS.items() if name in names}
                picked = ", ".join(own.get(name, f't."{name}"') for name in names)
                db.execute(f"INSERT INTO {table} SELECT {picked} FROM {table} AS t, n")
            db.execute("DELETE FROM worklist")
            db.execute(FILL.format(chosen=NEWEST))
        db.execute("ANALYZE")


OWNERS = {"document_id": "documents", "reading_id": "readings", "audit_id": "audits"}
DAY = "date(t.{0}, '-' || (n.k % 900) || ' days')"
COPIED: dict[str, dict[str, str]] = {
    "documents": {"name": "n.k || '-' || t.name", "sha256": "t.sha256 || n.k"},
    "readings": {"date_of_service": DAY.format("date_of_service")},
    "audits": {"audited_at": "datetime(t.audited_at, '+' || n.k || ' seconds')"},
    "pages": {"text": "t.text || char(10) || 'case number ' || (n.k * 7919 % 1000003)"},
    "facts": {"value": "CASE t.name WHEN 'professionals' THEN t.value || ' ' || (n.k % 40) ELSE t.value END"},
    "codes": {},
    "findings": {},
}


def asked(path: Path) -> dict[str, list[float]]:
    """Milliseconds of each request, by what was asked for."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(path, Intake(path, Job(("medicare",)), Path(folder), 1), Pictures(), ("medicare",))
        with TestClient(build(desk, [HOST]), base_url=f"http://{HOST}", headers={"origin": f"http://{HOST}"}) as client:
            client.get("/start", params={"token": desk.sessions.new_token()})
            found: dict[str, list[float]] = {}
            for name, steps in REQUESTS.items():
                for _ in range(TIMES):
                    client.post("/worklist", data={"clear": "1"}, headers={"x-fragment": "1"})
                    for step in steps[:-1]:
                        client.post("/worklist", data=step, headers={"x-fragment": "1"})
                    began = time.perf_counter()
                    answer = client.post("/worklist", data=steps[-1], headers={"x-fragment": "1"}) if steps else client.get("/")
                    found.setdefault(name, []).append((time.perf_counter() - began) * 1000)
                    answer.raise_for_status()
            return found


REQUESTS: dict[str, list[dict[str, str]]] = {
    "worklist, whole page": [],
    "sorted by professional": [{"sort": "professional"}],
    "page behind the middle": [{"value": "2026-01-05 00:40:00", "number": "50000", "go": "on"}],
    "filter: verdict": [{"verdict": "query first"}],
    "filter: verdict and month": [{"verdict": "not billable", "since": "2024-03-01", "until": "2024-03-31"}],
    "filter: professional": [{"professional": "39"}],
    "filter: finding": [{"rule": "time-conflict"}],
    "search: a rare word": [{"words": "case number 7919"}],
    "search: a common word": [{"words": "monitoring"}],
    "search: two common words": [{"words": "remote baseline"}],
    "search: no hit": [{"words": "zebra"}],
    "search and filter": [{"words": "aneurysm", "verdict": "query first"}],
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="the database; filled if it is missing")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.keep or Path(folder) / "many.db"
        if not path.exists():
            began = time.perf_counter()
            fill(path, arguments.documents)
            print(f"filled in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 2**20:.0f} MiB", file=sys.stderr)
        with Store(path) as store:
            print(f"{store.rows('SELECT count(*) AS n FROM worklist')[0]['n']:,} audits\n")
        print("| asked for | median ms | slowest ms |\n|---|---|---|")
        worst = 0.0
        for name, times in asked(path).items():
            print(f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} |")
            worst = max(worst, statistics.median(times))
    return int(worst > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
