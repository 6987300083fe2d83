"""A run on a cluster ends with every document once, whatever is lost on the way; the tables hold what one machine would say."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from here import Cli, Engine

from ionm_notes.cluster import run as way
from ionm_notes.cluster.folder import Folder
from ionm_notes.cluster.tables import finished, rows
from ionm_notes.store.database import Store


def found(out: Path) -> list[dict[str, Any]]:
    return sorted(rows(finished(Folder(str(out)))), key=lambda row: (row["number"], row["part"]))


def numbers(out: Path) -> list[int]:
    return [row["number"] for row in found(out)]


def on_ray(cli: Cli, *more: object) -> Any:
    return cli("audit", "--engine", "ray", "reports", "--out", "out", *more)


def test_the_tables_hold_what_one_machine_prints(cli: Cli, reports: Path, here: Engine, tmp_path: Path) -> None:
    (reports / "case-002.txt").write_bytes(b"")
    with zipfile.ZipFile(reports / "two.zip", "w") as archive:
        for number in (3, 4):
            archive.write(reports / f"case-00{number}.txt", f"inner-{number}.txt")
    payers = ("--payer", "medicare", "--payer", "commercial")
    done = on_ray(cli, *payers)
    assert done.code == 1, "one document could not be audited"
    assert "8 of 9 documents audited, 1 could not be audited, kept in out" in done.err
    alone = cli("audit", "reports", "--jsonl", "--no-store", *payers)
    printed = [json.loads(line) for line in alone.out.splitlines()]
    assert [json.loads(audit["line"]) for row in found(tmp_path / "out") for audit in row["audits"]] == printed


def test_rows_lie_by_month_of_service(cli: Cli, reports: Path, here: Engine, tmp_path: Path) -> None:
    (reports / "case-000.txt").write_text("no date at all")
    on_ray(cli)
    folders = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert folders == ["_run.json", "month=2025-01", "month=2025-02", "month=2025-03", "month=unknown"]


def test_a_batch_whose_answer_is_lost_is_done_again_and_counts_once(
    cli: Cli, reports: Path, here: Engine, tmp_path: Path
) -> None:
    here.done_twice = {0, 2}
    assert on_ray(cli).code == 0
    assert numbers(tmp_path / "out") == list(range(7))


def test_a_document_that_takes_its_reader_along_costs_itself_alone(cli: Cli, reports: Path, here: Engine, tmp_path: Path) -> None:
    here.kills_its_reader = lambda batch: any(source.number == 3 for source in batch.sources)
    done = on_ray(cli)
    assert done.code == 1
    assert numbers(tmp_path / "out") == list(range(7))
    assert [row["number"] for row in found(tmp_path / "out") if row["error"]] == [3]
    assert next(row["error"] for row in found(tmp_path / "out") if row["error"]) == "reader-died"


def test_an_interrupted_run_goes_on_with_what_is_missing(
    cli: Cli, reports: Path, here: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = way.Reader.__call__
    read: list[int] = []
    most = 2

    def stopping(self: Any, table: Any) -> Any:
        if len(read) == most:
            raise KeyboardInterrupt
        read.append(table["batch"][0].as_py())
        return real(self, table)

    monkeypatch.setattr(way.Reader, "__call__", stopping)
    stopped = on_ray(cli)
    assert stopped.code == 130
    assert "--resume goes on" in stopped.err
    assert "did not finish" in cli("db", "merge", "out").err
    assert on_ray(cli).code == 2, "a run that is there is not overwritten"
    assert on_ray(cli, "--resume", "--payer", "commercial").code == 2, "nor mixed with another"
    read.clear()
    monkeypatch.setattr(
        way.Reader, "__call__", lambda self, table: (read.append(table["batch"][0].as_py()), real(self, table))[1]
    )
    assert on_ray(cli, "--resume").code == 0
    assert read == [2, 3], "the batches before are not read again"
    assert numbers(tmp_path / "out") == list(range(7))
    assert on_ray(cli, "--resume").code == 2, "and a finished run is left alone"


def test_a_run_interrupted_among_single_documents_doubles_none(cli: Cli, reports: Path, here: Engine, tmp_path: Path) -> None:
    bad = {"number": 3, "alone": True}

    def kills(batch: Any) -> bool:
        if len(batch) == 1 and batch.sources[0].number == bad["number"] and bad["alone"]:
            raise KeyboardInterrupt
        return len(batch) == 2 and any(source.number == 3 for source in batch.sources)

    here.kills_its_reader = kills
    assert on_ray(cli).code == 130
    bad["alone"] = False
    here.kills_its_reader = lambda batch: False
    assert on_ray(cli, "--resume").code == 0
    assert numbers(tmp_path / "out") == list(range(7))


def test_merging_twice_adds_nothing_the_second_time(cli: Cli, reports: Path, here: Engine, tmp_path: Path) -> None:
    (reports / "case-002.txt").write_bytes(b"")
    on_ray(cli)
    first, second = cli("db", "merge", "out", "--db", "a.db"), cli("db", "merge", "out", "--db", "a.db")
    assert "6 audits of 6 documents added to a.db; 1 that could not be audited" in first.err
    assert "0 audits of 0 documents added" in second.err
    cli("audit", "reports", "--db", "b.db")
    with Store(tmp_path / "a.db", create=False) as merged, Store(tmp_path / "b.db", create=False) as single:
        query = "SELECT name, text FROM documents JOIN pages ON pages.document_id = documents.id ORDER BY name"
        assert merged.rows(query) == single.rows(query)
        count = len(merged.rows("SELECT id FROM audits"))
        assert sorted(json.dumps(merged.line(n)) for n in range(1, count + 1)) == sorted(
            json.dumps(single.line(n)) for n in range(1, count + 1)
        )
    assert cli("db", "verify", "--db", "a.db").code == 0


def test_masked_tables_hold_no_identifier(cli: Cli, reports: Path, here: Engine, tmp_path: Path) -> None:
    refused = on_ray(cli, "--phi", "none")
    assert refused.code == 2
    assert "--phi-key" in refused.err
    assert on_ray(cli, "--phi", "none", "--phi-key", "dates.key").code == 0
    told = json.dumps(found(tmp_path / "out"))
    assert [word for word in ("Quillfeather", "LV-4471900", "case-000", "Vantongeren") if word in told] == []


def test_tables_are_asked_with_duckdb_as_the_docs_say(cli: Cli, reports: Path, here: Engine) -> None:
    on_ray(cli)
    page = (Path(__file__).parents[2] / "docs" / "scaling.md").read_text()
    queries = [block.split("```")[0] for block in page.split("```sql\n")[1:]]
    assert queries
    for query in queries:
        assert duckdb.sql(query.replace("audits-2025", "out")).fetchall(), query


def test_a_folder_that_no_reader_can_write_stops_the_run(
    cli: Cli, reports: Path, here: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise PermissionError("Quillfeather")

    monkeypatch.setattr(Folder, "write_part", refuse)
    done = on_ray(cli)
    assert done.code == 1
    assert "cannot be written there (PermissionError)" in done.err
    assert "Quillfeather" not in done.err


def test_a_plan_that_does_not_fit_is_refused_before_anything_is_read(
    cli: Cli, reports: Path, here: Engine, tmp_path: Path
) -> None:
    done = on_ray(cli, "--workers", "3")
    assert done.code == 2
    assert "would wait for ever" in done.err
    assert not (tmp_path / "out").exists()


def test_without_the_extra_the_command_says_what_to_install(cli: Cli, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ionm_notes.cluster.engine.find_spec", lambda name: None)
    done = on_ray(cli)
    assert done.code == 2
    assert "pip install 'ionm-notes[cluster]'" in done.err


@pytest.mark.parametrize("option", [("--jsonl",), ("--case",), ("--group",), ("--no-store",), ("--encrypt",)])
def test_options_of_one_machine_are_refused(cli: Cli, reports: Path, option: tuple[str, ...]) -> None:
    assert on_ray(cli, *option).code == 2


def test_a_folder_for_tables_needs_a_cluster(cli: Cli, reports: Path) -> None:
    assert cli("audit", "reports", "--out", "out").code == 2
    assert cli("audit", "reports", "--engine", "ray").code == 2


def test_a_fault_on_one_document_is_its_row(cli: Cli, reports: Path, here: Engine, tmp_path: Path, monkeypatch: Any) -> None:
    from ionm_notes.cluster import reader

    real = reader.rows_of

    def failing(given: Any, outcome: Any, masked: bool) -> Any:
        if given.number == 1 and not outcome.failed:
            raise KeyError("Quillfeather")
        return real(given, outcome, masked)

    monkeypatch.setattr(reader, "rows_of", failing)
    assert on_ray(cli).code == 1
    assert [(row["number"], row["error"]) for row in found(tmp_path / "out") if row["error"]] == [(1, "internal")]
    assert "Quillfeather" not in json.dumps([row["message"] for row in found(tmp_path / "out")])


def test_a_part_is_never_seen_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    from ionm_notes.cluster.rows import SCHEMA

    folder = Folder(str(tmp_path / "out"))
    folder.note({})
    real = parquet.write_table

    def dying(table: Any, where: str, **options: Any) -> None:
        real(table, where, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(parquet, "write_table", dying)
    with pytest.raises(KeyboardInterrupt):
        folder.write_part(0, pa.table({name: [] for name in SCHEMA.names}))
    assert folder.parts() == {}
