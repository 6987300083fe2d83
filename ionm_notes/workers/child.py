"""A worker's life: a request in, an answer out, until there are no more; runs in a process of its own.

Requests come pickled from the program. Answers go back as bytes that the work made (JSON, in practice), never pickled:
a parser that a hostile file has taken over must not be able to run code in the program.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from ionm_notes import pulse
from ionm_notes.errors import IonmError
from ionm_notes.limits import Limits
from ionm_notes.workers.bounds import allow_processor, enclose

READY = b"r"
"""The first byte of a message: it waits for a request."""
BEAT = b"b"
"""It is at work and got further."""
ANSWER = b"a"
"""What the work made follows."""
ERROR = b"e"
"""The code, file and detail of an `IonmError` follow as JSON."""

Work = Callable[[Any], bytes]
"""What a worker does with a request; may raise `IonmError`. Under 'spawn' it must be importable by name."""


def serve(pipe: Connection, work: Work, limits: Limits) -> None:
    """Answers requests from `pipe` until None comes or the other end is gone."""
    enclose(limits)

    one_at_a_time = threading.Lock()  # pages are recognised by threads, and a pipe takes one message at a time

    def got_further() -> None:
        with one_at_a_time:
            allow_processor(limits.cpu_seconds)
            pipe.send_bytes(BEAT)

    pulse.listen(got_further)
    try:
        pipe.send_bytes(READY)
        while (request := pipe.recv()) is not None:
            allow_processor(limits.cpu_seconds)
            pipe.send_bytes(_answer(request, work))
    except (EOFError, OSError):
        return  # the program is gone, or has no more use for this worker


def error_of(message: bytes) -> IonmError:
    """The error of an ERROR message, without its first byte. Raises `ValueError` where it is none."""
    code, file, detail = json.loads(message)
    return IonmError(str(code), str(file), str(detail))


def _answer(request: Any, work: Work) -> bytes:
    try:
        return ANSWER + work(request)
    except IonmError as error:
        return _error(error)
    except MemoryError:
        return _error(IonmError("too-large", request.name, "reading it takes more memory than is allowed"))
    except Exception as error:
        return _error(IonmError("internal", request.name, type(error).__name__))


def _error(error: IonmError) -> bytes:
    return ERROR + json.dumps([error.code, error.file, error.detail]).encode()
