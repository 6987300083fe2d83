"""The limits that the system enforces on a worker, where it has them; the pool's clock holds in any case."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import sys
from contextlib import suppress

from ionm_notes.limits import Limits

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def enclose(limits: Limits) -> None:
    """Bounds this process for good: memory, written files, no core dumps, no new privileges, no life after its parent's.

    An interrupt at the terminal reaches every process; the pool decides what becomes of its workers, so they ignore it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.disable()  # the pool tells of a crash; a dump would only stand among the messages
    with suppress(OSError, AttributeError):  # a system without groups: the pool kills the worker alone
        # A group of its own: what the worker starts (Tesseract) ends with it.
        os.setpgid(0, 0)
    if sys.platform == "linux":
        with suppress(OSError):  # a C library without prctl: the limits below hold without it
            libc = ctypes.CDLL(None)
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # What the program had mapped before the fork is not the worker's: libraries reserve addresses that they never use.
    for name, most in (
        ("RLIMIT_AS", limits.worker_bytes + _mapped()),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", limits.written_bytes),
    ):
        _limit(name, most, most)


def _mapped() -> int:
    """Bytes of addresses that this process has mapped; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as told:
            return int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def allow_processor(seconds: int) -> None:
    """Lets this process use `seconds` of processor time from now on; beyond, the system ends it with SIGXCPU."""
    used = os.times()
    _limit("RLIMIT_CPU", int(used.user + used.system) + seconds + 1, None)


def _limit(name: str, soft: int, hard: int | None) -> None:
    try:
        import resource
    except ImportError:
        return
    # Not every system lets every limit be set.
    with suppress(ValueError, OSError, AttributeError):
        kind = getattr(resource, name)
        most = resource.getrlimit(kind)[1] if hard is None else hard
        resource.setrlimit(kind, (soft, most))
