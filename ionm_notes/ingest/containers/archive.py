"""ZIP archives: checked by their directory, unpacked in memory and counted meanwhile; passwords of both kinds."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.ingest.containers.inner import MARK, Budget, Inner, label

_CHUNK = 1 << 16
_AES = 99
"""The method of a member locked in WinZip's newer way."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, IndexError)
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_MOST_DIRECTORY = 16 * 1024 * 1024
"""Bytes of a directory: it is turned into objects before its entries can be counted."""


def members(name: str, data: bytes, budget: Budget, passwords: Sequence[str]) -> Iterator[Inner]:
    """The files of an archive in its order.

    Raises `IonmError`: `damaged-zip`, `zip-limits`. A member that cannot be had carries its own error.
    """
    archive = _opened(name, data)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    limits = budget.limits
    if len(infos) > limits.zip_members:
        raise IonmError("zip-limits", name, f"{len(infos):,} files; the limit is {limits.zip_members:,}")
    total = sum(info.file_size for info in infos)
    if total > limits.zip_bytes:
        raise IonmError("zip-limits", name, f"{total:,} bytes unpacked; the limit is {limits.zip_bytes:,}")
    strong: Any = None
    for number, info in enumerate(infos, 1):
        own = label(info.filename) or f"{number}"
        inner = f"{name}{MARK}{own}"
        if reason := _needless(info, own):
            yield Inner(inner, skipped=reason)
            continue
        try:
            source = archive
            if info.compress_type == _AES:
                strong = strong or _opened_strong(name, data)
                source = strong
            yield Inner(inner, _unpacked(source, source.infolist()[archive.infolist().index(info)], inner, budget, passwords))
        except IonmError as error:
            yield Inner(inner, error=error)


def _needless(info: zipfile.ZipInfo, own: str) -> str:
    """Why a member is no document: a link, or what systems leave lying about; empty for all others."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, which is not followed"
    path = PurePosixPath(own)
    hidden = path.parts[0] == "__MACOSX" or path.name.startswith((".", "~$")) or path.name.lower() in _LITTER
    return "a file of the system, not a document" if hidden else ""


def _opened(name: str, data: bytes) -> zipfile.ZipFile:
    end = data.rfind(b"PK\x05\x06")
    if end < 0:
        raise IonmError("damaged-zip", name, "its end is missing")
    if int.from_bytes(data[end + 12 : end + 16], "little") > _MOST_DIRECTORY and b"PK\x06\x06" not in data[-200:]:
        raise IonmError("zip-limits", name, "its directory is far larger than any archive of reports has")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise IonmError("damaged-zip", name, "its directory is broken") from error


def _opened_strong(name: str, data: bytes) -> Any:
    import pyzipper

    try:
        return pyzipper.AESZipFile(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # pyzipper raises many kinds on damaged files
        raise IonmError("damaged-zip", name, "its directory is broken") from error


def _unpacked(archive: Any, info: zipfile.ZipInfo, inner: str, budget: Budget, passwords: Sequence[str]) -> bytes:
    """Bytes of one member. Raises `IonmError`: `zip-limits`, `damaged-zip`, `encrypted-zip`, `wrong-password`."""
    limits = budget.limits
    if info.file_size > limits.file_bytes:
        raise IonmError("too-large", inner, f"{info.file_size:,} bytes, at most {limits.file_bytes:,} are read")
    if info.file_size > limits.zip_ratio_from and info.file_size > limits.zip_ratio * max(1, info.compress_size):
        raise IonmError("zip-limits", inner, f"it is packed more than {limits.zip_ratio} : 1")
    if not info.flag_bits & 1:
        try:
            return _drained(archive, info, None, inner, budget)
        except _BROKEN as error:
            raise IonmError("damaged-zip", inner, "it cannot be unpacked") from error
    if not passwords:
        raise IonmError("encrypted-zip", inner)
    for password in passwords:
        try:
            return _drained(archive, info, password.encode(), inner, budget)
        except _BROKEN:
            continue  # a wrong password shows as a broken member
    raise IonmError("wrong-password", inner)


def _drained(archive: Any, info: zipfile.ZipInfo, password: bytes | None, inner: str, budget: Budget) -> bytes:
    """Bytes of one member, counted while they are unpacked: the directory's sizes can lie."""
    out = bytearray()
    with archive.open(info, pwd=password) as stream:
        while chunk := stream.read(_CHUNK):
            out += chunk
            budget.take(inner, len(chunk))
            if len(out) > budget.limits.file_bytes:
                raise IonmError("too-large", inner, f"more than {budget.limits.file_bytes:,} bytes")
    return bytes(out)
