"""How long and how much memory hostile files take, each in a worker of its own within the program's limits.

usage: python benchmarks/hostile.py [NAME...]
Prints a row for each file of `fixtures/hostile/bombs.py`: size, what came of it, seconds, peak memory. Exit code 1 where a
file gave another outcome than it may.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from ionm_notes.ingest import read_bytes, unpack_file
from ionm_notes.limits import LIMITS
from ionm_notes.workers.bounds import allow_processor, enclose

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "fixtures" / "hostile"))

from bombs import BOMBS  # noqa: E402 -- a script beside the fixtures, in no package

MIB = 1024 * 1024


def outcomes(path: Path) -> set[str]:
    """The codes of what is in a file; 'read' for what is read.

    As the program does, it takes a container apart before it reads any document of it; of many documents, each of which
    would have its own time in the program, the first ten are read.
    """
    from ionm_notes.errors import IonmError

    found = set()
    try:
        for _ in unpack_file(path):
            pass
        for inner in islice(unpack_file(path), 10):
            try:
                if inner.error is not None:
                    raise inner.error
                if not inner.skipped:
                    read_bytes(inner.name, inner.data)
                    found.add("read")
            except IonmError as error:
                found.add(error.code)
    except IonmError as error:
        found.add(error.code)
    except MemoryError:
        found.add("too-large")
    return found


def measured(path: Path) -> tuple[set[str], float, float]:
    """Outcomes, seconds and peak MiB of reading a file in a child process."""
    near, far = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        enclose(LIMITS)
        allow_processor(LIMITS.cpu_seconds)
        os.write(far, json.dumps(sorted(outcomes(path))).encode())
        os._exit(0)
    os.close(far)
    pid = 0
    while not pid and time.monotonic() - began < LIMITS.document_seconds:
        pid, status, usage = os.wait4(child, os.WNOHANG)
        time.sleep(0.005)
    if not pid:
        os.kill(child, signal.SIGKILL)
        _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - began
    told = os.read(near, 65536)
    os.close(near)
    found = set(json.loads(told)) if told else {"timeout" if not pid or os.WTERMSIG(status) == signal.SIGXCPU else "reader-died"}
    return found, seconds, usage.ru_maxrss / 1024


def main(names: list[str]) -> int:
    """Prints the table; 1 where an outcome was not allowed."""
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| file | size | outcome | seconds | peak MiB ({base:.0f} before) |\n|---|---|---|---|---|")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names or list(BOMBS):
            make, allowed = BOMBS[name]
            path = Path(folder, name)
            path.write_bytes(make())
            found, seconds, peak = measured(path)
            mark = "" if found <= allowed else " **not allowed**"
            wrong += bool(mark)
            size = path.stat().st_size
            print(
                f"| {name} | {size / 1024:,.0f} KB | {', '.join(sorted(found))}{mark} | {seconds:.1f} | {peak:.0f} |", flush=True
            )
            path.unlink()
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
