"""Scorecards of professionals, technologists, facilities and surgeons: volume, gap rate, top gaps, trend, money at stake.

`compute.py` is the one computation, which the desk's dashboard shows too; `paper.py` makes the hand-out of it.
"""
