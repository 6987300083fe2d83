"""What the tests of labelled reports hold answers against: the time codes of a label, added up as the contract does."""

from __future__ import annotations

import collections
from typing import Any

TIME_CODES = {"95940", "95941", "G0453", "95920"}


def time_lines(codes: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """Units by code and status of the time codes among lines."""
    lines: collections.Counter[tuple[str, str]] = collections.Counter()
    for line in codes:
        if line["code"] in TIME_CODES:
            lines[line["code"], line["status"]] += line["units"] or 0
    return dict(lines)
