"""Loads `patterns/*.toml` into matchers; the words of the field live there, never in Python.

A pattern has an `id`, a `kind` and `any`, the list of things that match:
`phrase` (exact words in any case, see `phrases.py`) or `regex` (with `{MACRO}` from `macros.toml`).
`yes` and `no` are lines that must and must not match; `pattern_check.py` holds every pattern against its own.

A user's own folder may add patterns, take the place of shipped ones (the same `id`), or add to them (the same `id` with
`extend = true`); its `macros.toml`, if it has one, adds to the shipped macros.
"""

from __future__ import annotations

import functools
import pathlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ionm_notes.errors import IonmError
from ionm_notes.pattern_files import own_patterns, patterns_folder
from ionm_notes.read.expression import Expression, expression
from ionm_notes.read.phrases import Phrases
from ionm_notes.read.shortened import Name, names, shortened


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of a patterns file; `source` is empty for phrases. `tags` are free words for the recogniser."""

    id: str
    kind: str
    phrases: tuple[str, ...]
    source: str
    tags: dict[str, Any]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    file: str
    extend: bool = False

    @property
    def regex(self) -> Expression | None:
        """The expression; None for phrases."""
        return expression(self.source) if self.source else None

    @property
    def gate(self) -> tuple[str, ...]:
        """Letters of which at least one must stand in a text for the expression to be tried; empty: always tried."""
        return tuple(self.tags.get("gate", ()))


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in the text: the pattern's id and the character range."""

    id: str
    start: int
    end: int


_FIELDS = {"id", "kind", "any", "yes", "no", "tags", "extend"}


def _expand(text: str, macros: dict[str, str]) -> str:
    return re.sub(r"\{([A-Z][A-Z0-9_]+)\}", lambda m: macros[m[1]], text)


def _load_file(path: pathlib.Path, macros: dict[str, str]) -> Iterator[Pattern]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise IonmError("bad-pattern", path.name, str(error)) from error
    for entry in data.get("pattern", []):
        name = entry.get("id", "?")
        unknown = set(entry) - _FIELDS
        if unknown or entry.get("kind") not in ("phrase", "regex") or not entry.get("any"):
            raise IonmError(
                "bad-pattern", path.name, f"pattern {name}: unknown key or kind, or nothing to match {sorted(unknown)}"
            )
        source = ""
        if entry["kind"] == "regex":
            try:
                source = "|".join(f"(?:{_expand(item, macros)})" for item in entry["any"])
            except KeyError as error:
                raise IonmError("bad-pattern", path.name, f"pattern {name}: no macro {error}") from error
        yield Pattern(
            name, entry["kind"], () if source else tuple(entry["any"]), source, entry.get("tags", {}),
            tuple(entry.get("yes", ())), tuple(entry.get("no", ())), path.name,
            bool(entry.get("extend", False)),
        )  # fmt: skip


def _macros(folder: pathlib.Path, known: dict[str, str]) -> dict[str, str]:
    """The macros of a folder beside those already known; a later one may use earlier ones."""
    path = folder / "macros.toml"
    if known and not path.is_file():
        return known
    macros = dict(known)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))["macros"]
        for name, text in raw.items():
            macros[name] = _expand(text, macros)
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise IonmError("bad-pattern", path.name, str(error)) from error
    return macros


def _extended(before: Pattern, more: Pattern) -> Pattern:
    """A shipped pattern with what a user's own entry adds to it; a gate of either opens for both, or falls if one has none."""
    gates = before.gate + more.gate if before.gate and more.gate else ()
    tags = {**before.tags, **more.tags, "gate": gates}
    source = f"{before.source}|{more.source}" if before.source else ""
    return Pattern(
        before.id, before.kind, before.phrases + more.phrases, source, tags, before.yes + more.yes, before.no + more.no, more.file
    )


_GLUED_SIDE = expression(r"(?<=[a-z]{3})[LR](?=\s?[+/&]\s?[LR]\b)", cased=True)
"""The side of the next column, written on to a list that fills its own: 'biceps femorisL+R'."""


