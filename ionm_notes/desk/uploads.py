"""`POST /files`: one dropped file, streamed to the private folder within the limit; its name is only ever shown.

A password for locked files comes with it, is tried on this file alone, and is kept nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ionm_notes.desk.desk import allowed, desk_of, session_of
from ionm_notes.desk.intake import Dropped
from ionm_notes.limits import LIMITS
from ionm_notes.report.clean import for_terminal

NAME_BYTES = 180
"""Of a file's name: file systems take 255 bytes."""
PASSWORD_CHARACTERS = 300


async def take_file(request: Request) -> Response:
    """Takes the body as a file; its name stands in the header `x-file-name`, a password in `x-file-password`, as in a URL."""
    allowed(request, "coder")
    desk = desk_of(request)
    name = safe_name(unquote(request.headers.get("x-file-name", "")))
    folder = desk.intake.folder / secrets.token_hex(8)
    folder.mkdir(mode=0o700)
    path, digest, size = folder / name, hashlib.sha256(), 0
    with path.open("wb") as file:
        path.chmod(0o600)
        async for chunk in request.stream():
            size += len(chunk)
            if size > LIMITS.file_bytes:
                break
            digest.update(chunk)
            file.write(chunk)
    if 0 < size <= LIMITS.file_bytes:
        password = unquote(request.headers.get("x-file-password", ""))[:PASSWORD_CHARACTERS]
        passwords = (password,) if password else ()
        item = desk.intake.take(name, Dropped(path, digest.hexdigest(), session_of(request).user, passwords))
        return JSONResponse(asdict(item), 202)
    with suppress(OSError):  # the private folder goes with the server, or is swept when the store is opened
        path.unlink()
        folder.rmdir()
    reason = "the file is empty" if size == 0 else f"more than {LIMITS.file_bytes // 2**20} MiB, which is the most that is read"
    return JSONResponse(asdict(desk.intake.refuse(name, reason)), 400 if size == 0 else 413)


def safe_name(name: str) -> str:
    """The last part of a name without what could lead out of a folder or hide, short enough for a file system."""
    last = for_terminal(name.replace("\\", "/").split("/")[-1]).strip().lstrip(".")
    stem, dot, ending = last.rpartition(".")
    if not dot:
        stem, ending = last, ""
    ending = ending[:20]
    while len(f"{stem}.{ending}".encode()) > NAME_BYTES and stem:
        stem = stem[:-1]
    kept = f"{stem}.{ending}" if ending else stem
    return Path(kept).name or "unnamed"
