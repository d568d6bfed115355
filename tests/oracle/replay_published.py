#!/usr/bin/env python3
"""Replay published rounds with the independent verifier and compare with what the office published.

    replay_published.py ROUNDS_DIR [ROUND ...] [--catalogs DIR]

Each round folder holds `published/`: awards (winners in order, pack price, number of regions), packs_priced, national_volumes
at every printed percentage. Every figure is compared; counts are printed; exit 1 on any difference.
"""

import argparse
import sys
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "verify"))
import recompute  # noqa: E402


class Tally:
    def __init__(self, title):
        self.title, self.right, self.wrong = title, 0, []

    def compare(self, what, ours, published):
        if ours == published:
            self.right += 1
        else:
            self.wrong.append(f"{what}: published {published}, recomputed {ours}")

    def show(self):
        print(f"  {self.title}: {self.right} of {self.right + len(self.wrong)}")
        for line in self.wrong[:10]:
            print(f"    {line}")
        return not self.wrong


def replay(folder, catalogs):
    round_ = recompute.Round(folder, catalogs).decide()
    published = folder / "published"
    awards = {}
    for row in recompute.table(published, "awards.csv", True):
        awards.setdefault(row["lot"], []).append(row)

    winners, regions, prices = Tally("lots with the same winners in the same order"), Tally("region counts"), Tally("award prices")
    names = Tally("winners whose printed regions are as many as their count")
    for lot, rows in awards.items():
        rows.sort(key=lambda row: int(row["rank"]))
        decided = round_.lots[lot]
        winners.compare(f"lot {lot}", [bid.supplier for bid in decided.winners], [row["supplier"] for row in rows])
        ours = {bid.supplier: (bid, count) for bid, count in zip(decided.winners, decided.counts)}
        for row in rows:
            bid, count = ours.get(row["supplier"], (None, None))
            regions.compare(f"lot {lot} {row['supplier']}", count, int(row["regions"]))
            prices.compare(f"lot {lot} {row['supplier']}", bid and bid.price, Fraction(row["pack_price"]))
            if row["region_names"]:
                names.compare(f"lot {lot} {row['supplier']}", count, len(set(row["region_names"].split("|"))))
    for lot in round_.lots.values():
        if lot.id not in awards:
            winners.compare(f"lot {lot.id}", [bid.supplier for bid in lot.winners], [])

    volumes = Tally("national volumes at every printed percentage")
    for row in recompute.table(published, "national_volumes.csv", True):
        cells = recompute.agreed_volumes(round_.rulebook, round_.lots[row["lot"]], int(row["percent"]))
        ours = sum(quantity for spec, _, quantity in cells if spec == row["spec"])
        volumes.compare(f"lot {row['lot']} {row['spec']} {row['percent']} %", ours, int(row["quantity"]))

    packs = Tally("supply-list prices to the fen")
    key = lambda row: tuple(row[name] for name in ("lot", "supplier", "product", "form", "spec", "content_mg", "pack_units"))
    ours = {key(row): price for lot in round_.lots.values() for row, price in lot.priced}
    for row in recompute.table(published, "packs_priced.csv", True):
        packs.compare("|".join(key(row)), ours.get(key(row)), Fraction(row["pack_price"]))

    print(f"{folder.name}: {len(round_.lots)} lots")
    return all([tally.show() for tally in (winners, regions, names, prices, volumes, packs)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rounds")
    parser.add_argument("only", nargs="*")
    parser.add_argument("--catalogs", default=recompute.CATALOGS)
    arguments = parser.parse_args()
    folders = [path for path in sorted(Path(arguments.rounds).iterdir()) if (path / "published").is_dir()]
    folders = [path for path in folders if not arguments.only or path.name in arguments.only]
    if not folders:
        print(f"{arguments.rounds}: no published round", file=sys.stderr)
        return 1
    return 0 if all([replay(folder, arguments.catalogs) for folder in folders]) else 1


if __name__ == "__main__":
    sys.exit(main())
