# make demo: a sample kabupaten, end to end. make test, make check, make score, make docs, make bench, make fault. Everything runs from .venv, made when missing.
PYTHON ?= python3
BIN := .venv/bin
export DO_NOT_TRACK := 1
# kept from writing it, each of a hundred processes of the tests would compile the program anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check score docs bench fault clean

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("capaian needs Python 3.11 to 3.14") if not (3, 11) <= sys.version_info < (3, 15) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pipelines.flows.prepare
	touch .venv/ready

demo: .venv/ready
	test -f demo/capaian.toml || $(BIN)/capaian contoh demo
	$(BIN)/capaian jalankan --ruang demo --tahun 2025 --triwulan 4 || test $$? -eq 1

test: .venv/ready
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

score: .venv/ready
	$(BIN)/python -m tests.score

docs: .venv/ready
	$(BIN)/python -m tests.catalogue

bench: .venv/ready
	$(BIN)/python -m tests.benchmarks.run

fault: .venv/ready
	$(BIN)/python -m tests.faults

clean:
	rm -rf demo bench
