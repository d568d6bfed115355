#!/usr/bin/env python3
"""Recompute the award of a drug round from its folder and its rulebook.

    recompute.py DIR [--rulebook FILE.toml] [--catalogs catalogs] [--encoding utf-8|gb18030] [--out OUT]

A second reading of the tender clauses, written to be checked by eye. It shares no code with the engine, needs nothing but
Python 3.11, and takes its time: prices are exact fractions, the price-ratio curve is computed with 120 digits, and whether a
tie matters is found by trying every order of the tied bids.

Clause numbers in the comments are those of GY-YD2019-2 to GY-YD2021-2 (1x: GY-YD2019-1); "Art." is the price-ratio rule of 2012.

Without --out the winners are printed. With --out the tables awards.csv, lots_decided.csv, region_counts.csv, volumes.csv,
allocations.csv and packs_priced.csv are written there, with the columns that `jicai award` writes.
Exit: 0 decided, 2 the folder or the rulebook asks for something this program does not read, 3 a lot waits for an event.
"""

import argparse
import csv
import functools
import io
import itertools
import math
import re
import sys
import tomllib
from decimal import ROUND_FLOOR, Decimal, getcontext
from fractions import Fraction
from pathlib import Path

getcontext().prec = 120
HERE = Path(__file__).resolve().parent
CATALOGS = HERE.parent.parent / "catalogs"


class NotCovered(Exception):
    """The input is outside of what this program reads, or contradicts the rulebook."""


class LotWaits(Exception):
    """A lot cannot be decided until a person says something. `tie`: suppliers whose lots must be drawn."""

    def __init__(self, why, tie=None):
        super().__init__(why)
        self.tie = tie


# ---------------------------------------------------------------- numbers


def power_of_log2(base, x):
    """base ^ log2(x): an exact fraction where x is a power of two, otherwise 120 digits."""
    key = (base, x)
    if key not in POWERS:
        POWERS[key] = compute_power_of_log2(base, x)
    return POWERS[key]


POWERS = {}


def compute_power_of_log2(base, x):
    bits = max(x.numerator, x.denominator).bit_length() - 1
    if min(x.numerator, x.denominator) == 1 and max(x.numerator, x.denominator) == 2**bits:
        return base**bits if x >= 1 else 1 / base**bits
    return (as_decimal(base).ln() * as_decimal(x).ln() / Decimal(2).ln()).exp()


def as_decimal(value):
    return value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)


