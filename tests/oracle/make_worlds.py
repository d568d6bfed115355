#!/usr/bin/env python3
"""Make round folders to decide twice: by the engine and by the independent verifier.

    make_worlds.py exhaustive OUT --rulebook ID [--every N] [--offset K]
    make_worlds.py random OUT --rulebook ID --seed N

exhaustive: every lot of at most four bidders at three prices around a bound (ceiling, 1.8 x lowest, cut of 50 %, 0.1000 yuan,
a bid without price), each bidder in the affiliated group or not, first or second by the first tie key, or absent; and every
lot of four to six bidders at different prices in two affiliated groups or none, the dearest ones over the ceiling. One folder
holds all of them as lots; --every N keeps each N-th lot.

random: a round of 20 to 60 lots with several forms, specs and packs, groups, absent bidders, events, ties, classes, demand
by hospital, region sessions with passes, and packs to price. The same seed makes the same bytes.
"""

import argparse
import csv
import itertools
import random
import sys
import tomllib
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "verify"))
import recompute  # noqa: E402

# name, ceiling, three prices of one unit in yuan ("": took part without a price)
BOUNDS = [
    ("ceiling", "1.0000", ["0.9999", "1.0000", "1.0001"]),
    ("factor_of_lowest", "3.0000", ["1.0000", "1.8000", "1.8001"]),
    ("cut", "3.0000", ["0.5000", "1.5001", "1.5002"]),  # 49.9967 % is 50.00 %, 49.9933 % is 49.99 %
    ("fixed_price", "0.1800", ["0.0500", "0.1000", "0.1001"]),
    ("without_price", "1.0000", ["0.5000", "1.0001", ""]),
    ("all_win", "2.0000", ["1.0000", "1.0001", "1.0002"]),
]


