"""Brings workers into the world and says how they died; read this to know why a fresh worker costs milliseconds.

On Linux the program loads what every worker needs, once, and forks a nursery process before it opens a database, a
socket or a thread. The nursery forks a worker whenever one is asked for: the worker has the reader loaded already,
shares its memory with its siblings, and holds nothing of the program's. Elsewhere forking is not safe beside system
threads, and each worker starts from nothing.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import recv_handle, send_handle
from typing import Protocol

Serve = Callable[[Connection], None]
"""A worker's life."""
DYING_SECONDS = 2.0
"""How long to wait for news of a worker whose pipe broke, or for a process that was killed."""
KIND_SECONDS = 0.3
"""How long a nursery may take to end by itself."""


class Parent(Protocol):
    """Starts workers under numbers, ends them, and knows how they ended."""

    def start(self, number: int, far: Connection) -> None:
        """Starts worker `number` with `far` as its end of the pipe."""

    def kill(self, number: int) -> None:
        """Ends a worker at once, with all that it started."""

    def exit_code(self, number: int) -> int | None:
        """How a worker ended (negative: by that signal), None where that is not known."""

    def close(self) -> None:
        """Ends all workers."""


def parent_of_workers(serve: Serve, warm: Callable[[], None], method: str | None = None) -> Parent:
    """The way to start workers that suits the system. `method`: 'fork' or 'spawn' in place of the system's."""
    chosen = method or ("fork" if sys.platform == "linux" else "spawn")
    return Nursery(serve, warm) if chosen == "fork" else Spawner(serve)


class Spawner:
    """Starts each worker from nothing, which takes a second or two."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._children: dict[int, BaseProcess] = {}

    def __contains__(self, number: int) -> bool:
        """Whether it started this worker and has not told of its end."""
        return number in self._children

    def start(self, number: int, far: Connection) -> None:
        """Starts worker `number`."""
        child = multiprocessing.get_context("spawn").Process(target=self._serve, args=(far,), daemon=True)
        child.start()
        self._children[number] = child

    def kill(self, number: int) -> None:
        """Ends a worker at once."""
        if number in self._children:
            _end(self._children.pop(number))

    def exit_code(self, number: int) -> int | None:
        """How a worker ended."""
        child = self._children.pop(number)
        child.join(DYING_SECONDS)
        return child.exitcode

    def close(self) -> None:
        """Ends all workers."""
        for child in self._children.values():
            _end(child)
            child.join(DYING_SECONDS)


class Nursery:
    """The program's end of the nursery process; should that die, workers start from nothing instead."""

    def __init__(self, serve: Serve, warm: Callable[[], None]) -> None:
        # Threads of a numerical library would not survive the fork, and cost address space in every worker.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        with _no_collection(), suppress(Exception):  # what fails here fails again in the worker, which reports it for the file
            warm()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()  # or the child would print what is waiting a second time
        context = multiprocessing.get_context("fork")
        self._control, far = context.Pipe()
        self._ended: dict[int, int] = {}
        self._instead = Spawner(serve)
        self._process = context.Process(target=_tend, args=(far, self._control, serve))
        self._process.start()
        far.close()

    def start(self, number: int, far: Connection) -> None:
        """Starts worker `number`."""
        self._hear(0)
        if self._process.is_alive():
            try:
                self._control.send(("start", number))
                send_handle(self._control, far.fileno(), self._process.pid)
            except OSError:  # it is dying: the system closes what a process holds before it tells of its end
                self._process.join(DYING_SECONDS)
            else:
                return
        self._instead.start(number, far)

    def kill(self, number: int) -> None:
        """Ends a worker at once, with all that it started."""
        if number in self._instead:
            self._instead.kill(number)
        with suppress(OSError):  # gone: the system ended its workers with it
            self._control.send(("kill", number))

    def exit_code(self, number: int) -> int | None:
        """How a worker ended."""
        if number in self._instead:
            return self._instead.exit_code(number)
        while number not in self._ended and self._hear(DYING_SECONDS):
            pass
        return self._ended.pop(number, None)

    def close(self) -> None:
        """Ends the nursery with all workers."""
        self._instead.close()
        with suppress(OSError):  # gone already, which is what is asked
            self._control.send(("end", 0))
        self._process.join(KIND_SECONDS)
        if self._process.is_alive():
            # The system ends the workers with it.
            self._process.kill()
            self._process.join(DYING_SECONDS)
        self._control.close()

    def _hear(self, seconds: float) -> bool:
        """Takes in the news of ended workers; whether there was any."""
        heard = False
        with suppress(EOFError, OSError):  # no nursery, no further news
            while self._control.poll(0 if heard else seconds):
                number, code = self._control.recv()
                self._ended[number] = code
                heard = True
        return heard


@contextmanager
def _no_collection() -> Iterator[None]:
    """Loading makes a million objects and no garbage; looking for it takes a tenth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _tend(control: Connection, other_end: Connection, serve: Serve) -> None:
    """The nursery's life."""
    other_end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Results are the program's to print; whatever a parser prints goes where messages go.
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    # Moves what was loaded out of the collector's sight: it stays shared with the workers.
    gc.freeze()
    children: dict[int, BaseProcess] = {}
    try:
        while _obey(control, children, serve):
            pass
    finally:
        for child in children.values():
            _end(child)
            child.join(DYING_SECONDS)


def _obey(control: Connection, children: dict[int, BaseProcess], serve: Serve) -> bool:
    """Waits for the next order or death and sees to it; False once the program is gone or wants an end."""
    ready = wait([control, *(child.sentinel for child in children.values())])
    for number, child in list(children.items()):
        if child.sentinel in ready:
            child.join()
            del children[number]
            with suppress(OSError):  # the program is gone, which is noticed below
                control.send((number, child.exitcode))
            child.close()
    if control not in ready:
        return True
    try:
        order, number = control.recv()
    except (EOFError, OSError):
        return False
    if order == "start":
        children[number] = _born(recv_handle(control), control, serve)
    elif order == "kill" and number in children:
        _end(children[number])
    return bool(order != "end")


def _born(handle: int, control: Connection, serve: Serve) -> BaseProcess:
    with Connection(handle) as pipe:
        child = multiprocessing.get_context("fork").Process(target=_live, args=(pipe, control, serve))
        child.start()
    return child


def _live(pipe: Connection, control: Connection, serve: Serve) -> None:
    control.close()
    serve(pipe)


def _end(child: BaseProcess) -> None:
    """Kills a worker and its group; it may not have made its group yet, or have ended already."""
    if child.pid is not None and child.is_alive():
        with suppress(OSError, AttributeError):  # no group, or a system without groups: the worker itself is killed below
            os.killpg(child.pid, signal.SIGKILL)
        child.kill()
