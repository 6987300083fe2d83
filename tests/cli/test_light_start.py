"""The program leaves out what its libraries import and it never uses, and what was left out can still be imported."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.store.database import Store
vocabulary().phrases("tibialis anterior")
print(sorted(m for m in sys.modules if m.split(".")[0] in ("pandas", "weasel", "requests") or m.startswith("spacy.cli")))
import spacy.cli
print(callable(spacy.cli.download))
"""


def test_neither_pandas_nor_the_command_line_of_spacy_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True"]
