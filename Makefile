# The two commands of the README, and what developers run. Needs Python 3.11 or newer and make; nothing else by hand.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
DEMO_DB := demo.db

.PHONY: demo accuracy fuzz model test test-scans test-slow test-kills bench docs clean lock vulnerabilities wheel protections

# A stamp per set of dependencies: pip runs again only when pyproject.toml changes.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ionm-notes needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	$(BIN)/python -m compileall -q ionm_notes
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(VENV)/.installed $@

# Audits the synthetic reports for two payers, prints the summaries and leaves the database behind.
demo: $(VENV)/.installed
	rm -f $(DEMO_DB) $(DEMO_DB)-wal $(DEMO_DB)-shm
	$(BIN)/ionm-notes audit fixtures/documents --payer medicare --payer commercial --db $(DEMO_DB)
	@echo "The audits are in $(DEMO_DB); try: $(BIN)/ionm-notes gaps --severity error --db $(DEMO_DB)"

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 -m 'not slow'
	@tests/desk/in_browser.sh $(BIN)/pytest

# The desk in Debian's Chromium; PICTURES=docs/img makes the pictures of the README again.
test-browser: $(VENV)/.installed-dev
	@IONM_NOTES_PICTURES=$(PICTURES) tests/desk/in_browser.sh $(BIN)/pytest

# Faxes of the fixtures, pictures, photographs through the recognition engine; a part of test-slow, some ten minutes.
test-scans: $(VENV)/.installed-dev
	$(BIN)/pytest -n 0 -m slow tests/ingest/ocr

test-slow: $(VENV)/.installed-dev
	$(BIN)/pytest -n 2 --dist loadgroup -m 'slow and not browser' || test $$? -eq 5 # 5: there are no slow tests, which is no failure

# Kills `audit` and `watch` two hundred times at random moments and looks what the store holds; about a quarter of an hour.
test-kills: $(VENV)/.installed-dev
	$(BIN)/pytest -n 2 -s -m slow tests/crash

# Spoils files of every kind at random and has each reader read them in a bounded process; files that do harm are kept.
FUZZ ?= 1500
fuzz: $(VENV)/.installed-dev
	IONM_NOTES_FUZZ=$(FUZZ) $(BIN)/pytest -n 2 tests/ingest/fuzz -k spoiled

# Prints what reading, judging and keeping cost beside other tools; see the head of the script for MEDSPACY_PYTHON.
bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/performance.py $(if $(MEDSPACY_PYTHON),--medspacy-python $(MEDSPACY_PYTHON))

# The contract's table per layout and the commonest errors on a part of fixtures/variety (train, dev, test) or a labelled folder.
PART ?= dev
accuracy: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/accuracy.py $(PART) $(if $(filter test,$(PART)),--write)

$(VENV)/.installed-model: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,model]'
	touch $@

# Trains the models again from fixtures/variety, patterns/ and models/; measures them on left-out authors. Needs PyPI once, for PyTorch.
model: export PYTHONPATH := .:models/rows:models/statements
model: $(VENV)/.installed-model
	$(BIN)/python models/rows/train.py
	$(BIN)/python models/rows/compare.py
	$(BIN)/python models/statements/train.py
	$(BIN)/python models/encoder/train.py

# Pages that are made from the program; tests hold them in step.
docs: $(VENV)/.installed-dev
	$(BIN)/python -m ionm_notes.cli.docs
	$(BIN)/python -m ionm_notes.contract
	$(BIN)/python -m ionm_notes.rules.docs
	$(BIN)/python -m ionm_notes.errors > docs/errors.md
	$(BIN)/python -m ionm_notes.limits > docs/limits.md
	$(BIN)/python tools/fill_tutorials.py

LOCK := requirements/lock-linux-x86_64-py311.txt
EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 1764000000)

# Resolves pyproject.toml again: the lock with hashes, the bill of materials (CycloneDX) and docs/licenses.md. Needs PyPI.
lock: $(VENV)/.installed-dev
	$(BIN)/python tools/lock.py

# Asks PyPI for known weaknesses of the pinned packages; fails where it cannot be asked (--strict), which is no good news either.
vulnerabilities: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet 'pip-audit>=2.9,<3'
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r $(LOCK)

# The same bytes from the same commit.
wheel: $(VENV)/.installed-dev
	SOURCE_DATE_EPOCH=$(EPOCH) $(BIN)/python -m hatchling build -t wheel

clean:
	rm -rf $(VENV) $(DEMO_DB) $(DEMO_DB)-wal $(DEMO_DB)-shm
