"""ionm-notes reads intraoperative-neuromonitoring records and says what they support."""

__version__ = "0.1.0"
