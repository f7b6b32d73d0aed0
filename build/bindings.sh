#!/bin/sh
# Generates the TypeScript bindings of the facades in app/bind, without a display, GTK or cgo.
#   build/bindings.sh write   replaces frontend/wailsjs
#   build/bindings.sh check   fails when that would change it
set -eu
cd "$(dirname "$0")/.."
mkdir -p build/cache
CGO_ENABLED=0 go build -tags bindings -o build/cache/bindings .

# The program writes into the folder it runs in, where wails.json must be. It shows nothing, but asks for a display.
generate() { (cd "$1" && DISPLAY=none "$2" >/dev/null); }
program=$PWD/build/cache/bindings

case "${1:-}" in
  write)
    generate . "$program"
    find frontend/wailsjs -type f -exec chmod 644 {} +
    ;;
  check)
    dir=$(mktemp -d)
    trap 'rm -rf "$dir"' EXIT
    cp wails.json "$dir/"
    mkdir "$dir/frontend"
    generate "$dir" "$program"
    diff -r frontend/wailsjs "$dir/frontend/wailsjs" || {
      echo "frontend/wailsjs 与 app/bind 不一致：请运行 make bindings 并提交" >&2
      exit 1
    }
    ;;
  *)
    echo "用法：build/bindings.sh write|check" >&2
    exit 2
    ;;
esac
