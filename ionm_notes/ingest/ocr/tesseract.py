"""Tesseract as a further reader of single figures, where the machine has it; nothing depends on it.

Measured on faxes it invents times that RapidOCR does not, but hardly ever while it is sure: its word counts only from
`SURE` on. It runs as a program of its own with a time limit; what goes wrong there is as if it were not installed.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess

from ionm_notes.ingest.ocr.engine import Gray

SURE = 90.0
"""Per cent of confidence; below it lay 63 of its 70 wrong clock times."""
SECONDS = 10.0
_LETTERS = "0123456789:"
_FIGURE = re.compile(r"\d{1,2}:\d\d(?::\d\d)?|\d{4}")


@functools.cache
def program() -> str | None:
    """Where it lies, None where it is not installed."""
    return shutil.which("tesseract")


def available() -> bool:
    """Whether it is installed."""
    return program() is not None


def contradiction(crop: Gray, text: str) -> str:
    """What it reads in the picture of a clock time where that is a time too, of other digits, and it is sure; else empty."""
    core = text.strip(".,;()[]")
    if _FIGURE.fullmatch(core) is None:
        return ""
    read, sure = _read(crop)
    if sure < SURE or _FIGURE.fullmatch(read) is None or len(read) != len(core):
        return ""
    return read if read != core else ""


def _read(crop: Gray) -> tuple[str, float]:
    import cv2

    done, png = cv2.imencode(".png", crop)
    path = program()
    if not done or path is None:
        return "", 0.0
    command = [path, "-", "-", "--psm", "7", "--dpi", "200", "-c", f"tessedit_char_whitelist={_LETTERS}", "tsv"]
    try:
        # The program's own path and fixed arguments; the picture goes in by standard input.
        answer = subprocess.run(command, input=png.tobytes(), capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return "", 0.0
    words = [line.split("\t") for line in answer.stdout.decode("utf-8", "replace").splitlines()[1:]]
    read = [(word[11], float(word[10])) for word in words if len(word) >= 12 and word[11].strip()]
    return ("".join(text for text, _ in read), min(sure for _, sure in read)) if read else ("", 0.0)
