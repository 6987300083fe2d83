"""The table of the worklist and the statement that fills it; `schema.py` registers the table, `worklist.py` reads it."""

from __future__ import annotations

TABLE = """CREATE TABLE worklist (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        payer TEXT NOT NULL,
        audit_id INTEGER NOT NULL REFERENCES audits(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        verdict TEXT NOT NULL,
        date_of_service TEXT NOT NULL,
        professional TEXT NOT NULL,
        facility TEXT NOT NULL,
        codes TEXT NOT NULL,
        units INTEGER NOT NULL,
        gaps INTEGER NOT NULL,
        reviewed TEXT NOT NULL,
        audited_at TEXT NOT NULL,
        UNIQUE (document_id, payer)
    ) STRICT"""

SORTED = ("name", "payer", "verdict", "date_of_service", "professional", "units", "gaps", "reviewed", "audited_at")
"""The columns by which the worklist is sorted and paged, each with an index; the row's number breaks ties."""

INDEXES = (
    "CREATE INDEX worklist_audit ON worklist (audit_id)",
    *(f"CREATE INDEX worklist_by_{column} ON worklist ({column}, id)" for column in SORTED),
)

FILL = """INSERT INTO worklist (document_id, payer, audit_id, name, verdict, date_of_service, professional, facility, codes,
        units, gaps, reviewed, audited_at)
    SELECT audits.document_id, audits.payer, audits.id, documents.name, audits.verdict, coalesce(readings.date_of_service, ''),
        coalesce((SELECT group_concat(value, '; ') FROM facts WHERE reading_id = readings.id AND name = 'professionals'), ''),
        coalesce((SELECT value FROM facts WHERE reading_id = readings.id AND name = 'facility'), ''),
        coalesce((SELECT group_concat(code || iif(modifiers = '', '', '-' || replace(modifiers, ' ', '-')) || ' x'
            || coalesce(units, '?') || iif(status = 'query', '?', ''), ', ')
            FROM codes WHERE audit_id = audits.id AND status <> 'not_reportable'), ''),
        coalesce((SELECT sum(units) FROM codes WHERE audit_id = audits.id AND status <> 'not_reportable'), 0),
        (SELECT count(*) FROM findings WHERE audit_id = audits.id AND severity <> 'info' AND coalesce((
            SELECT decision FROM reviews WHERE document_id = audits.document_id AND payer = audits.payer
            AND finding = findings.rule || ' ' || findings.message ORDER BY id DESC LIMIT 1), '') <> 'dismissed'),
        coalesce((SELECT iif(decision = 'reviewed', who, '') FROM reviews WHERE document_id = audits.document_id
            AND payer = audits.payer AND finding IS NULL ORDER BY id DESC LIMIT 1), ''),
        audits.audited_at
    FROM audits JOIN documents ON documents.id = audits.document_id JOIN readings ON readings.id = audits.reading_id
    WHERE {chosen}
    ON CONFLICT (document_id, payer) DO UPDATE SET audit_id = excluded.audit_id, verdict = excluded.verdict,
        date_of_service = excluded.date_of_service, professional = excluded.professional, facility = excluded.facility,
        codes = excluded.codes, units = excluded.units, gaps = excluded.gaps, reviewed = excluded.reviewed,
        audited_at = excluded.audited_at"""
"""Draws the rows of the audits that `chosen` (a condition) names, in place of those of older audits.

Open gaps are errors and warnings that nobody has dismissed; a finding is known again by its rule and words.
"""

NEWEST = "audits.id IN (SELECT max(id) FROM audits WHERE what_if = 0 GROUP BY document_id, payer)"
