"""Starts the program hundreds of times without loading it hundreds of times: a warm process forks itself for each start.

What is started is the program's own `run()` in a fresh process with a session, folder and output of its own; only the
imports are shared, which is what takes two seconds. `Launcher` is the tests' end, `main` the warm process.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


class Running:
    """A program that was started; the part of `subprocess.Popen` that the harness needs."""

    def __init__(self, pid: int, ends: Path) -> None:
        self.pid, self._ends = pid, ends
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended (negative: by that signal), None while it runs."""
        if self.returncode is None and self._ends.exists():
            for line in self._ends.read_text().splitlines():
                pid, _, code = line.partition(" ")
                if int(pid) == self.pid and code:
                    self.returncode = int(code)
        return self.returncode

    def wait(self, seconds: float = 60.0) -> int:
        """Waits for its end; `TimeoutError` after so many seconds."""
        end = time.monotonic() + seconds
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise TimeoutError(f"still running after {seconds} s")
            time.sleep(0.005)
        return code

    def send_signal(self, number: int) -> None:
        """Sends a signal, if it has not ended; its end may not have been written down yet."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)


class Launcher:
    """The warm process, as the tests see it; a context manager."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._ends = folder / "ends.txt"
        self._ends.unlink(missing_ok=True)
        command = [sys.executable, __file__, str(self._ends)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def start(self, arguments: list[str], folder: Path, out: Path, errors: Path) -> Running:
        """Starts the program in a folder; its output begins `out` anew and is added to `errors`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([arguments, str(folder), str(out), str(errors)]) + "\n")
        self._process.stdin.flush()
        return Running(int(self._process.stdout.readline()), self._ends)

    def close(self) -> None:
        """Ends the warm process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)

    def __enter__(self) -> Launcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _become(arguments: list[str], folder: str, out: str, errors: str) -> None:
    """The program, in the process that was forked for it."""
    os.setsid()
    os.chdir(folder)
    for path, flags, number in (
        ("/dev/null", os.O_RDONLY, 0),
        (out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 1),
        (errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 2),
    ):
        handle = os.open(path, flags, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    from ionm_notes.cli.main import run

    sys.argv = ["ionm-notes", *arguments]
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 -- they last as long as the process
    code = 0
    try:
        run()
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(done.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main(ends: Path) -> None:
    """Forks a program for each line of standard input, and writes down how each ended."""
    from ionm_notes.cli import batch

    for loaded in ("cli.audit_command", "cli.keep", "cli.main", "cli.watch_command", "store.database"):
        importlib.import_module(f"ionm_notes.{loaded}")  # before the fork, once for all
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    batch._warm(thorough=True)
    note = Path(__file__).parents[2] / "fixtures" / "documents" / "b13-pell-quick-note.txt"
    batch.audit_file(note, batch.Job(("medicare",)))  # compiles the expressions that most documents need

    def reap(*_: object) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            with ends.open("a") as out:
                out.write(f"{pid} {os.waitstatus_to_exitcode(status)}\n")

    signal.signal(signal.SIGCHLD, reap)
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _become(*asked)
        print(pid, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
