"""Lets the tests of this folder make scans and measure them as the benchmark does."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT / "fixtures"), str(ROOT / "benchmarks")]
