#!/usr/bin/env python3
"""Decide generated rounds with the engine and with the independent verifier and compare.

    engine_against_oracle.py --jicai BINARY --work DIR [--rulebook ID ...] [--every N] [--seeds FIRST:LAST] [--rounds DIR]

Each rulebook of the catalogue gets the exhaustive small worlds (each N-th lot; 0: none) and one random round per seed; --rounds
adds the folders of a directory of real rounds. A difference keeps its folder, prints it and the command that replays it.
"""

import argparse
import contextlib
import io
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import compare_outputs  # noqa: E402
import make_worlds  # noqa: E402
import recompute  # noqa: E402


def one(jicai, folder, catalogs, replay):
    """Runs both; True when exit code and every table agree."""
    oracle, engine = folder / "out-oracle", folder / "out-engine"
    ours = run_recompute(folder, catalogs, oracle)
    shutil.rmtree(engine, ignore_errors=True)
    theirs = subprocess.run([jicai, "award", folder, "--out", engine, "--lang", "en"], capture_output=True, text=True)
    if theirs.returncode != ours:
        print(f"{folder}: exit {theirs.returncode} by the engine, {ours} by the verifier\n{theirs.stderr[-2000:]}\n  {replay}")
        return False
    said = io.StringIO()
    same = True
    with contextlib.redirect_stdout(said):
        for name, columns in compare_outputs.FILES.items():
            same &= compare_outputs.compare(
                name, columns, compare_outputs.read(engine, name, columns), compare_outputs.read(oracle, name, columns), 3
            )
    if not same:
        print(f"{folder}: the engine (A) and the verifier (B) differ\n{said.getvalue()}  {replay}")
    return same


def run_recompute(folder, catalogs, out):
    arguments = sys.argv
    sys.argv = ["recompute.py", str(folder), "--catalogs", str(catalogs), "--out", str(out)]
    try:
        with contextlib.redirect_stderr(io.StringIO()) as said:
            code = recompute.main()
    finally:
        sys.argv = arguments
    if code == 2:
        raise SystemExit(said.getvalue())
    return code


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--jicai", required=True)
    parser.add_argument("--work", required=True, type=Path)
    parser.add_argument("--catalogs", default=recompute.CATALOGS, type=Path)
    parser.add_argument("--rulebook", action="append")
    parser.add_argument("--every", type=int, default=16)
    parser.add_argument("--seeds", default="1:3")
    parser.add_argument("--rounds", type=Path)
    arguments = parser.parse_args()
    rulebooks = arguments.rulebook or sorted(path.stem for path in (arguments.catalogs / "rulebooks").glob("gy-yd*.toml"))
    first, last = (int(part) for part in arguments.seeds.split(":"))
    folders = lots = right = 0
    me = Path(__file__).resolve()

    def run(folder, replay):
        nonlocal folders, lots, right
        folders += 1
        lots += sum(1 for _ in (folder / "lots.csv").open(encoding="utf-8")) - 1
        if one(arguments.jicai, folder, arguments.catalogs, replay):
            right += 1
            shutil.rmtree(folder)

    for place, rulebook in enumerate(rulebooks):
        base = f"python3 {me} --jicai {arguments.jicai} --work {arguments.work} --rulebook {rulebook}"
        if arguments.every:
            folder = arguments.work / f"{rulebook}-small"
            shutil.rmtree(folder, ignore_errors=True)
            make_worlds.exhaustive(folder, rulebook, arguments.catalogs, arguments.every, place)
            run(folder, f"{base} --every {arguments.every} --seeds 1:0")
        for seed in range(first, last + 1):
            folder = arguments.work / f"{rulebook}-{seed}"
            shutil.rmtree(folder, ignore_errors=True)
            make_worlds.random_round(folder, rulebook, arguments.catalogs, seed)
            run(folder, f"{base} --every 0 --seeds {seed}:{seed}")
    if arguments.rounds:
        for source in sorted(path for path in arguments.rounds.iterdir() if (path / "round.toml").exists()):
            folder = arguments.work / source.name
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(source, folder)
            run(folder, f"python3 {me} --jicai {arguments.jicai} --work {arguments.work} --rounds {arguments.rounds}")
    print(f"{right} of {folders} folders alike; {lots} lots, {len(rulebooks)} rulebooks")
    return 0 if folders and right == folders else 1


if __name__ == "__main__":
    sys.exit(main())
