"""A reader's load that changes in the course of a log or chat: another case comes, the other one closes."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """Chat transcript, 05/14/2025, patient Mabel Quist MRN 400812
Interpreting physician: Imogen Tarrant, MD. Technologist: Kofi Brandt, CNIM. Surgeon: Lena Ostrow, MD.
07:56 Brandt: baselines done, ran 07:40 to 07:55
08:00 Brandt: monitoring on
{entries}
11:00 Brandt: monitoring off
"""
Row = tuple[str, str, bool | None]


def rows(entries: str) -> list[Row]:
    case = read_case(read_bytes("chat.txt", HEAD.format(entries=entries).encode()))
    return [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]


WHOLE = ("08:00", "11:00")


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (
            "08:00 Tarrant: on from home, only you\n09:30 Tarrant: picking up a second one now\n11:00 Tarrant: signing off",
            [("08:00", "09:30", True), ("09:30", "11:00", False)],
        ),
        (
            "08:00 Tarrant: on from home, you and room 7\n09:30 Tarrant: other room closed, just you now\n11:00 Tarrant: bye",
            [("08:00", "09:30", False), ("09:30", "11:00", True)],
        ),
        (
            "08:00 MD remote, reading live\n08:45 MD picks up OR 11 too\n10:15 OR 11 closed, MD back to this one\n11:00 MD off",
            [("08:00", "08:45", None), ("08:45", "10:15", False), ("10:15", "11:00", True)],
        ),
        ("08:00 Tarrant: on from home, got you and one spine in Tulsa\n11:00 Tarrant: signing off", [(*WHOLE, False)]),
        (
            "08:00 Tarrant: on from the hub. all yours\n09:40 Brandt: I cover a second room after this\n11:00 Tarrant: bye",
            [(*WHOLE, True)],
        ),
        ("08:00 Tarrant: on from the hub\n08:03 Tarrant: one more after you\n11:00 Tarrant: bye", [(*WHOLE, None)]),
        ("08:00 Tarrant: on from home\n08:30 Tarrant: tomorrow I have only one case\n11:00 Tarrant: bye", [(*WHOLE, None)]),
        (
            "08:00 Tarrant: on from home\n08:30 Brandt: how many are you on today?\n08:31 Tarrant: just this\n11:00 Tarrant: bye",
            [(*WHOLE, True)],
        ),
    ],
)
def test_each_entry_speaks_from_its_own_minute_on(entries: str, found: list[Row]) -> None:
    assert rows(entries) == found


MESSAGES = """Room: IONM / OR 2          exported 2025-06-12 14:10
Subject: Orsolya Bramhall  -  MRN PV221908  -  DOB 1966-09-14
Members: mirelle.c (tech, in OR), f.nagatsuma (reader)
{messages}
Technologist: Mirelle Castaneda, CNIM. Reader: Fumihiko Nagatsuma, MD
"""
SAID = (
    ("07:33", "mirelle.c  ", "running BL"),
    ("07:50", "mirelle.c  ", "BL finished"),
    ("07:55", "f.nagatsuma", "Monitoring starts now. I am watching live.\n         You are my only patient for the present."),
    ("08:17", "mirelle.c  ", "incision"),
    ("09:10", "f.nagatsuma", "{said}"),
    ("09:11", "mirelle.c  ", "noted"),
    ("10:21", "f.nagatsuma", "same here"),
    ("11:02", "f.nagatsuma", "Monitoring stopped. I log off from this case."),
)
STYLES = ("[{at}:10] {who}  {said}", "{at} {who}: {said}", "[{at}] <{who}> {said}")
"""Of a column of names without a mark behind it, with a colon, and as programs of chats print it."""


def told(said: str, style: str) -> list[Row]:
    lines = [
        style.format(at=at, who=who if "  " in style else who.strip(), said=words.format(said=said)) for at, who, words in SAID
    ]
    case = read_case(read_bytes("chat.txt", MESSAGES.format(messages="\n".join(lines)).encode()))
    return [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "said",
    [
        "From now on I watch two: a second hospital has begun. Write if\n         I should look.",
        "I have two of you from here on.",
        "Second site just went live on my other screen, ping me if you need me.",
        "A thyroid in Salem has started as well, so there are two of you from this point.",
        "another hospital has opened its case on my board - will keep an eye on both",
        "You share me with OR 9 from now on.",
        "No longer your exclusive reader, a spine at Mercy has begun.",
        "now reading 2, type if urgent",
        "I am splitting my time from now: a crani at St. Luke has just begun.",
        "From here I watch three, the other two are at Lakeside.",
        "Now I have a second patient up as well.",
    ],
)
def test_another_case_comes_in_any_words(said: str, style: str) -> None:
    assert told(said, style) == [("07:55", "09:10", True), ("09:10", "11:02", False)]


@pytest.mark.parametrize(
    "said",
    [
        "From now on I watch two channels: left MEP and right.",
        "I have two of your MEP traces here from now on",
        "A second set has begun on my screen, looks fine",
        "if a second case begins I will tell you",
        "another reader has begun at the second hospital, you keep me",
        "A second hospital has asked, I said no.",
        "live view. other cases open at this desk: none",
    ],
)
def test_what_is_counted_or_asked_is_no_other_case(said: str) -> None:
    assert told(said, STYLES[0]) == [("07:55", "11:02", True)]
