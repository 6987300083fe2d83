"""Lets the tests of this folder make the packets of `fixtures/make_packets.py` anew."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "fixtures"))
