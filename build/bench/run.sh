#!/bin/sh
# All benchmarks, as ratios measured in this one run: start of the window, package against a Node program, and the Go
# benchmarks (read models and the like). Called by "make bench", which has built both programs.
set -eu
cd "$(dirname "$0")/../.."
build/install.sh test

stamp=build/bench/node/node_modules/.lock-$(sha256sum build/bench/node/package-lock.json | cut -c1-16)
if [ ! -f "$stamp" ]; then
  (cd build/bench/node && npm ci --no-audit --no-fund --loglevel=error)
  touch "$stamp"
fi
webkit=$(pkg-config --exists webkit2gtk-4.1 && echo ,webkit2_41 || true)
go build -tags "desktop,production$webkit" -trimpath -ldflags "-s -w" -o build/cache/bin/empty ./build/bench/empty

echo "== 启动到可用的窗口"
go run ./build/bench/start build/bin/shangjiatong build/cache/bin/empty
echo "== 一个应用的整套材料"
go run ./build/bench/pack build/bin/shangjiatong-browser
echo "== 100 MB 的 HAR"
go run ./build/bench/har build/bin/shangjiatong-browser
echo "== 100 MB 的代码"
go run ./build/bench/code build/bin/shangjiatong-browser frontend/node_modules
echo "== 平台的表单和列表"
build/portals/build.sh
go run ./build/bench/portal build/bin/shangjiatong-browser
echo "== Go"
out=build/cache/bench.txt
go test -tags browser -run '^$' -bench . -benchmem ./app/... ./store/... >"$out" || { cat "$out"; exit 1; }
grep '^Benchmark' "$out"
awk '/^BenchmarkOverview\/read_model/ { model = $3 } /^BenchmarkOverview\/reading_alone/ { reading = $3 }
  END { if (reading) printf "overview of 200 apps: reading the records %.0f ms, read model %.0f ms, ratio %.2f\n", reading / 1e6, model / 1e6, model / reading }' "$out"
