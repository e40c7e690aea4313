# One command each. Every target does its own set-up; `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Go needs a home for its caches. Where there is none, build/_home is one: the
# underscore hides it from ./..., and -modcacherw lets `make clean` remove it.
ifeq ($(strip $(HOME)),)
export HOME := $(CURDIR)/build/_home
export GOFLAGS := $(GOFLAGS) -modcacherw
endif

SOURCES := $(wildcard bench cmd internal planner)

.PHONY: help build demo plan test lint format-check vet staticcheck generated-check generate format race bench clean go-check setup

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 14

demo: build ## serve a workspace for a demonstration, with a sign-in link for each role
	@build/escale demo

plan: build ## plan the example mission and say where to look
	@mkdir -p out
	@rm -rf out/miami-2017
	@build/escale plan examples/miami-2017 -o out/miami-2017
	@printf '\nLook first at the report, then at the others:\n'
	@printf '  %s\n' out/miami-2017/report.html $$(ls -d out/miami-2017/* | grep -v report.html)

build: go-check
	@mkdir -p build
	@go build -buildvcs=false -o build/escale ./cmd/escale

test: setup ## everything that a change must pass: lint, then all the tests
	@$(MAKE) --no-print-directory lint
	@go test ./...

lint: go-check format-check vet staticcheck generated-check ## formatting, vet, staticcheck, generated code

format-check: go-check
	@bad=$$(go tool gofumpt -l $(SOURCES)); if [ -n "$$bad" ]; then \
	  printf 'These files are not formatted. Run "make format".\n%s\n' "$$bad" >&2; exit 1; fi

vet: go-check
	@go vet ./...

staticcheck: go-check
	@go tool staticcheck ./...

generated-check: go-check
	@scripts/generated-check.sh

generate: go-check ## write the generated code again (templ, sqlc)
	@go tool templ generate -log-level warn
	@CGO_ENABLED=0 go tool -modfile=tools/go.mod sqlc generate

format: go-check ## format the Go code and the page templates
	@go tool gofumpt -l -w $(SOURCES)
	@go tool templ fmt -log-level warn $(SOURCES)

race: go-check ## the tests under the race detector (needs a C compiler; slower)
	@CGO_ENABLED=1 go test -race ./...

bench: go-check ## list the benchmark programs; each is run by hand, apart from the tests
	@go list -e -f '{{if eq .Name "main"}}go run {{.ImportPath}}{{"\n    "}}{{.Doc}}{{end}}' ./bench/... 2>/dev/null | sed '/^$$/d'

clean: ## remove what was built, planned and installed in this folder
	@rm -rf build out dev/node_modules

go-check:
	@scripts/go-check.sh

setup: go-check
	@scripts/setup.sh
