#!/usr/bin/env python3
"""clang-tidy over every source of the compile database, several at once.

    tidy.py BUILD_DIRECTORY [PART_OF_PATH]

Prints [n/m] as it goes and the findings of each file. Exit 1 when a file has one.
"""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

PLACES = ("engine/", "catalogs/", "reports/", "cli/", "tests/", "bench/")


def sources(build: Path, root: Path, part: str) -> list:
    found = set()
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = Path(entry["directory"], entry["file"]).resolve()
        if root in path.parents and build.resolve() not in path.parents:
            relative = path.relative_to(root).as_posix()
            if relative.startswith(PLACES) and part in relative:
                found.add(relative)
    return sorted(found)


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    program = shutil.which("clang-tidy")
    if program is None:
        print("clang-tidy is not installed (cmake/packages.txt)", file=sys.stderr)
        return 2
    build, root = Path(sys.argv[1]), Path(__file__).resolve().parents[2]
    files = sources(build, root, sys.argv[2] if len(sys.argv) == 3 else "")
    if not files:
        print(f"no sources in {build}/compile_commands.json", file=sys.stderr)
        return 2

    def tidy(path):
        return path, subprocess.run(
            [program, "-p", str(build), "--quiet", path], cwd=root, capture_output=True, text=True, check=False
        )

    bad = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, done in enumerate(as_completed([pool.submit(tidy, path) for path in files]), 1):
            path, result = done.result()
            print(f"[{number}/{len(files)}] {path}", flush=True)
            if result.returncode != 0:
                bad.append(path)
                print(result.stdout + result.stderr, flush=True)
    print(f"clang-tidy: {len(files)} files, {len(bad)} with findings" + "".join(f"\n  {path}" for path in bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
