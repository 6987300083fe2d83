"""Files that hold documents: archives, mails, messages, bundles. `unpack` takes them apart, and is all that others need.

Each inner file becomes a document of its own, named 'outer.zip!folder/inner.pdf'. Nothing is written to disk, names from
inside are labels and never paths, and one budget bounds what a file unpacks to, however often it is nested.
"""

from __future__ import annotations

from ionm_notes.ingest.containers.inner import Inner
from ionm_notes.ingest.containers.unpack import unpack

__all__ = ["Inner", "unpack"]
