"""The auditor's desk: a web page on this machine over the same `audit()` and store; `app.py` puts it together.

`guard.py` is what every request passes first. Each subject has a module of handlers (`worklist.py`, `document.py`,
`dashboards.py`, `intake.py`); what they show is worked out in pure modules (`evidence.py`, `charts.py`,
`handout/day.py`) and laid out in `templates/`.
"""
