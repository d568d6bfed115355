#!/usr/bin/env python3
"""Compare the output folders of two programs that decided the same round.

    compare_outputs.py OUT_A OUT_B [--show N]

Rows are compared as sets, numbers by value. Exit 1 when they differ; the first differences are printed.
Of bids that are not ranked only lot, supplier, product, outcome and price must agree, and the unit prices where both give one.
"""

import argparse
import csv
import sys
from fractions import Fraction
from pathlib import Path

# file -> columns compared
FILES = {
    "lots_decided.csv": "lot status bidders entrants_max winners percent term".split(),
    "awards.csv": "lot supplier product spec rank outcome price unit_price unit_comparable_price".split(),
    "region_counts.csv": "lot supplier regions".split(),
    "volumes.csv": "lot spec region percent quantity".split(),
    "allocations.csv": "lot spec region supplier role quantity".split(),
    "packs_priced.csv": "lot supplier product form spec content_mg pack_units pack_price".split(),
}
NUMBERS = {
    "rank", "price", "unit_price", "unit_comparable_price", "bidders", "entrants_max", "winners", "percent", "term", "regions",
    "quantity", "content_mg", "pack_units", "pack_price",
}


def read(folder, name, columns):
    with (Path(folder) / name).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in columns if column not in (reader.fieldnames or [])]
        if missing:
            raise SystemExit(f"{folder}/{name}: no column {', '.join(missing)}")
        return [
            tuple(Fraction(row[c]) if c in NUMBERS and row[c] != "" else row[c] for c in columns) for row in reader
        ]


def agree_leniently(columns, a, b):
    """Two rows of one bid that is not ranked."""
    for column, left, right in zip(columns, a, b):
        if left != right and not (column.startswith("unit_") and "" in (left, right)):
            return False
    return True


def show_row(columns, row):
    return ", ".join(f"{column}={value}" for column, value in zip(columns, row))


def compare(name, columns, ours, theirs, show):
    only_a, only_b = set(ours) - set(theirs), set(theirs) - set(ours)
    if name == "awards.csv":
        rank = columns.index("rank")
        by_bid = {row[:3]: row for row in only_b}
        for row in list(only_a):
            other = by_bid.get(row[:3])
            if other and row[rank] == other[rank] == "" and agree_leniently(columns, row, other):
                only_a.remove(row)
                only_b.remove(other)
    twice = len(ours) - len(set(ours)), len(theirs) - len(set(theirs))
    same = not only_a and not only_b and twice == (0, 0)
    print(f"{name}: {len(ours)} rows, {len(theirs)} rows{'' if same else f', {len(only_a)} only in A, {len(only_b)} only in B'}")
    if any(twice):
        print(f"  repeated rows: {twice[0]} in A, {twice[1]} in B")
    lots = sorted({row[0] for row in only_a | only_b}, key=lambda lot: (len(lot), lot))
    for lot in lots[:show]:
        for side, rows in (("A", only_a), ("B", only_b)):
            for row in sorted((row for row in rows if row[0] == lot), key=str)[:4]:
                print(f"  {side}: {show_row(columns, row)}")
    return same


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("a")
    parser.add_argument("b")
    parser.add_argument("--show", type=int, default=5)
    arguments = parser.parse_args()
    same = True
    for name, columns in FILES.items():
        same &= compare(name, columns, read(arguments.a, name, columns), read(arguments.b, name, columns), arguments.show)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
