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
