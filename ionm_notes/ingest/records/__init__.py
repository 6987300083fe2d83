"""Exports of programs in text files: what to open where records with named fields are read wrongly.

`styles.py` takes one line apart (JSON, comma-separated, tags, bars, `key=value`, lines of a program's log), `roles.py` tells
over all lines what each part is for. What a reader of reports sees is then the usual: `time | words` and `label | value`.
"""
