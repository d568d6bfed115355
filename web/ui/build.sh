#!/bin/sh
# Builds the browser interface: web/ui/build.sh OUT_DIR. Packages come by `npm ci` of the committed
# lock file; everything else stays below build/ of this tree.
set -eu

[ $# -eq 1 ] || { echo "usage: web/ui/build.sh OUT_DIR" >&2; exit 64; }
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$1" "$root/build"
out=$(cd "$1" && pwd)

for tool in node npm; do
    command -v "$tool" >/dev/null || { echo "web/ui/build.sh: $tool is missing; install nodejs and npm (cmake/packages.txt)" >&2; exit 1; }
done

# Two builds of one tree (dev and release) share node_modules.
exec 9>"$root/build/ui.lock"
if command -v flock >/dev/null; then flock 9; fi

cd "$here"
export npm_config_cache="$root/build/npm-cache"
wanted=$(cksum package.json package-lock.json)
if [ "$(cat node_modules/.installed 2>/dev/null || true)" != "$wanted" ]; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    printf '%s' "$wanted" >node_modules/.installed
fi

JICAI_UI_CACHE="$root/build/ui-cache" node node_modules/vite/bin/vite.js build \
    --outDir "$out" --emptyOutDir --logLevel warn
