"""PNG, JPEG and TIFF (of many pages) and photographs to `Document`: every page is recognised; limits on their dots first.

A picture has no paper. Its dots to an inch are taken from the file where it says something sensible, and else from its
size, as if it showed a letter page; boxes are in points of that page.
"""

from __future__ import annotations

import io
import warnings as python_warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest.quality import is_poor
from ionm_notes.ingest.running import mark_running
from ionm_notes.limits import Limits
from ionm_notes.types import Document, Page

if TYPE_CHECKING:
    from ionm_notes.ingest.ocr.pool import Picture

LETTER_INCHES = 11.0
LEAST_DPI, MOST_DPI = 72.0, 1200.0
"""What a file says of its dots to an inch is believed between these; cameras and screens say 72 of anything."""
SMALL, LARGE = 1_500, 2_800
"""Dots of the longer side: smaller pictures are enlarged to the first, larger ones (photographs) reduced to the second."""
FORMATS = ("PNG", "JPEG", "TIFF")


def read_picture(name: str, data: bytes, sha256: str, media_type: str, warnings: tuple[str, ...], limits: Limits) -> Document:
    """Reads a picture, or the pages of a TIFF, by recognition.

    Raises `IonmError`: `damaged-picture`, `too-large`, `too-many-pages`, `no-text-layer`, `ocr-missing`.
    """
    from PIL import Image

    from ionm_notes.ingest.ocr.drafts import finished
    from ionm_notes.ingest.ocr.engine import available
    from ionm_notes.ingest.ocr.scans import recognised_pictures

    if not available():
        raise IonmError("ocr-missing", name)
    with python_warnings.catch_warnings():
        # Pillow warns of many dots where our own limit has the say.
        python_warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with _decoding(name):
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        with image:
            with _decoding(name):
                # Only TIFF holds pages; the further frames of others are previews and animations.
                count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if count > limits.scanned_pages:
                raise IonmError("too-many-pages", name, f"{count} pages, at most {limits.scanned_pages} are recognized")
            sizes: list[tuple[float, float]] = []
            found = list(recognised_pictures(_pages(name, image, count, limits, sizes), count))
    if not any(sheet.drafts for scanned in found for sheet in scanned.sheets):
        raise IonmError("no-text-layer", name)
    mark_running([(sheet.height, sheet.drafts) for scanned in found for sheet in scanned.sheets])
    pages = tuple(
        Page(number, *size, finished(scanned.sheets, number), recognized=True, turn=scanned.sheets[0].sheet.turn)
        for number, (scanned, size) in enumerate(zip(found, sizes, strict=True), 1)
    )
    poor = any(scanned.poor for scanned in found) or is_poor(pages)
    return Document(name, sha256, media_type, "ocr", pages, warnings, poor)


@contextmanager
def _decoding(name: str) -> Iterator[None]:
    """What Pillow raises on a damaged file, of whatever kind (`KeyError` and `struct.error` among them), as the file's error."""
    from PIL import Image

    try:
        yield
    except (IonmError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise IonmError("too-large", name, "it holds more dots than are read") from error
    except Exception as error:
        raise IonmError("damaged-picture", name, type(error).__name__) from error


def _pages(name: str, image: Any, count: int, limits: Limits, sizes: list[tuple[float, float]]) -> Iterator[Picture]:
    """The pictures of a file one by one, upright as the camera held them; their sizes in points are added to `sizes`."""
    import numpy as np
    from PIL import Image, ImageOps

    from ionm_notes.ingest.ocr.light import evened
    from ionm_notes.ingest.ocr.pool import Picture

    for number in range(count):
        with _decoding(name):
            image.seek(number)
            width, height = image.size
            if width * height > limits.page_pixels:
                raise IonmError("too-large", name, f"{width} x {height} dots, at most {limits.page_pixels:,} are read")
            stated = _stated_dpi(image)
            gray = ImageOps.exif_transpose(image).convert("L")
        long = max(gray.size)
        dpi = stated or long / LETTER_INCHES
        wanted = min(max(long, SMALL), LARGE)
        sizes.append((round(gray.width * 72 / dpi, 2), round(gray.height * 72 / dpi, 2)))
        if wanted != long:
            size = (max(1, round(gray.width * wanted / long)), max(1, round(gray.height * wanted / long)))
            gray = gray.resize(size, Image.Resampling.LANCZOS)
        dots = evened(np.asarray(gray, dtype=np.uint8))
        # What the dots of the picture as recognised mean on its paper.
        dpi *= wanted / long
        yield Picture(dots, dpi, dpi / 72)


def paper_of(image: Any) -> tuple[float, float]:
    """Width and height in points of the page that a picture shows, upright as the camera held it."""
    from PIL import ImageOps

    dpi = _stated_dpi(image) or max(image.size) / LETTER_INCHES
    width, height = ImageOps.exif_transpose(image).size
    return (round(width * 72 / dpi, 2), round(height * 72 / dpi, 2))


def _stated_dpi(image: Any) -> float | None:
    """What the file says of its dots to an inch, where that makes a page between half and four times a letter page."""
    try:
        dpi = float(max(image.info.get("dpi", (0, 0))))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    inches = max(image.size) / dpi if dpi > 0 else 0.0
    return dpi if LEAST_DPI < dpi <= MOST_DPI and LETTER_INCHES / 2 <= inches <= LETTER_INCHES * 4 else None
