"""`ionm-notes watch`: audits the files that appear in a folder, keeps the result, and sorts them into done and failed."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ionm_notes.cli.options import DEFAULT_DB, Db, Encrypt, Jsonl, Payers, Phi, PhiKey, PhiLevel, PolicyDir
from ionm_notes.cli.safety import LimitsFile, PasswordFile, limits_of, passwords_of
from ionm_notes.cli.settings import SETTINGS
from ionm_notes.errors import IonmError

if TYPE_CHECKING:
    from ionm_notes.cli.batch import AuditRequest, Job, Outcome
    from ionm_notes.cli.inbox import Inbox, Taken
    from ionm_notes.cli.keep import Keeper

EXAMPLES = """Examples:\n
\b
  ionm-notes watch inbox/ --payer all
  ionm-notes watch inbox/ --once --db audits.db
"""


def mount(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("watch", epilog=EXAMPLES)(watch)


def watch(
    inbox: Annotated[Path, typer.Argument(metavar="INBOX", exists=True, file_okay=False, help="The folder to look into.")],
    payer: Payers = None,
    once: Annotated[bool, typer.Option("--once", help="Do what is there and stop, for cron.")] = False,
    settle: Annotated[float, typer.Option(min=0.05, help="Seconds without change after which a file has arrived whole.")] = 3.0,
    every: Annotated[float, typer.Option(min=0.05, help="Seconds between two looks into the folder.")] = 1.0,
    jsonl: Jsonl = False,
    policy_dir: PolicyDir = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Files to read at once; by default one for each processor core.")
    ] = None,
    db: Db = DEFAULT_DB,
    password_file: PasswordFile = None,
    limits: LimitsFile = None,
    encrypt: Encrypt = False,
    phi: Phi = PhiLevel.full,
    phi_key: PhiKey = None,
) -> None:
    """Audit the files that appear in a folder, until stopped.

    A file that has stopped growing is moved to INBOX/working, audited and kept in the database, and moved on to
    INBOX/done, or to INBOX/failed with the reason beside it. Folders in it are looked into; hidden files and those with
    the ending of an unfinished copy (.part, .tmp and the like) are left alone. After a crash or a power cut, start it
    again: nothing is lost, and nothing is stored twice.
    """
    from ionm_notes.cli.batch import Job, open_pool, outcomes
    from ionm_notes.cli.payers import chosen_payers
    from ionm_notes.phi.keys import private
    from ionm_notes.phi.level import minimum

    private(db, encrypt, phi != PhiLevel.full)
    payers, least = chosen_payers(payer, policy_dir), minimum(phi, phi_key, db)
    job = Job(payers, policy_dir, SETTINGS.debug, limits_of(limits), passwords_of(password_file), least)
    with open_pool(workers, limits=job.limits) as pool:
        from ionm_notes.cli.inbox import Inbox
        from ionm_notes.cli.keep import Keeper
        from ionm_notes.store.database import Store

        ours = frozenset(db.absolute().with_name(db.name + ending) for ending in ("", "-wal", "-shm", "-journal", ".phi-key"))
        box = Inbox(inbox, settle, ours)
        arrivals = Arrivals(box, job, {})
        with box.alone(), Store(db, durable=True) as store:
            desk = Desk(box, Keeper(store, job, once=True), jsonl)
            with _ending_kindly(once):
                for request, outcome in outcomes(pool, arrivals.requests(every, settle if once else None)):
                    desk.settle(arrivals.taken.pop(request.number), outcome)
    if box.waiting:
        print(f"{box.waiting} still being written", file=sys.stderr)
    print(f"{desk.done} audited, {desk.failed} could not be", file=sys.stderr)
    if once and desk.failed:
        raise typer.Exit(1)


@dataclass(slots=True)
class Arrivals:
    """The files that have arrived whole, numbered; `taken` holds those whose outcome is awaited."""

    box: Inbox
    job: Job
    taken: dict[int, Taken]
    count: int = 0

    def requests(self, every: float, last: float | None) -> Iterator[AuditRequest | None]:
        """A request for each file, None while there is nothing; ends `last` seconds after the first look if given."""
        from ionm_notes.cli.batch import AuditRequest

        begun = time.monotonic()
        while True:
            now = time.monotonic()
            for taken in self.box.look(now):
                self.taken[self.count] = taken
                yield AuditRequest(self.count, taken.path, self.job)
                self.count += 1
            if last is not None and now - begun > last:
                return
            next_look = now + min(every, every if last is None else last / 4)
            yield None
            while time.monotonic() < next_look:
                yield None


@dataclass(slots=True)
class Desk:
    """Keeps the outcome of each file, sends the file where it belongs, and says so."""

    box: Inbox
    keeper: Keeper
    jsonl: bool
    done: int = 0
    failed: int = 0

    def settle(self, taken: Taken, outcome: Outcome) -> None:
        """Stores first and moves then: a run that dies between the two finds the audits stored and moves the file."""
        if not self.box.unchanged(taken):
            # What was read may be half of it; it is read again when it has come to rest.
            self.box.give_back(taken)
            return
        try:
            self.keeper.keep(outcome, datetime.now(UTC))
        except IonmError as error:
            if error.code != "store-locked":
                raise
            print(f"{error} It is tried again.", file=sys.stderr)
            self.box.give_back(taken)
            return
        self.box.finish(taken, _reason(outcome) if outcome.failed else "")
        self.done += not outcome.failed
        self.failed += outcome.failed
        self._say(taken, outcome)

    def _say(self, taken: Taken, outcome: Outcome) -> None:
        from ionm_notes.report.clean import for_terminal
        from ionm_notes.report.tables import json_line

        for name, reason in outcome.skipped:
            print(for_terminal(f"{name}: skipped, {reason}"), file=sys.stderr)
        if self.jsonl:
            for line in outcome.lines:
                sys.stdout.write(json_line(line))
        else:
            for part in outcome.parts:
                name = part.lines[0]["document"]["name"]
                place = taken.place if len(outcome.parts) == 1 else name
                print(for_terminal(f"{place}: {'; '.join(dict.fromkeys(map(_words, part.lines)))}"))
        sys.stdout.flush()


def _words(line: Mapping[str, Any]) -> str:
    return str(line["error"]["message"] if "error" in line else f"{line['payer']} {line['verdict']['id']}")


def _reason(outcome: Outcome) -> str:
    """What a person needs to know beside a file that could not be audited."""
    errors = dict.fromkeys((line["error"]["code"], line["error"]["message"]) for line in outcome.lines if "error" in line)
    return "".join(f"{message}\n(error {code})\n" for code, message in errors)


@contextmanager
def _ending_kindly(once: bool) -> Iterator[None]:
    """A watcher is ended by an interrupt or a service manager; that is no failure, unless it had a batch to finish."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        if once:
            raise
    finally:
        signal.signal(signal.SIGTERM, before)
