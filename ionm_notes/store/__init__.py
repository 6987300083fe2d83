"""The SQLite file that keeps documents, readings and audits; start with `database.Store`."""

from ionm_notes.light_imports import without_pandas

with without_pandas():
    import sqlite_utils  # noqa: F401
