# make demo   builds the graph of the five example plans and shows it (DEMO_SERVE=0: without the pages)
# make serve  opens the pages over the graph of the demo
# make test   runs the tests
# Both make their own environment in .venv and need nothing but Python 3.11+ and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-all lint serve lock clean

demo: .venv/ready
	@$(BIN)/thidua demo

serve: .venv/ready
	@$(BIN)/thidua serve --demo

test: .venv/ready
	@$(BIN)/python -m pytest -q -m "not slow"

test-all: .venv/ready
	@$(BIN)/python -m pytest -q

lint: .venv/ready
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy

# The hashed lock first, then the project itself: pip refuses hashes beside a local project.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Cần Python 3.11 trở lên (make PYTHON=python3.11 …) / Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "Python này thiếu venv: hãy cài gói python3-venv / This Python lacks venv: install python3-venv"; exit 1; }
	@echo "Đang chuẩn bị môi trường .venv (lần đầu mất khoảng một phút) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Rewrites requirements.lock from pyproject.toml: every platform, hashes, no index lines.
lock:
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --extra dev \
		--python-version 3.11 --custom-compile-command "make lock" -o requirements.lock pyproject.toml

clean:
	@rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache
