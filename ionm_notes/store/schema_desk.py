"""The tables of the desk: the trail, reviews, corrections, users and originals; `schema.py` registers them.

Triggers refuse to change or delete an entry of the trail. Reviews and corrections are never changed either, and go only
together with their document.
"""

from __future__ import annotations

APPEND_ONLY = {
    "trail": "",
    "reviews": "WHEN EXISTS (SELECT 1 FROM documents WHERE id = OLD.document_id)",
    "corrections": "WHEN EXISTS (SELECT 1 FROM documents WHERE id = OLD.document_id)",
}
"""The tables whose rows are never changed, each with when deleting one is refused (empty: always)."""

TABLES = (
    """CREATE TABLE trail (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL CHECK (json_valid(detail)),
        previous TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
    ) STRICT""",
    """CREATE TABLE reviews (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        payer TEXT NOT NULL,
        finding TEXT,
        decision TEXT NOT NULL CHECK (decision IN ('accepted', 'dismissed', 'reviewed', 'open')),
        reason TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE corrections (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        before_reading INTEGER NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
        after_reading INTEGER NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
        fact TEXT NOT NULL,
        old TEXT NOT NULL CHECK (json_valid(old)),
        new TEXT NOT NULL CHECK (json_valid(new)),
        note TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        undoes INTEGER REFERENCES corrections(id) ON DELETE CASCADE
    ) STRICT""",
    """CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL CHECK (role IN ('viewer', 'coder', 'auditor', 'admin')),
        password TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE originals (
        sha256 TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        kept_at TEXT NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE document_files (
        sha256 TEXT NOT NULL,
        original TEXT NOT NULL REFERENCES originals(sha256) ON DELETE CASCADE,
        PRIMARY KEY (sha256, original)
    ) STRICT""",
)

INDEXES = (
    "CREATE INDEX reviews_document ON reviews (document_id, payer, id)",
    "CREATE INDEX corrections_document ON corrections (document_id, id)",
)

TRIGGERS = tuple(
    f"""CREATE TRIGGER {table}_no_{name} BEFORE {event} ON {table} {when}
        BEGIN SELECT RAISE(ABORT, 'the {table} is append-only'); END"""
    for table, refused in APPEND_ONLY.items()
    for name, event, when in (
        ("update", "UPDATE", ""),
        ("delete", "DELETE", refused),
        # REPLACE would delete the old row without asking the trigger above.
        ("replace", "INSERT", f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"),  # noqa: S608 -- names are fixed text; every value is a parameter
    )
)

STATEMENTS = (*TABLES, *INDEXES, *TRIGGERS)
