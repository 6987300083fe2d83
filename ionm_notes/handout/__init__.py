"""Hand-outs: audit reports, provider queries, appeal memos and lists, for people who have no ionm-notes.

What is said is made once, as a `Paper` (`report.py`, `query.py`, `appeal.py`); how it looks is the business of the writers
(`html.py`, `pdf.py`, `docx.py`), any of which takes any paper. Lists (`lists.py`) go out as XLSX and CSV. Nothing here reads
the clock or the database: the same audit line, policy and day give the same words.

To have an appeal memo for a denied line: `appeal.appeal(line, Denial(...), policy, made)`, then `forms.written(paper, "docx")`.
"""
