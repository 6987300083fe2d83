"""One question of the roster in each module; `audit.py` asks them all."""
