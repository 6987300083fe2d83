"""Where the trained models lie."""

from __future__ import annotations

import pathlib


def models_folder() -> pathlib.Path:
    """The folder of models: inside the installed package, or at the top of a checkout."""
    inside = pathlib.Path(__file__).parents[2] / "models"
    return inside if inside.is_dir() else pathlib.Path(__file__).parents[3] / "models"
