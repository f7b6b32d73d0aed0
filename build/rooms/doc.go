// Package rooms holds the test that the linter keeps the rooms apart: who may import whom, as .golangci.yml says. It
// needs build/cache/bin/golangci-lint, which "make lint" builds, and the build tag "rooms".
package rooms
