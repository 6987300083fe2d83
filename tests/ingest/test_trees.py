"""Exports whose values hang on paths of keys: an interval comes out as one row, with evidence as it stands in the file."""

from __future__ import annotations

import json

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.ingest.evidence import evidence
from ionm_notes.ingest.records.roles import records_of

_DAY = (
    ("Electrode placement", "07:05", "07:31"),
    ("Baseline recordings", "07:35", "07:48"),
    ("Neuromonitoring", "07:50", "10:40"),
    ("Electrode removal", "10:44", "10:52"),
)
_HEAD = (("patient_name", "Ann Lee"), ("surgeon", "Mark Hale, MD"), ("reading_location", "remote"), ("operation", "ACDF C5-C6"))


def _fhir(name: str, end: str, at: str) -> str:
    return f'Observation[code.text="{name}"].effectivePeriod.{end} = "2025-03-12T{at}:00-05:00"'


_STYLES = {
    "numbered keys": [
        "[CASE]",
        *(f"{a.upper()}={b}" for a, b in _HEAD),
        "[INTERVALS]",
        *(f"INTERVAL.{n}.{k}={v}" for n, row in enumerate(_DAY, 1) for k, v in zip(("NAME", "BEGIN", "END"), row, strict=True)),
    ],
    "joined keys": [
        "[Case]",
        *(f"{a}={b}" for a, b in _HEAD),
        "[Phases]",
        *(f"Phase{n}_{k}={v}" for n, row in enumerate(_DAY, 1) for k, v in zip(("Name", "On", "Off"), row, strict=True)),
    ],
    "properties": [
        *(f"case.{a} = {b}" for a, b in _HEAD),
        *(
            f"case.phase[{n}].{k} = {v}"
            for n, row in enumerate(_DAY)
            for k, v in zip(("label", "startTime", "stopTime"), row, strict=True)
        ),
    ],
    "resources": [
        *(f'Case.{a} = "{b}"' for a, b in _HEAD),
        *(_fhir(name, end, at) for name, a, b in _DAY for end, at in (("start", a), ("end", b))),
    ],
    "arrows": [
        *(f"/report/case/{a} -> {b}" for a, b in _HEAD),
        *(
            f"/report/segments/{n}/{k} -> {v}"
            for n, row in enumerate(_DAY)
            for k, v in zip(("description", "time_in", "time_out"), row, strict=True)
        ),
    ],
    "tree": [
        "Record of monitoring",
        "  case",
        *(f"    {a}: {b}" for a, b in _HEAD),
        "  intervals",
        *(line for name, a, b in _DAY for line in (f"    {name.lower()}", f"      commenced: {a}", f"      concluded: {b}")),
    ],
    "yaml": [
        "case:",
        "  head:",
        *(f"    {a}: {b}" for a, b in _HEAD),
        "phases:",
        *(line for name, a, b in _DAY for line in (f"  - name: {name}", f"    from: {a}", f"    until: {b}")),
    ],
    "tables of settings": [
        "[case]",
        *(f'{a} = "{b}"' for a, b in _HEAD),
        *(line for name, a, b in _DAY for line in ("[[interval]]", f'name = "{name}"', f'start = "{a}"', f'end = "{b}"')),
    ],
    "maps in a line": [
        "report:",
        "  case:",
        *(f"    {a}: {b}" for a, b in _HEAD),
        "  day:",
        *(f"    {name}: {{start: {a}, end: {b}}}" for name, a, b in _DAY),
    ],
    "objects in a line": [
        "{",
        *(f'  "{a}": "{b}",' for a, b in _HEAD),
        '  "phases": {',
        *(f'    "{name}": {{"startedAt": "{a}", "endedAt": "{b}"}},' for name, a, b in _DAY),
        "  }",
        "}",
    ],
    "elements": [
        "<case>",
        *(f"  <{a}>{b}</{a}>" for a, b in _HEAD),
        *(
            line
            for name, a, b in _DAY
            for line in (f'  <phase name="{name}">', f'    <begin at="{a}"/>', f'    <end at="{b}"/>', "  </phase>")
        ),
        "</case>",
    ],
    "json": json.dumps(
        {"case": dict(_HEAD), "timeline": [{"label": n, "begin": a, "finish": b} for n, a, b in _DAY]}, indent=2
    ).split("\n"),
}


