#!/bin/sh
# Types of the interface, templates included. Its packages come with the build (web/ui/build.sh).
set -eu
cd "$(dirname "$0")/../../web/ui"
exec node node_modules/vue-tsc/bin/vue-tsc.js --noEmit
