"""Starts Ray or joins the cluster that `RAY_ADDRESS` names, quietly, and leaves it again; says what machines there are."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ionm_notes.cluster.plan import Cluster
from ionm_notes.errors import IonmError
from ionm_notes.limits import MIB
from ionm_notes.pattern_files import VARIABLE
from ionm_notes.workers.pool import cores

QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal", "OPENBLAS_NUM_THREADS": "1"}
"""Of the environment: nothing is reported to Ray's makers, little is logged, and no numerical library starts threads."""
STARTS = 3
"""How often it is tried to start or join a cluster."""
LOCAL_STORE_BYTES = 256 * MIB
"""Object store of a cluster on this machine alone: the batches under way of a few readers."""
BLOCK_BYTES = 1024 * MIB
"""Above any batch: Ray would take a larger block apart."""
FURTHER_TRIES = 3
"""How often Ray gives a batch to another reader whose first one was lost, before its documents are tried one by one."""


def needed() -> None:
    """Raises `IonmError` `cluster-missing` where the extra is not installed."""
    missing = [name for name in ("ray", "pyarrow") if find_spec(name) is None]
    if missing:
        raise IonmError("cluster-missing", detail=" and ".join(missing))


@contextmanager
def engine() -> Iterator[Any]:
    """Ray's data module, connected. Raises `IonmError` `cluster-missing`, `cluster-unreachable`.

    Without `RAY_ADDRESS` a cluster of this machine's cores is started, reachable from this machine alone, and ended with all
    its logs afterwards. Nothing is reported to Ray's makers, and what workers print does not come here.
    """
    needed()
    os.environ.update(QUIET)
    import ray
    import ray.data
    from ray.util.annotations import RayDeprecationWarning

    # The limit of tries has no other place yet; the extra ends at the last version that has this one.
    warnings.filterwarnings("ignore", category=RayDeprecationWarning)

    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.CRITICAL)

    address = os.environ.get("RAY_ADDRESS")
    # Short, for sockets lie in it, and nobody else's to read: Ray's logs name files.
    folder = None if address else tempfile.mkdtemp(prefix="ionm-ray-")
    shared: dict[str, Any] = {"log_to_driver": False, "logging_level": "CRITICAL"}
    alone: dict[str, Any] = {
        "num_cpus": cores(),
        "object_store_memory": LOCAL_STORE_BYTES,
        "include_dashboard": False,
        "_node_ip_address": "127.0.0.1",
        "_temp_dir": folder,
    }
    # Processes on this machine have its environment; those on others must be told.
    there: dict[str, Any] = {"address": address, "runtime_env": {"env_vars": _environment()}}
    try:
        _connect(ray, {**shared, **(there if address else {"address": "local", **alone})})
    except Exception as error:  # Ray raises many kinds, and none of them is the user's language
        _remove(folder)
        raise IonmError("cluster-unreachable", address or "this machine", type(error).__name__) from error
    try:
        _quiet(ray.data.DataContext.get_current())
        yield ray.data
    finally:
        ray.shutdown()
        _remove(folder)


def cluster() -> Cluster:
    """The machines of the cluster that is connected."""
    import ray

    machines = (node["Resources"].get("CPU", 0.0) for node in ray.nodes() if node["Alive"])
    return Cluster(tuple(one for one in machines if one), ray.available_resources().get("CPU", 0.0))


def _connect(ray: Any, options: dict[str, Any]) -> None:
    """Connects, again where a busy machine was too slow: Ray waits half a minute for its own processes, which is fixed."""
    for further in range(STARTS - 1, -1, -1):
        try:
            with _silent():
                ray.init(**options)
            return
        except Exception:
            ray.shutdown()
            if not further:
                raise


def _environment() -> dict[str, str]:
    """What the readers must know of the environment here."""
    own = {VARIABLE: os.environ[VARIABLE]} if VARIABLE in os.environ else {}
    return {**QUIET, **own}


@contextmanager
def _silent() -> Iterator[None]:
    """Ray's inner part writes to descriptor 2 past every setting while it starts; what fails is raised anyway."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _quiet(context: Any) -> None:
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.target_max_block_size = BLOCK_BYTES
    # A batch that no reader could bear is missing in the end, and its documents are tried one by one.
    context.max_errored_blocks = -1


def _remove(folder: str | None) -> None:
    if folder is not None and Path(folder).is_dir():
        shutil.rmtree(folder, ignore_errors=True)
