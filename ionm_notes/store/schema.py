"""The tables, views and search indexes of the store, as migrations; read this before querying the file by hand.

A document is a file's content under a name. A reading is one run over it: the facts, whoever pays. An audit is one
payer's judgement of a reading. Nothing is ever updated: auditing a file again adds a reading and audits, and the
`latest_...` views show the newest. Migrations are only ever appended; one that was released is never edited.
"""

from __future__ import annotations

from ionm_notes.light_imports import without_table_libraries
from ionm_notes.store import schema_desk, schema_phi, schema_views, schema_worklist

with without_table_libraries():
    from sqlite_utils import Database, Migrations


migrations = Migrations("ionm-notes")

TABLES = (
    """CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        text_source TEXT NOT NULL,
        pages INTEGER NOT NULL,
        first_seen TEXT NOT NULL,
        UNIQUE (sha256, name)
    ) STRICT""",
    """CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (document_id, number)
    ) STRICT""",
    """CREATE TABLE readings (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        read_at TEXT NOT NULL,
        tool_version TEXT NOT NULL,
        date_of_service TEXT,
        place_of_service TEXT,
        case_json TEXT NOT NULL CHECK (json_valid(case_json))
    ) STRICT""",
    """CREATE TABLE audits (
        id INTEGER PRIMARY KEY,
        reading_id INTEGER NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        payer TEXT NOT NULL,
        policy_version TEXT NOT NULL,
        tool_version TEXT NOT NULL,
        audited_at TEXT NOT NULL,
        verdict TEXT NOT NULL,
        in_room INTEGER,
        in_room_shared INTEGER,
        remote_exclusive INTEGER,
        remote_shared INTEGER,
        remote_unstated INTEGER,
        line BLOB NOT NULL,
        UNIQUE (reading_id, payer)
    ) STRICT""",
    """CREATE TABLE facts (
        id INTEGER PRIMARY KEY,
        reading_id INTEGER NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        value TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE segments (
        id INTEGER PRIMARY KEY,
        reading_id INTEGER NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        start TEXT,
        "end" TEXT
    ) STRICT""",
    """CREATE TABLE attendance (
        id INTEGER PRIMARY KEY,
        reading_id INTEGER NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
        professional TEXT,
        mode TEXT NOT NULL,
        start TEXT,
        "end" TEXT,
        exclusive INTEGER CHECK (exclusive IN (0, 1))
    ) STRICT""",
    """CREATE TABLE elements (
        id INTEGER PRIMARY KEY,
        reading_id INTEGER NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
        element TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('present', 'absent', 'not_applicable')),
        UNIQUE (reading_id, element)
    ) STRICT""",
    """CREATE TABLE codes (
        id INTEGER PRIMARY KEY,
        audit_id INTEGER NOT NULL REFERENCES audits(id) ON DELETE CASCADE,
        code TEXT NOT NULL,
        units INTEGER,
        modifiers TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('supported', 'query', 'not_reportable')),
        professional TEXT,
        edit TEXT NOT NULL,
        rationale TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE findings (
        id INTEGER PRIMARY KEY,
        audit_id INTEGER NOT NULL REFERENCES audits(id) ON DELETE CASCADE,
        rule TEXT NOT NULL,
        severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
        message TEXT NOT NULL,
        why TEXT NOT NULL,
        remedy TEXT NOT NULL,
        citations TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE evidence (
        id INTEGER PRIMARY KEY,
        reading_id INTEGER NOT NULL REFERENCES readings(id) ON DELETE CASCADE,
        audit_id INTEGER REFERENCES audits(id) ON DELETE CASCADE,
        owner TEXT NOT NULL CHECK (owner IN ('facts', 'segments', 'attendance', 'elements', 'codes', 'findings')),
        owner_id INTEGER NOT NULL,
        page INTEGER NOT NULL,
        text TEXT NOT NULL,
        x0 REAL,
        top REAL,
        x1 REAL,
        bottom REAL
    ) STRICT""",
)

INDEXES = (
    "CREATE INDEX readings_document ON readings (document_id)",
    "CREATE INDEX readings_date ON readings (date_of_service)",
    "CREATE INDEX audits_latest ON audits (document_id, payer, id)",
    "CREATE INDEX facts_reading ON facts (reading_id)",
    "CREATE INDEX segments_reading ON segments (reading_id)",
    "CREATE INDEX attendance_reading ON attendance (reading_id)",
    "CREATE INDEX codes_audit ON codes (audit_id)",
    "CREATE INDEX findings_audit ON findings (audit_id)",
    "CREATE INDEX findings_rule ON findings (rule)",
    "CREATE INDEX evidence_owner ON evidence (owner, owner_id)",
    "CREATE INDEX evidence_reading ON evidence (reading_id)",
)

