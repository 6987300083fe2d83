"""The table of errors: whole sentences, remedies, and a page that is in step."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ionm_notes.errors import ERRORS, IonmError, errors_page

ROOT = Path(__file__).parents[2]


def test_the_page_of_errors_is_in_step_with_the_table() -> None:
    page = ROOT / "docs" / "errors.md"
    assert page.read_text() == errors_page(), "run: python -m ionm_notes.errors > docs/errors.md"


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_says_what_happened_and_what_to_do(code: str) -> None:
    error = IonmError(code, "report.pdf", "DETAIL")
    assert "{" not in error.message
    assert "report.pdf" in error.message or "DETAIL" in error.message
    assert error.remedy.endswith(".")
    assert error.exit_code in (1, 2)


def test_an_error_crosses_processes_unchanged() -> None:
    error = pickle.loads(pickle.dumps(IonmError("timeout", "a.pdf", "60 s")))
    assert (error.code, error.file, error.detail, str(error)) == (
        "timeout",
        "a.pdf",
        "60 s",
        str(IonmError("timeout", "a.pdf", "60 s")),
    )


def test_every_code_raised_in_the_program_is_in_the_table() -> None:
    raised = set()
    for path in (ROOT / "ionm_notes").rglob("*.py"):
        raised |= set(re.findall(r'IonmError\(\s*"([a-z-]+)"', path.read_text()))
    assert raised <= set(ERRORS)


def test_the_package_of_readers_imports_no_heavy_library() -> None:
    script = "import sys, ionm_notes.ingest; print(sorted({'pdfplumber', 'docx', 'pypdfium2', 'lxml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
