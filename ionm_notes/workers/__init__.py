"""Warm processes that read files within limits; `Pool` is all that other parts need, and the only way files are read.

`pool.py` hands requests out and judges time; `child.py` is a worker's life; `nursery.py` brings workers into the world
in a few milliseconds; `bounds.py` sets the limits that the system enforces.
"""

from ionm_notes.workers.pool import Done, Pool

__all__ = ["Done", "Pool"]
