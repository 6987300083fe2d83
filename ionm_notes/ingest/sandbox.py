"""Reads documents in a child process with limits on memory and time; use it wherever files come from strangers.

One child reads many documents, so that its start is paid once. A document that takes too long, needs too much memory
or kills the child costs only itself: the child is replaced and the next document is read by the new one.
"""

from __future__ import annotations

import multiprocessing
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS, Limits
from ionm_notes.types import Document

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_START_SECONDS = 30.0
"""A child that does not answer within this time after its start will not answer at all."""
_STOP_SECONDS = 2.0
_READY = "ready"


class SandboxedReader:
    """Reads documents one after the other in a child process.

    Used as a context manager; not to be shared between threads. The child is started with the first document.
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._read = 0

    def __enter__(self) -> SandboxedReader:
        """Nothing is started yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Ends the child."""
        self.close()

    def read(self, path: Path) -> Document:
        """Reads one document as `read_document` does.

        Raises `IonmError` as that does, and `timeout` or `reader-died` where the child had to be ended or died.
        """
        pipe = self._ready_pipe(path.name)
        try:
            pipe.send(str(path))
            if not pipe.poll(self._limits.document_seconds):
                self._kill()
                raise IonmError("timeout", path.name, f"more than {self._limits.document_seconds:g} s")
            answer = pipe.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError) as error:
            raise IonmError("reader-died", path.name, self._cause_of_death()) from error
        self._read += 1
        if self._read >= self._limits.worker_documents:
            self.close()
        if isinstance(answer, Document):
            return answer
        if isinstance(answer, IonmError):
            raise answer
        raise IonmError("reader-died", path.name, "it gave no answer that can be used")

    def close(self) -> None:
        """Ends the child, kindly first; the next `read` starts a new one."""
        if self._pipe is not None:
            with suppress(OSError):
                self._pipe.send(None)
        if self._child is not None:
            self._child.join(_STOP_SECONDS)
        self._kill()

    def _ready_pipe(self, name: str) -> Connection:
        if self._pipe is not None and self._child is not None and self._child.is_alive():
            return self._pipe
        self._kill()
        # 'spawn', not 'fork': the child must not hold the parent's store, sockets or documents.
        context = multiprocessing.get_context("spawn")
        self._pipe, far_end = context.Pipe()
        self._child = context.Process(target=_serve, args=(far_end, self._limits), daemon=True)
        self._child.start()
        far_end.close()
        try:
            if self._pipe.poll(_START_SECONDS) and self._pipe.recv() == _READY:
                return self._pipe
        except (EOFError, OSError):
            pass  # the message below tells it
        self._kill()
        raise IonmError("reader-died", name, "the reading process did not start")

    def _cause_of_death(self) -> str:
        child = self._child
        if child is not None:
            child.join(_STOP_SECONDS)
        code = child.exitcode if child is not None else None
        self._kill()
        if code is None:
            return "it closed its connection"
        if code >= 0:
            return f"exit code {code}"
        names = {int(s): s.name for s in signal.Signals}
        return f"ended by {names.get(-code, str(-code))}"

    def _kill(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None and self._child.is_alive():
            self._child.kill()
            self._child.join(_STOP_SECONDS)
        self._child = self._pipe = None
        self._read = 0


def _serve(pipe: Connection, limits: Limits) -> None:
    """The child's life: a path in, a `Document` or an `IonmError` out, until None comes or the parent is gone."""
    from ionm_notes.ingest import read_document

    _restrict(limits)
    # An interrupt at the terminal reaches every process; the parent decides what becomes of the child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send(_READY)
    while True:
        try:
            path = pipe.recv()
        except (EOFError, OSError):
            return
        if path is None:
            return
        try:
            answer: Document | IonmError = read_document(Path(path), limits)
        except IonmError as error:
            answer = error
        except MemoryError:
            answer = IonmError("too-large", Path(path).name, "reading it takes more memory than is allowed")
        pipe.send(answer)


def _restrict(limits: Limits) -> None:
    """Limits that the system enforces, where it has them (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.worker_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        # Not every system lets every limit be set; the wall clock in the parent holds in any case.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
