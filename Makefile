SHELL := /bin/bash
TOPIC ?= examples/ai/topic.toml
WEEK ?= 2026-W15
OUT ?= reports
PYTHON ?=
LATENCY ?= 1
RATE ?= 0
UV_VERSION := 0.13.9
bin := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install report test test-slow bench bench-growth lint format lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## Set up .venv and the system libraries (the other targets do it by themselves)
	@PYTHON="$(PYTHON)" .ci/install

report: install ## Write the report of the sample week (or TOPIC=... WEEK=... OUT=...)
	@# Exit code 3 is a report with gaps, which the report itself lists.
	@$(bin)/shuho run "$(TOPIC)" --week "$(WEEK)" --out "$(OUT)" || { code=$$?; [ $$code = 3 ] || exit $$code; }
	@echo "The report:"; ls -1 "$(OUT)"/*/"$(WEEK)"/report.*

test: lint ## Check style, types and layers, then run the tests on all cores, 4 at most
	@$(bin)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-slow: install ## Run the tests that take minutes
	@$(bin)/python -m pytest -m slow

bench: install ## Time whole runs of the sample week (model server: LATENCY=1 seconds, RATE=0 requests a minute)
	@$(bin)/python -m tests.bench --latency $(LATENCY) --rate $(RATE)

bench-growth: install ## Show how a run grows: 26 to 400 articles, 1,000 to 20,000 candidate pages (takes minutes)
	@$(bin)/python -m tests.bench_growth

lint: install ## Check style, types and layers
	@$(bin)/ruff check .
	@$(bin)/ruff format --check .
	@$(bin)/mypy
	@$(bin)/lint-imports --no-cache

format: install ## Put the code in order
	@$(bin)/ruff check --fix .
	@$(bin)/ruff format .

lock: install ## Choose the newest versions anew and write requirements.lock
	@$(bin)/python -m venv .venv/uv && .venv/uv/bin/pip install -qq uv==$(UV_VERSION)
	@.venv/uv/bin/uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-annotate --custom-compile-command "make lock" -o requirements.lock
	@$(MAKE) install

clean: ## Remove what was installed and built (reports stay)
	@rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
