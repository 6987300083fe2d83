"""Says which mentions of names are one person, by evidence; read this for why a name was kept out of the checks.

One name is not one person. Mentions of one full name are taken for one person as long as nothing stands against it: two
different NPIs, degrees that exclude one another (MD and DO), or middle initials that differ make two persons of it. A
mention that would fit more than one of them is unclear: it is listed and takes part in no check. A short name ('Dr. Rusk',
'E. Rusk') is a person's only where one person alone bears it at that facility. A file of people, given by the user, comes
before all of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.roster.model import Basis, Named, Operation, Person, Unclear
from ionm_notes.rules.people import name_words

Mention = tuple[int, Named]
"""A person as a document names them: the document's number and the person."""
_ORDER: tuple[Basis, ...] = ("person file", "NPI", "name and credentials", "name alone", "short name, one bearer")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the user's file of people: whoever is named so (at this facility, with these credentials) is `id`."""

    name: str
    credentials: tuple[str, ...]
    facility: str
    id: str


@dataclass(frozen=True, slots=True)
class People:
    """Who each mention is. A mention that is missing from `of` is unclear."""

    persons: Mapping[str, Person]
    of: Mapping[Mention, str]
    unclear: tuple[Unclear, ...]

    def who(self, document: int, named: Named) -> Person | None:
        """The person of a mention; None where it is unclear."""
        found = self.of.get((document, named))
        return self.persons[found] if found is not None else None


def identify(operations: Iterable[Operation], entries: Sequence[Entry] = ()) -> People:
    """Persons over all reports that count, with the mentions that stay unclear."""
    documents = {report.document: report.name for operation in operations for report in operation.reports}
    mentions = [(report.document, named) for operation in operations for report in operation.reports for named in report.people]
    of: dict[Mention, str] = {}
    persons: dict[str, Person] = {}
    unclear: dict[str, tuple[list[int], tuple[str, ...]]] = {}
    left = _from_file(mentions, entries, persons, of)
    for group in _by_full_name(left).values():
        _split(group, persons, of, unclear)
    for document, named in left:
        if not _full(named.name):
            _short(document, named, persons, of, unclear)
    listed = tuple(
        Unclear(name, tuple(sorted({documents[one] for one in where})), candidates)
        for name, (where, candidates) in sorted(unclear.items())
    )
    return People(persons, of, listed)


def _from_file(
    mentions: Iterable[Mention], entries: Sequence[Entry], persons: dict[str, Person], of: dict[Mention, str]
) -> list[Mention]:
    """Takes what the user's file names exactly; the mentions that are left."""
    left = []
    for document, named in mentions:
        fitting = {entry.id: entry for entry in entries if _fits(entry, named)}
        if len(fitting) != 1:
            left.append((document, named))
            continue
        entry = next(iter(fitting.values()))
        persons.setdefault(entry.id, Person(entry.id, named.name, named.credentials, named.npi, "person file"))
        of[document, named] = entry.id
    return left


def _fits(entry: Entry, named: Named) -> bool:
    facility = entry.facility.casefold()
    return (
        sorted(name_words(entry.name)) == sorted(name_words(named.name))
        and (not facility or facility in named.facility.casefold())
        and (not entry.credentials or set(entry.credentials) <= set(named.credentials))
    )


def _by_full_name(mentions: Iterable[Mention]) -> dict[tuple[str, ...], list[Mention]]:
    groups: dict[tuple[str, ...], list[Mention]] = {}
    for document, named in mentions:
        if _full(named.name):
            groups.setdefault(_whole(named.name), []).append((document, named))
    return groups


def _split(
    group: Sequence[Mention],
    persons: dict[str, Person],
    of: dict[Mention, str],
    unclear: dict[str, tuple[list[int], tuple[str, ...]]],
) -> None:
    """Parts the mentions of one full name by what excludes one another; the richest mentions found a person each."""
    founders: list[Named] = []
    for _, named in sorted(group, key=lambda mention: _weight(mention[1]), reverse=True):
        fitting = [founder for founder in founders if not _against(founder, named)]
        if not fitting:
            founders.append(named)
        elif len(fitting) == 1:
            founders[founders.index(fitting[0])] = _merged(fitting[0], named)
    ids = [_id(founder, len(founders) > 1) for founder in founders]
    for document, named in group:
        fitting_ids = [one for one, founder in zip(ids, founders, strict=True) if not _against(founder, named)]
        if len(fitting_ids) != 1:
            _note(unclear, named.name, document, tuple(fitting_ids))
            continue
        found = fitting_ids[0]
        founder = founders[ids.index(found)]
        basis = _tie(founder, named)
        known = persons.setdefault(found, Person(found, founder.name, founder.credentials, founder.npi, basis))
        persons[found] = replace(known, basis=max(known.basis, basis, key=_ORDER.index))
        of[document, named] = found


