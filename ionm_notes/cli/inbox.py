"""A drop folder: which files have arrived whole, and where each goes when it was read; `watch` rests on it.

A file is taken when nothing about it has changed for a while and nobody has it open for writing. Taking it is a rename
into `working/`; when its audits are stored, another rename puts it into `done/`, or into `failed/` with the reason beside
it. A run that is killed leaves it in `working/`, where the next run takes it up, so no file is ever lost or half read.
"""

from __future__ import annotations

import os
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ionm_notes.errors import IonmError

WORKING, DONE, FAILED = "working", "done", "failed"
REASON = ".reason.txt"
UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".swp", "~", REASON)
"""Endings that programs give to files they have not finished, and our own."""
EMPTY_PATIENCE = 10
"""How many times as long an empty file is waited for: many programs make the file first and fill it later."""


@dataclass(frozen=True, slots=True)
class State:
    """What would change if somebody wrote to a file; `mtime` in nanoseconds."""

    inode: int
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A file in `working/`: where it lies, where it lay below the inbox, and its state when it was taken."""

    path: Path
    place: Path
    state: State


class Inbox:
    """One drop folder. `settle`: seconds without change after which a file is whole; `leave`: files that are none of ours.

    Times are seconds of the monotonic clock. Every method raises `IonmError` `inbox-failed` where the system refuses.
    """

    def __init__(self, folder: Path, settle: float, leave: frozenset[Path] = frozenset()) -> None:
        self.folder, self._settle, self._leave = folder, settle, leave
        self._seen: dict[Path, tuple[State, float]] = {}
        self._reading: set[Path] = set()

    @property
    def waiting(self) -> int:
        """Files seen by the last look that were not whole yet."""
        return len(self._seen)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Makes the folders, and keeps a second watcher out: `IonmError` `inbox-busy`. The system lifts it when we die."""
        with _as_inbox_error(self.folder):
            for name in (WORKING, DONE, FAILED):
                (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        with open(self.folder / WORKING / ".lock", "wb") as lock:
            try:
                import fcntl

                # What the system sends us when somebody opens a file that we look at; it would end the program.
                signal.signal(signal.SIGIO, signal.SIG_IGN)
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except ImportError:
                pass  # a system without such locks: two watchers are the user's affair
            except OSError as error:
                raise IonmError("inbox-busy", str(self.folder)) from error
            yield

    def look(self, now: float) -> list[Taken]:
        """Takes the files that have been whole for long enough by now, those of an earlier run first."""
        taken: list[Taken] = []
        found: dict[Path, tuple[State, float]] = {}
        with _as_inbox_error(self.folder):
            for path in self._files():
                state = _state(path)
                if state is None or path in self._reading or path.absolute() in self._leave:
                    continue
                known, since = self._seen.get(path, (None, now))
                if known != state or _open_for_writing(path):
                    since = now
                found[path] = (state, since)
                if since < now and self._is_whole(state, now - since) and (claim := self._take(path, state)) is not None:
                    del found[path]
                    taken.append(claim)
        self._seen = found
        return taken

    def unchanged(self, taken: Taken) -> bool:
        """Whether nobody wrote to the file since it was taken."""
        return _state(taken.path) == taken.state and not _open_for_writing(taken.path)

    def give_back(self, taken: Taken) -> None:
        """Lets a later look take the file again, from where it lies."""
        self._reading.discard(taken.path)

    def finish(self, taken: Taken, reason: str = "") -> Path:
        """Moves a file to `done/`, or with a reason to `failed/`; returns where it lies. Nothing there is overwritten."""
        with _as_inbox_error(self.folder):
            target = _free(self.folder / (FAILED if reason else DONE) / taken.place)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if reason:
                # First the reason: a file never lies there without one.
                draft = target.with_name(f".{target.name}{REASON}")
                draft.write_text(reason, encoding="utf-8")
                os.replace(draft, target.with_name(target.name + REASON))
            with suppress(FileNotFoundError):  # somebody took it away meanwhile, which is theirs to do
                os.rename(taken.path, target)
        with suppress(OSError):  # the folders that the file came in, as far as they are empty
            for parent in taken.place.parents[:-1]:
                (self.folder / WORKING / parent).rmdir()
        self.give_back(taken)
        return target

    def _files(self) -> Iterator[Path]:
        yield from _below(self.folder / WORKING)
        for entry in sorted(self.folder.iterdir()):
            if entry.name in (WORKING, DONE, FAILED) or not _is_ours(entry):
                continue
            if entry.is_dir() and not entry.is_symlink():
                yield from _below(entry)
            else:
                yield entry

    def _is_whole(self, state: State, seconds: float) -> bool:
        if seconds < self._settle:
            return False
        patience = self._settle * (1 if state.size else EMPTY_PATIENCE)
        return seconds >= patience or time.time() - state.mtime / 1e9 >= patience

    def _take(self, path: Path, state: State) -> Taken | None:
        place = path.relative_to(self.folder)
        target = self.folder / WORKING / place
        if place.parts[0] == WORKING:
            place, target = place.relative_to(WORKING), path
        elif target.exists():
            return None  # one of the same name is being read; this one's turn comes after it
        else:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.rename(path, target)
        self._reading.add(target)
        return Taken(target, place, state)


@contextmanager
def _as_inbox_error(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IonmError("inbox-failed", str(folder), error.strerror or "system error") from error


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(files) if _is_ours(Path(name)))


def _is_ours(path: Path) -> bool:
    return not path.name.startswith((".", "~$")) and not path.name.lower().endswith(UNFINISHED)


def _state(path: Path) -> State | None:
    """The state of a regular file, None for anything else (a link may point anywhere) and for one that is gone."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return None
    return State(found.st_ino, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _open_for_writing(path: Path) -> bool:
    """Whether a process of this machine has the file open for writing; False where the system cannot tell."""
    try:
        import fcntl

        with open(path, "rb") as file:
            # Linux grants a read lease only where nobody writes.
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except (ImportError, AttributeError, OSError):
        return False
    return False


def _free(path: Path) -> Path:
    """The path, or the first with a number that is not taken."""
    candidate, number = path, 1
    while os.path.lexists(candidate):
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate
