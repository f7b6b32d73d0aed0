# The program's own commands. On a bare Debian 12 with Go, Node and gcc:
#
#   make run        install what is missing, build, open the window (without a display: run the demo)
#   make test       all tests: Go, front end, browser, window
#   make lint       linters, types, generated files
#   make build      both programs: build/bin/shangjiatong (window), build/bin/shangjiatong-browser (no window, no cgo)
#   make windows    build/bin/shangjiatong.exe, and a test of its icon, version and manifest
#   make portals    the pages the tests read and fill, made with real UI kits
#   make bindings   app/bind/facades.go and frontend/wailsjs, after a method of app/service has changed
#   make licences   build/THIRD_PARTY_LICENSES.md, after a dependency has changed
#   make bench      speed, as ratios measured in one run
#   make bundles    the check of code over well-known npm packages: it must find no error in any
#
# What costs time is remembered in build/cache and in Go's own cache: a second run does only what has changed.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

CACHE := build/cache
BIN := build/bin
WINDOW := $(BIN)/shangjiatong
BROWSER := $(BIN)/shangjiatong-browser
EXE := $(BIN)/shangjiatong.exe
GO_BUILD := go build -trimpath -buildvcs=false -ldflags "-s -w"
# Packages that work with several goroutines or processes, and are tested with the race detector.
RACE := $(patsubst %,./%/...,$(wildcard store app/service app/web))
# WebKitGTK 4.1 needs a tag, 4.0 (UOS, Kylin) must not have it.
WEBKIT = $(shell pkg-config --exists webkit2gtk-4.1 && echo ,webkit2_41)

.PHONY: run build window browser portals test test-go test-front test-browser test-window test-windows lint lint-go lint-front \
	lint-generated windows bindings licences bench bundles clean

run:
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	  build/install.sh window; \
	  $(MAKE) --no-print-directory window; \
	  $(WINDOW); \
	else \
	  echo "没有图形界面，改为运行演示（shangjiatong demo）"; \
	  $(MAKE) --no-print-directory browser; \
	  $(BROWSER) demo; \
	fi

build: window browser

window: frontend/dist/index.html
	@build/install.sh window
	@$(MAKE) --no-print-directory $(WINDOW)

.PHONY: $(WINDOW) $(BROWSER)
$(WINDOW):
	@$(GO_BUILD) -tags desktop,production$(WEBKIT) -o $@ .

browser: frontend/dist/index.html $(BROWSER)

$(BROWSER): frontend/dist/index.html
	@CGO_ENABLED=0 $(GO_BUILD) -tags browser -o $@ .

# --- the front end

# node_modules belongs to one lock file: the stamp inside it carries the lock file's hash.
LOCK := $(shell sha256sum frontend/package-lock.json | cut -c1-16)
MODULES := frontend/node_modules/.lock-$(LOCK)

$(MODULES):
	@echo "安装前端依赖"
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

FRONT := frontend/src frontend/public frontend/index.html frontend/vite.config.ts frontend/package.json frontend/package-lock.json frontend/tsconfig.json

frontend/dist/index.html: $(MODULES) $(shell find $(FRONT))
	@echo "构建前端"
	@cd frontend && npx vite build --logLevel warn

# --- the portals the tests talk to (build/portals)

portals:
	@build/portals/build.sh

# --- tests

test:
	@build/install.sh test
	@$(MAKE) --no-print-directory test-go test-front test-browser test-window test-windows

# The tag "secretservice" tests the vault against a real keyring instead of a stand-in.
test-go: frontend/dist/index.html portals
	@race=$$(go list -tags browser $(RACE)); \
	go test -timeout 25m -tags browser $$(go list -tags browser ./... | grep -vxF -e "$$race"); \
	go test -timeout 25m -race -tags browser $$race
	@go test -tags browser,secretservice ./app/vault

test-front: $(MODULES)
	@build/once.sh test-front $(FRONT) -- npm --prefix frontend --silent test

NODE_TEST := node --test --test-concurrency=1 --test-reporter=spec

test-browser: browser portals
	@build/once.sh test-e2e $(BROWSER) frontend/e2e build/portals/src app/portal/portaltest -- $(NODE_TEST) $(wildcard frontend/e2e/*.test.mjs)
	@build/once.sh test-tracking app/tracking app/listing -- $(NODE_TEST) $(wildcard app/tracking/browsertest/*.test.mjs)

test-window: window
	@go test -tags smoke -count=1 ./build/smoke

# --- checks

lint: lint-go lint-front lint-generated



$(CACHE)/bin/golangci-lint: build/tools/lint/go.mod build/tools/lint/go.sum
	@echo "构建 golangci-lint"
	@go build -C build/tools/lint -o ../../cache/bin/golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

$(CACHE)/bin/wails: build/tools/windows/go.mod build/tools/windows/go.sum
	@go build -C build/tools/windows -o ../../cache/bin/wails github.com/wailsapp/wails/v2/cmd/wails
	@touch $@

# The tag "bindings" shows the linter the window's code without needing GTK.
lint-go: $(CACHE)/bin/golangci-lint
	@$(CACHE)/bin/golangci-lint run ./...
	@CGO_ENABLED=0 $(CACHE)/bin/golangci-lint run --build-tags bindings,smoke . ./app ./app/bind/... ./build/...
	@go test -tags rooms ./build/rooms
	@! git grep -nE '(TODO|FIXME)\b' -- '*.go' '*.ts' '*.vue' '*.mjs' '*.sh'

lint-front: $(MODULES)
	@cd frontend && npm run --silent types
	@cd frontend && npm run --silent lint

lint-generated: $(MODULES)
	@build/bindings.sh check
	@go run ./build/licences -check

bindings:
	@build/bindings.sh write

licences: $(MODULES)
	@go run ./build/licences

# --- Windows

# The wails command adds icon, version and manifest to the program; the test reads them back out of it.
windows: frontend/dist/index.html $(CACHE)/bin/wails
	@rm -f build/windows/icon.ico
	@$(MAKE) --no-print-directory exe
	@CGO_ENABLED=0 GOOS=windows $(GO_BUILD) -tags browser -o $(BIN)/shangjiatong-browser.exe .
	@ls -l $(EXE) $(BIN)/shangjiatong-browser.exe

test-windows: frontend/dist/index.html $(CACHE)/bin/wails
	@rm -f build/windows/icon.ico
	@build/once.sh test-windows main.go app store go.mod wails.json frontend/dist build/appicon.png build/windows build/tools/windows \
	  -- $(MAKE) --no-print-directory exe

.PHONY: exe
exe:
	@$(CACHE)/bin/wails build -platform windows/amd64 -webview2 error -trimpath -m -s -skipbindings -nosyncgomod -v 0
	@go test -C build/tools/windows -count=1 ./...

# --- speed

bench: build
	@build/bench/run.sh

bundles:
	@build/bench/bundles/run.sh

clean:
	rm -rf $(CACHE) $(BIN) frontend/node_modules frontend/dist/assets frontend/dist/index.html
