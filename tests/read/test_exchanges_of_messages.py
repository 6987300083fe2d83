"""Chats of a case in any dress: who writes, where the time stands, who is on and off, and whether the reader has other cases.

A seed draws messages of a technologist and a reader together, in seven ways in which programs print them; the time code
must follow.
"""

from __future__ import annotations

import random

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Segment, Tri

SETUP = ("starting hookup", "asleep, starting to place leads", "putting electrodes on", "begin application", "first lead on")
SET_UP = ("hookup done, imps < 3k", "all leads in and taped", "everything placed", "application complete", "last lead on")
BASELINES = ("running baselines", "baseline run started", "going for baselines", "baselining", "taking the baselines now")
TAKEN = (
    "baselines done, saved",
    "got baselines, all good",
    "done with baselines, sent to you",
    "baselines captured",
    "end baselines",
)
ON = (
    "monitoring started",
    "monitoring on",
    "we are live, monitoring from now",
    "go for monitoring",
    "calling start of monitoring",
)
OFF = ("monitoring off", "stopping monitoring", "that's it, monitoring off", "monitoring is over", "done monitoring")
OUT = ("pulling leads", "taking electrodes off", "unhooking", "removing needles", "begin electrode removal")
ALL_OUT = ("all leads off, skin ok", "needles out and counted", "last needle out", "removal done", "electrodes all out")
COMES = (
    "morning, I'm on",
    "on now, I see your screen",
    "here, your traces are up on my screen",
    "tuned in",
    "logged in, waveforms coming through",
    "joined. can see all channels",
    "watching you now",
    "I am connected and following",
    "hi, connected, I have your stream",
)
FROM = (
    "from my home office",
    "at my desk in the reading center",
    "I'm at home",
    "from our Tulsa office",
    "in the group's hub in Plano",
)
ALONE: dict[Tri, tuple[str, ...]] = {
    True: (
        "you're my only case",
        "only you today",
        "nobody else on my list while you run",
        "just your case for me",
        "free of other rooms, all yours",
        "you are my only room until close",
        "not watching anyone else",
        "nothing else on my screens",
        "I have no other patients now",
    ),
    False: (
        "I have two other rooms up as well",
        "you are one of three for me",
        "I am also following a crani in room 2 all through",
        "heads up, watching another case next to yours until you close",
        "running you side by side with another room",
    ),
    None: ("ready when you are", "say when", "what is the anesthetic?"),
}
GOES = (
    "off",
    "I'm out, thanks all",
    "bye, dropping off",
    "thanks, leaving the room",
    "see you, going offline",
    "closing my session",
    "I'll drop now",
)
READS = (
    "agree",
    "all looks the same here",
    "seen, no change",
    "fine by me",
    "watching, SSEP unchanged",
    "tell Dr Hathaway please",
)
WORKS = ("incision", "MAP 84", "disc out. no change", "screws in, same", "surgeon told", "anes running propofol + remi")
TECHNOLOGISTS = (("Jonas Jamison, CNIM", "jonas.j"), ("Kofi Danquah, CNIM", "Danquah"), ("Priya Sundar, CNIM", "PS"))
READERS = (("Anna Ashworth, MD", "anna.a"), ("Lenore Vander, MD", "Vander"), ("Omar Haleem, MD", "OH"))
PRINTED = (
    "{clock}  {user}: {words}",
    "{clock} | {user} | {words}",
    "{clock} @{user} {words}",
    "{clock} {name}: {words}",
    "[{clock}] {plain}: {words}",
    "{user} {clock}  {words}",
    "{name} ({role}) {clock}\n{words}",
)
PROGRAM = ("{clock}  ** {user} {did} **", "{clock}  -- {user} has {did} --", "{clock}  [{user} {did}]")
MISSES = 0.04
"""Share of the drawn chats that may be left open; none may give a unit that it should not."""