SEARCHED = {"pages": ["text"], "findings": ["message", "remedy"]}

VIEWS = (
    """CREATE VIEW latest_audits AS
        SELECT audits.*, documents.name, documents.sha256, readings.date_of_service, readings.place_of_service
        FROM audits JOIN documents ON documents.id = audits.document_id JOIN readings ON readings.id = audits.reading_id
        WHERE audits.id IN (SELECT max(id) FROM audits GROUP BY document_id, payer)""",
    """CREATE VIEW latest_codes AS
        SELECT codes.*, a.document_id, a.name, a.payer, a.date_of_service
        FROM codes JOIN latest_audits AS a ON a.id = codes.audit_id""",
    """CREATE VIEW latest_findings AS
        SELECT findings.*, a.document_id, a.name, a.payer, a.date_of_service
        FROM findings JOIN latest_audits AS a ON a.id = findings.audit_id""",
    """CREATE VIEW latest_elements AS
        SELECT elements.*, readings.document_id, documents.name, readings.date_of_service
        FROM elements JOIN readings ON readings.id = elements.reading_id
        JOIN documents ON documents.id = readings.document_id
        WHERE readings.id IN (SELECT max(id) FROM readings GROUP BY document_id)""",
)


@migrations()
def m001_tables(db: Database) -> None:
    """Documents, readings with their facts, audits with their codes and findings, and the evidence of each."""
    for statement in (*TABLES, *INDEXES, *VIEWS):
        db.execute(statement)


@migrations()
def m002_search(db: Database) -> None:
    """Full-text search over the text of pages and the words of findings."""
    for table, columns in SEARCHED.items():
        db.table(table).enable_fts(columns, fts_version="FTS5", create_triggers=True)


AUDITS_OF_THE_DAY = """CREATE VIEW latest_audits AS
    SELECT audits.*, documents.name, documents.sha256, readings.date_of_service, readings.place_of_service
    FROM audits JOIN documents ON documents.id = audits.document_id JOIN readings ON readings.id = audits.reading_id
    WHERE audits.id IN (SELECT max(id) FROM audits WHERE what_if = 0 GROUP BY document_id, payer)"""


@migrations()
def m003_policy_layers(db: Database) -> None:
    """The day and the CMS layers of the policy that judged; a judgement by the rules of another day is never the newest."""
    for column in ("policy_on TEXT", "policy_layers TEXT NOT NULL DEFAULT ''", "what_if INTEGER NOT NULL DEFAULT 0"):
        db.execute(f"ALTER TABLE audits ADD COLUMN {column}")
    db.execute("CREATE INDEX audits_newest ON audits (document_id, payer, what_if, id)")
    db.execute("DROP INDEX audits_latest")
    db.execute("DROP VIEW latest_audits")
    db.execute(AUDITS_OF_THE_DAY)


@migrations()
def m004_desk(db: Database) -> None:
    """The trail, reviews, corrections, users and the originals of documents."""
    for statement in schema_desk.STATEMENTS:
        db.execute(statement)


@migrations()
def m005_phi(db: Database) -> None:
    """How much of the patient a document holds, legal holds, certificates of deletion."""
    for statement in schema_phi.STATEMENTS:
        db.execute(statement)


@migrations()
def m006_worklist(db: Database) -> None:
    """The worklist, filled from the newest audits; how sure the recognition was of each line of a page."""
    for statement in (schema_worklist.TABLE, *schema_worklist.INDEXES):
        db.execute(statement)
    db.execute(schema_worklist.FILL.format(chosen=schema_worklist.NEWEST))
    db.execute("ALTER TABLE pages ADD COLUMN sureness TEXT CHECK (sureness IS NULL OR json_valid(sureness))")


@migrations()
def m007_views(db: Database) -> None:
    """Views for people with tools of their own (docs/database.md)."""
    for statement in schema_views.VIEWS:
        db.execute(statement)


MIGRATION_NAMES = frozenset(migration.name for migration in migrations.pending(Database(memory=True)))
"""The migrations that this program knows; a file with others was written by a newer one."""
