"""What the options before the command set for the rest of the run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Settings:
    """`debug`: show where in the program an error arose."""

    debug: bool = False


SETTINGS = Settings()