def _clock(minute: int, way: int) -> str:
    hour, rest = divmod(minute, 60)
    half = "AM" if hour < 12 else "PM"
    return (
        f"{hour:02}:{rest:02}",
        f"{hour % 12 or 12}:{rest:02} {half}",
        f"{hour:02}{rest:02}",
        f"{hour % 12 or 12}:{rest:02}{half[0].lower()}",
    )[way]


def drawn(seed: int) -> tuple[str, int, Tri]:
    """A chat, the minutes that its reader watched of the monitoring, and whether alone."""
    draw = random.Random(seed)
    (tech, tech_user), (reader, reader_user) = draw.choice(TECHNOLOGISTS), draw.choice(READERS)
    alone = draw.choice((True, True, False, None))
    way, form, program = draw.randrange(4), draw.choice(PRINTED), draw.choice((*PROGRAM, ""))
    out: list[str] = []

    def say(minute: int, words: str, by_reader: bool = False) -> None:
        name, user = (reader, reader_user) if by_reader else (tech, tech_user)
        out.append(
            form.format(
                clock=_clock(minute, way),
                user=user,
                name=name.split(",")[0],
                plain=name.replace(",", ""),
                role="reader" if by_reader else "tech",
                words=words,
            )
        )

    minute = draw.randint(410, 520)
    for words, gap in ((SETUP, 0), (SET_UP, 25), (BASELINES, 4), (TAKEN, 15)):
        minute += gap
        say(minute, draw.choice(words))
    came = minute + 1
    if program:
        out.append(program.format(clock=_clock(came, way), user=reader_user, did="joined"))
    placed = draw.random() < 0.7
    told = [draw.choice(COMES), *([draw.choice(FROM)] if placed else []), draw.choice(ALONE[alone])]
    say(came, draw.choice((". ", ", ", "; ")).join(told), True)
    begun = minute = came + draw.randint(1, 3)
    say(minute, draw.choice(ON))
    for _ in range(draw.randint(4, 8)):
        minute += draw.randint(8, 25)
        say(minute, draw.choice(WORKS))
        say(minute + 1, draw.choice(READS), True)
    over = minute = minute + draw.randint(8, 25)
    say(over, draw.choice(OFF))
    say(over + 1, draw.choice(GOES), True)
    say(over + 3, draw.choice(OUT))
    say(over + 12, draw.choice(ALL_OUT))
    head = f"""SECURE CHAT EXPORT
Pt: Moss, Vera   MRN 1234567   DOB 01/02/1960
Date of surgery: 03/12/2026   Facility: Saint Orla Hospital   Status: inpatient
Procedure: C5-6 ACDF    Dx: cervical myelopathy
Surgeon: Mark Hathaway, MD (requested IOM)
Technologist in room: {tech} ({tech_user})
Reading physician{"" if placed else ", remote"}: {reader} ({reader_user})

"""
    note = f"""

Note: Median and tibial SSEP, both sides. MEP from APB and TA, both sides. Read live as the signals came in; chat with the room
throughout. Impression: no change.
Electronically signed: {reader} 03/12/2026 18:04
"""
    return head + "\n".join(out) + note, over - begun, alone


@pytest.mark.parametrize("part", range(4))
def test_the_time_code_follows_from_a_chat_however_it_is_printed(part: int) -> None:
    missed = []
    seeds = range(part * 40, (part + 1) * 40)
    for seed in seeds:
        chat, minutes, alone = drawn(seed)
        audit = audit_payers(read_bytes("chat.txt", chat.encode()), ("medicare",))[0]
        codes = [(code.code, code.units, code.status) for code in audit.codes if code.kind == "time"]
        units = minutes // 15 + (minutes % 15 >= 8)
        want = [("G0453", units, "supported" if alone else "query")] if alone is not False else []
        assert codes == want or not any(code[2] == "supported" for code in codes), (chat, codes, want)
        if codes != want:
            missed.append((chat, codes, want))
    assert len(missed) <= MISSES * len(seeds), missed[0]


