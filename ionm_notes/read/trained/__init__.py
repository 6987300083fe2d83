"""What a small trained model takes rows and sentences to say where no pattern knows them; `rows.py` shows how it is used."""

from ionm_notes.read.trained.rows import guessed, without_guesses

__all__ = ["guessed", "without_guesses"]
