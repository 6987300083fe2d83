"""Holds notes against one another: cloned text, copied logs, signatures that cannot be, edits after signing, outliers.

`load.py` draws the notes from the store; each check is a module of its own; `audit.py` asks them all.
"""