UNMARKED = """Conversation export
Date of service: 2025-06-17
Patient: Vera Lund   MRN: 1234567
Surgeon: Mark Hathaway, MD
Technologist: Kit Obuya, CNIM
Neurophysiologist: Rosalind Moss, MD, off site

[08:31:05] k.obuya        running baselines
[08:53:33] r.moss         {first}
[08:55:20] k.obuya        MONITORING STARTED 0855
[10:34:15] k.obuya        leg MEPs dropping, TA down 80 pct
[10:34:30] r.moss         {second}
[12:38:05] k.obuya        MONITORING STOPPED 1238
"""


@pytest.mark.parametrize(
    ("first", "second", "in_touch"),
    [
        ("I have them live. medians fine", "seen. tell Dr T now please", True),
        ("viewer attached", "viewer detached", False),
        ("session opened", "annotation stored", False),
    ],
)
def test_talk_without_a_mark_behind_the_writer_is_an_exchange_and_a_trail_is_none(
    first: str, second: str, in_touch: bool
) -> None:
    [audit] = audit_payers(read_bytes("chat.txt", UNMARKED.format(first=first, second=second).encode()), ("medicare",))
    assert (audit.case.elements["communication"].state == "present") is in_touch


NAMED = """Room transcript
Date of service: 2025-06-17
Patient: Vera Lund   MRN: 1234567
Surgeon: Mark Hathaway, MD
Technologist: J. Obuya-Whitfield, CNIM
Neurophysiologist: Rosalind Moss, MD, off site

08:31 {tech} running baselines
08:33 {reader} I have them live. medians fine
08:55 {tech} MONITORING STARTED
10:34 {tech} leg MEPs dropping, TA down 80 pct
10:35 {reader} seen. pressure please
12:38 {tech} MONITORING STOPPED
"""


@pytest.mark.parametrize(
    ("tech", "reader", "in_touch"),
    [
        ("T>R", "R>T", True),
        ("TECH -> MD:", "MD -> TECH:", True),
        ("jow\t", "rmos\t", True),
        ("Jow |", "Rosalind M.:", True),
        ("R>L", "L>R", False),
        ("T>R", "T>R", False),
        ("NOTE", "NOTE", False),
    ],
)
def test_messages_named_by_roles_small_initials_and_first_names_are_an_exchange(tech: str, reader: str, in_touch: bool) -> None:
    [audit] = audit_payers(read_bytes("chat.txt", NAMED.format(tech=tech, reader=reader).encode()), ("medicare",))
    assert (audit.case.elements["communication"].state == "present") is in_touch


WATCHED = """IONM MESSENGER, CONVERSATION EXPORT
Pt: Roe, Jane  DOB 11/30/1957  acct 20093318 / Date: 10/02/2024
Members: D. Whitlock CNIM (tech, OR-7) | Osei Boateng MD (reader)
12:41 PM  Whitlock   starting needles
12:58 PM  Whitlock   needles in
1:02 PM   Whitlock   running baseline now
1:05 PM   {before}
1:06 PM   Whitlock   baselines done, monitoring on
1:52 PM   Boateng    {then}
3:22 PM   Boateng    final run normal. monitoring off 3:22
"""


@pytest.mark.parametrize(
    ("before", "then", "begins"),
    [
        ("Boateng    I see it. quiet in all four", "watching it live, marginal branch. please tell the surgeon", "whole case"),
        ("Boateng    agree, baselines read", "I'm live on this one from home, looks fine", "whole case"),
        ("Boateng    send me the baselines when they are ready", "watching it live now", "13:52"),
        ("Whitlock   sent you the baselines", "watching it live, looks fine", "13:52"),
        ("Boateng    I see it. quiet in all four", "logged in again from home", "13:52"),
    ],
)
def test_who_had_read_signals_before_does_not_come_by_saying_that_he_watches(before: str, then: str, begins: str) -> None:
    [audit] = audit_payers(read_bytes("chat.txt", WATCHED.format(before=before, then=then).encode()), ("medicare",))
    [row] = audit.case.attendance
    assert ("whole case" if row.whole_case else f"{row.start:%H:%M}") == begins


