"""Looks across all stored documents at people and minutes: who was where at once, units per hour, hand-offs, allocation.

`concurrency.py` is the arithmetic of overlaps; `load.py` draws people and time from the store; `identity.py` says which
names are one person; `checks/` hold one question each; `allocation.py` proposes whose the shared minutes may be.
"""
