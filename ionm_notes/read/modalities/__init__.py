"""Modalities of a case; `driver.py` shows how they are read."""

from ionm_notes.read.modalities.driver import read_modalities
from ionm_notes.read.modalities.model import Mention, ModalityReading

__all__ = ["Mention", "ModalityReading", "read_modalities"]
