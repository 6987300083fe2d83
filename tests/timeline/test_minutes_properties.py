"""What must hold of counted minutes for any day, and an independent count minute by minute."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import datetime, timedelta

from day import said
from hypothesis import given, settings
from hypothesis import strategies as st

from ionm_notes.timeline import count_minutes
from ionm_notes.types import COLUMNS, Attendance, Case, Column, Encounter, Segment, SegmentKind, Span, TimeConflict

ZERO = datetime(2025, 3, 14, 22, 0)
SPAN = 240


def moment(count: int) -> datetime:
    return ZERO + timedelta(minutes=count)


times = st.integers(min_value=0, max_value=SPAN).map(moment)
maybe = st.one_of(st.none(), times)


@st.composite
def segments(draw: st.DrawFn, kind: SegmentKind, closed: bool = False) -> Segment:
    start, end = (draw(times), draw(times)) if closed else (draw(maybe), draw(maybe))
    if closed and start and end:
        start, end = min(start, end), max(start, end)
    return Segment(kind, start, end, said(f"{kind} {start} {end}"))


@st.composite
def attendances(draw: st.DrawFn, closed: bool = False) -> Attendance:
    start, end = (draw(times), draw(times)) if closed else (draw(maybe), draw(maybe))
    if closed and start and end:
        start, end = min(start, end), max(start, end)
    mode = draw(st.sampled_from(["in_room", "remote", "nearby", "unstated"]))
    exclusive = draw(st.sampled_from([True, False, None]))
    who = draw(st.sampled_from(["Dr A", "Dr B", None]))
    return Attendance(who, mode, start, end, exclusive, said(f"{who} {mode} {start} {end}"), draw(st.booleans()) and not closed)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start, end = sorted((draw(times), draw(times)))
    return Span(start, end, said(f"span {start}"))


@st.composite
def days(draw: st.DrawFn) -> Case:
    parts: list[Segment] = []
    for kind in ("setup", "baseline", "monitoring", "interruption", "removal"):
        parts += draw(st.lists(segments(kind), max_size=2))
    return Case(
        "day",
        Encounter(room_in=draw(maybe), room_out=draw(maybe)),
        segments=tuple(parts),
        attendance=tuple(draw(st.lists(attendances(), max_size=3))),
        mapping=tuple(draw(st.lists(spans(), max_size=1))),
        allocated=tuple(draw(st.lists(spans(), max_size=1))),
        mode_conflict=said("both") if draw(st.booleans()) else (),
        conflicts=(TimeConflict("start", "a", "b", "c", ()),) if draw(st.booleans()) else (),
        last_report=draw(maybe),
        read_afterwards=said("later") if draw(st.integers(0, 9)) == 0 else (),
    )


@st.composite
def stated_days(draw: st.DrawFn) -> Case:
    """Days on which every time is stated, so that minutes can be counted one by one."""
    whole = draw(segments("monitoring", closed=True))
    parts: list[Segment] = [whole]
    for kind in ("setup", "baseline", "interruption", "removal"):
        parts += draw(st.lists(segments(kind, closed=True), max_size=1 if kind == "baseline" else 2))
    return Case(
        "day",
        Encounter(),
        segments=tuple(parts),
        attendance=tuple(draw(st.lists(attendances(closed=True), max_size=3))),
        mapping=tuple(draw(st.lists(spans(), max_size=1))),
        allocated=tuple(draw(st.lists(spans(), max_size=1))),
    )


def column_by_hand(case: Case, count: int) -> Column | None:
    """The column of one clock minute, by asking each fact in turn; None where it does not count."""

    def has(start: datetime | None, end: datetime | None) -> bool:
        return start is not None and end is not None and start <= moment(count) < end

    of = {kind: [s for s in case.segments if s.kind == kind] for kind in ("setup", "baseline", "interruption", "removal")}
    whole = next(s for s in case.segments if s.kind == "monitoring")
    if not has(whole.start, whole.end):
        return None
    if any(s.end is not None and moment(count) < s.end for s in of["baseline"]):
        return None
    if any(has(s.start, s.end) for kind in of for s in of[kind]) or any(has(m.start, m.end) for m in case.mapping):
        return None
    given = any(has(a.start, a.end) for a in case.allocated)
    here: set[Column | None] = set()
    for a in case.attendance:
        if has(a.start, a.end):
            exclusive = True if given else a.exclusive
            if a.mode == "in_room":
                here.add("in_room_shared" if exclusive is False else "in_room")
            elif a.mode != "unstated":
                here.add({True: "remote_exclusive", False: "remote_shared", None: "remote_unstated"}[exclusive])
    order: tuple[Column, ...] = ("in_room", "in_room_shared", "remote_exclusive", "remote_unstated", "remote_shared")
    return next((c for c in order if c in here), None)


@settings(max_examples=150, deadline=None)
@given(stated_days())
def test_the_count_agrees_with_counting_minute_by_minute(case: Case) -> None:
    minutes = count_minutes(case)
    by_hand = [column_by_hand(case, count) for count in range(SPAN + 1)]
    if case.attendance and all(a.mode == "unstated" for a in case.attendance):
        assert all(getattr(minutes, c) is None for c in COLUMNS)
    else:
        assert {c: getattr(minutes, c) for c in COLUMNS} == {c: by_hand.count(c) for c in COLUMNS}


@settings(max_examples=70, deadline=None)
@given(days())
def test_the_proof_adds_up_to_the_columns_and_to_the_professionals(case: Case) -> None:
    minutes = count_minutes(case)
    for column in COLUMNS:
        proved = sum(line.minutes for line in minutes.proof if line.column == column)
        assert proved == (getattr(minutes, column) or 0)
        assert proved == sum(p.minutes for p in minutes.by_professional if p.column == column)
    assert all((line.column is not None) == (line.reason == "counted") for line in minutes.proof)


@settings(max_examples=70, deadline=None)
@given(days())
def test_the_proof_names_every_minute_of_the_day_once(case: Case) -> None:
    minutes = count_minutes(case)
    timed = [line for line in minutes.proof if line.start and line.end]
    for line in timed:
        assert line.start
        assert line.end
        assert line.minutes == (line.end - line.start) // timedelta(minutes=1) > 0
    for before, after in itertools.pairwise(timed):
        assert before.end
        assert after.start
        assert before.end <= after.start
        assert minutes.monitoring_end is None or before.end == after.start


@settings(max_examples=70, deadline=None)
@given(days())
def test_bounds_hold_the_count(case: Case) -> None:
    minutes = count_minutes(case)
    for column in COLUMNS:
        amount = getattr(minutes, column)
        assert minutes.least.get(column, 0) >= 0
        if amount is not None:
            assert minutes.least[column] <= amount
            assert minutes.most.get(column, amount) >= amount


@settings(max_examples=70, deadline=None)
@given(stated_days())
def test_bounds_equal_the_count_where_nothing_is_open(case: Case) -> None:
    minutes = count_minutes(case)
    if minutes.doubts:
        return
    for column in COLUMNS:
        assert minutes.least[column] == getattr(minutes, column) == minutes.most[column]


@settings(max_examples=70, deadline=None)
@given(days(), st.integers(0, SPAN), st.integers(0, SPAN), st.integers(0, 60), st.integers(0, 60))
def test_a_wider_interruption_never_raises_minutes(case: Case, a: int, b: int, before: int, after: int) -> None:
    start, end = sorted((a, b))
    narrow = Segment("interruption", moment(start), moment(end), ())
    wide = Segment("interruption", moment(start - before), moment(end + after), ())
    fewer = count_minutes(replace(case, segments=(*case.segments, wide)))
    more = count_minutes(replace(case, segments=(*case.segments, narrow)))
    for column in COLUMNS:
        assert (getattr(fewer, column) or 0) <= (getattr(more, column) or 0)


@settings(max_examples=70, deadline=None)
@given(days(), st.integers(0, 10**6))
def test_the_order_in_which_facts_were_read_never_matters(case: Case, seed: int) -> None:
    shuffled = random.Random(seed)
    mixed = replace(
        case,
        segments=tuple(shuffled.sample(case.segments, len(case.segments))),
        attendance=tuple(shuffled.sample(case.attendance, len(case.attendance))),
    )
    one, other = count_minutes(case), count_minutes(mixed)
    assert [getattr(one, c) for c in COLUMNS] == [getattr(other, c) for c in COLUMNS]
    assert one.by_professional == other.by_professional
    assert [(p.start, p.end, p.column, p.reason) for p in one.proof] == [
        (p.start, p.end, p.column, p.reason) for p in other.proof
    ]
    assert {d.id for d in one.doubts} == {d.id for d in other.doubts}
    assert (one.least, one.most, one.overlap, one.unattended) == (other.least, other.most, other.overlap, other.unattended)


@settings(max_examples=70, deadline=None)
@given(stated_days(), st.integers(-3000, 3000))
def test_moving_the_whole_day_on_the_clock_changes_no_minutes(case: Case, shift: int) -> None:
    by = timedelta(minutes=shift)
    moved = replace(
        case,
        segments=tuple(replace(s, start=s.start + by, end=s.end + by) for s in case.segments if s.start and s.end),
        attendance=tuple(replace(a, start=a.start + by, end=a.end + by) for a in case.attendance if a.start and a.end),
        mapping=tuple(replace(m, start=m.start + by, end=m.end + by) for m in case.mapping),
        allocated=tuple(replace(m, start=m.start + by, end=m.end + by) for m in case.allocated),
    )
    one, other = count_minutes(case), count_minutes(moved)
    assert [getattr(one, c) for c in COLUMNS] == [getattr(other, c) for c in COLUMNS]
    assert one.unattended == other.unattended


@settings(max_examples=70, deadline=None)
@given(stated_days())
def test_counted_minutes_never_exceed_stated_monitoring(case: Case) -> None:
    minutes = count_minutes(case)
    whole = next(s for s in case.segments if s.kind == "monitoring")
    assert whole.start
    assert whole.end
    stated = (whole.end - whole.start) // timedelta(minutes=1)
    assert sum(getattr(minutes, c) or 0 for c in COLUMNS) + minutes.unattended <= stated
