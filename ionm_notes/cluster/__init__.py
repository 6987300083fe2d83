"""Audits and rosters on many machines with Ray Data (extra `cluster`); nothing else in the program needs Ray or Parquet.

`run.py` is the way as one readable function. `sources.py` says what there is to read and in which batches; `plan.py` whether
the cluster can carry it; `reader.py` is the long-lived actor on each core, and `seat.py` the clean process that it keeps for
reading files within limits; `rows.py` is the form in Parquet; `months.py` sorts finished parts by month; `tables.py` reads
what is finished, and `merge.py` brings it into a store; `roster_run.py` asks the questions of the roster by group-bys, whose
groups `overlaps.py` makes.
"""
