"""Markdown to `Document`: the marks (`**`, `#`, `|`) are taken off and tables give rows, by markdown-it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ionm_notes.errors import IonmError
from ionm_notes.ingest.flow import Flow
from ionm_notes.ingest.sniff import MARKDOWN
from ionm_notes.ingest.txt import decode
from ionm_notes.limits import Limits
from ionm_notes.types import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}


def read_markdown(name: str, data: bytes, sha256: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads a Markdown file; lines stay lines. Raises `IonmError`: `too-large`, `too-many-pages`, `no-text`."""
    from markdown_it import MarkdownIt

    text, note = decode(data)
    if len(text) > limits.markdown_chars:
        raise IonmError("too-large", name, f"{len(text):,} characters of Markdown, at most {limits.markdown_chars:,} are read")
    flow = Flow(name, limits)
    parser = MarkdownIt("commonmark", {"maxNesting": limits.markdown_depth}).enable("table")
    _read(flow, parser.parse(text))
    return flow.document(sha256, MARKDOWN, (*warnings, note) if note else warnings)


def _read(flow: Flow, tokens: Sequence[Token]) -> None:
    rows: list[list[str]] | None = None
    for token in tokens:
        if token.type == "table_open":
            rows = []
        elif token.type == "table_close" and rows is not None:
            flow.table(rows)
            rows = None
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "inline":
            text = "".join(_inline(token.children or ()))
            if rows:
                rows[-1].append(text)
            else:
                flow.raw(text.split("\n"))
        elif token.type in ("fence", "code_block"):
            flow.raw(token.content.split("\n"))
        elif token.type == "html_block":
            from ionm_notes.ingest.html import read_html_into

            read_html_into(flow, token.content)


def _inline(children: Sequence[Token]) -> Iterator[str]:
    """The text of a paragraph; tags are dropped, but a line break is kept."""
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            yield child.content
        elif child.type in _BREAKS or (child.type == "html_inline" and child.content.lower().startswith("<br")):
            yield "\n"
        elif child.type == "image":
            yield ""
