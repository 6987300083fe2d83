"""Audits and rosters on many machines with Ray Data (extra `cluster`); nothing else in the program needs Ray or Parquet.

`run.py` is the way as one readable function. `sources.py` says what there is to read and in which batches; `plan.py` whether
the cluster can carry it; `reader.py` is the long-lived actor on each core, and `seat.py` the clean process that it keeps for
reading files within limits; `rows.py` is the form in Parquet; `months.py` sorts finished parts by month; `merge.py` brings
them into a store; `overlaps.py` is the group-by over people and their minutes.
"""
