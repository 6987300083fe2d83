"""The tables of patient-data protection: how much of the patient a document holds, legal holds, certificates of deletion.

A document under a hold cannot be deleted, by this program or by hand. Certificates are never changed or deleted; they name
documents by a hash and hold nothing of a patient.
"""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE documents ADD COLUMN phi TEXT NOT NULL DEFAULT 'full' CHECK (phi IN ('full', 'limited', 'none'))",
    "CREATE INDEX documents_phi ON documents (id) WHERE phi = 'none'",
    """CREATE TABLE holds (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        reason TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        released_at TEXT,
        released_by TEXT
    ) STRICT""",
    "CREATE INDEX holds_document ON holds (document_id)",
    """CREATE TRIGGER documents_on_hold BEFORE DELETE ON documents
        WHEN EXISTS (SELECT 1 FROM holds WHERE document_id = OLD.id AND released_at IS NULL)
        BEGIN SELECT RAISE(ABORT, 'the document is under a legal hold'); END""",
    """CREATE TABLE certificates (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        certificate TEXT NOT NULL CHECK (json_valid(certificate))
    ) STRICT""",
    *(
        f"""CREATE TRIGGER certificates_no_{name} BEFORE {name} ON certificates
            BEGIN SELECT RAISE(ABORT, 'certificates are never changed or deleted'); END"""
        for name in ("update", "delete")
    ),
)
