"""Marks lines repeated at the top or bottom of pages as headers and footers; they stay in the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ionm_notes.types import Line, Page

_FOOT = re.compile(r"^(?:.*\bpage\s*\d+\s*(?:of|/)\s*\d+.*|[-–\s]*\d+\s*(?:of|/)\s*\d+[-–\s]*.*|.*\b(?:printed|report generated|exported)\b.{0,80})$", re.I)


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower()).strip()


def mark_running(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Pages with repeated first and last lines marked; a page number line at the very end of a page counts alone."""
    top: Counter[str] = Counter()
    bottom: Counter[str] = Counter()
    for page in pages:
        top.update({_key(line) for line in page.lines[:4]})
        bottom.update({_key(line) for line in page.lines[-4:]})
    out = []
    for page in pages:
        lines = list(page.lines)
        count = len(lines)
        for index, line in enumerate(lines):
            if line.kind in ("header", "footer"):
                continue
            key = _key(line)
            repeated = len(pages) > 1 and len(key) > 3
            if repeated and index < 4 and top[key] > 1 and top[key] >= len(pages) / 2 and all(x.kind == "header" or top[_key(x)] > 1 for x in lines[:index]):
                if not re.match(r"^(?:time|clock)\b", key):
                    lines[index] = replace(line, kind="header")
            elif repeated and index >= count - 4 and bottom[key] > 1 and bottom[key] >= len(pages) / 2 or (index >= count - 2 and index > 0 and _FOOT.match(line.text) and len(line.text) < 120 and line.kind == "text"):
                lines[index] = replace(line, kind="footer")
        out.append(replace(page, lines=tuple(lines)))
    return tuple(out)
