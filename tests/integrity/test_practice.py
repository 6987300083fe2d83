"""A small made-up practice through the whole program: every planted problem is found, and none is invented.

The large one, of 400 cases and under other seeds, is `benchmarks/practice.py`; its table stands in docs/roster.md.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "fixtures" / "practice"))

from make_practice import Practice, practice
from practice_check import keep, score, told
from practice_report import text

from ionm_notes.cli import main
from ionm_notes.store.database import Store


@pytest.fixture(scope="module")
def made() -> Practice:
    return practice(seed=5, cases=0, rounds=1)


@pytest.fixture(scope="module")
def kept(made: Practice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practice") / "practice.db"
    with Store(path) as store:
        keep(made, store)
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kept: Path):
    def ran(*arguments: str) -> str:
        monkeypatch.setattr("sys.argv", ["ionm-notes", *arguments, "--db", str(kept)])
        with pytest.raises(SystemExit) as stopped:
            main.run()
        assert stopped.value.code in (0, None)
        return capsys.readouterr().out

    return ran


def test_every_planted_problem_is_found_and_none_is_invented(made: Practice, kept: Path) -> None:
    with Store(kept) as store:
        result = score(made.planted, list(told(store)))
    assert result.missed == ()
    assert result.invented == ()
    assert len(made.near) >= 15, "near-misses of each kind lie among them"


def test_the_commands_print_what_was_found(made: Practice, run) -> None:
    rows = [json.loads(line) for name in ("roster", "integrity") for line in run(name, "--jsonl").splitlines()]
    assert {row["kind"] for row in rows} == {plant.kind for plant in made.planted}
    assert all(row["message"] and row["why"] and row["remedy"] and row["sources"] for row in rows)
    texts = {plan.file: " ".join(text(plan).split()) for plan in made.plans}
    for row in (row for row in rows if row.get("evidence")):
        for quote in row["evidence"].split(" | "):
            name, _, words = quote.partition(" p. 1: ")
            assert " ".join(words.split()) in texts[name], "evidence stands in the document word for word"
    without = {row["kind"] for row in rows if not row.get("evidence") and "identity" in row}
    assert without <= {"name-unclear"}, "what is said of people and minutes has its evidence"


def test_shared_words_stand_side_by_side(made: Practice, run) -> None:
    (cloned,) = [plant for plant in made.planted if plant.kind == "cloned-text"]
    story = next(plan.story for plan in made.plans if plan.file in cloned.files)
    rows = [json.loads(line) for line in run("integrity", "--jsonl").splitlines()]
    (found,) = [row for row in rows if row["kind"] == "cloned-text"]
    assert any(story in passage["left"] and story in passage["right"] for passage in found["passages"])
    assert story.split()[0] in run("integrity", "--passages")


def test_people_with_few_notes_are_not_compared(run) -> None:
    assert "outlier" not in run("integrity", "--csv")


def test_every_overlap_of_undivided_time_gets_a_lawful_proposal(made: Practice, run) -> None:
    rows = [json.loads(line) for line in run("allocate", "--jsonl").splitlines()]
    given = {row["document"] for row in rows if row["units"]}
    overlaps = [plant.files for plant in made.planted if plant.kind == "overlap"]
    medicare = {plan.file for plan in made.plans if plan.payer == "medicare"}
    assert all(files & given for files in overlaps if files <= medicare)
    assert {row["proved"] for row in rows} == {"yes"}