@pytest.mark.parametrize("style", _STYLES)
def test_an_interval_over_several_lines_is_one_row(style: str) -> None:
    lines = read_bytes("export.txt", "\n".join(_STYLES[style]).encode()).pages[0].lines
    rows = [line.text.split("\t") for line in lines]
    for name, start, end in _DAY:
        row = next(row for row in rows if row[0].lower() == name.lower())
        assert len(row) == 3
        assert start in row[1]
        assert end in row[2]
    assert any(row[-1] == "Mark Hale, MD" and row[0].lower() == "surgeon" for row in rows)


@pytest.mark.parametrize("style", _STYLES)
def test_what_is_shown_of_it_stands_so_in_the_file(style: str) -> None:
    text = "\n".join(_STYLES[style])
    for line in read_bytes("export.txt", text.encode()).pages[0].lines:
        assert evidence(line, 0, len(line.text)).text in " ".join(text.split())


@pytest.mark.parametrize(
    ("keys", "apart"),
    [
        # What was done on a day, and when somebody came into a room, is no interval of the key before it.
        (["signed.by = Ada Roe, MD", "signed.on = 2025-03-12 11:30"], ["signed by", "signed on"]),
        (["patient.in = 06:50", "patient.out = 11:05"], ["patient in", "patient out"]),
        (["monitoring.count = 2", "monitoring.start = 07:50"], ["monitoring count", "monitoring start"]),
        (["neurophys.online = 07:50", "neurophys.offline = 10:40"], ["neurophys online", "neurophys offline"]),
    ],
)
def test_keys_that_are_no_ends_of_one_interval_stay_apart(keys: list[str], apart: list[str]) -> None:
    lines = read_bytes("export.txt", "\n".join([*_STYLES["properties"], *keys]).encode()).pages[0].lines
    assert [line.text.split("\t")[0] for line in lines[-2:]] == apart


def test_entries_among_the_keys_keep_their_times_and_items_of_a_list_are_sentences() -> None:
    keys = [*_STYLES["properties"], "08:41 = incision", "10:40 = monitoring off"]
    lines = read_bytes("export.txt", "\n".join(keys).encode()).pages[0].lines
    assert [line.text.split()[0] for line in lines[-2:]] == ["08:41", "10:40"]
    items = [*_STYLES["yaml"], "remarks:", "  - VEP with goggles: not called for, not done.", "  - Judgment: stable"]
    lines = read_bytes("export.txt", "\n".join(items).encode()).pages[0].lines
    assert lines[-2].text == "VEP with goggles: not called for, not done."


def test_a_day_behind_the_time_of_an_end_is_left_to_the_file() -> None:
    keys = [*_STYLES["yaml"], "watch:", "  hours:", "    from: 10:40 pm", "    until: 01:09 am on Feb 15, 2025"]
    lines = read_bytes("export.txt", "\n".join(keys).encode()).pages[0].lines
    assert lines[-1].text == "hours\t10:40 pm\t01:09 am"
    assert evidence(lines[-1], 0, len(lines[-1].text)).text.endswith("until: 01:09 am on Feb 15, 2025")


@pytest.mark.parametrize(
    "lines",
    [
        ["Segments:", *(f"  {name}: {a} to {b}" for name, a, b in _DAY), *(f"{a}: {b}" for a, b in _HEAD)],
        [f"{a.replace('_', ' ').title()}: {b}" for a, b in _HEAD * 3],
        ["The monitoring was begun at 07:50 and ended at 10:40: nothing changed in the recordings."] * 9,
        ["Impression:", "  No change.", "  The recordings were stable from start: 07:50 to end: 10:40.", "Plan:", "  none"] * 2,
    ],
)
def test_forms_and_prose_are_no_exports_of_paths(lines: list[str]) -> None:
    assert records_of(lines) == {}
