# Two commands from a fresh clone: `make site` prints the site, `make test` runs the whole suite.

# The first of these that runs; the browser's Python is 3.12.
ifndef PYTHON
PYTHON := $(shell for python in python3.12 python3.11 python3.13 python3.14; do \
	$$python -c "" 2>/dev/null && echo $$python && exit; done; echo python3)
endif
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
	@.venv/bin/python -m pytest --numprocesses=logical --dist=worksteal

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
