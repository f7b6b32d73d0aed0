#!/bin/bash
# Builds the bundles of the test portals into dist: npm ci when the lock file has changed, esbuild when a source has.
# What was built is remembered by hash, in the folders themselves.
set -euo pipefail
cd "$(dirname "$0")"

lock=node_modules/.lock-$(sha256sum package-lock.json | cut -c1-16)
if [ ! -f "$lock" ]; then
  echo "安装测试平台的依赖"
  npm ci --no-audit --no-fund --loglevel=error
  touch "$lock"
fi
built=dist/.built-$(find src build.mjs package-lock.json -type f | sort | xargs sha256sum | sha256sum | cut -c1-16)
if [ ! -f "$built" ]; then
  echo "构建测试平台"
  node build.mjs
  touch "$built"
fi
