#!/usr/bin/env python3
"""What the row model adds: patterns alone, model alone and both, and how far its confidences hold (docs/confidence.svg).

    python benchmarks/row_model.py --write      # the tables into docs/accuracy.md, the diagram into docs/

'Model alone' takes the log entries' pattern readings away and leaves everything else to the patterns, which the model cannot read.
"""

from __future__ import annotations

import argparse
import contextlib
import pathlib
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from accuracy import Tally, compare, read

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "models" / "rows")]

WAYS = ("patterns only", "model only", "both")
FIGURES = (
    "time codes",
    "wrong supported: documents",
    "minutes",
    "segments F1",
    "attendance F1",
    "rules recall",
    "rules precision",
)
BEGIN, END = "<!-- row model -->", "<!-- end of row model -->"


@contextlib.contextmanager
def reading(way: str) -> Iterator[None]:
    """Within it documents are read in one of the ways."""
    from ionm_notes.read.events import driver
    from ionm_notes.read.trained import without_guesses

    if way == "patterns only":
        with without_guesses():
            yield
        return
    if way == "both":
        yield
        return
    kept = driver.log_row
    driver.log_row = lambda *_: iter(())
    try:
        yield
    finally:
        driver.log_row = kept


def _one(job: tuple[str, str, int]) -> Tally:
    from fixtures.variety.make import make

    way, part, number = job
    made = make(part, number)
    with reading(way):
        return compare(made.gold, read(made.name, made.text.encode()))


def ablation(part: str, count: int) -> list[str]:
    """The figures of a part in the three ways."""
    tallies = {way: Tally() for way in WAYS}
    with ProcessPoolExecutor(2) as pool:
        for way in WAYS:
            for tally in pool.map(_one, [(way, part, n) for n in range(count)], chunksize=10):
                tallies[way].add(tally)
    rows = [f"| {part} part | {' | '.join(WAYS)} |", f"|---|{'---|' * len(WAYS)}"]
    for name in FIGURES:
        cells = [f"{value:.1%}" if (value := tallies[way].figure(name)) is not None else "n/a" for way in WAYS]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def bins(found: list[tuple[float, bool]], width: float = 0.1) -> list[tuple[float, float, int]]:
    """Mean confidence, share of right guesses and number of guesses of each bin."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in found:
        groups.setdefault(min(int(confidence / width), int(1 / width) - 1), []).append((confidence, right))
    return [(sum(c for c, _ in g) / len(g), sum(r for _, r in g) / len(g), len(g)) for _, g in sorted(groups.items())]


def diagram(points: list[tuple[float, float, int]]) -> str:
    """A reliability diagram as SVG: confidence to the right, share that was right upwards, the size of a dot its number."""
    side, edge = 320, 46
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" font-family="sans-serif" font-size="11">',
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="#fff" stroke="#888"/>',
        f'<line x1="{edge}" y1="{edge + side}" x2="{edge + side}" y2="{edge}" stroke="#bbb" stroke-dasharray="4 3"/>',
    ]
    for tick in range(0, 11, 2):
        x, y = edge + side * tick / 10, edge + side * (1 - tick / 10)
        lines.append(f'<text x="{x}" y="{edge + side + 16}" text-anchor="middle">{tick * 10}%</text>')
        lines.append(f'<text x="{edge - 6}" y="{y + 4}" text-anchor="end">{tick * 10}%</text>')
    for confidence, right, count in points:
        x, y = edge + side * confidence, edge + side * (1 - right)
        lines.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 + min(count, 400) ** 0.5 / 2.5:.1f}" fill="#2a6fb0" fill-opacity="0.7"/>'
        )
        lines.append(f'<text x="{x + 10:.1f}" y="{y - 8:.1f}">{count}</text>')
    lines.append(f'<text x="{edge + side / 2}" y="{edge + side + 36}" text-anchor="middle">confidence of a guess</text>')
    lines.append(f'<text x="{edge}" y="{edge - 14}">share that was right (test part; number of guesses at each dot)</text>')
    return "\n".join([*lines, "</svg>", ""])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put tables and diagram into docs/")
    parser.add_argument("--count", type=int, help="only so many documents of each part")
    args = parser.parse_args()
    from held import held

    points = bins(held("test", args.count or 630))
    held_rows = [
        "| mean confidence | right | guesses |",
        "|---|---|---|",
        *(f"| {c:.0%} | {r:.0%} | {n} |" for c, r, n in points),
    ]
    tables = [*ablation("dev", args.count or 200), "", *ablation("test", args.count or 630), "", *held_rows]
    print("\n".join(tables))
    if args.write:
        (ROOT / "docs" / "confidence.svg").write_text(diagram(points))
        page = ROOT / "docs" / "accuracy.md"
        text = page.read_text()
        page.write_text(text[: text.index(BEGIN)] + "\n".join([BEGIN, "", *tables, "", ""]) + text[text.index(END) :])


if __name__ == "__main__":
    main()
