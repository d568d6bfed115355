#!/usr/bin/env python3
"""Check the tree against docs/layers.txt and the house rules.

    lint.py ROOT

Every fault is one line `path:line: what; what instead`. Exit 1 when there is one. Warnings do not fail.
"""

import os
import sys
from pathlib import Path

import documents
import house
import layers

SKIPPED_DIRECTORIES = {".git", "build", "out", "node_modules", "__pycache__"}
# Data of other hands, and the lint's own tables and samples of what it refuses.
SKIPPED_PATHS = ("tests/data/", "tests/fuzz/seeds/", "tests/lint/", "LICENSE")
TEXT_SUFFIXES = (".h", ".cpp", ".py", ".cmake", ".txt", ".toml", ".md", ".json", ".sh", ".js", ".mjs", ".csv")
TEXT_NAMES = ("check", "start", "run", ".clang-tidy", ".clang-format", ".gitignore")
CPP_DIRECTORIES_NEEDED = ("engine", "catalogs")


def tree_files(root: Path) -> list:
    found = []
    for directory, directories, names in os.walk(root):
        directories[:] = sorted(d for d in directories if d not in SKIPPED_DIRECTORIES)
        for name in names:
            path = (Path(directory) / name).relative_to(root).as_posix()
            if not path.startswith(SKIPPED_PATHS) and (path.endswith(TEXT_SUFFIXES) or name in TEXT_NAMES):
                found.append(path)
    return sorted(found)


def run(root: Path) -> tuple:
    """(faults, warnings, number of files, number of C++ files)"""
    files = tree_files(root)
    cpp = [path for path in files if path.endswith(layers.CPP_SUFFIXES)]
    faults, warnings = [], []
    for directory in CPP_DIRECTORIES_NEEDED:
        if not any(path.startswith(directory + "/") for path in cpp):
            faults.append(f"{directory}/: no sources found; is {root} the root of the tree?")
    contract = root / "docs/layers.txt"
    texts = {}
    for path in files:
        try:
            texts[path] = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            faults.append(f"{path}: not UTF-8: {error.reason} at byte {error.start}")
    cpp = [path for path in cpp if path in texts]
    if contract.is_file():
        edges = layers.parse(contract.read_text(encoding="utf-8"))
        faults += layers.check(root, cpp, edges)
        faults += documents.check(root, texts, [
            library.directory for library in edges.libraries.values() if not library.everything
        ])
    else:
        faults.append("docs/layers.txt: missing")
    for path, text in texts.items():
        faults += house.check(path, text)
        warnings += house.warnings(path, text)
    return faults, warnings, len(files), len(cpp)


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    faults, warnings, files, cpp = run(Path(sys.argv[1]))
    for line in warnings:
        print(f"warning: {line}")
    for line in faults:
        print(line)
    print(f"lint: {files} files, {cpp} of them C++: {len(faults)} faults, {len(warnings)} warnings")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
