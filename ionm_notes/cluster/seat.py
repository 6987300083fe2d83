"""A clean process beside each actor of Ray that reads documents within the limits of `workers/`; it runs as a module.

An actor of Ray has the object store mapped into its memory and threads running, so that neither its address space can be
bounded nor can it be forked safely. The seat has nothing of Ray's: it holds a pool of one warm worker, which reads each
document as it would be read on one machine. The pipe for documents is handed over after the pool is made: no reader that a
hostile file has taken over holds an end of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path

from ionm_notes.cli.batch import AuditRequest, Job, Outcome, failed, open_pool, outcomes
from ionm_notes.cluster.sources import Given
from ionm_notes.errors import IonmError
from ionm_notes.ingest.ocr.cache import VARIABLE as CACHE

MOST_DEATHS = 2
"""Seats that may die over one batch; what is unread then becomes error rows."""
ENDING_SECONDS = 5.0


class Seat:
    """The actor's end: starts the process, and another one where it died."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def audit(self, documents: Sequence[Given]) -> Iterator[tuple[Given, Outcome]]:
        """What comes of each document, as they come; every one gets an outcome."""
        left = {given.number: given for given in documents}
        for _ in range(MOST_DEATHS):
            try:
                for number, outcome in self._asked(list(left.values())):
                    yield left.pop(number), outcome
            except (EOFError, OSError):
                self.close()
            if not left:
                return
        for given in left.values():
            yield given, failed(Path(given.name), self._job, IonmError("reader-died", given.name, "its machine took it away"))

    def close(self) -> None:
        """Ends the process."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            with suppress(subprocess.TimeoutExpired):  # it was killed; the system ends it when it can
                self._process.wait(ENDING_SECONDS)
        self._pipe = self._process = None

    def _asked(self, documents: Sequence[Given]) -> Iterator[tuple[int, Outcome]]:
        pipe = self._pipe or self._started()
        pipe.send(documents)
        while (answer := pipe.recv()) is not None:
            yield answer

    def _started(self) -> Connection:
        control, far = Pipe()
        paths = os.pathsep.join(one for one in sys.path if one)
        # Recognised pages are not kept on machines that serve others tomorrow.
        environment = {**os.environ, "PYTHONPATH": paths, CACHE: "off"}
        quiet = subprocess.DEVNULL  # what a parser prints may hold a record's words, and Ray would keep it in its logs
        with far:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", __name__, str(far.fileno())],
                pass_fds=[far.fileno()],
                env=environment,
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
            )
        near, its = Pipe()
        with control, its:
            control.send(self._job)
            control.recv()
            send_handle(control, its.fileno(), self._process.pid)
        self._pipe = near
        return near


def serve(control: Connection) -> None:
    """The seat's life: takes the job, makes the pool, then answers lists of documents until the actor is gone."""
    job: Job = control.recv()
    with open_pool(1, None, job.limits) as pool:
        control.send("ready")
        with Connection(recv_handle(control)) as pipe:
            control.close()
            while True:
                documents: list[Given] = pipe.recv()
                for request, outcome in outcomes(pool, _requests(documents, job)):
                    pipe.send((request.number, outcome))
                pipe.send(None)


def _requests(documents: Iterable[Given], job: Job) -> Iterator[AuditRequest]:
    for given in documents:
        yield AuditRequest(given.number, Path(given.name), job, data=given.data)


if __name__ == "__main__":
    with suppress(EOFError, OSError):  # the actor is gone
        serve(Connection(int(sys.argv[1])))
