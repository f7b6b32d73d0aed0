#!/bin/sh
# Runs a command, unless it has passed before with the very same files.
#   build/once.sh NAME FILE|FOLDER ... -- COMMAND ARGUMENT ...
# A passed run is remembered in build/cache/passed under the hash of the files' names and contents.
set -eu
name=$1
shift
list=$(mktemp)
trap 'rm -f "$list"' EXIT
while [ "$1" != -- ]; do
  find "$1" -type f >>"$list"
  shift
done
shift
hash=$({ echo "$*"; sort "$list" | tr '\n' '\0' | xargs -0 sha256sum; } | sha256sum | cut -c1-16)
mark=build/cache/passed/$name-$hash
if [ -f "$mark" ]; then
  echo "ok  	$name	（上次通过后没有变化）"
  exit 0
fi
"$@"
mkdir -p build/cache/passed
rm -f "build/cache/passed/$name-"*
touch "$mark"