class Folder:
    """The tables of one round folder, written at the end."""

    COLUMNS = {
        "lots.csv": "lot name volume_class base_form quantity_step term_class regions".split(),
        "specs.csv": "lot spec content_mg main_spec ceiling".split(),
        "demand.csv": "lot spec region hospital quantity".split(),
        "bidders.csv": "supplier name".split(),
        "packs.csv": "lot supplier product form spec content_mg pack_units".split(),
        "events.csv": "seq lot event supplier value reason who at".split(),
        "preferences.csv": "lot supplier order region".split(),
    }

    def __init__(self, path, rulebook, catalogs, identity):
        self.path = Path(path)
        self.rulebook = rulebook
        self.id = identity
        self.rows = {name: [] for name in self.COLUMNS}
        self.bids = []
        stages = tomllib.loads((Path(catalogs) / "rulebooks" / f"{rulebook}.toml").read_text(encoding="utf-8"))["stage"]
        self.stages = {stage["kind"]: stage for stage in stages}
        self.tie_keys = self.stages["ranking"].get("tie_keys", [])
        self.regions = self.stages["supply_regions"]["regions"]["value"]

    def add(self, file, /, **row):
        self.rows[file].append(row)

    def event(self, lot, kind, supplier="", value=""):
        self.add("events.csv", seq=len(self.rows["events.csv"]) + 1, lot=lot, event=kind, supplier=supplier, value=value,
                 reason="generated", who="office", at="2021-02-03")

    def bid(self, **row):
        self.bids.append({"participation": "bid", "evidence": "generated", **row})

    def write(self):
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / "round.toml").write_text(
            f'id = "{self.id}"\ntitle = "{self.id}"\nkind = "drug"\nrulebook = "{self.rulebook}"\nopening = 2021-02-03\n',
            encoding="utf-8",
        )
        suppliers = sorted({row["supplier"] for row in self.bids})
        self.rows["bidders.csv"] = [{"supplier": supplier, "name": supplier} for supplier in suppliers]
        for name, columns in self.COLUMNS.items():
            if self.rows[name] or name in ("lots.csv", "specs.csv", "demand.csv", "bidders.csv", "packs.csv"):
                self.write_table(name, columns, self.rows[name])
        columns = "lot supplier spec content_mg form pack_units pack_price participation evidence group".split()
        columns += [key["column"] for key in self.tie_keys]
        columns += sorted({name for row in self.bids for name in row} - set(columns))
        self.write_table("bids.csv", columns, self.bids)

    def write_table(self, name, columns, rows):
        with (self.path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def key_cell(key, good):
    """A value of a tie key that goes first (good) or second."""
    if key["type"] == "flag":
        return "1" if good == (key["first"] == "yes") else "0"
    if key["type"] == "date":
        return "2018-03-01" if good == (key["first"] == "earlier") else "2019-07-15"
    return "20" if good == (key["first"] == "larger") else "7"


# ---------------------------------------------------------------- exhaustive small worlds


def exhaustive(path, rulebook, catalogs, every, offset):
    folder = Folder(path, rulebook, catalogs, "small-worlds")
    states = [(level, group, good) for level in range(3) for group in ("", "G") for good in (True, False)]
    states.append(None)  # absent
    worlds = [
        (*bound, bidders)
        for bound in BOUNDS
        for count in range(1, 5)
        for bidders in itertools.combinations_with_replacement(states, count)
    ]
    distinct = ["1.0000", "1.0001", "1.0002", "1.0003", "1.0004", "1.0005"]
    worlds += [
        (f"affiliates {valid} valid", distinct[valid - 1], distinct, [(i, group, True) for i, group in enumerate(groups)])
        for count in range(4, 7)
        for valid in range(1, count + 1)
        for groups in itertools.product(("", "G", "H"), repeat=count)
    ]
    for number, (name, ceiling, prices, bidders) in enumerate(worlds):
        if number % every != offset % every:
            continue
        lot = str(number + 1)
        folder.add("lots.csv", lot=lot, name=f"{name} {lot}", volume_class="general", base_form="小容量注射液",
                   quantity_step="1", term_class="general")
        folder.add("specs.csv", lot=lot, spec="1ml:10mg", content_mg="10", main_spec="1", ceiling=ceiling)
        folder.add("demand.csv", lot=lot, spec="1ml:10mg", region=folder.regions[number % len(folder.regions)],
                   quantity=str(1000 + number))
        # The names must not stand in the order of the prices.
        names = [f"S{1 + (place * 3 + number) % 7}" for place in range(len(bidders))]
        for supplier, state in zip(names, bidders):
            row = {"lot": lot, "supplier": supplier, "spec": "1ml:10mg", "content_mg": "10", "form": "小容量注射液",
                   "pack_units": "100"}
            if state is None:
                row["participation"] = "absent"
            else:
                level, row["group"], good = state
                row["pack_price"] = prices[level] and recompute.text(Fraction(prices[level]) * 100)
                if folder.tie_keys:
                    row[folder.tie_keys[0]["column"]] = key_cell(folder.tie_keys[0], good)
            folder.bid(**row)
        if number % 2:
            draw_every_tie(folder, lot, ceiling, prices, names, bidders)
    folder.write()
    return folder


def draw_every_tie(folder, lot, ceiling, prices, names, bidders):
    tied = {}
    for supplier, state in zip(names, bidders):
        if state and prices[state[0]] and Fraction(prices[state[0]]) <= Fraction(ceiling):
            tied.setdefault((state[0], state[2] if folder.tie_keys else None), []).append(supplier)
    for suppliers in tied.values():
        if len(suppliers) > 1:
            folder.event(lot, "draw_of_lots", value="|".join(suppliers))


# ---------------------------------------------------------------- random rounds

FAMILIES = [
    ("普通片", ["普通片"] * 6 + ["硬胶囊", "分散片", "咀嚼片", "肠溶片", "泡腾片", "软胶囊"]),
    ("硬胶囊", ["硬胶囊"] * 4 + ["普通片", "软胶囊", "肠溶胶囊"]),
    ("颗粒剂", ["颗粒剂"] * 4 + ["散剂", "干混悬剂", "泡腾颗粒剂"]),
    ("软膏剂", ["软膏剂"] * 3 + ["乳膏剂", "凝胶剂"]),
    ("小容量注射液", ["小容量注射液"] * 4 + ["冻干粉针"]),
    ("冻干粉针", ["冻干粉针"] * 4 + ["小容量注射液", "大容量注射液"]),
    ("普通片", ["普通片"] * 4 + ["颗粒剂", "口服溶液"]),  # two pack rules in one lot
]
PACKS = [1, 2, 3, 5, 6, 7, 8, 10, 12, 14, 16, 20, 21, 24, 28, 30, 32, 36, 48, 50, 60, 64, 84, 100]
CONTENTS = ["0.25", "0.5", "1", "2.5", "4", "5", "7.5", "10", "12.5", "20", "25", "40", "50", "75", "80", "100", "162.5", "250", "500"]


def cents(value):
    return max(Fraction(1, 100), Fraction(round(value * 100), 100))


def random_round(path, rulebook, catalogs, seed):
    rng = random.Random(f"{rulebook}/{seed}")
    folder = Folder(path, rulebook, catalogs, f"random-{seed}")
    with_product = rng.random() < 0.5
    percents = sorted(folder.stages["agreed_volume"]["percent"])
    years = sorted(folder.stages["term"]["years"])
    for number in range(1, rng.randint(20, 60) + 1):
        random_lot(folder, rng, str(number), percents, years, with_product)
    folder.write()
    draw_lots(folder, catalogs, rng)
    hold_region_sessions(folder, catalogs, rng)
    return folder


def random_lot(folder, rng, lot, percents, years, with_product):
    base_form, forms = rng.choice(FAMILIES)
    regions = folder.regions if rng.random() < 0.8 else rng.sample(folder.regions, rng.randint(3, 12))
    folder.add("lots.csv", lot=lot, name=f"品种{lot}", volume_class=rng.choice(percents), base_form=base_form,
               quantity_step=rng.choice(["1", "100", "100", "10000"]), term_class=rng.choice(years),
               regions="" if regions is folder.regions else "|".join(regions))

    contents = sorted(rng.sample(CONTENTS, rng.choice([1, 1, 2, 2, 3])), key=Fraction)
    per_mg = Fraction(rng.choice([5, 20, 300]), 1000) * rng.randint(1, 40)
    ceilings = {}
    mains = rng.sample(contents, rng.randint(1, len(contents)))
    for place, content in enumerate(contents):
        unit = max(per_mg * Fraction(content) / (1 + place), Fraction(8, 100))
        if recompute.FORMS[base_form][0] == recompute.INJECTION:
            unit += 20  # so that 2.50 or 4.50 yuan can be taken off
        ceilings[content] = recompute.rounded(unit, ("half_up", 4))
        folder.add("specs.csv", lot=lot, spec=f"{content}mg", content_mg=content,
                   main_spec="1" if content in mains else "0",
                   ceiling="" if rng.random() < 0.03 else recompute.text(ceilings[content]))
        for region in regions:
            for hospital in rng.sample(["H1", "H2", "H3"], rng.choice([0, 1, 1, 2])):
                folder.add("demand.csv", lot=lot, spec=f"{content}mg", region=region, hospital=f"{region}{hospital}",
                           quantity=str(rng.randint(0, 3000) * rng.choice([1, 50, 100])))

    made = []
    grouped = rng.random() < 0.35
    over = rng.choice([0.02, 0.06, 0.06, 0.5])  # bids over the ceiling; many of them leave places empty
    for supplier in rng.sample([f"药企{n:02}" for n in range(1, 31)], rng.randint(1, 14)):
        content = rng.choice(contents)
        form = rng.choice(forms)
        pack = rng.choice(PACKS)
        level = rng.choice([Fraction(rng.randint(15, 100), 100), Fraction(rng.randint(30, 60), 100)])
        count = Fraction(pack)
        if recompute.FORMS[form][1] == recompute.CURVE:
            count = Fraction(recompute.as_decimal(recompute.power_of_log2(Fraction("1.95"), count)))
        if rng.random() < over:
            level = Fraction(102, 100)
        adder = recompute.FORMS[form][3] - recompute.FORMS[base_form][3]
        price = cents((ceilings[content] * level + max(adder, 0)) * count)
        row = {"lot": lot, "supplier": supplier, "spec": f"{content}mg", "content_mg": content, "form": form,
               "pack_units": str(pack), "pack_price": recompute.text(price)}
        if made and rng.random() < 0.2:  # a tie
            twin = rng.choice(made)
            row |= {name: twin[name] for name in ("spec", "content_mg", "form", "pack_units", "pack_price")}
        made.append(row)
        if rng.random() < 0.1:
            row["spec"] = ""
        chance = rng.random()
        if chance < 0.06:
            row |= {"participation": "absent", "pack_price": ""}
        elif chance < 0.10:
            row["pack_price"] = ""
        if grouped and rng.random() < 0.45:
            row["group"] = rng.choice("AAB")
        if with_product:
            row["product"] = f"产品{lot}"
        if rng.random() < 0.15 and row["pack_price"]:
            row["own_lowest_price"] = recompute.text(Fraction(row["pack_price"]) + Fraction(rng.choice([-1, 0, 1]), 100))
            if Fraction(row["own_lowest_price"]) <= 0:
                del row["own_lowest_price"]
        for key in folder.tie_keys:
            if rng.random() < 0.95:
                row[key["column"]] = key_cell(key, rng.random() < 0.5)
        folder.bid(**row)
        if rng.random() < 0.05:
            folder.event(lot, rng.choice(["set_aside", "withdraw", "disqualify"]), supplier)
        packs = {(rng.choice(forms), rng.choice(contents), rng.choice(PACKS)) for _ in range(rng.choice([0, 1, 2, 3]))}
        for pack_form, pack_content, units in sorted(packs):
            folder.add("packs.csv", lot=lot, supplier=supplier, product=f"产品{lot}", form=pack_form,
                       spec=f"{pack_content}mg", content_mg=pack_content, pack_units=str(units))


def draw_lots(folder, catalogs, rng):
    """For most ties that matter, a draw; for some ties that do not, too."""
    left_open = set()
    while True:
        waiting = [lot for lot in recompute.Round(folder.path, catalogs).decide().lots.values()
                   if lot.tie and lot.id not in left_open]
        if not waiting:
            return
        for lot in waiting:
            if rng.random() < 0.25:
                left_open.add(lot.id)
            else:
                folder.event(lot.id, "draw_of_lots", value="|".join(rng.sample(lot.tie, len(lot.tie))))
        folder.write()


def hold_region_sessions(folder, catalogs, rng):
    """Region picking by wishes, by recorded picks, by both; complete or broken off; with passes."""
    for lot in recompute.Round(folder.path, catalogs).decide().lots.values():
        for tie in lot.open_ties:  # without a draw nobody knows whose turn it is
            if rng.random() < 0.7:
                folder.event(lot.id, "draw_of_lots", value="|".join(rng.sample([bid.supplier for bid in tie], len(tie))))
    folder.write()
    round_ = recompute.Round(folder.path, catalogs).decide()
    for lot in round_.lots.values():
        suppliers = [bid.supplier for bid in lot.bids]
        manner = rng.choice(["none", "wishes", "wishes", "picks", "picks", "both"])
        if manner in ("wishes", "both"):
            for supplier in suppliers:
                wishes = rng.sample(lot.regions, len(lot.regions) if rng.random() < 0.9 else rng.randint(1, len(lot.regions)))
                for order, region in enumerate(wishes, 1):
                    folder.add("preferences.csv", lot=lot.id, supplier=supplier, order=str(order), region=region)
        if lot.status == "decided" and manner in ("picks", "both"):
            picks_of_session(folder, round_.rulebook, lot, rng)
    folder.write()


def picks_of_session(folder, rulebook, lot, rng):
    order = sorted((bid for bid in lot.bids if bid.rank), key=lambda bid: bid.rank)
    may_refuse = rulebook.flag("region_picking", "region_may_refuse")
    passers, refused = [], set()
    while True:
        winners = recompute.award(rulebook, lot, order, passers)[1]
        if len(winners) < 2:
            return
        free = list(lot.regions)
        sequence = recompute.turns(rulebook, lot, len(winners))
        stop = len(sequence) if rng.random() < 0.75 else rng.randrange(len(sequence))
        passing = stop < len(sequence) and rng.random() < 0.7
        for place in sequence[:stop]:
            supplier = winners[place].supplier
            welcome = [region for region in free if (supplier, region) not in refused]
            if not welcome:
                return
            region = rng.choice(welcome)
            folder.event(lot.id, "region_pick", supplier, region)
            if may_refuse and len(welcome) > 1 and rng.random() < 0.02:  # 5 13.3: the firm picks again
                folder.event(lot.id, "region_refused", supplier, region)
                refused.add((supplier, region))
                welcome.remove(region)
                region = rng.choice(welcome)
                folder.event(lot.id, "region_pick", supplier, region)
            free.remove(region)
        if not passing:
            return
        passers.append(winners[sequence[stop]].supplier)
        folder.event(lot.id, "region_pass", passers[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kind", choices=["exhaustive", "random"])
    parser.add_argument("out")
    parser.add_argument("--rulebook", required=True)
    parser.add_argument("--catalogs", default=recompute.CATALOGS)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.kind == "exhaustive":
        exhaustive(arguments.out, arguments.rulebook, arguments.catalogs, arguments.every, arguments.offset)
    else:
        random_round(arguments.out, arguments.rulebook, arguments.catalogs, arguments.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
