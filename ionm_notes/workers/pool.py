"""Hands requests to warm workers and judges their time: one bad request costs itself, memory stays bounded.

A request that hangs, crashes its worker or eats its memory ends as an error of that request; the worker is replaced and
the others never notice. The pool is driven by whoever takes its results: while nobody asks, nothing new is handed out.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Generic, Protocol, TypeVar

from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.workers.child import ANSWER, ERROR, READY, Work, error_of, serve
from ionm_notes.workers.nursery import parent_of_workers

AHEAD = 256
"""How many requests the newest may be ahead of the oldest unfinished: bounds what waits to be put in order behind it."""
PAUSE_SECONDS = 0.2
"""How long to wait before asking again for requests where there was none at the moment."""
MOST_STILLBORN = 3
"""Workers in a row that died before they were ready: then none ever will be."""


class Request(Protocol):
    """What is asked of a worker: picklable, with the name of the file for messages."""

    @property
    def name(self) -> str:
        """The file's name."""


R = TypeVar("R", bound=Request)


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What became of the request with the number `index` (from 0): an answer, or an error where that is empty."""

    index: int
    request: R
    answer: bytes
    error: IonmError | None = None


@dataclass(slots=True)
class _Task(Generic[R]):
    index: int
    request: R
    tries: int = 0


FURTHER_TRIES = 2
"""How often a document is tried again whose worker ended and nobody knows how."""


@dataclass(slots=True, eq=False)
class _Worker(Generic[R]):
    """`deadline` is by the monotonic clock; `task` is None while it waits for work."""

    number: int
    pipe: Connection
    deadline: float
    ready: bool = False
    task: _Task[R] | None = None
    done: int = 0


@dataclass(slots=True)
class _Run(Generic[R]):
    """The requests of one run: what was not handed out yet, what has to be tried again, what is not finished."""

    source: Iterator[R | None]
    again: deque[_Task[R]] = field(default_factory=deque)
    unfinished: set[int] = field(default_factory=set)
    count: int = 0
    ask_at: float = 0.0
    exhausted: bool = False

    def next(self) -> _Task[R] | None:
        """The next task, None where there is none at the moment or the newest is too far ahead."""
        if self.again:
            return self.again.popleft()
        if self.exhausted or time.monotonic() < self.ask_at:
            return None
        if self.unfinished and self.count - min(self.unfinished) >= AHEAD:
            return None
        try:
            request = next(self.source)
        except StopIteration:
            self.exhausted = True
            return None
        if request is None:
            self.ask_at = time.monotonic() + PAUSE_SECONDS
            return None
        task = _Task(self.count, request)
        self.unfinished.add(task.index)
        self.count += 1
        return task


class Pool(Generic[R]):
    """Worker processes that do `work` on requests. Use it as a context manager; not to be shared between threads.

    Make it before databases, sockets and threads are opened. `warm` loads what every worker needs; `workers` is how many
    run at once (None: one for each processor core). Workers start with the requests that need them.
    """

    def __init__(
        self,
        work: Work,
        warm: Callable[[], None],
        workers: int | None = None,
        limits: Limits = LIMITS,
        method: str | None = None,
    ) -> None:
        self.size = workers or cores()
        self._limits = limits
        self._parent = parent_of_workers(partial(serve, work=work, limits=limits), warm, method)
        self._workers: list[_Worker[R]] = []
        self._started = 0
        self._stillborn = 0

    def __enter__(self) -> Pool[R]:
        """The pool itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Ends the workers."""
        self.close()

    def close(self) -> None:
        """Ends the workers, whatever they are doing."""
        for worker in self._workers:
            worker.pipe.close()
        self._workers.clear()
        self._parent.close()

    def run(self, requests: Iterable[R | None]) -> Iterator[Done[R]]:
        """What becomes of each request, as they come. A None among the requests: none now, ask again in a moment.

        The first requests are handed out at once, before the first result is asked for. An iterator that is given up
        ends the workers that are still busy. Raises `IonmError` `reader-died` where no worker can be started at all.
        """
        run = _Run(iter(requests))
        self._hand_out(run)
        return self._results(run)

    def _results(self, run: _Run[R]) -> Iterator[Done[R]]:
        finished: deque[Done[R]] = deque()
        try:
            while True:
                # Handed out before results are looked at, so that workers do not wait for whoever looks.
                if len(finished) <= self.size:
                    self._hand_out(run)
                if finished:
                    yield finished.popleft()
                    # What came may bring new requests, or tell that there will be no more.
                    run.ask_at = 0.0
                    finished.extend(self._news(run, 0.0))
                elif run.exhausted and not run.unfinished:
                    return
                else:
                    finished.extend(self._news(run, self._patience(run)))
        finally:
            for worker in self._busy():
                self._discard(worker)

    def _busy(self) -> list[_Worker[R]]:
        return [worker for worker in self._workers if worker.task is not None]

    def _hand_out(self, run: _Run[R]) -> None:
        while True:
            worker = next((worker for worker in self._workers if worker.task is None), None)
            if worker is None and len(self._workers) >= self.size:
                return
            task = run.next()
            if task is None:
                return
            worker = worker or self._start()
            worker.task = task
            worker.deadline = time.monotonic() + (self._limits.document_seconds if worker.ready else self._limits.start_seconds)
            try:
                worker.pipe.send(task.request)
            except OSError:
                self._discard(worker)
                self._lost_one(task, run)

    def _patience(self, run: _Run[R]) -> float:
        """Seconds until something has to be done even if nothing is heard."""
        busy = self._busy()
        moments = [worker.deadline for worker in busy]
        if not run.exhausted and len(busy) < self.size:
            moments.append(run.ask_at)
        return max(0.0, min(moments, default=0.0) - time.monotonic())

    def _news(self, run: _Run[R], seconds: float) -> Iterator[Done[R]]:
        busy = self._busy()
        if not busy:
            time.sleep(seconds)
            return
        spoken = wait([worker.pipe for worker in busy], seconds)
        for worker in busy:
            if worker.pipe in spoken:
                yield from self._hear(worker, run)
        now = time.monotonic()
        for worker in busy:
            # One that has spoken while nobody listened is heard first; only silence is judged.
            if worker.task is not None and worker.deadline < now and worker in self._workers and not worker.pipe.poll():
                yield self._late(worker, run)

    def _hear(self, worker: _Worker[R], run: _Run[R]) -> Iterator[Done[R]]:
        """Takes in all that a worker has said."""
        try:
            while (task := worker.task) is not None and worker.pipe.poll():
                message = worker.pipe.recv_bytes(self._limits.answer_bytes)
                kind, body = message[:1], message[1:]
                worker.deadline = time.monotonic() + self._limits.document_seconds
                if kind == READY:
                    worker.ready, self._stillborn = True, 0
                elif kind in (ANSWER, ERROR):
                    error = error_of(body) if kind == ERROR else None
                    self._release(worker, run)
                    yield Done(task.index, task.request, b"" if error else body, error)
        except (EOFError, ConnectionError):
            yield from self._dead(worker, run)
        except (OSError, ValueError, TypeError):
            yield self._failed(worker, run, "reader-died", "it gave no answer that can be used")

    def _release(self, worker: _Worker[R], run: _Run[R]) -> None:
        if worker.task is not None:
            run.unfinished.discard(worker.task.index)
        worker.task = None
        worker.done += 1
        if worker.done >= self._limits.worker_documents:
            with suppress(OSError):  # it has ended by itself
                worker.pipe.send(None)
            worker.pipe.close()
            self._workers.remove(worker)

    def _late(self, worker: _Worker[R], run: _Run[R]) -> Done[R]:
        done = self._failed(worker, run, "timeout", f"more than {self._limits.document_seconds:g} s")
        if not worker.ready:
            raise IonmError("reader-died", done.request.name, "the reading process did not start in time")
        return done

    def _failed(self, worker: _Worker[R], run: _Run[R], code: str, detail: str) -> Done[R]:
        task = self._discard(worker)
        run.unfinished.discard(task.index)
        return Done(task.index, task.request, b"", IonmError(code, task.request.name, detail))

    def _dead(self, worker: _Worker[R], run: _Run[R]) -> Iterator[Done[R]]:
        code = self._parent.exit_code(worker.number)
        task = self._discard(worker)
        if not worker.ready:
            self._lost_one(task, run)
        elif code in (None, -signal.SIGKILL) and task.tries < (FURTHER_TRIES if code is None else 1):
            # Nobody's fault, maybe: the system kills a process of its choice where memory runs out. Tried once more; twice
            # where nobody can say how the worker ended, because the nursery went with it.
            task.tries += 1
            run.again.append(task)
        else:
            run.unfinished.discard(task.index)
            yield Done(task.index, task.request, b"", _cause(code, task.request.name, self._limits))

    def _lost_one(self, task: _Task[R], run: _Run[R]) -> None:
        """A worker that never got to its task: another one may, unless this goes on."""
        self._stillborn += 1
        if self._stillborn >= MOST_STILLBORN:
            raise IonmError("reader-died", task.request.name, "the reading process did not start")
        run.again.append(task)

    def _discard(self, worker: _Worker[R]) -> _Task[R]:
        """Ends a busy worker and returns its task."""
        assert worker.task is not None
        self._workers.remove(worker)
        worker.pipe.close()
        self._parent.kill(worker.number)
        return worker.task

    def _start(self) -> _Worker[R]:
        near, far = Pipe()
        worker: _Worker[R] = _Worker(self._started, near, 0.0)
        self._started += 1
        with far:
            self._parent.start(worker.number, far)
        self._workers.append(worker)
        return worker


def cores() -> int:
    """The processor cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _cause(code: int | None, name: str, limits: Limits) -> IonmError:
    if code == -signal.SIGXCPU:
        return IonmError("timeout", name, f"more than {limits.cpu_seconds} s of processor time")
    if code is None:
        return IonmError("reader-died", name, "it closed its connection")
    if code >= 0:
        return IonmError("reader-died", name, f"exit code {code}")
    names = {int(known): known.name for known in signal.Signals}
    return IonmError("reader-died", name, f"ended by {names.get(-code, str(-code))}")
