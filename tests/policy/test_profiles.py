"""Payer profiles: plan families that differ, a user's own folder, and what is said of a broken file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ionm_notes.errors import IonmError
from ionm_notes.policy import load_policy, payers
from ionm_notes.policy.reading import MOST_BYTES
from ionm_notes.policy.store import problems
from ionm_notes.types import COLUMNS

DAY = date(2025, 3, 14)
HEAD = 'id = "acme"\ntitle = "Acme"\ninherits = "commercial"\n'


def write(folder: Path, text: str, name: str = "acme") -> Path:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def codes(payer: str, folder: Path | None = None) -> list[str | None]:
    policy = load_policy(payer, DAY, folder)
    return [code.code if (code := policy.time_code(column)) else None for column in COLUMNS]


# in_room, in_room_shared, remote_exclusive, remote_shared, remote_unstated
def test_one_plan_family_wants_the_medicare_code_on_commercial_lines() -> None:
    assert codes("ambetter") == ["95940", None, "G0453", None, "G0453"]
    assert load_policy("ambetter", DAY).takes_code("G0453")
    assert not load_policy("ambetter", DAY).takes_code("95941")


def test_one_plan_demands_one_patient_at_a_time() -> None:
    assert codes("harvard-pilgrim") == ["95940", None, "95941", None, "95941"]
    assert load_policy("harvard-pilgrim", DAY).limit("concurrent-cases") == 1


def test_one_plan_pays_no_remote_monitoring() -> None:
    assert codes("bcidaho-2013") == ["95940", None, None, None, None]


@pytest.mark.parametrize(
    ("tag", "position"),
    [
        ("cervical-degenerative", "not_necessary"),
        ("lumbar-below-conus", "not_necessary"),
        ("parotid", "not_necessary"),
        ("thyroid", "doubtful"),
        ("peripheral-nerve", "not_necessary"),
    ],
)
def test_one_plan_limits_necessity_and_keeps_what_it_inherits(tag: str, position: str) -> None:
    found = load_policy("aetna", DAY).necessity(tag)
    assert found is not None
    assert found.position == position
    assert found.refs


def test_the_base_says_nothing_of_operations_that_only_plans_limit() -> None:
    assert load_policy("medicare", DAY).necessity("thyroid") is None


def test_a_plan_may_judge_a_rule_more_gravely() -> None:
    found = [load_policy(payer, DAY).rule("time-over-anesthesia") for payer in ("commercial", "harvard-pilgrim")]
    assert [rule.severity for rule in found if rule] == ["warning", "error"]


def test_a_users_profile_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    write(tmp_path, HEAD + '[[route]]\ncolumns = ["remote_shared"]\ncode = ""\nfrom = 2024-01-01\nrefs = ["k"]\n')
    assert payers(tmp_path) == tuple(sorted((*payers(), "acme")))
    assert codes("acme", tmp_path) == ["95940", "95941", "95941", None, "95941"]
    before = load_policy("acme", date(2023, 12, 31), tmp_path).time_code("remote_shared")
    assert before is not None
    assert before.code == "95941"


def test_a_users_profile_may_round_otherwise(tmp_path: Path) -> None:
    columns = '["remote_exclusive"]'
    write(tmp_path, HEAD + f'[[route]]\ncolumns = {columns}\ncode = "95941"\nminimum = 30\nremainder = 30\nrefs = ["k"]\n')
    code = load_policy("acme", DAY, tmp_path).time_code("remote_exclusive")
    assert code is not None
    assert (code.minutes_per_unit, code.minimum, code.remainder) == (60, 30, 30)


def test_a_users_profile_may_bring_its_own_sources(tmp_path: Path) -> None:
    source = '[[reference]]\nid = "acme-1"\ntitle = "Acme policy"\nhref = ""\nretrieved = "2026-01-15"\nlocator = "3"\n'
    source += 'paraphrase = "One case."\nconfidence = "V"\n'
    write(tmp_path, HEAD + '[[limit]]\nname = "concurrent-cases"\nvalue = 1\nrefs = ["acme-1"]\n' + source)
    assert load_policy("acme", DAY, tmp_path).limit("concurrent-cases") == 1
    assert "Acme policy" in {source.title for source in load_policy("acme", DAY, tmp_path).refs("concurrent-cases")}


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, HEAD + '[[limit]]\nname = "concurrent-cases"\nvalue = 1\nrefs = ["k"]\n')
    before = load_policy("acme", DAY, tmp_path)
    write(tmp_path, HEAD + '[[limit]]\nname = "concurrent-cases"\nvalue = 22\nrefs = ["k"]\n')
    after = load_policy("acme", DAY, tmp_path)
    assert (before.limit("concurrent-cases"), after.limit("concurrent-cases")) == (1, 22)
    assert before.version != after.version


LIMIT = '[[limit]]\nname = "concurrent-cases"\n'
BROKEN = {
    "unknown code": (HEAD + '[[route]]\ncolumns = ["in_room"]\ncode = "99999"\nrefs = ["k"]\n', "line 4", "'99999'", "'code'"),
    "no time code": (HEAD + '[[route]]\ncolumns = ["in_room"]\ncode = "95938"\nrefs = ["k"]\n', "line 4", "no time code"),
    "unknown column": (
        HEAD + '[[route]]\ncolumns = ["upstairs"]\ncode = ""\nrefs = ["k"]\n',
        "line 5",
        "'columns'",
        "'upstairs'",
    ),
    "unknown refused code": (HEAD + '[[refuse]]\ncode = "1"\nrefs = ["k"]\n', "line 4", "'code'"),
    "overlapping dates": (
        HEAD + LIMIT + 'value = 1\nto = 2024-06-30\nrefs = ["k"]\n' + LIMIT + 'value = 2\nfrom = 2024-06-30\nrefs = ["k"]\n',
        "line 9",
        "2024-06-30",
        "'from'",
    ),
    "dates in the wrong order": (
        HEAD + LIMIT + 'value = 1\nfrom = 2024-02-01\nto = 2024-01-01\nrefs = ["k"]\n',
        "line 7",
        "'from'",
    ),
    "wrong type": (HEAD + LIMIT + 'value = "one"\nrefs = ["k"]\n', "line 6", "'value'", "whole number"),
    "true is no number": (HEAD + LIMIT + 'value = true\nrefs = ["k"]\n', "line 6", "'value'"),
    "negative number": (HEAD + LIMIT + 'value = -1\nrefs = ["k"]\n', "line 6", "negative"),
    "no date": (HEAD + LIMIT + 'value = 1\nfrom = "soon"\nrefs = ["k"]\n', "line 7", "'from'", "date"),
    "date with a clock time": (HEAD + LIMIT + 'value = 1\nfrom = 2024-01-01T08:00:00\nrefs = ["k"]\n', "line 7", "'from'"),
    "missing field": (HEAD + '[[limit]]\nname = "concurrent-cases"\nrefs = ["k"]\n', "line 4", "'value'", "missing"),
    "misspelt field": (HEAD + LIMIT + 'valeu = 1\nrefs = ["k"]\n', "line 6", "'valeu'", "value"),
    "misspelt table": (HEAD + '[[limits]]\nname = "x"\n', "line 4", "'limits'"),
    "a value for a table": (HEAD + "limit = 3\n", "line 4", "[[limit]]"),
    "no sources": (HEAD + LIMIT + "value = 1\nrefs = []\n", "line 7", "'refs'"),
    "unknown source": (HEAD + LIMIT + 'value = 1\nrefs = ["zz9"]\n', "line 4", "'refs'", "'zz9'"),
    "unknown parent": ('id = "acme"\ntitle = "Acme"\ninherits = "nobody"\n', "'nobody'"),
    "no parent": ('id = "acme"\ntitle = "Acme"\n', "'inherits'"),
    "parent of itself": ('id = "acme"\ntitle = "Acme"\ninherits = "acme"\n', "acme -> acme"),
    "other name than the file": ('id = "other"\ntitle = "Acme"\ninherits = "base"\n', "line 1", "'id'"),
    "title no text": ('id = "acme"\ntitle = 3\ninherits = "base"\n', "line 2", "'title'"),
    "not TOML": ("id = acme\n", "not TOML", "line 1"),
    "nested without end": ("a = " + "[" * 20_000, "not TOML"),
    "10 MB": ("#" * 10_000_000, str(MOST_BYTES)),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_profile_is_refused_by_file_line_and_field(tmp_path: Path, kind: str) -> None:
    text, *told = BROKEN[kind]
    write(tmp_path, text)
    with pytest.raises(IonmError) as caught:
        load_policy("medicare", DAY, tmp_path)
    assert caught.value.code == "bad-policy"
    for words in ("acme.toml", *told):
        assert words in caught.value.message
    assert [str(problem) for problem in problems(tmp_path)] == [str(caught.value)]


def test_profiles_that_inherit_in_a_circle_are_refused(tmp_path: Path) -> None:
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        write(tmp_path, f'id = "{name}"\ntitle = "{name}"\ninherits = "{parent}"\n', name)
    with pytest.raises(IonmError, match="a -> b -> c -> a"):
        load_policy("medicare", DAY, tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_bytes(b'id = "\xff\xfe"')
    with pytest.raises(IonmError, match="not UTF-8"):
        load_policy("medicare", DAY, tmp_path)


def test_the_base_cannot_be_replaced_and_a_folder_must_exist(tmp_path: Path) -> None:
    with pytest.raises(IonmError, match="no such folder"):
        load_policy("medicare", DAY, tmp_path / "gone")
    write(tmp_path, 'id = "base"\ntitle = "Base"\ninherits = "medicare"\n', "base")
    with pytest.raises(IonmError, match=r"base\.toml"):
        load_policy("medicare", DAY, tmp_path)


def test_every_broken_file_of_a_folder_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "id = 1\n", "one")
    write(tmp_path, "id = 2\n", "two")
    assert [problem.file for problem in problems(tmp_path)] == ["one.toml", "two.toml"]


def test_a_broken_profile_leaves_the_shipped_policy_alone(tmp_path: Path) -> None:
    write(tmp_path, "id = 1\n", "one")
    with pytest.raises(IonmError):
        load_policy("medicare", DAY, tmp_path)
    assert codes("medicare") == ["95940", None, "G0453", None, "G0453"]
