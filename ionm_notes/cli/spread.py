"""Spreads the documents of an archive, mail or message over the workers, and brings what comes of them together again.

A worker that is given such a file answers with the names in it. The documents are then asked for in stretches; a stretch
that dies is asked for again one by one, so that a document that crashes its reader costs that document alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ionm_notes.cli.batch import AuditRequest, Listing, Outcome, Part, answered, failed, failed_part
from ionm_notes.errors import IonmError
from ionm_notes.workers import Done

STRETCHES = 16
"""Into how many stretches a container is divided at most: it is unpacked once for each."""


@dataclass(slots=True)
class _Open:
    """A container whose documents are being audited; `parts` is None where one has not come yet."""

    request: AuditRequest
    listing: Listing
    parts: list[Part | None]
    traces: list[str] = field(default_factory=list)


class Spread:
    """The requests of a batch together with those that containers in it bring."""

    def __init__(self, source: Iterable[AuditRequest | None]) -> None:
        self._source = source
        self._waiting: deque[AuditRequest] = deque()
        self._open: dict[int, _Open] = {}
        self._under_way = 0

    def requests(self) -> Iterator[AuditRequest | None]:
        """What to hand out; None where there is nothing at the moment."""
        for request in self._source:
            while self._waiting:
                yield self._waiting.popleft()
            self._under_way += request is not None
            yield request
        while self._under_way:
            yield self._waiting.popleft() if self._waiting else None

    def finished(self, done: Iterable[Done[AuditRequest]]) -> Iterator[tuple[AuditRequest, Outcome]]:
        """The requests of the batch with their outcomes, each as soon as it is whole."""
        for one in done:
            found = self._take(one)
            if found is not None:
                self._under_way -= 1
                yield found

    def _take(self, done: Done[AuditRequest]) -> tuple[AuditRequest, Outcome] | None:
        request = done.request
        if request.inside is not None:
            return self._stretch(self._open[request.number], request.inside, done)
        if done.error is not None:
            return request, failed(request.path, request.job, done.error)
        answer = answered(request.path, done.answer)
        if isinstance(answer, Outcome):
            return request, answer
        count = len(answer.names)
        self._open[request.number] = _Open(request, answer, [None] * count)
        pieces = min(count, STRETCHES)
        edges = [count * piece // pieces for piece in range(pieces + 1)]
        self._waiting += (replace(request, inside=(first, last)) for first, last in pairwise(edges))
        return None

    def _stretch(self, held: _Open, inside: tuple[int, int], done: Done[AuditRequest]) -> tuple[AuditRequest, Outcome] | None:
        first, last = inside
        request, error = held.request, done.error
        outcome = None if error else answered(request.path, done.answer)
        if isinstance(outcome, Outcome) and len(outcome.parts) == last - first:
            held.parts[first:last] = outcome.parts
            held.traces.append(outcome.trace)
        elif last - first > 1:
            self._waiting += (replace(request, inside=(one, one + 1)) for one in range(first, last))
            return None
        else:
            name = held.listing.names[first]
            changed = IonmError("unreadable", name, "it changed while it was read")
            named = changed if error is None else IonmError(error.code, name, error.detail)
            held.parts[first] = failed_part(name, request.job, named)
        parts = tuple(part for part in held.parts if part is not None)
        if len(parts) < len(held.parts):
            return None
        del self._open[request.number]
        return request, Outcome(request.path, parts, "".join(held.traces), held.listing.skipped)
