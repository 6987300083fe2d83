"""Tables whose headings say more of their times than the order: ends first, lengths, time since the start, am or pm."""

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

_HEAD = "Date of surgery: 05/14/2025\nReading physician: Mirabel Stroud, MD\n\n"
_DAY = [
    ("setup", "07:32", "08:14"),
    ("baseline", "08:18", "08:36"),
    ("monitoring", "08:41", "13:26"),
    ("removal", "13:28", "13:40"),
]
_NAMES = ("Electrode placement", "Baselines", "Monitoring", "Electrode removal")
_LENGTHS = ("0:42", "0:18", "4:45", "0:12")


def _segments(rows: list[tuple[str, ...]], sep: str = "\t") -> list[tuple[str, str, str]]:
    text = _HEAD + "\n".join(sep.join(row) for row in rows)
    found = read_case(read_bytes("note.txt", text.encode())).segments
    times = [(s.kind, f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "") for s in found]
    return sorted(times, key=lambda item: item[1])


@pytest.mark.parametrize(
    ("heading", "order"),
    [
        (("Until", "From", "Activity"), "ban"),
        (("Activity", "End", "Start"), "nba"),
        (("Stop time", "Start time", "Phase"), "ban"),
        (("Finished", "Began", "What"), "ban"),
        (("Phase", "Duration", "From", "To"), "nlab"),
        (("Phase", "To", "Duration", "From"), "nbla"),
        (("Step", "Began", "Ended", "Elapsed"), "nabl"),
    ],
)
def test_columns_in_any_order(heading: tuple[str, ...], order: str) -> None:
    """The heading says which time is the start, which the end, and which figure is no clock time."""
    rows = [
        tuple({"n": name, "a": first, "b": last, "l": length}[letter] for letter in order)
        for name, (_, first, last), length in zip(_NAMES, _DAY, _LENGTHS, strict=True)
    ]
    assert _segments([heading, *rows]) == _DAY


_WORDS = ("Setup begun", "Setup complete", "Baselines start", "Baselines done", "Monitoring start", "Monitoring end")
_LAST = ("Electrode removal started", "Electrodes off")
_LOG = list(zip([time for _, *both in _DAY for time in both], _WORDS + _LAST, strict=True))


def _since(time: str) -> str:
    minutes = int(time[:2]) * 60 + int(time[3:]) - 452
    return f"{minutes // 60}:{minutes % 60:02d}"


@pytest.mark.parametrize(
    "heading",
    [("Elapsed", "Clock", "Event"), ("Clock", "Elapsed", "Event"), ("Rec time", "Local time", "Note"), ("T1", "T2", "Note")],
)
def test_time_since_the_start_is_no_clock_time(heading: tuple[str, ...]) -> None:
    """It is told by its heading, or by running from nought on beside the clock."""
    turned = heading[0] == "Clock"
    rows = [(time, _since(time), entry) if turned else (_since(time), time, entry) for time, entry in _LOG]
    assert _segments([heading, *rows]) == _DAY


def test_half_of_the_day_in_the_heading() -> None:
    """'Start (p.m.)' is of every time below it."""
    rows = [("Phase", "Start (p.m.)", "Stop (p.m.)"), ("Monitoring", "7:41", "10:26")]
    assert _segments(rows) == [("monitoring", "19:41", "22:26")]


def test_two_tables_of_starts_and_ends_side_by_side_stay_as_they_are() -> None:
    """'From | To | From | To' is no table of ends first."""
    rows = [
        ("Set-up", "From", "To", "Monitoring", "From", "To"),
        ("electrodes", "07:32", "08:14", "monitoring", "08:41", "13:26"),
    ]
    assert _segments(rows) == [("setup", "07:32", "08:14"), ("monitoring", "08:41", "13:26")]


_PHASES = [("Phase", "Start", "End"), *((name, first, last) for name, (_, first, last) in zip(_NAMES, _DAY, strict=True))]


def _attendance(lines: list[str]) -> list[tuple[str, str]]:
    found = read_case(read_bytes("note.txt", (_HEAD + "\n".join(lines)).encode())).attendance
    return [(f"{row.start:%H:%M}" if row.start else "", f"{row.end:%H:%M}" if row.end else "") for row in found]


_TWICE = [("08:30", "10:12"), ("10:40", "13:26")]


