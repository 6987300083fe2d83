"""Takes dropped files in: read in worker processes one after another, stored, and told to every open page as it goes.

A file lies in a private folder from when it is dropped until it is stored; then its bytes are in the store, which may be
encrypted, and the folder no longer has it.
"""

from __future__ import annotations

import asyncio
import json
import queue
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from ionm_notes.cli.batch import AuditRequest, Job, Outcome, open_pool, outcomes
from ionm_notes.cli.keep import Keeper
from ionm_notes.errors import IonmError
from ionm_notes.store import originals, trail
from ionm_notes.store.database import Store

State = Literal["waiting", "reading", "stored", "duplicate", "failed"]
OPEN_STATES = ("waiting", "reading")
MOST_SHOWN = 300
"""Files of which the page tells; older ones are in the worklist, or failed long ago."""
HEARTBEAT_SECONDS = 15.0


@dataclass(slots=True)
class Item:
    """One dropped file: what becomes of it, the reason where it failed, and the document to look at."""

    id: int
    name: str
    state: State
    words: str = ""
    document: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file in the private folder with the hash of its bytes, who dropped it, and passwords to try if it is locked."""

    path: Path
    sha256: str
    who: str
    passwords: tuple[str, ...] = field(default=(), repr=False)


class Intake:
    """The files that are being read. Make it before threads and databases are opened, then `start` it."""

    def __init__(self, db: Path, job: Job, folder: Path, workers: int | None = None) -> None:
        self.folder, self._db, self._job = folder, db, job
        self._pool = open_pool(workers, None, job.limits)
        self._waiting: queue.SimpleQueue[tuple[int, Dropped] | None] = queue.SimpleQueue()
        self._items: dict[int, Item] = {}
        self._dropped: dict[int, Dropped] = {}
        self._began: dict[int, float] = {}
        self._listeners: dict[asyncio.Queue[str], asyncio.AbstractEventLoop] = {}
        self._lock = threading.Lock()
        self._count = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)

    def start(self) -> None:
        """Begins to read what is dropped."""
        self._thread.start()

    def stop(self) -> None:
        """Ends reading; what was not stored is not kept."""
        self._stopping = True
        self._waiting.put(None)
        self._thread.join(timeout=5)
        self._pool.close()

    def items(self) -> list[Item]:
        """The newest files first."""
        with self._lock:
            return [*self._items.values()][::-1]

    def take(self, name: str, dropped: Dropped) -> Item:
        """A file that was dropped whole: to be read, or known already."""
        with self._lock:
            self._count += 1
            item = Item(self._count, name, "waiting")
            twin = next((n for n, other in self._dropped.items() if other.sha256 == dropped.sha256), None)
            self._items[item.id] = item
            if twin is None:
                self._dropped[item.id] = dropped
            self._forget()
        if twin is not None:
            self._away(dropped)
            self._tell(item, "duplicate", "the same file is being read already")
        else:
            self._waiting.put((item.id, dropped))
            self._tell(item, "waiting")
        return item

    def refuse(self, name: str, reason: str) -> Item:
        """A file that was not taken, with the reason."""
        with self._lock:
            self._count += 1
            item = self._items[self._count] = Item(self._count, name, "failed")
            self._forget()
        self._tell(item, "failed", reason)
        return item

    async def news(self) -> AsyncIterator[str]:
        """What becomes of the files, as server-sent events, from now on."""
        heard: asyncio.Queue[str] = asyncio.Queue(1_000)
        self._listeners[heard] = asyncio.get_running_loop()
        try:
            yield "retry: 2000\n\n"
            while not self._stopping:
                try:
                    yield await asyncio.wait_for(heard.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._listeners.pop(heard, None)

    def _forget(self) -> None:
        finished = [number for number, item in self._items.items() if item.state not in OPEN_STATES]
        for number in finished[: max(0, len(self._items) - MOST_SHOWN)]:
            del self._items[number]

    def _tell(self, item: Item, state: State, words: str = "", document: int | None = None) -> None:
        item.state, item.words, item.document = state, words, document
        item.seconds = round(time.monotonic() - self._began.get(item.id, time.monotonic()), 1)
        event = f"event: item\ndata: {json.dumps(asdict(item))}\n\n"
        for heard, loop in [*self._listeners.items()]:
            with suppress(RuntimeError):  # a loop that has ended has nobody to tell
                loop.call_soon_threadsafe(_put, heard, event)

    def _run(self) -> None:
        with Store(self._db) as store:
            for request, outcome in outcomes(self._pool, self._requests(store)):
                item, dropped = self._items[request.number], self._dropped[request.number]
                try:
                    self._keep(store, item, dropped, outcome)
                except IonmError as error:
                    self._tell(item, "failed", str(error))
                finally:
                    self._away(dropped)
                    with self._lock:
                        del self._dropped[request.number]

    def _requests(self, store: Store) -> Iterator[AuditRequest | None]:
        while not self._stopping:
            try:
                got = self._waiting.get_nowait()
            except queue.Empty:
                yield None
                continue
            if got is None:
                return
            number, dropped = got
            item = self._items[number]
            if (known := originals.known(store, dropped.sha256)) is not None:
                self._attach(store, item, dropped, known)
                continue
            self._began[number] = time.monotonic()
            self._tell(item, "reading")
            yield AuditRequest(number, dropped.path, replace(self._job, passwords=dropped.passwords))

    def _attach(self, store: Store, item: Item, dropped: Dropped, known: int) -> None:
        """A file whose document is stored: its pages can be shown from now on, if they could not be before."""
        try:
            originals.keep(store, dropped.path.name, dropped.path.read_bytes(), (dropped.sha256,), datetime.now(UTC))
            self._tell(item, "duplicate", "the same bytes were audited before", known)
        except (IonmError, OSError) as error:
            self._tell(item, "failed", str(error))
        self._away(dropped)
        with self._lock:
            del self._dropped[item.id]

    def _keep(self, store: Store, item: Item, dropped: Dropped, outcome: Outcome) -> None:
        good = [part.record.lines[0]["document"]["sha256"] for part in outcome.parts if part.record is not None]
        reasons = [line["error"]["message"] for line in outcome.lines if "error" in line]
        reasons = [*dict.fromkeys(reasons)]
        if not good:
            self._tell(item, "failed", "; ".join(reasons) or "nothing in it can be audited")
            return
        now = datetime.now(UTC)
        with store.transaction():
            Keeper(store, self._job, True).keep(outcome, now)
            originals.keep(store, dropped.path.name, dropped.path.read_bytes(), good, now)
            for sha256 in good:
                document = originals.known(store, sha256)
                trail.append(store, dropped.who, "document-added", f"document {document}", {"sha256": sha256}, now)
        first = originals.known(store, good[0])
        words = "" if len(good) == 1 else f"{len(good)} documents"
        self._tell(item, "stored", "; ".join([*([words] if words else []), *reasons]), first)

    def _away(self, dropped: Dropped) -> None:
        with suppress(OSError):  # the private folder goes with the server, or is swept when the store is opened
            dropped.path.unlink()
            dropped.path.parent.rmdir()


def _put(heard: asyncio.Queue[str], event: str) -> None:
    with suppress(asyncio.QueueFull):  # a page that does not listen reads the list again when it reconnects
        heard.put_nowait(event)
