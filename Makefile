# make run · make test · make soak · make check · make bench
# On Windows, or without make, the README gives the same steps.

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python

.PHONY: run test soak check bench clean

run: .venv/ready
	$(RUN) -m kpi ready
	$(RUN) -m streamlit run app.py

test: .venv/ready-dev
	$(RUN) -m tests.browser.find
	$(RUN) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

# 200 new random packs, counted by both readings of every indicator; make test has the same 20.
soak: .venv/ready-dev
	RANDOM_PACKS=200 $(RUN) -m pytest tests/test_random_packs.py

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/ty check kpi

bench: .venv/ready-dev
	$(RUN) -m tests.browser.find
	$(RUN) -m benchmarks

.venv/ready: requirements.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed: make $(MAKECMDGOALS) PYTHON=python3.11')"
	test -x $(RUN) || $(PYTHON) -m venv .venv
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf .venv
