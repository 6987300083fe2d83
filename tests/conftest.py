"""Fixtures that several areas share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sample_case import BOTH, sample_case, sample_document

from ionm_notes.audit import audit_case
from ionm_notes.contract import to_contract
from ionm_notes.store.codec import case_to_json
from ionm_notes.store.database import Store
from ionm_notes.store.record import Record
from ionm_notes.types import Document

# What tests recognise and derive stays out of the cache of whoever runs them.
os.environ["IONM_NOTES_OCR_CACHE"] = "off"
os.environ["IONM_NOTES_CACHE"] = "off"


@pytest.fixture
def known_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading any document gives the sample case, so that a test is about what comes after reading."""
    monkeypatch.setattr("ionm_notes.audit.read", lambda document: sample_case(document.name))


@pytest.fixture
def make_record() -> Callable[..., Record]:
    """Makes what the store takes for a document of a given name."""

    def make(name: str = "report.txt", payers: tuple[str, ...] = BOTH, document: Document | None = None) -> Record:
        case, document = sample_case(name), document or sample_document(name)
        lines = tuple(to_contract(audit_case(case, payer), document) for payer in payers)
        return Record(("Monitoring report for Jon Doe", "tibial artifact"), case_to_json(case), lines)

    return make


@pytest.fixture
def store(tmp_path: Path) -> Any:
    """An empty store in a file of its own."""
    with Store(tmp_path / "audits.db") as opened:
        yield opened
