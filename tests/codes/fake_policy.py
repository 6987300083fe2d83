"""A small policy in memory for tests: the values of the base tables, without files."""

from __future__ import annotations

from datetime import date

from ionm_notes.policy.api import CodeInfo, Edit, Mue, Necessity, PlaceOfService, Policy, Reference, RuleInfo, TimeCode
from ionm_notes.types import Column

LAYER = "2024-07-01"
STUDIES = {
    "ssep-upper": "95925",
    "ssep-lower": "95926",
    "ssep-both": "95938",
    "ssep-head-trunk": "95927",
    "mep-upper": "95928",
    "mep-lower": "95929",
    "mep-both": "95939",
    "baep": "92653",
    "vep": "95930",
    "eeg-non-intracranial": "95955",
    "eeg": "95822",
    "ecog": "95829",
    "mapping-first-hour": "95961",
    "mapping-further-hour": "95962",
    "emg-limbs-1": "95860",
    "emg-limbs-2": "95861",
    "emg-limbs-3": "95863",
    "emg-limbs-4": "95864",
    "emg-limited": "95870",
    "emg-thoracic-paraspinal": "95869",
    "emg-hemidiaphragm": "95866",
    "emg-cranial-one": "95867",
    "emg-cranial-both": "95868",
    "emg-larynx": "95865",
    "sphincter-needle": "51785",
    "sphincter-surface": "51784",
    "ncs-1-2": "95907",
    "ncs-3-4": "95908",
    "ncs-5-6": "95909",
    "ncs-7-8": "95910",
    "ncs-9-10": "95911",
    "ncs-11-12": "95912",
    "ncs-13": "95913",
}
UNLISTED = {"95955", "95829", "95961", "95962", "51784", "51785"}
NO_26 = {"95940", "95941", "G0453", "92653"}
PAIRS = {
    ("95955", "G0453"): "1",
    ("95955", "95940"): "1",
    ("95961", "95940"): "1",
    ("95961", "G0453"): "1",
    ("51785", "95940"): "1",
    ("51785", "G0453"): "1",
    ("95940", "G0453"): "1",
    ("95940", "95941"): "1",
    ("G0453", "95941"): "0",
    ("95861", "95870"): "1",
    ("95865", "95870"): "1",
    ("95861", "95907"): "0",
    ("95870", "95907"): "0",
}
PLACES = {
    "19": (True, "accepted"),
    "21": (True, "accepted"),
    "22": (True, "accepted"),
    "24": (True, "accepted"),
    "23": (True, "warning"),
    "11": (False, "error"),
}
QUARTER = (15, 8, 8)
HOUR = (60, 31, 31)
ROUTES: dict[str, dict[Column, tuple[str, tuple[int, int, int], bool]]] = {
    "medicare": {
        "in_room": ("95940", QUARTER, False),
        "remote_exclusive": ("G0453", QUARTER, False),
        "remote_unstated": ("G0453", QUARTER, True),
    },
    "commercial": {
        "in_room": ("95940", QUARTER, False),
        "in_room_shared": ("95941", HOUR, False),
        "remote_exclusive": ("95941", HOUR, False),
        "remote_shared": ("95941", HOUR, False),
        "remote_unstated": ("95941", HOUR, False),
    },
    "no-remote": {"in_room": ("95940", QUARTER, False)},
}
LIMITS = {"limb-muscles": 5, "mapping-hour-minutes": 60, "mapping-hour-remainder": 31}


class FakePolicy:
    """One payer's rules, unchanging over time."""

    def __init__(self, payer: str = "medicare") -> None:
        self.payer = payer
        self.title = payer
        self.on = date(2025, 6, 3)
        self.version = "fake"
        self.longest_unit = 60

    def time_code(self, column: Column) -> TimeCode | None:
        route = ROUTES[self.payer].get(column)
        if route is None:
            return None
        code, (per_unit, minimum, remainder), always_query = route
        return TimeCode(code, column, per_unit, minimum, remainder, always_query, ())

    def code(self, code: str) -> CodeInfo | None:
        kind = "time" if code in ("95940", "95941", "G0453") else "base"
        return CodeInfo(code, f"name of {code}", kind, None, None, (), "0" if code in NO_26 else "1", ())

    def is_valid(self, code: str) -> bool:
        return True

    def takes_code(self, code: str) -> bool:
        return any(route[0] == code for route in ROUTES[self.payer].values()) or code in STUDIES.values()

    def study_code(self, key: str) -> str:
        return STUDIES[key]

    def item_code(self, item: str) -> str | None:
        return {"TOF": "95937"}.get(item)

    def takes_26(self, code: str) -> bool:
        return code not in NO_26

    def primaries(self, addon: str) -> frozenset[str]:
        if addon not in ("95940", "95941", "G0453"):
            return frozenset()
        return frozenset(STUDIES.values()) - UNLISTED - ({"92653"} if addon == "G0453" else set())

    def ncci(self, a: str, b: str) -> Edit | None:
        for one, two in ((a, b), (b, a)):
            if (one, two) in PAIRS:
                return Edit(one, two, PAIRS[one, two], LAYER)
        return None

    def mue(self, code: str) -> Mue | None:
        return None

    def pos(self, code: str) -> PlaceOfService | None:
        if code not in PLACES:
            return None
        facility, standing = PLACES[code]
        return PlaceOfService(code, f"place {code}", facility, standing)

    def accepts(self, credentials: tuple[str, ...]) -> bool | None:
        if {"MD", "DO"} & set(credentials):
            return True
        return None if "DABNM" in credentials else False

    def holds_back(self, credentials: tuple[str, ...]) -> bool:
        return self.accepts(credentials) is not True

    def necessity(self, tag: str) -> Necessity | None:
        return None

    def limit(self, name: str) -> int:
        return LIMITS[name]

    def refs(self, topic: str) -> tuple[Reference, ...]:
        return ()

    def rule(self, rule_id: str) -> RuleInfo | None:
        return None


def _is_a_policy(policy: FakePolicy) -> Policy:
    """Checked by mypy alone: the fake answers everything that a policy must."""
    return policy
