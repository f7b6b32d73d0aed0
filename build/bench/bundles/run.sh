#!/bin/sh
# Runs the check of code over well-known packages that have nothing to do with the tracking code: each alone, and each as an
# extra script of a right site. Prints every error (there must be none), and the time and memory of a tree of about 100 MB.
# The packages are installed into the cache and are no part of the program.
set -eu
cd "$(dirname "$0")/../../.."
dir=build/cache/bundles
mkdir -p "$dir"
cp build/bench/bundles/package.json "$dir"
[ -d "$dir/node_modules" ] || (cd "$dir" && npm install --no-audit --no-fund --ignore-scripts --legacy-peer-deps --no-package-lock --loglevel=error)
go run ./build/bench/bundles "$dir" app/tracking/lint/testdata/sites/bases/guide
