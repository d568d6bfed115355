# shellcheck shell=bash
# Shared by ./check and ./start (bash, sourced): packages, numbered steps with progress, one clear line on failure.
# Everything is written below build/: logs, caches, temporary files.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
logs=build/logs
mkdir -p "$logs" build/tmp
export TMPDIR="$root/build/tmp" CCACHE_DIR="$root/build/ccache" PYTHONDONTWRITEBYTECODE=1
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
jobs=$(nproc)

program=$(basename "$0")
step_number=0
steps_total=0
step_name=
step_log=
ticker=

say() { printf '%s\n' "$*"; }

stop_ticker() {
    if [ -n "$ticker" ]; then
        kill "$ticker" 2>/dev/null || true
        wait "$ticker" 2>/dev/null || true
        ticker=
        if [ -t 1 ]; then printf '\r\033[K'; fi
    fi
}

# The last line of every failed run: what failed, and where to read about it.
fail() {
    stop_ticker
    printf '失败：./%s 第 %s/%s 步“%s”未通过%s，日志 %s | FAILED: ./%s step %s/%s (%s)%s, log %s\n' \
        "$program" "$step_number" "$steps_total" "${step_name%% | *}" "${1:+（$1）}" "$step_log" \
        "$program" "$step_number" "$steps_total" "${step_name##* | }" "${2:+: $2}" "$step_log" >&2
    exit 1
}
trap 'fail "被中断" "interrupted"' INT TERM
trap stop_ticker EXIT

# While a step runs: how far the build or the tests are and how long it has taken, each second on a terminal, else each half minute.
tick() {
    local log=$1 started=$SECONDS last=0 passed progress
    while sleep 1; do
        passed=$((SECONDS - started))
        progress=$(tail -c 4096 "$log" 2>/dev/null | grep -aoE '^\[[0-9]+/[0-9]+\]|^ *[0-9]+/[0-9]+ Test' | tail -n 1 | tr -d ' ][Test' || true)
        if [ -t 1 ]; then
            printf '\r      %s %ss\033[K' "$progress" "$passed"
        elif [ $((passed - last)) -ge 30 ]; then
            last=$passed
            printf '      … %s %ss\n' "$progress" "$passed"
        fi
    done
}

# step SLUG "中文 | English" COMMAND...: runs the command with its output in build/logs/PROGRAM-SLUG.log.
step() {
    local slug=$1 started=$SECONDS status
    step_name=$2
    shift 2
    step_number=$((step_number + 1))
    step_log=$logs/$program-$slug.log
    : >"$step_log"
    say "[$step_number/$steps_total] $step_name"
    tick "$step_log" &
    ticker=$!
    set +e
    (
        trap - INT TERM EXIT
        set -e
        "$@"
    ) >"$step_log" 2>&1
    status=$?
    set -e
    stop_ticker
    if [ "$status" -ne 0 ]; then
        tail -n 25 "$step_log" | sed 's/^/      /' >&2
        fail
    fi
    say "      好 | ok, $((SECONDS - started)) s"
}

# packages_missing start|check: of the list up to [check], or of all of it.
packages_missing() {
    sed 's/#.*//' cmake/packages.txt | while read -r package; do
        if [ "$package" = '[check]' ]; then
            if [ "$1" = start ]; then break; fi
            continue
        fi
        # Where another vendor's node is installed, Debian's npm would conflict with it.
        case $package in nodejs | npm) if command -v "${package%js}" >/dev/null; then continue; fi ;; esac
        if [ -n "$package" ] && ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed'; then
            printf '%s ' "$package"
        fi
    done
}

# install_packages start|check
install_packages() {
    local missing as_root=()
    if ! command -v dpkg-query >/dev/null; then
        echo "no dpkg here: this list is for Debian 12 and is not checked: cmake/packages.txt"
        return 0
    fi
    missing=$(packages_missing "$1")
    if [ -z "$missing" ]; then
        echo "nothing missing"
        return 0
    fi
    echo "missing: $missing"
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "neither root nor sudo; as root run: apt-get install --no-install-recommends $missing"
            return 1
        fi
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update
    # shellcheck disable=SC2086  # one word per package
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing
}

# build PRESET [TARGET]: configure and build; one target needs no tests, everything does. A build tree that was copied
# from elsewhere is configured afresh.
build() {
    local preset=$1 cache=build/$1/CMakeCache.txt fresh=()
    if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then fresh=(--fresh); fi
    "${fixed_addresses[@]}" cmake --preset "$preset" "${fresh[@]}" -DJICAI_TESTS="$([ -n "${2:-}" ] && echo OFF || echo ON)"
    "${fixed_addresses[@]}" cmake --build --preset "$preset" -j "$jobs" ${2:+--target "$2"}
}

# Sanitizers of clang 14 need fixed addresses where the kernel shuffles more bits than they know of.
fixed_addresses=()
if setarch "$(uname -m)" -R true 2>/dev/null; then fixed_addresses=(setarch "$(uname -m)" -R); fi
