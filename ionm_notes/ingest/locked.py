"""Word files protected by a password, opened with one of the passwords given; the key work is msoffcrypto's."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest.sniff import DOCX, kind_of
from ionm_notes.limits import Limits


def opened(name: str, data: bytes, passwords: Sequence[str], limits: Limits) -> bytes:
    """The Word file within a locked one.

    Raises `IonmError`: `encrypted-office` without passwords or where another kind of file is within, `wrong-password`,
    `damaged-docx`, `too-large`.
    """
    if not passwords:
        raise IonmError("encrypted-office", name, "an Office document protected by a password")
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    try:
        for password in passwords:
            out = _Bounded(limits.file_bytes)
            try:
                locked = msoffcrypto.OfficeFile(io.BytesIO(data))
                locked.load_key(password=password, verify_password=True)
                locked.decrypt(out)
            except InvalidKeyError:
                continue
            return _word(name, out.getvalue())
    except (IonmError, MemoryError):
        raise
    except Exception as error:
        # msoffcrypto and olefile raise many kinds on damaged files.
        raise IonmError("damaged-docx", name, "its protection cannot be read") from error
    raise IonmError("wrong-password", name)


def _word(name: str, data: bytes) -> bytes:
    if kind_of("inside", data)[0] != DOCX:
        raise IonmError("encrypted-office", name, "what is protected is no Word document")
    return data


class _Bounded(io.BytesIO):
    """Takes in only so many bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        """Writes bytes. Raises `ValueError` beyond the limit."""
        written = super().write(data)
        if self.tell() > self._most:
            raise ValueError("more than is allowed")
        return written
