"""Reads files in a child process with bounds, so that a crash, a hang or a flood of memory is a finding and no end of the tests.

The recognition engine is replaced by one that finds nothing: it sees dots, never bytes of the file, and takes seconds a page.
"""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ionm_notes.errors import ERRORS, IonmError
from ionm_notes.ingest import read_bytes, unpack
from ionm_notes.ingest.ocr.engine import Engine
from ionm_notes.limits import LIMITS, MIB, Limits
from ionm_notes.workers.bounds import enclose

SECONDS = 3.0
"""Most processor time that a spoiled or hostile file may take; a sound one takes a few hundredths."""
PATIENCE = 10
"""The wall clock may show so many times more, for others who use the machine."""
MEMORY = 700 * MIB
"""What reading it may add to the address space of the process."""
DOCUMENTED = frozenset(ERRORS) - {"reader-crashed", "internal", "reader-died", "timeout"}
"""Codes that may come of a file; the others of the table say that the program failed on it."""
TIGHT = replace(LIMITS, page_pixels=4_000_000)
"""The limits of the fuzz test: as the program's, with pictures of a size of which many can be tried."""


class Late(BaseException):
    """A file took too long; no reader may catch it."""


def outcomes(name: str, data: bytes, limits: Limits = TIGHT) -> set[str]:
    """'read', 'skipped' or the code of the error for all that is in a file. Any other exception escapes."""
    found = set()
    try:
        for inner in unpack(name, data, limits):
            try:
                if inner.error is not None:
                    raise inner.error
                if not inner.skipped:
                    read_bytes(inner.name, inner.data, limits)
                found.add("skipped" if inner.skipped else "read")
            except IonmError as error:
                found.add(_code(error))
    except IonmError as error:
        found.add(_code(error))
    return found


def _code(error: IonmError) -> str:
    """The code; an error that only says that memory ran out is none that a small file may give."""
    assert not isinstance(error.__cause__, MemoryError), "memory ran out"
    assert error.code in DOCUMENTED, f"{error.code}: {error.__cause__!r}"
    return error.code


def in_child(work: Callable[[Path], None], memory: int = MEMORY) -> str:
    """'' where the work ends well in a bounded child process, else what became of it.

    The work writes the file it is about to read into the path it is given, so that it is there whatever happens.
    """
    with tempfile.TemporaryDirectory() as folder:
        tried, told = Path(folder, "tried"), Path(folder, "told")
        child = os.fork()
        if child == 0:
            _live(work, tried, told, memory)
        _, status = os.waitpid(child, 0)
        if status == 0:
            return ""
        data = tried.read_bytes() if tried.exists() else b""
        kept = Path(tempfile.gettempdir(), f"ionm-notes-fuzz-{hashlib.sha256(data).hexdigest()[:12]}")
        kept.write_bytes(data)
        how = f"ended by signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else told.read_text(encoding="utf-8")
        return f"{how}\nthe file is kept as {kept}"


def must_end_well(work: Callable[[Path], None], memory: int = MEMORY) -> None:
    """Fails with all that is known of what became of the work, where it did not end well in a bounded child process."""
    said = in_child(work, memory)
    if said:
        raise AssertionError(said)


def _live(work: Callable[[Path], None], tried: Path, told: Path, memory: int) -> None:
    code = 1
    try:
        Engine.__init__ = lambda self, threads=1: None
        Engine.find = lambda self, image: []
        enclose(replace(LIMITS, worker_bytes=memory, written_bytes=LIMITS.file_bytes))
        signal.signal(signal.SIGALRM, _late)
        signal.signal(signal.SIGPROF, _late)
        work(tried)
        code = 0
    except BaseException:
        told.write_text(traceback.format_exc(), encoding="utf-8")
    finally:
        os._exit(code)


def _late(*_: object) -> None:
    raise Late


def timed(name: str, data: bytes, tried: Path, seconds: float = SECONDS, limits: Limits = TIGHT) -> set[str]:
    """The outcomes of a file, which must come within the time."""
    tried.write_bytes(data)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * PATIENCE)
    try:
        return outcomes(name, data, limits)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
