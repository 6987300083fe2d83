"""The program leaves out what its libraries import and it never uses."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.store.database import Store
vocabulary().check()
print(sorted(m for m in sys.modules if m.split(".")[0] in ("pandas", "spacy", "requests")))
"""


def test_neither_pandas_nor_spacy_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]"]