CHANNEL = """channel: or11, 2025-06-24
members : T. Brandvold CNIM (OR 11) ; Dr. Xiomara Penhallow, MD (reader, remote)
[08:29:40] tbrandvold: leads all on
[08:33:05] tbrandvold: running baselines
[08:46:51] tbrandvold: baselines done
[08:47:20] {came}
[08:52:31] tbrandvold: monitoring started
[11:07:12] tbrandvold: monitoring stopped
[11:08:03] * xpenhallow left the room
"""


@pytest.mark.parametrize(
    ("came", "mode"),
    [
        ("* xpenhallow entered the room", "remote"),
        ("xpenhallow joined the room", "remote"),
        ("--> xpenhallow has joined the chat room", "remote"),
        ("-- xpenhallow has joined the room --", "remote"),
        ("xpenhallow entered the operating room", "in_room"),
        ("Dr. Penhallow entered the room", "in_room"),
    ],
)
def test_the_room_of_a_program_is_no_operating_room(came: str, mode: str) -> None:
    [row] = read_case(read_bytes("chat.txt", CHANNEL.format(came=came).encode())).attendance
    assert (row.mode, f"{row.start:%H:%M}") == (mode, "08:47")
    assert "entere " not in row.evidence[0].text


DOUBLE = """CASE ROOM TRANSCRIPT
Pt: R. Szalai | MRN 70-33-118 | Date: 02/27/2024
Surgeon: M. Halloway-Finch MD
Members: Sunniva Brecht (tech, OR) / Wendell Oyelaran-Pike DO (reader, remote)
22:41:15 Sunniva    running baselines now
22:50:02 {reader}   here. I see your screen live. I have only this one case open tonight.
22:52:48 Sunniva    baselines done and saved
22:53:20 {reader}   agree w/ baselines. ulnar SSEP fine both arms
22:55:10 Sunniva    MONITORING STARTED
23:18:44 Sunniva    bone work
23:19:00 {reader}   all steady
23:38:40 Sunniva    MONITORING STOPPED
"""


@pytest.mark.parametrize(("reader", "in_touch"), [("Dr O-P", True), ("Dr H-F", False)])
def test_the_letters_of_a_double_name_name_a_writer(reader: str, in_touch: bool) -> None:
    [audit] = audit_payers(read_bytes("chat.txt", DOUBLE.format(reader=reader).encode()), ("medicare",))
    assert (audit.case.elements["communication"].state == "present") is in_touch


@pytest.mark.parametrize("head", ["Carlos Donovan  {time} AM", "Carlos Donovan  {time} AM CT", "{time} AM  Carlos Donovan"])
def test_a_log_kept_as_messages_of_one_writer_is_a_log(head: str) -> None:
    rows = (
        ("7:21", "Tube in, tech starting setup"),
        ("7:49", "Finished lead placement, waiting on positioning"),
        ("7:54", "Collecting the first baselines"),
        ("8:04", "Done with baseline runs, set stored"),
        ("8:08", "Start monitoring"),
        ("9:00", "Signals reproducible and stable"),
        ("11:18", "No longer monitoring, finals saved"),
    )
    messages = "\n".join(f"{head.format(time=time)}\n{words}\n" for time, words in rows)
    text = f"Patient: Jane Roe    MRN: 448812\nDate of surgery: 03/04/2025\nTechnologist: Carlos Donovan, CNIM\n\n{messages}"
    found = {s.kind: (f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "") for s in _segments(text)}
    assert found == {"setup": ("07:21", "07:49"), "baseline": ("07:54", "08:04"), "monitoring": ("08:08", "11:18")}


def test_a_line_of_a_name_and_a_time_here_and_there_is_no_exchange() -> None:
    text = "Patient: Jane Roe\nDate of surgery: 03/04/2025\n\nSigned for by\nCarlos Donovan  7:21 AM\nmonitoring started\n"
    assert not [s for s in _segments(text) if s.kind == "monitoring" and s.start is not None and f"{s.start:%H:%M}" == "07:21"]


def _segments(text: str) -> tuple[Segment, ...]:
    return read_case(read_bytes("chat.txt", text.encode())).segments
