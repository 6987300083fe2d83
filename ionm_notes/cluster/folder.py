"""The output folder: what a run left in it, which batches are done, and the mark that it is finished.

Each batch is one file of `_parts`, written under a new name and put in place whole, so that a batch is done exactly if a
file of it is there. Of several files of one batch, which a lost machine may leave, one counts and the others are removed.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ionm_notes.cluster.sources import filesystem
from ionm_notes.errors import IonmError

STATE = "_run.json"
PARTS = "_parts"
RUNNING, FINISHED = "running", "finished"
_PART = re.compile(r"(\d{10})-[0-9a-f]{32}\.parquet")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on disk or in an object store."""

    uri: str

    def write_part(self, batch: int, table: Any) -> str:
        """Keeps the rows of a batch; returns the file's name. Never seen half written."""
        from pyarrow import parquet

        system, path = filesystem(self.uri)
        name = f"{batch:010d}-{uuid.uuid4().hex}.parquet"
        system.create_dir(f"{path}/{PARTS}", recursive=True)
        parquet.write_table(table, f"{path}/{PARTS}/{name}.tmp", filesystem=system, compression="zstd")
        system.move(f"{path}/{PARTS}/{name}.tmp", f"{path}/{PARTS}/{name}")
        return name

    def parts(self) -> dict[int, str]:
        """The file of each batch that is done."""
        names = sorted(self._names(PARTS))
        return {int(match[1]): name for name in names if (match := _PART.fullmatch(name))}

    def keep_only(self, names: set[str]) -> None:
        """Removes files of parts that do not count."""
        system, path = filesystem(self.uri)
        for name in set(self._names(PARTS)) - names:
            system.delete_file(f"{path}/{PARTS}/{name}")

    def clear(self, parts: bool) -> None:
        """Removes what is sorted by month (to be sorted again), or the parts once that is done."""
        system, path = filesystem(self.uri)
        for name in [PARTS] if parts else [one for one in self._names("") if one.startswith("month=")]:
            system.delete_dir(f"{path}/{name}")

    def state(self) -> dict[str, Any] | None:
        """What the run noted of itself; None where there is none. Raises `IonmError` `no-run` where it is damaged."""
        from pyarrow import fs

        system, path = filesystem(self.uri)
        if system.get_file_info(f"{path}/{STATE}").type == fs.FileType.NotFound:
            return None
        try:
            with system.open_input_stream(f"{path}/{STATE}") as file:
                state: dict[str, Any] = json.loads(file.read())
                return state
        except (OSError, ValueError) as error:
            raise IonmError("no-run", self.uri, f"{STATE} is damaged") from error

    def note(self, state: dict[str, Any]) -> None:
        """Notes of the run what `state` says; makes the folder. Raises `IonmError` `out-failed`."""
        from pyarrow import fs

        system, path = filesystem(self.uri)
        try:
            if isinstance(system, fs.LocalFileSystem):
                Path(path).mkdir(mode=0o700, parents=True, exist_ok=True)  # patients' records will lie in it
            else:
                system.create_dir(path, recursive=True)
            with system.open_output_stream(f"{path}/{STATE}") as file:
                file.write(json.dumps(state, indent=1).encode())
        except OSError as error:
            raise IonmError("out-failed", self.uri, type(error).__name__) from error

    def empty(self) -> bool:
        """Whether there is nothing in it, or no such folder."""
        return not self._names("")

    def _names(self, within: str) -> list[str]:
        from pyarrow import fs

        system, path = filesystem(self.uri)
        selector = fs.FileSelector(f"{path}/{within}".rstrip("/"), allow_not_found=True)
        return [one.base_name for one in system.get_file_info(selector)]
