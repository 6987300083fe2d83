"""Every limit on what is read, and why; a file over one is refused with a message, never half read in silence.

Sizes are in bytes, times in seconds, lengths in characters unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one reading. The defaults are the program's; tests pass smaller ones."""

    file_bytes: int = 50 * MIB
    """Scanned packets of a hundred pages fit."""
    pages: int = 500
    """The longest real packets (log, report, consent) are far below."""
    scanned_pages: int = 200
    """Pages without a usable text layer in one document: each takes about five seconds to recognize."""
    page_pixels: int = 40_000_000
    """Dots of a picture, or of a page drawn for recognition: a letter page at 600 dots to an inch holds 34 million."""
    page_chars: int = 60_000
    """A page printed in 4 pt type from edge to edge holds about 30,000; a glyph bomb of 6 KB holds two million."""
    document_chars: int = 3_000_000
    """Some 500 full pages; bounds what the later stages hold in memory."""
    document_lines: int = 100_000
    """Rows and lines of one document: 500 full pages hold 30,000; two million lines of one letter took a minute to lay out."""
    page_paths: int = 20_000
    """Drawn objects looked at for ruling lines; a page that holds more is a picture or wave forms."""
    path_segments: int = 400
    """Corners of one drawn object: a table drawn as one object has few hundreds, a wave form thousands."""
    zip_members: int = 2_000
    """A Word file of a hundred pages with pictures has under 200 parts."""
    zip_bytes: int = 200 * MIB
    """All parts unpacked, by the directory and again while reading, because a directory can lie."""
    zip_ratio: int = 100
    """Unpacked to packed for parts above `zip_ratio_from`: XML packs 10 to 30 : 1, a bomb about 1,000 : 1."""
    zip_ratio_from: int = 5 * MIB
    """Smaller parts pass whatever their ratio: an empty style sheet packs well and hurts nobody."""
    part_bytes: int = 20 * MIB
    """One XML part of a Word file: more takes minutes to walk."""
    depth: int = 60
    """Tables, boxes and controls nested in one another; a person makes four at most."""
    element_depth: int = 200
    """Elements of HTML nested in one another: pages of record systems reach 60; the parser itself stops at 255."""
    group_depth: int = 1_000
    """Groups of RTF open at once; word processors reach a few dozen."""
    markdown_chars: int = 500_000
    """Markdown is parsed in steps that may each look at much of the text; nobody writes a hundred pages of it."""
    markdown_depth: int = 40
    """Lists and quotes nested in one another."""
    containers: int = 5
    """Archives and mails within one another: a scan mailed in a ZIP that was forwarded makes three."""
    inner_documents: int = 2_000
    """Documents in one archive, mail or message file: a month of reports."""
    json_items: int = 4_000_000
    """Signs in a JSON file that begin or part values: each becomes an object of 50 bytes and more."""
    claim_lines: int = 200_000
    """Lines of one file of claims: a large practice bills some 50,000 in a year; each is held in memory with what came of it."""
    line_chars: int = 2_000
    """Longer plain-text lines are folded at a space, so that no expression meets an endless one."""
    document_seconds: float = 60.0
    """Wall clock from the start of a document to the next sign of life: one comes with every two dozen lines of a scan."""
    start_seconds: float = 60.0
    """Wall clock until a worker is ready: two seconds where the machine has nothing else to do."""
    cpu_seconds: int = 300
    """Processor time for the same stretch: a second fence behind the wall clock, held by the system."""
    worker_bytes: int = 3072 * MIB
    """Address space a worker may add to its own: two pages recognized at once took 1.5 GiB, one of two million glyphs 0.5 GiB."""
    worker_documents: int = 200
    """Documents one worker reads before a fresh one takes over, so that a leak in a parser cannot add up."""
    answer_bytes: int = 256 * MIB
    """What a worker may answer for one document: text, facts and audits; a long log for all payers takes about 5 MiB."""
    written_bytes: int = 16 * MIB
    """The longest file a worker may write: a page in the cache of recognized pages takes 60 KiB."""


LIMITS = Limits()


def limits_page() -> str:
    """The text of docs/limits.md: each limit with its value and the reason that stands below it in this file."""
    import ast
    from itertools import pairwise
    from pathlib import Path

    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef)).body
    rows = []
    for field, reason in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(reason, ast.Expr):
            why = " ".join(str(ast.literal_eval(reason.value)).split())
            rows.append(f"| `{field.target.id}` | {getattr(LIMITS, field.target.id):,} | {why} |")
    return (
        "# Limits\n\nMade from `ionm_notes/limits.py` by `python -m ionm_notes.limits > docs/limits.md`; do not edit by hand.\n\n"
        "A file over a limit is refused with a message. Sizes are in bytes, times in seconds. To set your own, write lines\n"
        "such as `pages = 800` into a file and give it with `--limits` (or name it in `IONM_NOTES_LIMITS`).\n\n"
        "| limit | value | why |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


if __name__ == "__main__":
    print(limits_page(), end="")
