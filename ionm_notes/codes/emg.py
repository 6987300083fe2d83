"""Counts EMG by limb and muscle and turns it into base studies; read before touching any EMG line.

Free-running and triggered EMG are one study by muscles, not two (contract, 'Base study codes'; FACTS 2.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ionm_notes.codes import studies
from ionm_notes.types import Modality, Proof

EMG_KINDS = frozenset({"EMG", "TRIGGERED_EMG"})
LIMB_REGIONS = ("upper", "lower")
LIMB_NAMES = {"upper": "arm", "lower": "leg"}


@dataclass(frozen=True, slots=True)
class Study:
    """A base study found in the case: policy key, units, words for why, evidence, and what leaves it in query."""

    key: str
    units: int
    why: str
    evidence: Proof
    gaps: tuple[str, ...] = ()


def emg_studies(modalities: Iterable[Modality], limit: int) -> tuple[Study, ...]:
    """Base studies of all EMG in one session; `limit` is the fewest muscles of a complete limb.

    A limb whose side is not stated counts as one, 'bilateral' as two; a limb whose muscles are not named is limited.
    """
    recorded = tuple(m for m in modalities if m.modality in EMG_KINDS and m.status != "not_performed" and m.region)
    limbs = limb_muscles(recorded)
    found = [*_complete(recorded, limbs, limit), *_limited(recorded, limbs, limit)]
    for region, key, why in (
        ("thoracic_paraspinal", studies.EMG_THORACIC_PARASPINAL, "thoracic paraspinal muscles"),
        ("diaphragm", studies.EMG_HEMIDIAPHRAGM, "a hemidiaphragm"),
        ("larynx", studies.EMG_LARYNX, "the larynx, both sides in one"),
        ("cranial", _cranial(recorded), _cranial_words(recorded)),
        ("sphincter", _sphincter(recorded), _sphincter_words(recorded)),
    ):
        evidence = _evidence(recorded, (region,))
        if any(m.region == region for m in recorded):
            found.append(Study(key, 1, f"EMG of {why}", evidence))
    return tuple(found)


def limb_muscles(recorded: Iterable[Modality]) -> dict[tuple[str, str], frozenset[str]]:
    """Named muscles of every recorded limb, by region and side ('' where no side is stated anywhere)."""
    recorded = tuple(recorded)
    limbs: dict[tuple[str, str], set[str]] = {}
    for region in LIMB_REGIONS:
        here = [m for m in recorded if m.region == region]
        muscles = [muscle for m in here for muscle in m.muscles if muscle.region == region]
        sides = {s for m in here for s in m.sides} | {s for muscle in muscles for s in muscle.sides}
        for side in sides or ({""} if here else set()):
            named = {muscle.name for muscle in muscles if not muscle.sides or side in muscle.sides}
            limbs[region, side] = named
    return {limb: frozenset(names) for limb, names in sorted(limbs.items())}


def _complete(recorded: tuple[Modality, ...], limbs: dict[tuple[str, str], frozenset[str]], limit: int) -> list[Study]:
    complete = [limb for limb, names in limbs.items() if len(names) >= limit]
    if not complete:
        return []
    key = studies.EMG_LIMBS[min(len(complete), len(studies.EMG_LIMBS)) - 1]
    why = f"EMG of {limit} or more muscles in each of: {_limb_words(complete)}"
    return [Study(key, 1, why, _evidence(recorded, {region for region, _ in complete}))]


def _limited(recorded: tuple[Modality, ...], limbs: dict[tuple[str, str], frozenset[str]], limit: int) -> list[Study]:
    """Limited limbs, trunk, and paraspinal muscles where neither limbs nor trunk were recorded: one unit each."""
    short = [limb for limb, names in limbs.items() if len(names) < limit]
    parts = [f"fewer than {limit} named muscles in: {_limb_words(short)}"] if short else []
    regions = {region for region, _ in short}
    count = len(short)
    if any(m.region == "trunk" for m in recorded):
        count, regions = count + 1, regions | {"trunk"}
        parts.append("trunk muscles, whichever sides")
    alone = not limbs and not any(m.region == "trunk" for m in recorded)
    if alone and any(m.region == "paraspinal" for m in recorded):
        count, regions = count + 1, regions | {"paraspinal"}
        parts.append("cervical or lumbar paraspinal muscles alone")
    return [Study(studies.EMG_LIMITED, count, f"EMG of {'; '.join(parts)}", _evidence(recorded, regions))] if count else []


def _limb_words(limbs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{side or 'one'} {LIMB_NAMES[region]}" for region, side in limbs)


def _evidence(recorded: tuple[Modality, ...], regions: Iterable[str]) -> Proof:
    wanted = set(regions)
    return tuple(dict.fromkeys(piece for m in recorded if m.region in wanted for piece in m.evidence))


def _cranial(recorded: tuple[Modality, ...]) -> str:
    return studies.EMG_CRANIAL_BOTH if len(_cranial_sides(recorded)) > 1 else studies.EMG_CRANIAL_ONE


def _cranial_words(recorded: tuple[Modality, ...]) -> str:
    sides = sorted(_cranial_sides(recorded))
    words = "on both sides" if len(sides) > 1 else f"on the {sides[0]}" if sides else "on one side (none stated)"
    return f"muscles supplied by cranial nerves, {words}"


def _cranial_sides(recorded: tuple[Modality, ...]) -> frozenset[str]:
    here = [m for m in recorded if m.region == "cranial"]
    return frozenset(
        [s for m in here for s in m.sides] + [s for m in here for x in m.muscles if x.region == "cranial" for s in x.sides]
    )


def _sphincter(recorded: tuple[Modality, ...]) -> str:
    techniques = {m.technique for m in recorded if m.region == "sphincter"}
    surface = "surface" in techniques and "needle" not in techniques
    return studies.SPHINCTER_SURFACE if surface else studies.SPHINCTER_NEEDLE


def _sphincter_words(recorded: tuple[Modality, ...]) -> str:
    surface = _sphincter(recorded) == studies.SPHINCTER_SURFACE
    return f"the sphincter, {'by surface electrodes' if surface else 'by needle or unspecified'}"
