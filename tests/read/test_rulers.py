"""No pattern takes words and marks for one another: what fills a line behind its words is passed at once.

A ruled line behind 'baselines' once kept the reader busy for minutes. Each pattern reads the beginnings of its own examples, each
with a filling behind it, in a process of its own, because such a search cannot be interrupted from within.
"""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection

from ionm_notes.read.vocabulary import vocabulary

SECONDS = 90
"""For all patterns together, some thirty times what they take."""
SLOW = 0.5
"""Seconds of one search that is far too long: the longest takes some thousandths."""
FILLINGS = ("-" * 40, " " * 40, "." * 40, "/" * 40, "a " * 30, "1 " * 30, ", " * 30, "Hale " * 25)


def _search_all(told: Connection) -> None:
    """Sends each pattern's name before its searches, and again, marked, if one of them took long."""
    words = vocabulary()
    for name, pattern in words.patterns.items():
        if pattern.kind != "regex":
            continue
        expression = words.regex(name)
        told.send(name)
        for example in pattern.yes[:2]:
            parts = example.split()
            for text in (f"{' '.join(parts[:n])} {filling} zzq" for n in range(1, len(parts) + 1) for filling in FILLINGS):
                begun = time.process_time()
                list(expression.finditer(text))
                if time.process_time() - begun > SLOW:
                    told.send(f"slow: {name}, {text[:60]}")
    told.send("")


def test_no_pattern_tries_every_parting_of_what_fills_a_line() -> None:
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_search_all, args=(there,))
    process.start()
    at, slow, end = "the start", [], time.monotonic() + SECONDS
    while time.monotonic() < end and here.poll(max(0.0, end - time.monotonic())):
        at = here.recv()
        if not at:
            break
        slow += [at] if at.startswith("slow") else []
    process.kill()
    process.join()
    assert at == "", f"the search of {at} had not ended after {SECONDS} seconds"
    assert slow == []
