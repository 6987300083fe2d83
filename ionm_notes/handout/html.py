"""A paper as one HTML file that needs nothing else: its style stands in it, and it runs no script."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ionm_notes.handout import day
from ionm_notes.handout.colours import BARS
from ionm_notes.handout.paper import Paper, clean

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters["clean"] = clean
_PAGES.globals.update(axis={"width": day.WIDTH, "top": day.TOP}, bars=BARS, kind=lambda block: type(block).__name__)


def html(paper: Paper) -> str:
    """The page; every word of it is escaped."""
    return _PAGES.get_template("paper.html").render(paper=paper)
