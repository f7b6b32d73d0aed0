#!/bin/sh
# Generates the facades (app/bind/facades.go) from package service, and their TypeScript bindings (frontend/wailsjs),
# without a display, GTK or cgo.
#   build/bindings.sh write   replaces both
#   build/bindings.sh check   fails when that would change anything
set -eu
cd "$(dirname "$0")/.."
mkdir -p build/cache
go build -o build/cache/facades ./build/facades

# The facades must be there before the program that writes the bindings is built.
[ "${1:-}" != write ] || build/cache/facades
CGO_ENABLED=0 go build -tags bindings -o build/cache/bindings .

# The program writes into the folder it runs in, where wails.json must be. It shows nothing, but asks for a display.
# Wails tells on the error stream of every struct it looks at; only a failure is worth showing.
generate() { (cd "$1" && DISPLAY=none "$2" >"$log" 2>&1) || { cat "$log" >&2; return 1; }; }
log=$PWD/build/cache/bindings.log
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
    mkdir -p "$dir/frontend" "$dir/app/bind"
    facades=$PWD/build/cache/facades
    (cd "$dir" && "$facades")
    generate "$dir" "$program"
    { diff app/bind/facades.go "$dir/app/bind/facades.go" && diff -r frontend/wailsjs "$dir/frontend/wailsjs"; } || {
      echo "生成的代码不是最新的：请运行 make bindings 并提交" >&2
      exit 1
    }
    ;;
  *)
    echo "用法：build/bindings.sh write|check" >&2
    exit 2
    ;;
esac
