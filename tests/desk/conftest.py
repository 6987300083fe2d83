"""A running desk for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from at_desk import HOME, HOST, make_desk, sign_in
from starlette.testclient import TestClient

from ionm_notes.desk.app import build
from ionm_notes.desk.desk import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def running(desk: Desk) -> Iterator[TestClient]:
    """The desk, started, and a client without a session."""
    with TestClient(build(desk, [HOST]), base_url=HOME, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(desk: Desk, running: TestClient) -> Iterator[TestClient]:
    """A client with a session of an admin."""
    running.cookies.clear()
    sign_in(desk, running)
    running.headers["origin"] = HOME
    yield running
    running.headers.pop("origin", None)
    running.cookies.clear()
