"""Recognises many pages: each looked up in the cache first, the rest by as many threads as there are cores, two at most.

Threads, not processes: the engine computes outside Python's lock, the models are large, and a reader that already runs
in a guarded child process may not start children of its own. Pages come out in order and are the same for any number.
"""

from __future__ import annotations

import os
import queue
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ionm_notes import pulse
from ionm_notes.ingest.ocr import cache, tesseract
from ionm_notes.ingest.ocr.engine import Engine, Gray
from ionm_notes.ingest.ocr.pages import PageText, recognised

MOST_WORKERS = 2
"""Each loaded engine takes 0.3 GB and each page in work as much again."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A page to recognise. `dpi`: dots to an inch of its paper; `scale`: dots to a point (or pixel) of the page's own measure."""

    image: Gray
    dpi: float
    scale: float


def recognise(pictures: Iterable[Picture], count: int, where: Path | None) -> Iterator[PageText]:
    """The text of each of `count` pictures, in order; pictures are taken only a few ahead. `where`: the cache folder.

    Raises `IonmError` `ocr-missing` with the first picture that is not in the cache where the engine is not installed.
    """
    cores = _cores()
    workers = max(1, min(MOST_WORKERS, cores, count))
    engines = _Engines(max(1, cores // workers))
    waiting: deque[Future[PageText]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for picture in pictures:
            waiting.append(pool.submit(_one, picture, engines, where))
            if len(waiting) > workers:
                yield _finished(waiting.popleft())
        while waiting:
            yield _finished(waiting.popleft())


def _finished(page: Future[PageText]) -> PageText:
    text = page.result()
    pulse.beat()
    return text


class _Engines:
    """Engines that are free, loaded when first needed; kept for the process, because loading one takes a second."""

    _free: queue.SimpleQueue[tuple[int, int, Engine]] = queue.SimpleQueue()
    _inherited: ClassVar[list[Engine]] = []
    """Engines from before a fork: they lost their threads, and to destroy one waits for these for ever."""

    def __init__(self, threads: int) -> None:
        self._threads = threads

    def borrow(self) -> Engine:
        """A free engine of this process with the wanted number of threads, or a new one."""
        try:
            owner, threads, engine = self._free.get_nowait()
        except queue.Empty:
            return Engine(self._threads)
        if owner != os.getpid():
            self._inherited.append(engine)
            return Engine(self._threads)
        # One with another number of threads makes way.
        return engine if threads == self._threads else Engine(self._threads)

    def give_back(self, engine: Engine) -> None:
        """Lets the next page use it."""
        self._free.put((os.getpid(), self._threads, engine))


def _one(picture: Picture, engines: _Engines, where: Path | None) -> PageText:
    key = cache.key_of(picture.image, (picture.dpi, picture.scale), tesseract.program() or "") if where is not None else ""
    kept = cache.load(key, where)
    if kept is not None:
        return kept
    engine = engines.borrow()
    text = recognised(picture.image, picture.dpi, picture.scale, engine)
    engines.give_back(engine)
    cache.save(key, text, where)
    return text


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