@pytest.mark.parametrize(
    "table",
    [
        ["Session\tLog-off\tLog-on\tReason", "1\t10:12\t08:30\tVPN dropped", "2\t13:26\t10:40\tcase over"],
        ["Left OR 4\tEntered OR 4\tDr. Stroud's presence", "10:12\t08:30\tfirst stay", "13:26\t10:40\tsecond stay"],
        [
            "ID\tUser\tOpen\tClose\tLength",
            "901\tmstroud\t08:30:11\t10:12:09\t1:41:58",
            "902\tmstroud\t10:40:00\t13:26:48\t2:46:48",
        ],
    ],
)
def test_sessions_whose_ends_stand_first(table: list[str]) -> None:
    """Whoever came and went is told by the names of the columns, in a table of sessions as in one of the parts of the day."""
    assert _attendance(["\t".join(row) for row in _PHASES] + ["", *table]) == _TWICE


def test_other_patients_of_the_day_are_no_attendance() -> None:
    """A table of what else was done that day says nothing of this patient, nor does it swallow the table below."""
    lines = ["Other cases that day\tStart\tEnd", "Case 2 (OR 7)\t14:30\t17:10", *("\t".join(row) for row in _PHASES)]
    assert _attendance(lines) in ([], [("", "")])
    assert _segments([("Other cases that day", "Start", "End"), ("Case 2 (OR 7)", "14:30", "17:10"), *_PHASES]) == _DAY


_TRAIL = [
    ("08:30", "mstroud", "VIEWER ATTACH"),
    ("08:41", "tech", "MONITORING START"),
    ("10:12", "mstroud", "SESSION DROP"),
    ("10:40", "mstroud", "VIEWER ATTACH"),
    ("13:26", "mstroud", "VIEWER DETACH"),
    ("13:27", "tech", "MONITORING STOP"),
]


@pytest.mark.parametrize("way", ["{0}\t{1}\t{2}", "Log {0} | {1} | {2}", "{1} | {2} | {0}:07"])
def test_trails_of_sessions(way: str) -> None:
    """A viewer that is detached, or a session that drops, ends the watch and takes off no electrode."""
    head = [way.replace("Log ", "").replace(":07", "").format("Time", "User", "Action")]
    lines = head + [way.format(*entry) for entry in _TRAIL]
    assert _attendance(lines) == _TWICE
    kinds = {s.kind for s in read_case(read_bytes("note.txt", (_HEAD + "\n".join(lines)).encode())).segments}
    assert kinds == {"monitoring"}


@pytest.mark.parametrize(
    "rows",
    [
        [("Needles, strips, impedances", "07:32", "08:14"), *_PHASES[2:]],
        [("Electrode placement", "HL", "07:32", "08:14"), *((name, "HL", first, last) for name, first, last in _PHASES[2:])],
        [("Electrode placement", "05/14/2025 07:32", "05/14/2025 08:14"), *_PHASES[2:]],
        [("", "Set-up", "Baselines", "Monitoring", "Removal"), ("Time", *(f"{first}-{last}" for _, first, last in _DAY))],
        [("Set-up", "Baselines", "Monitoring", "Removal"), tuple(d[1] for d in _DAY), tuple(d[2] for d in _DAY)],
    ],
)
def test_other_tables_of_the_parts(rows: list[tuple[str, ...]]) -> None:
    """Who did it may stand between what was done and its times, the day before each time, the parts side by side."""
    assert _segments(rows) == _DAY


def test_parts_over_lines_with_their_ends() -> None:
    """'from 08:41' over 'to 13:26' are of the part that is named above them."""
    lines = [text for name, (_, first, last) in zip(_NAMES, _DAY, strict=True) for text in (name, f"from {first}", f"to {last}")]
    found = read_case(read_bytes("note.txt", (_HEAD + "\n".join(lines)).encode())).segments
    assert [(s.kind, f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in found if s.start and s.end] == _DAY


def test_mapping_within_monitoring_is_no_second_monitoring() -> None:
    """Its label names monitoring in brackets alone."""
    rows = [("Activity", "Time"), ("Monitoring", "08:41 to 13:26"), ("Functional mapping (within monitoring)", "10:12 to 11:27")]
    assert _segments(rows) == [("monitoring", "08:41", "13:26")]


def test_a_time_sheet_names_the_monitoring_and_who_watched() -> None:
    """A row of the sheet is the part of the day, and of the reader's watch where it is of monitoring alone."""
    lines = [
        "What was being done\tFrom\tTo\tWho",
        "Needles placed\t07:32\t08:14\tJ. Prusik",
        "Baselines read\t08:18\t08:36\tM. Stroud",
        "Monitoring. I sat at the machine\t08:41\t13:26\tM. Stroud",
    ]
    case = read_case(read_bytes("note.txt", (_HEAD + "\n".join(lines)).encode()))
    assert [s.kind for s in case.segments] == ["setup", "baseline", "monitoring"]
    assert _attendance(lines) == [("08:41", "13:26")]
