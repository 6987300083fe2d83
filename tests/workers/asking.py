"""Requests that make a worker do what bad files make a reader do."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from ionm_notes import pulse
from ionm_notes.errors import IonmError
from ionm_notes.workers import Pool


@dataclass(frozen=True, slots=True)
class Ask:
    """What to do, and with what."""

    name: str
    what: str = ""

    @property
    def number(self) -> float:
        return float(self.what)


def obey(ask: Ask) -> bytes:
    match ask.name:
        case "who":
            return str(os.getpid()).encode()
        case "die":
            os.kill(os.getpid(), int(ask.what))
        case "die once":
            try:
                os.close(os.open(ask.what, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return b"the second time"
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(int(ask.what))
        case "sleep":
            time.sleep(ask.number)
        case "sleep with beats":
            for _ in range(10):
                time.sleep(ask.number / 10)
                pulse.beat()
        case "start a program":
            Path(ask.what).write_text(str(subprocess.Popen(["sleep", "60"]).pid))
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "eat":
            return bytes(bytearray(int(ask.what))[:1])
        case "refuse":
            raise IonmError("damaged-pdf", "a.pdf", ask.what)
        case "fail":
            raise ZeroDivisionError("Jon Doe")
        case "write":
            with open(ask.what, "wb") as file:
                file.write(b"x" * 1_000_000)
        case "print":
            os.write(1, b"rubbish from a parser\n")
            print("more rubbish", flush=True)
    return ask.what.encode()


def nothing() -> None:
    """There is nothing to load."""


def pool(**more: object) -> Pool[Ask]:
    return Pool(obey, nothing, **{"workers": 2, **more})
