#!/bin/sh
# The packages of the browser tests, as the committed lock file says.
set -eu
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
mkdir -p "$root/build"
exec 9>"$root/build/browser-tests.lock"
if command -v flock >/dev/null; then flock 9; fi
wanted=$(cksum package.json package-lock.json)
if [ "$(cat node_modules/.installed 2>/dev/null || true)" != "$wanted" ]; then
    npm_config_cache="$root/build/npm-cache" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    printf '%s' "$wanted" >node_modules/.installed
fi
