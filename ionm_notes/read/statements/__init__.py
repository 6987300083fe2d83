"""Statements of a record; `driver.py` shows how they are read."""

from ionm_notes.read.statements.driver import read_statements
from ionm_notes.read.statements.model import Statements

__all__ = ["Statements", "read_statements"]