def _short(
    document: int,
    named: Named,
    persons: dict[str, Person],
    of: dict[Mention, str],
    unclear: dict[str, tuple[list[int], tuple[str, ...]]],
) -> None:
    bearers = [p for p in persons.values() if _may_be(named, p)]
    there = {
        of[mention]
        for mention in of
        if mention[1].facility == named.facility and mention[1].facility and mention[1].role == named.role
    }
    if len(bearers) == 1 and bearers[0].id in there:
        persons[bearers[0].id] = replace(bearers[0], basis="short name, one bearer")
        of[document, named] = bearers[0].id
        return
    _note(unclear, named.name, document, tuple(sorted(p.id for p in bearers)))


def _note(unclear: dict[str, tuple[list[int], tuple[str, ...]]], name: str, document: int, candidates: tuple[str, ...]) -> None:
    where, known = unclear.get(name, ([], ()))
    unclear[name] = ([*where, document], tuple(sorted({*known, *candidates})))


def _may_be(named: Named, person: Person) -> bool:
    mine, theirs = name_words(named.name), name_words(person.name)
    whole = [word for word in mine if len(word) > 1]
    initials = [word for word in mine if len(word) == 1]
    if not whole or not set(whole) <= set(theirs):
        return False
    rest = [word for word in theirs if word not in whole]
    fits = all(any(word.startswith(initial) for word in rest) for initial in initials)
    return fits and not _against(named, Named(person.name, person.credentials, named.role, "", person.npi))


def _against(one: Named, other: Named) -> bool:
    """Whether two mentions of one name cannot be one person."""
    if one.npi and other.npi:
        return one.npi != other.npi
    a, b = _degrees(one.credentials), _degrees(other.credentials)
    if a and b and not (a <= b or b <= a):
        return True
    x, y = _initials(one.name), _initials(other.name)
    return bool(x and y and x != y)


def _tie(founder: Named, named: Named) -> Basis:
    if founder.npi and founder.npi == named.npi:
        return "NPI"
    return "name and credentials" if named.credentials and set(named.credentials) & set(founder.credentials) else "name alone"


def _merged(one: Named, other: Named) -> Named:
    """What is known of a person after another mention."""
    name = one.name if len(name_words(one.name)) >= len(name_words(other.name)) else other.name
    credentials = tuple(dict.fromkeys((*one.credentials, *other.credentials)))
    return replace(one, name=name, credentials=credentials, npi=one.npi or other.npi)


def _weight(named: Named) -> tuple[bool, int, int, str, tuple[str, ...], str]:
    """How much a mention says of who is meant; the rest makes the order that of no chance."""
    known = (bool(named.npi), len(_degrees(named.credentials)), len(_initials(named.name)))
    return (*known, named.name, named.credentials, named.npi)


def _degrees(credentials: Sequence[str]) -> frozenset[str]:
    """The credentials that tell one profession from another."""
    return frozenset(one for one in credentials if _telling(one))


@lru_cache(maxsize=512)
def _telling(credential: str) -> bool:
    words = vocabulary()
    names = ("people.professional-credential", "people.technologist-credential")
    return any(words.regex(name).match(credential) is not None for name in names)


def _whole(name: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in name_words(name) if len(word) > 1))


def _initials(name: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in name_words(name) if len(word) == 1))


def _full(name: str) -> bool:
    return len(_whole(name)) > 1


def _id(founder: Named, several: bool) -> str:
    """A name that tells the person apart: the name alone where it is the only bearer's."""
    if not several:
        return founder.name
    return f"{founder.name}, {f'NPI {founder.npi}' if founder.npi else ' '.join(founder.credentials) or 'no credentials'}"
