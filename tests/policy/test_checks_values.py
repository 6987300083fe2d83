"""A value that could only fail later, or would silently have no effect, is refused with file, line and field."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ionm_notes.errors import IonmError
from ionm_notes.policy import load_policy, payers
from ionm_notes.policy.store import DATA, problems
from ionm_notes.types import COLUMNS

HEAD = 'id = "acme"\ntitle = "Acme"\ninherits = "commercial"\n\n'
DAY = date(2025, 3, 14)
LISTED = '[[layer]]\nkind = "{kind}"\nas_of = 2026-01-01\nfile = "{file}"\nrefs = ["k"]\n'
BROKEN = {
    "a misspelled limit": ('[[limit]]\nname = "limb-muscle"\nvalue = 4\nrefs = ["k"]\n', 5, "limb-muscle"),
    "a misspelled rule": ('[[rule]]\nid = "below-minimun"\nseverity = "error"\nrefs = ["k"]\n', 5, "below-minimun"),
    "a misspelled item": ('[[item]]\nname = "TOFF"\ncode = ""\nwhy = "x"\nrefs = ["k"]\n', 5, "TOFF"),
    "a misspelled operation": ('[[necessity]]\ntag = "thyriod"\nposition = "doubtful"\nwhy = "x"\nrefs = ["k"]\n', 5, "thyriod"),
    "a place of three digits": ('[[place]]\ncode = "211"\nstanding = "accepted"\nrefs = ["k"]\n', 5, "211"),
    "credentials with dots": ('[[credential]]\nnames = ["Ph.D."]\naccepted = "yes"\nrefs = ["k"]\n', 5, "Ph.D."),
    "no minutes for a unit": ('[[route]]\ncolumns = ["in_room"]\ncode = "95940"\nminimum = 0\nrefs = ["k"]\n', 5, "minimum"),
    "a remainder over a unit": (
        '[[route]]\ncolumns = ["in_room"]\ncode = "95940"\nremainder = 16\nrefs = ["k"]\n',
        5,
        "remainder",
    ),
    "a code before its days": (
        '[[route]]\ncolumns = ["in_room"]\ncode = "95940"\nfrom = 2012-12-31\nrefs = ["k"]\n',
        5,
        "valid from 2013-01-01",
    ),
    "a code after its days": (
        '[[route]]\ncolumns = ["in_room"]\ncode = "95920"\nfrom = 2020-01-01\nrefs = ["k"]\n',
        5,
        "valid to 2012-12-31",
    ),
}


def write(folder: Path, text: str) -> Path:
    (folder / "acme.toml").write_text(HEAD + text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", BROKEN)
def test_a_value_without_sense_is_refused_with_file_line_and_field(tmp_path: Path, case: str) -> None:
    text, line, told = BROKEN[case]
    with pytest.raises(IonmError) as caught:
        load_policy("commercial", DAY, write(tmp_path, text))
    assert caught.value.code == "bad-policy"
    assert f"acme.toml: line {line}" in str(caught.value)
    assert told in str(caught.value)
    assert [str(problem) for problem in problems(tmp_path)] == [str(caught.value)]


def test_a_route_without_dates_holds_as_long_as_its_code(tmp_path: Path) -> None:
    write(tmp_path, '[[route]]\ncolumns = ["remote_exclusive"]\ncode = "95941"\nminimum = 30\nrefs = ["k"]\n')
    now, before = (load_policy("acme", on, tmp_path).time_code("remote_exclusive") for on in (DAY, date(2012, 6, 1)))
    assert now is not None
    assert before is not None
    assert (now.code, now.minimum, before.code, before.minimum) == ("95941", 30, "95920", 31)


@pytest.mark.parametrize("name", ["limits.toml", "rules.toml", "items.toml", "studies.toml", "time_codes.toml", "codes.toml"])
def test_a_users_table_that_lacks_a_shipped_row_is_refused_and_not_found_out_in_an_audit(tmp_path: Path, name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    entries = text.split("\n[[")
    (tmp_path / name).write_text("\n[[".join(entries[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(IonmError) as caught:
        load_policy("medicare", DAY, tmp_path)
    assert "lacks" in str(caught.value)
    assert name in str(caught.value)


@pytest.mark.parametrize("name", ["limits.toml", "rules.toml", "items.toml", "studies.toml", "codes.toml", "necessity.toml"])
def test_a_users_copy_of_a_shipped_table_changes_nothing_but_the_version(tmp_path: Path, name: str) -> None:
    shutil.copy(DATA / name, tmp_path / name)
    copied, shipped = load_policy("medicare", DAY, tmp_path), load_policy("medicare", DAY)
    assert copied.version != shipped.version
    assert [copied.time_code(c) for c in COLUMNS] == [shipped.time_code(c) for c in COLUMNS]
    assert payers(tmp_path) == payers()


def layer(folder: Path, content: str | None, kind: str = "mue", file: str = "mue_2026-01-01.csv") -> Path:
    (folder / "cms").mkdir()
    (folder / "cms" / "layers.toml").write_text(LISTED.format(kind=kind, file=file), encoding="utf-8")
    if content is not None:
        (folder / "cms" / file).write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "code,setting,units,mai\n95940,practitioner,32,3\n95941,practitioner,many,3\n",
            "line 3: column 'units' cannot be 'many'",
        ),
        ("code,setting,units,mai\n9594,practitioner,32,3\n", "line 2: column 'code'"),
        ("code,setting,units,mai\n95940,hospital,32,3\n", "line 2: column 'setting'"),
        ("code,setting,units\n95940,practitioner,32\n", "column 'mai' is missing"),
        ("code,setting,units,mai\n95940,practitioner\n", "line 2: column 'units' cannot be None"),
        ("", "column 'code' is missing"),
        (None, "there is no 'mue_2026-01-01.csv'"),
    ],
)
def test_a_layer_with_a_bad_value_is_refused_before_anything_is_judged(tmp_path: Path, content: str | None, told: str) -> None:
    layer(tmp_path, content)
    with pytest.raises(IonmError) as caught:
        load_policy("medicare", date(2026, 2, 1), tmp_path)
    assert caught.value.code == "bad-policy"
    assert told in str(caught.value)
    assert [told in str(problem) for problem in problems(tmp_path)] == [True]


def test_a_bad_layer_is_found_by_a_check_though_no_day_needs_it(tmp_path: Path) -> None:
    layer(tmp_path, "column1,column2\n", "ncci-same-practitioner", "same.csv")
    assert ["modifier_indicator" in str(problem) for problem in problems(tmp_path)] == [True]


@pytest.mark.parametrize("file", ["../../secret.csv", "sub/mue.csv"])
def test_a_layer_lies_beside_its_list(tmp_path: Path, file: str) -> None:
    layer(tmp_path, None, file=file)
    assert ["same folder" in str(problem) for problem in problems(tmp_path)] == [True]


def test_a_layer_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    layer(tmp_path, "a,b\n", "muee")
    assert ["'muee' is none of" in str(problem) for problem in problems(tmp_path)] == [True]


PROFILE = (DATA / "profiles" / "aetna.toml").read_text(encoding="utf-8").replace('"aetna"', '"acme"')


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_typed_into_a_profile_it_loads_or_is_refused_by_name(tmp_path: Path, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(PROFILE) - 1))
    cut = data.draw(st.integers(0, 40))
    typed = data.draw(st.text(alphabet='abc019[]="\n-\\é\x00', max_size=5))
    text = PROFILE[:at] + typed + PROFILE[at + cut :]
    (tmp_path / "acme.toml").write_text(text, encoding="utf-8", newline="")
    assert outcome(tmp_path) in (("bad-policy", "acme.toml"), ("loaded", "95940"))


def outcome(folder: Path) -> tuple[str, str]:
    """How loading ended: the error's code and file, or the code of time in the room."""
    try:
        found = load_policy("acme", DAY, folder).time_code("in_room")
    except IonmError as error:
        return error.code, error.file
    return "loaded", found.code if found else ""