class _Regexes(dict[str, Expression]):
    """The expressions of the regex patterns, each made when it is first asked for."""

    def __init__(self, patterns: Mapping[str, Pattern]) -> None:
        super().__init__()
        self._patterns = patterns

    def __missing__(self, name: str) -> Expression:
        regex = self._patterns[name].regex
        if regex is None:
            raise KeyError(name)
        self[name] = regex
        return regex


class Vocabulary:
    """All patterns by id."""

    def __init__(self, folder: pathlib.Path, own: pathlib.Path | None = None) -> None:
        """`own` is a user's folder, which adds to the shipped patterns or takes their place."""
        macros = _macros(folder, {})
        self.patterns: dict[str, Pattern] = {}
        self._groups: dict[str, tuple[Pattern, ...]] = {}
        self.regex: Callable[[str], Expression] = _Regexes(self.patterns).__getitem__
        """The expression of a regex pattern; it is asked for a thousand times a page."""
        self._own: set[str] = set()
        self._take(folder, macros, own=False)
        if own is not None:
            if not own.is_dir():
                raise IonmError("bad-pattern", str(own), "the pattern folder is not there")
            self._take(own, _macros(own, macros), own=True)

    def _take(self, folder: pathlib.Path, macros: dict[str, str], *, own: bool) -> None:
        """Adds the patterns of a folder; a user's own may take the place of others or extend them."""
        fresh: set[str] = set()
        for path in sorted(folder.glob("*.toml")):
            if path.name == "macros.toml":
                continue
            for pattern in _load_file(path, macros):
                before = self.patterns.get(pattern.id)
                if pattern.id in fresh or (before is not None and not own):
                    raise IonmError("bad-pattern", path.name, f"pattern {pattern.id} stands twice")
                if pattern.extend and (before is None or before.kind != pattern.kind):
                    raise IonmError("bad-pattern", path.name, f"pattern {pattern.id} extends none of its kind")
                fresh.add(pattern.id)
                if own:
                    self._own.add(pattern.id)
                self.patterns[pattern.id] = _extended(before, pattern) if pattern.extend and before else pattern

    def group(self, prefix: str) -> tuple[Pattern, ...]:
        """Patterns whose id begins with `prefix.`, in the order of the files."""
        if prefix not in self._groups:
            self._groups[prefix] = tuple(p for name, p in self.patterns.items() if name.startswith(prefix + "."))
        return self._groups[prefix]

    def check(self) -> None:
        """Compile the expressions that are a user's own; IonmError 'bad-pattern' names the file and the pattern that cannot be.

        Shipped ones are compiled when something is first searched for with them: half of them never are.
        """
        for pattern in map(self.patterns.__getitem__, sorted(self._own)):
            try:
                if pattern.regex is not None:
                    pattern.regex.check()
            except re.error as error:
                raise IonmError("bad-pattern", pattern.file, f"pattern {pattern.id}: {error}") from error

    @functools.cached_property
    def _phrases(self) -> Phrases:
        return Phrases((pattern.id, pattern.phrases) for pattern in self.patterns.values())

    @functools.cached_property
    def _muscles(self) -> tuple[Name, ...]:
        """The muscles whose names may be cut short word by word."""
        return names((p.id, p.phrases) for p in self.patterns.values() if p.tags.get("cut_short"))

    def phrases(self, text: str) -> tuple[Hit, ...]:
        """Every phrase in the text, the longest first where several begin or overlap, in order of place."""
        found = [*self._phrases.found(_GLUED_SIDE.sub(" ", text)), *shortened(text, self._muscles)]
        taken: list[Hit] = []
        covered: set[int] = set()
        for name, start, end in sorted(found, key=lambda hit: (hit[1] - hit[2], hit[1])):
            if start not in covered and end - 1 not in covered:
                taken.append(Hit(name, start, end))
                covered.update(range(start, end))
        return tuple(sorted(taken, key=lambda hit: hit.start))


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this installation, loaded once a process."""
    return Vocabulary(patterns_folder(), own_patterns())
