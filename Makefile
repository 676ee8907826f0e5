# Two commands from a fresh clone: `make site` prints the site, `make test` runs the whole suite.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BUILD := .venv/bin/python build.py
URL ?=
PORT ?=
UPGRADE ?=

.PHONY: site dist serve test check bench clean lock

site: environment
	@$(BUILD) $(if $(URL),--url $(URL))

dist: environment
	@$(BUILD) $(if $(URL),--url $(URL)) dist

serve: environment
	@$(BUILD) serve $(if $(PORT),--port $(PORT))

check: environment
	@$(BUILD) check

test: test-environment
	@.venv/bin/python -m pytest

bench: test-environment
	@.venv/bin/python -m benchmarks.site

clean:
	rm -rf site dist .cache .venv node_modules

lock:
	$(PYTHON) scripts/lock.py $(if $(UPGRADE),--upgrade)

.PHONY: environment test-environment
environment:
	@$(PYTHON) scripts/environment.py site

test-environment:
	@$(PYTHON) scripts/environment.py test
