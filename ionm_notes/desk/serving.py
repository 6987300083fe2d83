"""Runs the desk: workers first, then the private folder, the socket and the server."""

from __future__ import annotations

import getpass
import ipaddress
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from ionm_notes.cli.batch import Job
from ionm_notes.desk.app import build
from ionm_notes.desk.desk import Desk
from ionm_notes.desk.intake import Intake
from ionm_notes.desk.pictures import Pictures
from ionm_notes.errors import IonmError
from ionm_notes.phi.scratch import scratch
from ionm_notes.store.database import Store
from ionm_notes.store.users import users

BACKLOG = 128
END_SECONDS = 2
"""How long open pages are waited for when the server ends; their event streams never end by themselves."""


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve. `names`: further values of the Host header that are ours; `tls`: certificate and key."""

    db: Path
    payers: tuple[str, ...]
    policy_dir: Path | None
    host: str
    port: int
    names: tuple[str, ...] = ()
    named: bool = False
    tls: tuple[Path, Path] | None = None
    workers: int | None = None


def run(serving: Serving) -> None:
    """Serves until interrupted. Raises `IonmError`: `port-taken`, or what opening the store raises."""
    with Store(serving.db) as store:  # brings its tables up to date, and fails before anything is started
        if serving.named and not users(store):
            raise IonmError("no-user", str(serving.db), "yet")
    listener = _listen(serving)
    with listener, scratch(serving.db) as folder:
        pictures = Pictures()
        intake = Intake(serving.db, Job(serving.payers, serving.policy_dir), folder, serving.workers)
        desk = Desk(serving.db, intake, pictures, serving.payers, serving.policy_dir, serving.named, _who())
        port = listener.getsockname()[1]
        hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]", serving.host)} | set(serving.names)
        app = build(desk, hosts, serving.tls is not None)
        everywhere = ipaddress.ip_address(listener.getsockname()[0]).is_unspecified
        address = f"{'https' if serving.tls else 'http'}://{'127.0.0.1' if everywhere else serving.host}:{port}"
        way = "/" if serving.named else f"/start?token={desk.sessions.new_token()}"
        print(f"The desk is open at {address}{way}", file=sys.stderr, flush=True)
        print(
            "Ctrl-C closes it." if serving.named else "The address works once. Ctrl-C closes the desk.",
            file=sys.stderr,
            flush=True,
        )
        certificate, key = serving.tls or (None, None)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,  # addresses hold no patient data, but nobody needs the log either
            server_header=False,
            timeout_graceful_shutdown=END_SECONDS,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
        uvicorn.Server(config).run(sockets=[listener])


def _listen(serving: Serving) -> socket.socket:
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((serving.host, serving.port))
        # From here on browsers wait instead of being refused: the address is printed before the server runs.
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise IonmError("port-taken", f"{serving.host}:{serving.port}", error.strerror or "system error") from error
    return listener


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"
