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
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from ionm_notes import __version__, kept
from ionm_notes.errors import IonmError
from ionm_notes.pattern_files import own_patterns, patterns_folder
from ionm_notes.read import hastened
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


_Files = Mapping[str, bytes]
"""The pattern files of a folder: their names, in order, with what they hold."""
_MACROS = "macros.toml"


def _files(folder: pathlib.Path) -> _Files:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}


def _toml(file: str, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise IonmError("bad-pattern", file, str(error)) from error


def _load_file(file: str, data: bytes, macros: dict[str, str]) -> Iterator[Pattern]:
    for entry in _toml(file, data).get("pattern", []):
        name = entry.get("id", "?")
        unknown = set(entry) - _FIELDS
        if unknown or entry.get("kind") not in ("phrase", "regex") or not entry.get("any"):
            raise IonmError("bad-pattern", file, f"pattern {name}: unknown key or kind, or nothing to match {sorted(unknown)}")
        source = ""
        if entry["kind"] == "regex":
            try:
                source = "|".join(f"(?:{_expand(item, macros)})" for item in entry["any"])
            except KeyError as error:
                raise IonmError("bad-pattern", file, f"pattern {name}: no macro {error}") from error
        yield Pattern(
            name,
            entry["kind"],
            () if source else tuple(entry["any"]),
            source,
            entry.get("tags", {}),
            tuple(entry.get("yes", ())),
            tuple(entry.get("no", ())),
            file,
            bool(entry.get("extend", False)),
        )


def _macros(files: _Files, known: dict[str, str]) -> dict[str, str]:
    """The macros of a folder beside those already known; a later one may use earlier ones."""
    if _MACROS not in files and known:
        return known
    macros = dict(known)
    try:
        for name, text in _toml(_MACROS, files[_MACROS])["macros"].items():
            macros[name] = _expand(text, macros)
    except KeyError as error:
        raise IonmError("bad-pattern", _MACROS, str(error)) from error
    return macros


def _extended(before: Pattern, more: Pattern) -> Pattern:
    """A shipped pattern with what a user's own entry adds to it; a gate of either opens for both, or falls if one has none."""
    gates = before.gate + more.gate if before.gate and more.gate else ()
    tags = {**before.tags, **more.tags, "gate": list(gates)}
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


@dataclass(frozen=True, slots=True)
class _Entries:
    """What the pattern files say: the patterns in their order, and the ids of those that are a user's own or extended by one."""

    patterns: list[Pattern]
    own: list[str]
    hastened: list[str]
    """Of each pattern its expression as `hastened.py` writes it anew, '' for none; empty where no run before has kept it."""


_FORM = msgspec.msgpack.Decoder(_Entries)


def _entries(shipped: _Files, own: _Files) -> _Entries:
    """Reads the files of both folders."""
    macros = _macros(shipped, {})
    patterns: dict[str, Pattern] = {}
    _take(patterns, shipped, macros, own=False)
    added = _take(patterns, own, _macros(own, macros), own=True) if own else set()
    return _Entries(list(patterns.values()), sorted(added), [])


def _take(patterns: dict[str, Pattern], files: _Files, macros: dict[str, str], *, own: bool) -> set[str]:
    """Adds the patterns of a folder, and tells which; a user's own may take the place of others or extend them."""
    fresh: set[str] = set()
    for file, data in files.items():
        if file == _MACROS:
            continue
        for pattern in _load_file(file, data, macros):
            before = patterns.get(pattern.id)
            if pattern.id in fresh or (before is not None and not own):
                raise IonmError("bad-pattern", file, f"pattern {pattern.id} stands twice")
            if pattern.extend and (before is None or before.kind != pattern.kind):
                raise IonmError("bad-pattern", file, f"pattern {pattern.id} extends none of its kind")
            fresh.add(pattern.id)
            patterns[pattern.id] = _extended(before, pattern) if pattern.extend and before else pattern
    return fresh


def _kept_entries(shipped: _Files, own: _Files) -> _Entries:
    """The same as a run before has kept it, of the same bytes and by the same code; else they are read, and kept.

    What is kept is of the pattern files alone, for no document is at hand here.
    """
    try:
        code = [pathlib.Path(module.__file__ or "").read_bytes() for module in (sys.modules[__name__], hastened)]
    except OSError:
        return _entries(shipped, own)  # a program that is no files
    told = [str([__version__, sys.version, msgspec.__version__, [*shipped], [*own]]).encode()]
    key = kept.key_of([*told, *code, *shipped.values(), *own.values()])
    data = kept.load(key)
    if data is not None:
        with suppress(msgspec.MsgspecError):
            return _FORM.decode(data)
    read = _entries(shipped, own)
    kept.save(key, functools.partial(_form, read))
    return read


def _form(read: _Entries) -> bytes | None:
    """What is kept of the entries; None where they hold something that would come back otherwise.

    Expressions of a user's own, which may be none, are written anew when they are searched for.
    """
    own = set(read.own)
    sources = ("" if pattern.id in own else pattern.source for pattern in read.patterns)
    whole = replace(read, hastened=[hastened.hastened(source) for source in sources])
    data = msgspec.msgpack.encode(whole)
    return data if _FORM.decode(data) == whole else None


class Vocabulary:
    """All patterns by id."""

    def __init__(self, folder: pathlib.Path, own: pathlib.Path | None = None, *, keep: bool = False) -> None:
        """`own` is a user's folder, which adds to the shipped patterns or takes their place. `keep`: for the next run too."""
        if own is not None and not own.is_dir():
            raise IonmError("bad-pattern", str(own), "the pattern folder is not there")
        entries = (_kept_entries if keep else _entries)(_files(folder), {} if own is None else _files(own))
        self.patterns: dict[str, Pattern] = {pattern.id: pattern for pattern in entries.patterns}
        self._groups: dict[str, tuple[Pattern, ...]] = {}
        self.regex: Callable[[str], Expression] = _Regexes(self.patterns).__getitem__
        """The expression of a regex pattern; it is asked for a thousand times a page."""
        self._own = set(entries.own)
        hastened.remember(
            (pattern.source, quick) for pattern, quick in zip(entries.patterns, entries.hastened, strict=False) if quick
        )

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
    return Vocabulary(patterns_folder(), own_patterns(), keep=True)
