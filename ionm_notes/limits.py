"""Every limit on what is read, and why; a file over one is refused with a message, never half read in silence."""

from __future__ import annotations

FILE_BYTES = 50 * 1024 * 1024
"""Scanned packets of a hundred pages fit."""

PAGES = 500
"""The longest real packets are far below."""

PAGE_CHARACTERS = 60_000
"""A page of text holds some 5,000; a glyph bomb of a few kilobytes can hold millions."""

ZIP_MEMBERS = 2_000
ZIP_BYTES = 200 * 1024 * 1024
ZIP_RATIO = 200
DOCUMENT_XML_BYTES = 20 * 1024 * 1024
"""A Word document unpacks to at most this much in its main part: more takes minutes to walk."""

LINE_CHARACTERS = 20_000
"""A plain-text line is cut here, so that no expression meets an endless one."""
