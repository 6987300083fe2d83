"""Views for people who open the database with their own tools; docs/database.md says what stands in them.

Their names begin with `v1_`. They are a promise: a column never changes its meaning or goes, new ones may come. Each shows
the newest reading of a document, or its newest audit for a payer; judgements by the rules of another day are left out.
"""

from __future__ import annotations

NEWEST_READINGS = """CREATE VIEW newest_readings AS
    SELECT * FROM readings WHERE id IN (SELECT max(id) FROM readings GROUP BY document_id)"""

CASES = """CREATE VIEW v1_cases AS
    SELECT d.id AS document_id, d.name AS document, d.sha256, d.media_type, d.text_source, d.pages, d.phi, d.first_seen,
        r.id AS reading_id, r.read_at, r.tool_version, r.date_of_service, r.place_of_service,
        (SELECT group_concat(value, '; ') FROM facts WHERE reading_id = r.id AND name = 'facility') AS facility,
        (SELECT group_concat(value, '; ') FROM facts WHERE reading_id = r.id AND name = 'procedure') AS procedure,
        (SELECT group_concat(value, '; ') FROM facts WHERE reading_id = r.id AND name = 'surgeon') AS surgeon,
        (SELECT group_concat(value, '; ') FROM facts WHERE reading_id = r.id AND name = 'professionals') AS professionals,
        (SELECT group_concat(value, '; ') FROM facts WHERE reading_id = r.id AND name = 'technologists') AS technologists,
        (SELECT group_concat(value, '; ') FROM facts WHERE reading_id = r.id AND name = 'payer_named') AS payer_named
    FROM newest_readings AS r JOIN documents AS d ON d.id = r.document_id"""

JUDGEMENTS = """CREATE VIEW v1_judgements AS
    SELECT a.id AS audit_id, a.document_id, a.name AS document, a.payer, a.date_of_service, a.verdict, a.audited_at,
        a.policy_version, a.policy_on, a.tool_version,
        a.in_room, a.in_room_shared, a.remote_exclusive, a.remote_shared, a.remote_unstated
    FROM latest_audits AS a"""

LINES = """CREATE VIEW v1_lines AS
    SELECT c.id AS line_id, a.id AS audit_id, a.document_id, a.name AS document, a.payer, a.date_of_service,
        c.code, c.units, c.modifiers, c.status, c.professional, c.edit, c.rationale
    FROM codes AS c JOIN latest_audits AS a ON a.id = c.audit_id"""

FINDINGS = """CREATE VIEW v1_findings AS
    SELECT f.id AS finding_id, a.id AS audit_id, a.document_id, a.name AS document, a.payer, a.date_of_service,
        f.rule, f.severity, f.message, f.why, f.remedy, f.citations
    FROM findings AS f JOIN latest_audits AS a ON a.id = f.audit_id"""

ATTENDANCE = """CREATE VIEW v1_attendance AS
    SELECT t.id AS attendance_id, d.id AS document_id, d.name AS document, r.date_of_service,
        t.professional, t.mode, t.start, t."end", t.exclusive
    FROM attendance AS t JOIN newest_readings AS r ON r.id = t.reading_id JOIN documents AS d ON d.id = r.document_id"""

SEGMENTS = """CREATE VIEW v1_segments AS
    SELECT s.id AS segment_id, d.id AS document_id, d.name AS document, r.date_of_service, s.kind, s.start, s."end"
    FROM segments AS s JOIN newest_readings AS r ON r.id = s.reading_id JOIN documents AS d ON d.id = r.document_id"""

STUDIES = """CREATE VIEW v1_studies AS
    SELECT f.id AS fact_id, d.id AS document_id, d.name AS document, r.date_of_service, f.value AS study
    FROM facts AS f JOIN newest_readings AS r ON r.id = f.reading_id JOIN documents AS d ON d.id = r.document_id
    WHERE f.name = 'modality'"""

CHARGES = """CREATE VIEW v1_charges AS
    SELECT f.id AS fact_id, d.id AS document_id, d.name AS document, r.date_of_service, f.value AS charge
    FROM facts AS f JOIN newest_readings AS r ON r.id = f.reading_id JOIN documents AS d ON d.id = r.document_id
    WHERE f.name = 'billing'"""

ELEMENTS = """CREATE VIEW v1_elements AS
    SELECT e.id AS element_id, d.id AS document_id, d.name AS document, r.date_of_service, e.element, e.state
    FROM elements AS e JOIN newest_readings AS r ON r.id = e.reading_id JOIN documents AS d ON d.id = r.document_id"""

EVIDENCE = """CREATE VIEW v1_evidence AS
    SELECT e.owner, e.owner_id, d.id AS document_id, d.name AS document, e.page, e.text, e.x0, e.top, e.x1, e.bottom
    FROM evidence AS e JOIN readings AS r ON r.id = e.reading_id JOIN documents AS d ON d.id = r.document_id
    WHERE (e.audit_id IS NULL AND r.id IN (SELECT id FROM newest_readings)) OR e.audit_id IN (SELECT id FROM latest_audits)"""

VIEWS = (NEWEST_READINGS, CASES, JUDGEMENTS, LINES, FINDINGS, ATTENDANCE, SEGMENTS, STUDIES, CHARGES, ELEMENTS, EVIDENCE)
