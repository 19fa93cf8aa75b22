# Everything goes by two commands on a fresh Debian machine with Swift: `make run` and `make test`.

.DEFAULT_GOAL := help
.PHONY: help run build test check lint docs format bench bench-peer benchmark packages

# The commit is told by `switchboard version` and to the administrator.
COMMIT := $(patsubst %,-Xcc -DSWITCHBOARD_COMMIT=0x%,$(shell git rev-parse --short=12 HEAD 2>/dev/null))
BINARY := .build/release/switchboard
BENCHMARK := .build/release/Benchmark

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## serve the bot of .env or the environment; without a token, the demo
	@scripts/run $(BINARY)

build: packages ## build the program, optimised, without need of the Swift runtime
	@scripts/quietly swift build --configuration release --product switchboard --static-swift-stdlib \
		$(COMMIT)

test: ## run all tests
	@scripts/install-packages build test
	@for list in Tests/*/python/requirements.txt; do scripts/python-tools $$list >/dev/null; done
	swift test

check: packages ## look for what tests do not: format, imports, own rules, documentation
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks
	scripts/lint
	swift build --build-tests --explicit-target-dependency-import-check error
	scripts/docs

lint: ## look for breaches of the project's own rules only
	scripts/lint

docs: packages ## build the documentation of the code into .build/docs
	scripts/docs

format: ## bring all code into shape
	swift format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

bench: build benchmark ## measure speed and memory; options: make bench OPTIONS="--seconds 10"
	@scripts/bench $(BINARY) $(BENCHMARK) $(OPTIONS)

bench-peer: build benchmark ## the same against a small bot of aiogram, openai and aiosqlite
	@scripts/install-packages test
	@scripts/bench --peer $(BINARY) $(BENCHMARK) $(OPTIONS)

benchmark: packages
	@scripts/quietly swift build --configuration release --product Benchmark --static-swift-stdlib

packages: ## install the system packages that are missing
	@scripts/install-packages build