def times(left, right):
    """Product; stays a fraction as long as both are."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    return as_decimal(left) * as_decimal(right)


def plus(left, right):
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + right
    return as_decimal(left) + as_decimal(right)


def rounded(value, rounding):
    """`value` (not negative) by a rounding {mode, decimals}, as an exact fraction."""
    mode, decimals = rounding
    if isinstance(value, Fraction):
        scaled = value * 10**decimals
        floor = math.floor(scaled)
        rest = scaled - floor
    else:
        scaled = value * 10**decimals
        floor = int(scaled.to_integral_value(rounding=ROUND_FLOOR))
        rest = scaled - floor
        for edge in (Decimal(0), Decimal("0.5"), Decimal(1)):
            if abs(rest - edge) < Decimal(10) ** -80:
                raise NotCovered("120 digits do not settle a rounding")
    half = Fraction(1, 2) if isinstance(value, Fraction) else Decimal("0.5")
    if mode == "half_up":
        up = rest >= half
    elif mode == "half_even":
        up = rest > half or (rest == half and floor % 2 == 1)
    elif mode == "up":
        up = rest > 0
    elif mode == "down":
        up = False
    else:
        raise NotCovered(f"rounding {mode}")
    return Fraction(floor + (1 if up else 0), 10**decimals)


def text(value):
    """Shortest exact decimal text."""
    if value is None:
        return ""
    if value.denominator == 1:
        return str(value.numerator)
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = str((value * 10**digits).numerator).rjust(digits + 1, "0")
    return whole[:-digits] + "." + whole[-digits:]


# ---------------------------------------------------------------- the price-ratio rule

# Annex 1, against the plain tablet (oral), the ointment (external), the small volume injection. The ratio of a form that the
# annex gives against a form between is multiplied through: powder = granules 1.2 x 0.9.
ORAL, EXTERNAL, INJECTION = "oral", "external", "injection"
CURVE, LINEAR = "curve", "linear"
FORMS = {}


def form(names, family, pack, factor, adder="0"):
    for name in names.split():
        FORMS[name] = (family, pack, Fraction(factor), Fraction(adder))


form("普通片 素片 糖衣片 薄膜衣片 异形片 划痕片", ORAL, CURVE, "1")
form("咀嚼片", ORAL, CURVE, "1.05")
form("含片", ORAL, CURVE, "1.05")
form("肠溶片", ORAL, CURVE, "1.1")
form("分散片", ORAL, CURVE, "1.2")
form("泡腾片", ORAL, CURVE, "1.3")
form("硬胶囊", ORAL, CURVE, "1")
form("肠溶胶囊", ORAL, CURVE, "1.1")
form("软胶囊 软胶囊(胶丸) 胶丸", ORAL, CURVE, "1.2")
form("颗粒剂", ORAL, LINEAR, "1.2")
form("散剂", ORAL, LINEAR, "1.08")
form("口服溶液 口服溶液(滴剂)", ORAL, LINEAR, "1.2")
form("干混悬剂", ORAL, LINEAR, "1.32")
form("泡腾颗粒剂", ORAL, LINEAR, "1.32")
form("软膏剂 糊剂", EXTERNAL, LINEAR, "1")
form("乳膏剂 霜剂 凝胶剂 乳胶剂 胶浆剂", EXTERNAL, LINEAR, "1.1")
form("小容量注射液 普通粉针", INJECTION, LINEAR, "1", "0")
form("冻干粉针 溶媒结晶粉针", INJECTION, LINEAR, "1", "2.5")
form("大容量注射液", INJECTION, LINEAR, "1", "4.5")


class PriceRatio:
    """Price of one presentation from that of another. A presentation is (form, content, pack units)."""

    def __init__(self, stage, more_forms):
        self.content_base = Fraction(value_of(stage, "content_base"))
        self.pack_base = Fraction(value_of(stage, "pack_base"))
        self.fill = value_of(stage, "fill")
        self.linear_content_lots = value_of(stage, "linear_content_lots", [])
        self.more_forms = more_forms
        for flag in ("injection_floor_applies", "short_pack_applies"):
            if value_of(stage, flag):
                raise NotCovered(f"price_ratio.{flag}")

    def form(self, name):
        if name in FORMS:
            return FORMS[name]
        if name in self.more_forms:
            return self.more_forms[name]
        raise LotWaits(f"form {name} has no known ratio")

    def convert(self, lot, price, source, target):
        """The unrounded price of `target`. Art. 16: form, content, pack count; an adder of injections that makes the price
        larger comes after the content, one that makes it smaller before."""
        source_form, source_content, source_pack = source
        target_form, target_content, target_pack = target
        family, pack, factor, adder = self.form(source_form)
        to_family, to_pack, to_factor, to_adder = self.form(target_form)
        if family != to_family:
            raise LotWaits(f"no ratio between {source_form} and {target_form}")
        x = target_content / source_content
        content = x if lot in self.linear_content_lots else power_of_log2(self.content_base, x)

        # Art. 13: tablets and capsules by the curve, every other form by division. Between two forms with different pack rules
        # the road leads over the smallest unit.
        if pack == to_pack == CURVE:
            count = power_of_log2(self.pack_base, Fraction(target_pack, source_pack))
        elif pack == to_pack:
            count = Fraction(target_pack, source_pack)
        else:
            down = power_of_log2(self.pack_base, Fraction(1, source_pack)) if pack == CURVE else Fraction(1, source_pack)
            up = power_of_log2(self.pack_base, Fraction(target_pack)) if to_pack == CURVE else Fraction(target_pack)
            count = times(down, up)

        difference = to_adder - adder
        if difference == 0:
            return times(times(times(price, to_factor / factor), content), count)
        unit = price / source_pack  # injections are linear in the pack, and adders are yuan per smallest unit
        if difference > 0:
            unit = plus(times(unit, content), difference)
        else:
            unit = unit + difference
            if unit <= 0:
                raise LotWaits(f"{source_form} costs less than what it is to lose against {target_form}")
            unit = times(unit, content)
        return times(unit, Fraction(target_pack))


@functools.cache
def forms_of_catalogue(path):
    """All forms of chemical and biological drugs in the catalogue of the rule; those outside annex 1 (sustained release, eye
    drops ...) are read from there alone."""
    if not path.exists():
        raise NotCovered(f"{path} is missing")
    entries = {
        entry["name"]: entry
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["form"]
        if entry["annex"] == "chemical_biological"
    }

    def factor(name):  # against another form, which may itself stand against another
        entry = entries[name]
        own = Fraction(entry["factor"]["value"])
        return own * factor(entry["against"]) if "against" in entry else own

    found = {}
    for name, entry in entries.items():
        adder = Fraction(entry["adder"]["value"]) if "adder" in entry else Fraction(0)
        for word in [name, *entry.get("aliases", [])]:
            found[word] = entry["family"], entry["pack"], factor(name), adder
    return found


# ---------------------------------------------------------------- rulebook


def value_of(stage, name, default=None):
    entry = stage.get(name)
    if entry is None:
        return default
    if "value" not in entry:
        raise LotWaits(f"{stage['kind']}.{name} has no value")
    return entry["value"]


def rounding_of(stage):
    entry = stage["rounding"]
    return entry["value"], entry["decimals"]


def from_table(table, count):
    """{ 1 = 1, 2 = 2, "9+" = 6 } at `count`."""
    for key, value in table.items():
        if key == str(count) or (key.endswith("+") and count >= int(key[:-1])):
            return value
    raise LotWaits(f"the table of the rulebook has no row for {count}")


def compares(left, operator, right):
    if operator == "<":
        return left < right
    if operator == "<=":
        return left <= right
    raise NotCovered(f"comparison {operator}")


COVERED = """supply_regions qualification price_ratio ceiling bidders comparable_price ranking affiliation entry gate
region_picking agreed_volume term derived_price substitution""".split()


class Rulebook:
    def __init__(self, path, catalogs):
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        self.id = data["rulebook"]["id"]
        self.stages = {}
        self.gates = []
        for stage in data["stage"]:
            if stage["kind"] not in COVERED:
                raise NotCovered(f"stage {stage['kind']}")
            if stage["kind"] == "gate":
                self.gates.append(stage)
            else:
                self.stages[stage["kind"]] = stage
        rule = value_of(self.stages["price_ratio"], "rule")
        self.ratio = PriceRatio(
            self.stages["price_ratio"], forms_of_catalogue(Path(catalogs) / "price-ratio" / f"{rule}.toml")
        )

    def flag(self, kind, name):
        return value_of(self.stages[kind], name)

    def give(self, path, value):
        """A value that the officers of the round gave (parameters.toml) for a point the document leaves open."""
        *tables, name = path.split(".")
        entry = self.stages
        for key in [*tables, name]:
            if not isinstance(entry, dict) or key not in entry:
                raise NotCovered(f"parameters.toml: {path} is no parameter of {self.id}")
            entry = entry[key]
        if "value" in entry:
            raise NotCovered(f"parameters.toml: {path} has a value in {self.id}, which no round may change")
        if isinstance(value, str) and "=" in value:
            raise NotCovered(f"parameters.toml: {path}: write the table as {{ 1 = 1, 2 = 2 }}")
        if isinstance(value, str) and re.fullmatch(r"(half_up|half_even|up|down) [0-6]", value):
            value, decimals = value.split()
            entry["decimals"] = int(decimals)
        entry["value"] = {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


# ---------------------------------------------------------------- round folder


def table(folder, name, required=False, encoding="utf-8"):
    path = Path(folder) / name
    if not path.exists():
        if required:
            raise NotCovered(f"{name} is missing")
        return []
    rows = csv.DictReader(io.StringIO(decoded(path.read_bytes(), encoding), newline=""))
    return [row for row in rows if any(row.values())]


def decoded(data, encoding):
    """A byte order mark says UTF-8, whatever was stated."""
    return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else encoding)


def toml_file(path, encoding="utf-8"):
    data = path.read_bytes()
    try:
        return tomllib.loads(decoded(data, "utf-8"))
    except UnicodeDecodeError:
        return tomllib.loads(decoded(data, encoding))


def yes(cell):
    return cell in ("1", "是", "true", "TRUE")


def number(cell):
    return Fraction(cell)


def natural(name):
    """Key of an order in which runs of digits count as numbers: 2, 10, A1, A2, A10."""
    parts = re.findall(r"[0-9]+|[^0-9]", name)
    return [(ord("0"), int(part)) if part[0] in "0123456789" else (ord(part), 0) for part in parts], name


class Bid:
    """A bid without a price may leave form, pack and (absent) content empty."""

    def __init__(self, row, lot):
        self.row = row
        self.lot = row["lot"]
        self.supplier = row["supplier"]
        self.product = row.get("product") or ""
        self.form = row["form"] or lot.base_form
        self.pack_units = int(row["pack_units"] or 1)
        self.content = number(row["content_mg"]) if row["content_mg"] else None
        self.price = number(row["pack_price"]) if row.get("pack_price") else None
        self.group = row.get("group") or ""
        self.absent = row["participation"] == "absent"
        self.spec = None
        self.event = None            # set_aside, withdraw, disqualify
        self.unit_price = None       # 6.4
        self.comparable = None       # 11.2, rounded
        self.unrounded = None
        self.outcome = None
        self.step = None
        self.rank = None

    def presentation(self):
        return self.form, self.content, self.pack_units


class Lot:
    def __init__(self, row, regions):
        self.id = row["lot"]
        self.name = row.get("name") or ""
        self.volume_class = row["volume_class"]
        self.term_class = row.get("term_class") or "general"
        self.base_form = row["base_form"]
        self.quantity_step = int(row["quantity_step"])
        self.regions = row["regions"].split("|") if row.get("regions") else regions
        self.specs = {}
        self.bids = []
        self.demand = {}       # (spec, region) -> units
        self.events = []
        self.preferences = {}  # supplier -> regions in order
        self.packs = []
        # decided
        self.status = "pending"
        self.why = ""
        self.tie = None
        self.open_ties = []    # ties that do not matter for the award
        self.n = 0
        self.m = None
        self.winners = []
        self.percent = None
        self.term = None
        self.counts = []       # regions of each winner
        self.volumes = []      # (spec, region, quantity)
        self.turns = []        # (supplier, region or None, event | preference | only_supplier | open)
        self.regions_complete = False
        self.allocations = []  # (spec, region, supplier, role, quantity)
        self.priced = []       # (row of packs.csv, price)


class Round:
    def __init__(self, folder, catalogs=CATALOGS, rulebook=None, encoding="utf-8"):
        about = toml_file(Path(folder) / "round.toml", encoding)
        self.rulebook = Rulebook(rulebook or Path(catalogs) / "rulebooks" / f"{about['rulebook']}.toml", catalogs)
        given = Path(folder) / "parameters.toml"
        if given.exists():
            for path, entry in toml_file(given, encoding).get("given", {}).items():
                if not path.startswith("reporting."):  # what hospitals are asked; no award depends on it
                    self.rulebook.give(path, entry["value"])
        rows_of = functools.partial(table, folder, encoding=encoding)
        all_regions = value_of(self.rulebook.stages["supply_regions"], "regions")
        self.lots = {}
        for row in rows_of("lots.csv", True):
            self.lots[row["lot"]] = Lot(row, all_regions)
        for row in rows_of("specs.csv", True):
            self.lots[row["lot"]].specs[row["spec"]] = {
                "content": number(row["content_mg"]),
                "main": yes(row.get("main_spec")),
                "ceiling": number(row["ceiling"]) if row.get("ceiling") else None,
            }
        for row in rows_of("demand.csv", True):
            demand = self.lots[row["lot"]].demand
            key = row["spec"], row["region"]
            demand[key] = demand.get(key, 0) + int(row["quantity"])
        for row in rows_of("bids.csv", True):
            lot = self.lots[row["lot"]]
            bid = Bid(row, lot)
            if row.get("spec"):
                bid.spec = row["spec"]
            elif bid.content is None:
                bid.spec = min(lot.specs, key=lambda name: (not lot.specs[name]["main"], lot.specs[name]["content"], name))
            else:
                fits = [name for name, spec in lot.specs.items() if spec["content"] == bid.content]
                if len(fits) != 1:
                    raise NotCovered(f"lot {bid.lot}, {bid.supplier}: content {row['content_mg']} names {len(fits)} specs")
                bid.spec = fits[0]
            if bid.content is None:
                bid.content = lot.specs[bid.spec]["content"]
            if any(other.supplier == bid.supplier for other in lot.bids):
                raise NotCovered(f"lot {bid.lot}, {bid.supplier}: several bids of one supplier")
            if row.get("fill_ml") and self.rulebook.ratio.fill != "by_content":
                raise NotCovered("fill by the rule (Art. 10)")
            lot.bids.append(bid)
        for row in sorted(rows_of("events.csv"), key=lambda row: int(row["seq"])):
            if row["event"] not in EVENTS:
                raise NotCovered(f"event {row['event']}")
            lot = self.lots[row["lot"]]
            lot.events.append(row)
            if row["event"] in ("set_aside", "withdraw", "disqualify"):
                for bid in lot.bids:
                    if bid.supplier == row["supplier"]:
                        bid.event = row["event"]
        for row in sorted(rows_of("preferences.csv"), key=lambda row: int(row["order"])):
            self.lots[row["lot"]].preferences.setdefault(row["supplier"], []).append(row["region"])
        for row in rows_of("packs.csv"):
            if row.get("material") and self.rulebook.flag("price_ratio", "material_counts"):
                raise NotCovered("packaging material (Art. 14)")
            self.lots[row["lot"]].packs.append(row)

    def decide(self):
        for lot in self.lots.values():
            try:
                decide_lot(self.rulebook, lot)
            except LotWaits as why:
                lot.status, lot.why, lot.tie = "pending", str(why), why.tie
                lot.winners, lot.counts, lot.percent, lot.term = [], [], None, None
                lot.volumes, lot.allocations, lot.priced = [], [], []
                lot.turns, lot.regions_complete = [], False
                for bid in lot.bids:
                    bid.rank = None
                    if bid.outcome in (None, "won", "lost"):
                        bid.outcome, bid.step = "pending", "waiting"
        return self


LOT_OUT = "lot_cancelled lot_failed lot_retendered".split()
EVENTS = "set_aside withdraw disqualify draw_of_lots region_pick region_pass region_refused".split() + LOT_OUT


# ---------------------------------------------------------------- one lot


def taken_out(lot):
    """Whether the office took the lot out of the round: then nothing about it is decided, whatever was bid."""
    out = [event["event"] for event in lot.events if event["event"] in LOT_OUT]
    if not out:
        return False
    lot.status = "failed" if out[0] == "lot_failed" else "cancelled"
    for bid in lot.bids:
        bid.outcome, bid.step = ("absent", "absent") if bid.absent else ("set_aside", out[0])
    return True


def decide_lot(rulebook, lot):
    if taken_out(lot):
        return
    examine_bids(rulebook, lot)
    lot.n = count_bidders(rulebook, lot)
    valid = [bid for bid in lot.bids if bid.outcome is None]
    if not valid:
        lot.status = "failed"
        return
    lot.m = from_table(value_of(rulebook.stages["entry"], "max_entrants"), lot.n)

    order = rank(rulebook, lot, valid)
    for place, bid in enumerate(order, 1):
        bid.rank = place

    passers = [event["supplier"] for event in lot.events if event["event"] == "region_pass"]
    if tie_hides_turns(lot, award(rulebook, lot, order, [])[1]):
        passers = []  # nobody can pass a turn while it is not known whose turn it is
    for i, supplier in enumerate(passers):
        if supplier not in [bid.supplier for bid in award(rulebook, lot, order, passers[:i])[1]]:
            raise NotCovered(f"lot {lot.id}: {supplier} passes but has nothing to pick")
        stop_where_a_tie_matters(rulebook, lot, order, passers[: i + 1])  # 1x: of the next ranks, too
    entrants, winners, struck = award(rulebook, lot, order, passers)
    lot.winners = winners
    lot.counts = region_counts(rulebook, lot, len(winners))
    lot.status = "decided" if winners else "failed"
    for bid in order:
        if bid in winners:
            bid.outcome, bid.step = "won", "award"
        else:
            bid.outcome = "lost"
            if bid.supplier in passers:
                bid.step = "region_picking"
            elif bid in entrants:
                bid.step = "gate"
            elif bid in struck:
                bid.step = "affiliation"
            else:
                bid.step = "entry"
    if not winners:
        return

    percents = rulebook.stages["agreed_volume"]["percent"]
    years = rulebook.stages["term"]["years"]
    if lot.volume_class not in percents or lot.term_class not in years:
        raise LotWaits(f"the rulebook has no row for class {lot.volume_class}, {lot.term_class}")
    lot.percent = from_table(percents[lot.volume_class]["value"], len(winners))
    lot.term = from_table(years[lot.term_class]["value"], len(winners))
    lot.volumes = agreed_volumes(rulebook, lot, lot.percent)
    pick_regions(rulebook, lot)
    for row in lot.packs:
        for bid in winners:
            if bid.supplier == row["supplier"]:
                target = row["form"], number(row["content_mg"]), int(row["pack_units"])
                try:
                    price = rulebook.ratio.convert(lot.id, bid.price, bid.presentation(), target)
                except LotWaits as why:  # this pack waits, the award does not
                    lot.why = lot.why or str(why)
                    continue
                lot.priced.append((row, rounded(price, rounding_of(rulebook.stages["derived_price"]))))


def reference_content(rulebook, lot):
    """11.2: the smallest spec of the catalogue; 1x 11.1: the main spec, the smaller where two are ticked."""
    reference = value_of(rulebook.stages["comparable_price"], "reference")
    specs = lot.specs.values()
    if reference == "smallest_main_spec":
        specs = [spec for spec in specs if spec["main"]]
        if not specs:
            raise LotWaits("no main spec")
    elif reference != "smallest_spec":
        raise NotCovered(f"reference {reference}")
    return min(spec["content"] for spec in specs)


def examine_bids(rulebook, lot):
    """Who is out before the ranking, and why. Sets outcome and step of those, prices of the others."""
    ceiling_stage = rulebook.stages["ceiling"]
    for bid in lot.bids:
        if bid.absent:
            bid.outcome, bid.step = "absent", "absent"
        elif bid.event:
            bid.outcome, bid.step = "set_aside", bid.event
        elif rulebook.flag("qualification", "main_spec_required") and not lot.specs[bid.spec]["main"]:
            bid.outcome, bid.step = "invalid", "qualification"  # 1x 6.2
        elif bid.price is None:
            bid.outcome, bid.step = "invalid", "without_price"
    for bid in lot.bids:
        if bid.outcome is not None:
            continue
        own_unit = lot.base_form, bid.content, 1
        reference_unit = lot.base_form, reference_content(rulebook, lot), 1
        ratio = rulebook.ratio
        bid.unit_price = rounded(ratio.convert(lot.id, bid.price, bid.presentation(), own_unit), rounding_of(ceiling_stage))
        bid.unrounded = ratio.convert(lot.id, bid.price, bid.presentation(), reference_unit)
        bid.comparable = rounded(bid.unrounded, rounding_of(rulebook.stages["comparable_price"]))
        # 6.4
        ceiling = lot.specs[bid.spec]["ceiling"]
        over = ceiling is not None and not compares(bid.unit_price, value_of(ceiling_stage, "compare"), ceiling)
        own_lowest = bid.row.get("own_lowest_price")
        operator = value_of(ceiling_stage, "compare_own_lowest")
        if operator and own_lowest and not compares(bid.price, operator, number(own_lowest)):
            over = True
        if over:
            bid.outcome, bid.step = "invalid", "ceiling"
            bid.comparable = bid.unrounded = None


def count_bidders(rulebook, lot):
    """11.1: the firms that actually bid."""
    switch = {
        "absent": "absent_counts",
        "set_aside": "set_aside_counts",
        "withdraw": "withdrawn_counts",
        "disqualify": "withdrawn_counts",
        "qualification": "unqualified_counts",
        "without_price": "without_price_counts",
        "ceiling": "over_ceiling_counts",
    }
    counted = set()
    for bid in lot.bids:
        if bid.step is None or rulebook.flag("bidders", switch[bid.step]):
            once = rulebook.flag("bidders", "group_counts_once") and bid.group
            counted.add(("group", bid.group) if once else ("supplier", bid.supplier))
    return len(counted)


# ---------------------------------------------------------------- rank and ties


def rank(rulebook, lot, valid):
    """11.2, 11.3: comparable price ascending, then key by key; then a draw of lots; what stays tied must not matter."""
    keys = rulebook.stages["ranking"].get("tie_keys", [])
    ties = []
    for price in sorted({bid.comparable for bid in valid}):
        ties += split_by_keys([bid for bid in valid if bid.comparable == price], keys)
    ties = [drawn(lot, tie) for tie in ties]
    listed = [sorted(tie, key=lambda bid: (as_decimal(bid.unrounded).quantize(Decimal(10) ** -60), bid.supplier))
              if isinstance(tie, set) else tie for tie in ties]
    order = [bid for tie in listed for bid in tie]
    lot.open_ties = [listed[i] for i, tie in enumerate(ties) if isinstance(tie, set)]
    stop_where_a_tie_matters(rulebook, lot, order, [])
    return order


def stop_where_a_tie_matters(rulebook, lot, order, passers):
    expected = fate_of_all(rulebook, lot, order, passers)
    for tie in lot.open_ties:
        first = order.index(tie[0])
        for other in orders_to_try(tie):
            if fate_of_all(rulebook, lot, order[:first] + list(other) + order[first + len(tie):], passers) != expected:
                names = sorted(bid.supplier for bid in tie)
                raise LotWaits(f"the tie of {'|'.join(names)} matters; draw lots", names)


def split_by_keys(bids, keys):
    """A list of ties in order. A key without a value for one of the tied bids decides nothing, and nothing after it does."""
    if len(bids) == 1 or not keys:
        return [bids]
    key, rest = keys[0], keys[1:]
    values = [tie_value(bid, key) for bid in bids]
    if None in values:
        return [bids]
    result = []
    for value in sorted(set(values), reverse=key["first"] in ("larger", "later", "yes")):
        result += split_by_keys([bid for bid in bids if tie_value(bid, key) == value], rest)
    return result


def tie_value(bid, key):
    cell = (bid.row.get(key["column"]) or "").strip()
    if cell == "":
        return None
    if key["type"] == "number":
        return number(cell)
    if key["type"] == "flag":
        return {"1": True, "0": False, "true": True, "false": False, "是": True, "否": False}.get(cell)
    return cell  # ISO dates sort as text


def drawn(lot, tie):
    """The tied bids as a list where their order is known, as a set where it is not."""
    if len(tie) == 1:
        return tie
    for event in lot.events:
        if event["event"] == "draw_of_lots":
            names = event["value"].split("|")
            if {bid.supplier for bid in tie} == set(names):
                return sorted(tie, key=lambda bid: names.index(bid.supplier))
    return set(tie)


def orders_to_try(tie):
    """All orders of a tie; of a large one all exchanges of two, which is enough to see whether a place matters."""
    if len(tie) <= 5:
        yield from itertools.permutations(tie)
        return
    for i, k in itertools.combinations(range(len(tie)), 2):
        other = list(tie)
        other[i], other[k] = other[k], other[i]
        yield other


def fate_of_all(rulebook, lot, order, passers):
    """What every bid gets in this order: award and number of regions. Entering alone gets nothing."""
    winners = award(rulebook, lot, order, passers)[1]
    counts = region_counts(rulebook, lot, len(winners))
    return {bid.supplier: counts[winners.index(bid)] if bid in winners else None for bid in order}


# ---------------------------------------------------------------- entry, affiliates, gates


def award(rulebook, lot, order, passers):
    """Entrants, winners, both in rank order, and bids struck as affiliates, when `passers` have given up their award in the
    region session."""
    moves_up = value_of(rulebook.stages["region_picking"], "after_pass") == "next_rank_moves_up"
    running = [bid for bid in order if bid.supplier not in passers] if moves_up else order  # 1x 12.2
    entrants, struck = enter(rulebook, lot, running)
    winners = [bid for bid in entrants if passes_gates(rulebook, lot, bid, order, entrants)]
    return entrants, [bid for bid in winners if bid.supplier not in passers], struck  # 2-5 13.2


def concerned_by_affiliation(rulebook, lot):
    """11.4: the bids of firms of one group of which at least two bid."""
    if "affiliation" not in rulebook.stages:
        return []
    bidding = [bid for bid in lot.bids if bid.group and not bid.absent and not bid.event and bid.step != "qualification"]
    stage = rulebook.stages["affiliation"]
    if "group_concerned" in stage and value_of(stage, "group_concerned") == "two_valid_bids":
        bidding = [bid for bid in bidding if bid.step not in ("ceiling", "without_price")]
    groups = [bid.group for bid in bidding]
    return [bid for bid in bidding if groups.count(bid.group) >= 2]


def enter(rulebook, lot, order):
    """11.1, 11.2, 11.4: the first M, less what the rule on affiliates takes away; and what it takes away."""
    concerned = concerned_by_affiliation(rulebook, lot)
    if not concerned:
        return order[: lot.m], []
    stage = rulebook.stages["affiliation"]
    lowest_only = value_of(stage, "lowest_only")
    not_last = value_of(stage, "not_in_last_place")
    last_place = value_of(stage, "last_place")
    single_is_last = value_of(stage, "single_place_is_last")
    next_rank = value_of(stage, "freed_place") == "next_rank"

    struck = []
    if lowest_only:
        seen = set()
        for bid in order:
            if bid in concerned:
                if bid.group in seen:
                    struck.append(bid)
                seen.add(bid.group)
    while True:
        places = [bid for bid in order if bid not in struck] if next_rank else order
        places = places[: lot.m]
        last = lot.m if last_place == "of_table" else len(places)
        on_last = places[last - 1] if 0 < last <= len(places) else None
        if not_last and on_last in concerned and on_last not in struck and (last > 1 or single_is_last):
            struck.append(on_last)
            struck += [bid for bid in order if bid in concerned and bid.group == on_last.group and bid not in struck]
            continue
        return [bid for bid in places if bid not in struck], struck


def passes_gates(rulebook, lot, bid, order, entrants):
    """12: an entrant needs one of the tests of each gate."""
    return all(any(passes(test, lot, bid, order, entrants) for test in gate["any_of"]) for gate in rulebook.gates)


def passes(test, lot, bid, order, entrants):
    lowest = min(other.comparable for other in order)
    if test["test"] == "comparable_price_at_most_factor_of_lowest":  # 12.1
        return bid.comparable <= Fraction(test["factor"]["value"]) * lowest
    if test["test"] == "cut_at_least":  # 12.2
        ceiling = lot.specs[bid.spec]["ceiling"]
        if ceiling is None:
            return False
        cut = max((ceiling - bid.unit_price) / ceiling * 100, Fraction(0))
        return rounded(cut, ("half_up", test["percent"]["decimals"])) >= Fraction(test["percent"]["value"])
    if test["test"] == "comparable_price_at_most":  # 12.3
        return bid.comparable <= Fraction(test["price"]["value"])
    raise NotCovered(f"gate test {test['test']}")


# ---------------------------------------------------------------- regions, volumes


def turns(rulebook, lot, winners):
    """13.1: whose turn it is, region by region: rank 1 takes the extra picks, then one by one in rank order."""
    sequence = [0] * value_of(rulebook.stages["region_picking"], "first_extra_picks")
    while winners and len(sequence) < len(lot.regions):
        sequence += range(winners)
    return sequence[: len(lot.regions)] if winners else []


def region_counts(rulebook, lot, winners):
    sequence = turns(rulebook, lot, winners)
    return [sequence.count(place) for place in range(winners)]


def agreed_volumes(rulebook, lot, percent):
    mode, _ = rounding_of(rulebook.stages["agreed_volume"])
    cells = []
    for (spec, region), quantity in lot.demand.items():
        steps = rounded(Fraction(quantity * percent, 100 * lot.quantity_step), (mode, 0))
        cells.append((spec, region, int(steps) * lot.quantity_step))
    return cells


def tie_hides_turns(lot, winners):
    """An open tie of winners: each gets as many regions, but who of them picks first is not known."""
    for tie in lot.open_ties:
        if len([bid for bid in tie if bid in winners]) > 1:
            return tie
    return None


def pick_regions(rulebook, lot):
    """13: replay the session. Every pass starts it again without the one who passed."""
    gone = []
    session = []
    for event in lot.events:
        if event["event"] == "region_pass":
            gone.append(event["supplier"])
            session = []
        elif event["event"] == "region_pick":
            session.append(event)
    # A province may refuse the picker (5: 13.3); the pick does not stand and the picker takes another region. It stays refused.
    refused = {(event["supplier"], event["value"]) for event in lot.events if event["event"] == "region_refused"}
    if refused and not value_of(rulebook.stages["region_picking"], "region_may_refuse"):
        raise NotCovered(f"lot {lot.id}: a region may not refuse")
    picks = [event for event in session if (event["supplier"], event["value"]) not in refused]

    supplier_of = {}
    sequence = turns(rulebook, lot, len(lot.winners))
    recorded = lot.preferences or any(event["event"].startswith("region_") for event in lot.events)
    if len(lot.winners) > 1 and not recorded:  # the session has not begun
        sequence = []
    hiding = tie_hides_turns(lot, lot.winners)
    if hiding and recorded:
        lot.tie = sorted(bid.supplier for bid in hiding)
        lot.why = f"the tie of {'|'.join(lot.tie)} hides whose turn it is; draw lots"
        sequence, picks = [], []
    for place in sequence:
        supplier = lot.winners[place].supplier
        free = [region for region in lot.regions if region not in supplier_of]
        welcome = [region for region in free if (supplier, region) not in refused]
        wishes = [region for region in lot.preferences.get(supplier, []) if region in welcome]
        if picks and picks[0]["supplier"] == supplier:
            region, source = picks.pop(0)["value"], "event"
            if region not in free:
                raise NotCovered(f"lot {lot.id}: {supplier} picks {region}, which is not free")
        elif wishes:
            region, source = wishes[0], "preference"
        elif picks:
            raise NotCovered(f"lot {lot.id}: {picks[0]['supplier']} picks out of turn")
        elif len(lot.winners) == 1 and welcome:
            region, source = welcome[0], "only_supplier"
        else:
            lot.turns.append((supplier, None, "open"))
            break
        supplier_of[region] = supplier
        lot.turns.append((supplier, region, source))
    if picks:
        raise NotCovered(f"lot {lot.id}: {picks[0]['supplier']} picks out of turn")
    lot.regions_complete = len(supplier_of) == len(lot.regions)
    if not lot.regions_complete:
        supplier_of = {}  # a session that is not over may begin again
    for spec, region, quantity in lot.volumes:
        supplier = supplier_of.get(region, "")
        lot.allocations.append((spec, region, supplier, "main" if supplier else "pending", quantity))


# ---------------------------------------------------------------- output


def tables(round_):
    """File name -> (columns, rows), with the rows as text."""
    awards, decided, counts, volumes, allocations, packs = [], [], [], [], [], []
    pack_columns = []
    for lot in sorted(round_.lots.values(), key=lambda lot: natural(lot.id)):
        ranked = sorted(lot.bids, key=lambda bid: (bid.rank is None, bid.rank or 0, bid.supplier, bid.product))
        for bid in ranked:
            awards.append([
                lot.id, bid.supplier, bid.product, bid.spec, "" if bid.rank is None else str(bid.rank), bid.outcome, bid.step,
                text(bid.price), text(bid.unit_price), text(bid.comparable),
            ])
        blank = lambda value: "" if value is None else str(value)
        decided.append([
            lot.id, lot.status, str(lot.n), blank(lot.m), str(len(lot.winners)), blank(lot.percent), blank(lot.term)
        ])
        for bid, regions in zip(lot.winners, lot.counts):
            counts.append([lot.id, bid.supplier, str(regions)])
        for spec, region, quantity in lot.volumes:
            volumes.append([lot.id, spec, region, str(lot.percent), str(quantity)])
        for spec, region, supplier, role, quantity in lot.allocations:
            allocations.append([lot.id, spec, region, supplier, role, str(quantity)])
        for row, price in lot.priced:
            pack_columns = [*row]
            packs.append([*row.values(), text(price)])
    return {
        "awards.csv": (
            "lot supplier product spec rank outcome step price unit_price unit_comparable_price".split(), awards),
        "lots_decided.csv": ("lot status bidders entrants_max winners percent term".split(), decided),
        "region_counts.csv": ("lot supplier regions".split(), counts),
        "volumes.csv": ("lot spec region percent quantity".split(), volumes),
        "allocations.csv": ("lot spec region supplier role quantity".split(), allocations),
        "packs_priced.csv": (
            [*(pack_columns or "lot supplier product form spec content_mg pack_units".split()), "pack_price"], packs),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dir")
    parser.add_argument("--rulebook")
    parser.add_argument("--catalogs", default=CATALOGS)
    parser.add_argument("--encoding", choices=["utf-8", "gb18030"], default="utf-8")
    parser.add_argument("--out")
    arguments = parser.parse_args()
    try:
        round_ = Round(arguments.dir, arguments.catalogs, arguments.rulebook, arguments.encoding).decide()
    except (NotCovered, UnicodeDecodeError) as why:
        print(f"{arguments.dir}: not read by this program: {why}", file=sys.stderr)
        return 2
    result = tables(round_)
    if arguments.out:
        Path(arguments.out).mkdir(parents=True, exist_ok=True)
        for name, (columns, rows) in result.items():
            with (Path(arguments.out) / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows(rows)
    else:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(result["awards.csv"][0])
        writer.writerows(result["awards.csv"][1])
    waiting = [lot for lot in round_.lots.values() if lot.why]
    for lot in waiting:
        print(f"lot {lot.id} waits: {lot.why}", file=sys.stderr)
    return 3 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
