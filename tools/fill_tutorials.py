"""Runs the commands of the tutorials and writes what they print into the pages (`make docs`); a test holds them in step."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RECORDS = {"thoracic.txt": "b17-ehr-paste-thoracic.txt", "mvd.txt": "b03-neurovista-mvd-note.txt"}


def fill(page, folder):
    def run(block):
        command = block[1].split("\n")[0][2:]
        asked = [sys.executable, "-m", "ionm_notes.cli.main", *shlex.split(command)[1:]]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "110"}
        done = subprocess.run(asked, cwd=folder, capture_output=True, text=True, env=environment)  # noqa: S603
        if done.returncode:
            sys.exit(f"{command}: {done.stderr}")
        printed = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
        return f"```console\n$ {command}\n{printed}```"

    page.write_text(re.sub(r"```console\n(.*?)```", run, page.read_text(), flags=re.S))


for path in sorted((ROOT / "docs").glob("tutorial-*.md")):
    with tempfile.TemporaryDirectory() as own:
        for name, source in RECORDS.items():
            shutil.copy(ROOT / "fixtures" / "documents" / source, Path(own) / name)
        fill(path, own)
