"""Draws the pages of stored documents as pictures in a worker process: a file of a stranger never meets the server itself.

The picture shows the page as its reader saw it, so a box of an evidence, in points of that page, lies where its words stand.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.limits import LIMITS
from ionm_notes.workers import Pool

SCALE = 2.0
"""Dots to a point: sharp at 125 % on a page as wide as half a screen."""
MOST_SIDE = 2_600
"""Dots of the longer side of a picture."""
_KEPT = 3
"""Files that the worker holds, so that the pages of a document are sent to it once."""
PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page of the document `sha256` (0: the sizes of all pages). `data`: the file that is or holds it, or None.

    Without `data` the worker answers from what it holds; it answers nothing if it does not hold the document.
    """

    name: str
    sha256: str
    page: int
    data: bytes | None = field(default=None, repr=False)


class Pictures:
    """The worker that draws, asked by one request at a time. Make it before threads and databases."""

    def __init__(self) -> None:
        self._pool: Pool[PageRequest] = Pool(_work, _warm, 1)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Ends the worker."""
        with self._lock:
            self._pool.close()

    def sizes(self, name: str, sha256: str, data: bytes) -> list[tuple[float, float]]:
        """Width and height of each page in points; empty for a document without pages. Raises `IonmError`."""
        return [(width, height) for width, height in json.loads(self._ask(name, sha256, 0, data))]

    def page(self, name: str, sha256: str, page: int, data: bytes) -> tuple[bytes, str]:
        """The picture of a page (from 1) and its media type. Raises `IonmError`, `no-such-page` among them."""
        answer = self._ask(name, sha256, page, data)
        return answer[1:], "image/png" if answer[:1] == b"P" else "image/jpeg"

    def _ask(self, name: str, sha256: str, page: int, data: bytes) -> bytes:
        with self._lock:
            for given in (None, data):
                done = next(iter(self._pool.run([PageRequest(name, sha256, page, given)])))
                if done.error is not None:
                    raise done.error
                if done.answer:
                    return done.answer
        raise IonmError("no-such-page", name, str(page))


_held: OrderedDict[str, bytes] = OrderedDict()


def _warm() -> None:
    importlib.import_module("pypdfium2")  # loaded before the first page is asked for


def _work(request: PageRequest) -> bytes:
    if request.sha256 not in _held:
        if request.data is None:
            return b""
        found = _within(request.name, request.sha256, request.data)
        if found is None:
            raise IonmError("nothing-inside", request.name, "the document is no longer in it")
        _held[request.sha256] = found
        while len(_held) > _KEPT:
            _held.popitem(last=False)
    data = _held[request.sha256]
    if request.page == 0:
        return json.dumps(_sizes(request.name, data)).encode()
    return _drawn(request.name, data, request.page)


def _within(name: str, sha256: str, data: bytes) -> bytes | None:
    """The bytes of a document: the file itself, or what an archive or mail holds."""
    if hashlib.sha256(data).hexdigest() == sha256:
        return data
    from ionm_notes.ingest import unpack

    for inner in unpack(name, data, LIMITS, ()):
        if not inner.skipped and inner.error is None and hashlib.sha256(inner.data).hexdigest() == sha256:
            return inner.data
    return None


def _sizes(name: str, data: bytes) -> list[tuple[float, float]]:
    if PDF in data[:1024]:
        with _opened(name, data) as document:
            sizes = (document.get_page_size(number) for number in range(min(len(document), LIMITS.pages)))
            return [(round(width, 2), round(height, 2)) for width, height in sizes]
    from PIL import Image, UnidentifiedImageError

    from ionm_notes.ingest.pictures import FORMATS, paper_of

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            found = []
            for number in range(getattr(image, "n_frames", 1) if image.format == "TIFF" else 1):
                image.seek(number)
                found.append(paper_of(image))
            return found
    except UnidentifiedImageError:
        return []


def _drawn(name: str, data: bytes, page: int) -> bytes:
    if PDF in data[:1024]:
        with _opened(name, data) as document:
            if not 1 <= page <= len(document):
                raise IonmError("no-such-page", name, str(page))
            width, height = document.get_page_size(page - 1)
            scale = min(SCALE, MOST_SIDE / max(width, height, 1.0))
            picture = document[page - 1].render(scale=scale).to_pil()
    else:
        from PIL import Image, ImageOps

        from ionm_notes.ingest.pictures import FORMATS

        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if not 1 <= page <= getattr(image, "n_frames", 1):
                raise IonmError("no-such-page", name, str(page))
            image.seek(page - 1)
            if image.width * image.height > LIMITS.page_pixels:
                raise IonmError("too-large", name, f"{image.width} x {image.height} dots")
            picture = ImageOps.exif_transpose(image).convert("RGB")
            picture.thumbnail((MOST_SIDE, MOST_SIDE))
    return _packed(picture)


def _packed(picture: Any) -> bytes:
    """Type packs best as PNG; a photograph of a page is a tenth of that as JPEG."""
    few = picture.resize((200, 200)).getcolors(6_000)
    out = io.BytesIO()
    if few is None:
        picture.convert("RGB").save(out, "JPEG", quality=82)
        return b"J" + out.getvalue()
    picture.save(out, "PNG", compress_level=3)
    return b"P" + out.getvalue()


@contextmanager
def _opened(name: str, data: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise IonmError("damaged-pdf", name, str(error)) from error
    try:
        yield document
    finally:
        document.close()
