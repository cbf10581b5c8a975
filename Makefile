# Visavis: everything a person does with this checkout. `make help` tells.
SHELL := /bin/bash
.DEFAULT_GOAL := help
SERVE ?= 1
FUZZ_SECONDS ?= 60
JOBS := $(shell nproc)

VISAVIS := build/release/visavis
UI_SOURCES := $(shell git ls-files -co --exclude-standard ui 2>/dev/null) docs/openapi.json
export PATH := $(CURDIR)/ui/node_modules/.bin:$(PATH)

.PHONY: help deps ui build dev run demo test lint bench fuzz package clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

deps: ## install what building and testing need (Debian and npm packages, by name)
	@tools/deps

ui/node_modules/.stamp: ui/package.json ui/package-lock.json
	cd ui && npm install --no-save --no-audit --no-fund # npm ci refuses locks without other systems' optional packages
	@touch $@

ui/dist/index.html: ui/node_modules/.stamp $(UI_SOURCES)
	cd ui && npm run build
	@touch $@

ui: ui/dist/index.html ## build the web page alone

build: deps ## the optimised program: build/release/visavis
	@$(MAKE) --no-print-directory ui
	@test -f build/release/build.ninja || cmake --preset release
	ninja -C build/release visavis

dev: deps ## the program and its tests, quick to compile
	@$(MAKE) --no-print-directory ui
	@test -f build/dev/build.ninja || cmake --preset dev
	ninja -C build/dev

run: build ## serve your own data on 127.0.0.1:8080
	$(VISAVIS) serve

demo: build ## the sample world, from archives to a handshake, on 127.0.0.1:8080 (SERVE=0 stops after printing)
	@SERVE=$(SERVE) tools/demo

test: dev ## every test: C++ on both databases, page, browser
	tools/with_postgres ctest --test-dir build/dev --output-on-failure --no-tests=error -j $(JOBS)
	cd ui && npm test
	cd tests/e2e && ./run

lint: dev ## clang-format, clang-tidy on what changed, svelte-check, the layering check
	@tools/lint

bench: build ## measure and write docs/benchmarks.md (WORLDS='…' for who is who)
	ninja -C build/release benchmarks
	WORLDS='$(WORLDS)' tools/bench

fuzz: deps ## a minute for each parser (FUZZ_SECONDS=60)
	cmake --preset fuzz
	ninja -C build/fuzz
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tools/fuzz

package: build ## a Debian package with a systemd unit, in build/
	tools/package

clean: ## remove what was built
	rm -rf build ui/dist ui/node_modules
