#!/usr/bin/env python3
"""Recompute a price linkage campaign from its folder and its policy.

    recompute_linkage.py DIR [--policy FILE.toml] [--catalogs catalogs] [--encoding utf-8|gb18030]

A second reading of docs/linkage.md, written to be checked by eye. It shares no code with the engine and needs nothing but
Python 3.11: prices are exact fractions, the curve of the price-ratio rule is computed with 120 digits. Every SKU is given as
its certificate holds it (docs/linkage.md, section 5), steps and all.

Without the certificate of a campaign, one line is printed for each SKU.
Exit: 0 decided, 2 the folder or the policy cannot be read, 3 a SKU waits for something only a person can give.
"""

import argparse
import calendar
import datetime
import sys
import tomllib
from fractions import Fraction
from pathlib import Path

from linkage_policy import Open, PolicyFile
from linkage_ratio import PRICE_MAX, RatioRule
from recompute import CATALOGS, NotCovered, rounded, table, text, toml_file, yes
from rule_digests import exact

AWARDS = ("province_award", "alliance_award")
KEY_BYTES = "surrogatepass"


def bytewise(name):
    return name.encode("utf-8", KEY_BYTES)


def day(written):
    return datetime.date.fromisoformat(str(written)) if written else None


def percent_text(value, decimals):
    scaled = int(value * 10**decimals)
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    return ("-" if scaled < 0 else "") + (digits[:-decimals] + "." + digits[-decimals:] if decimals else digits)


def cut_percent(price, old, decimals):
    """By how much `price` is below `old`, rounded half up away from zero."""
    cut = (1 - price / old) * 100
    return rounded(cut, ("half_up", decimals)) if cut >= 0 else -rounded(-cut, ("half_up", decimals))


def message(code, **values):
    return {"code": code, "values": values}


# ---------------------------------------------------------------- bands


class Band:
    """ "(2..3] = 10": above 2, up to 3. """

    def __init__(self, written):
        bounds, _, self.value = written.partition(" = ")
        self.text, self.low_in, self.high_in = written, bounds[0] == "[", bounds[-1] == "]"
        low, _, high = bounds[1:-1].partition("..")
        self.low, self.high = Fraction(low), Fraction(high) if high else None

    def holds(self, ratio):
        if ratio < self.low or (ratio == self.low and not self.low_in):
            return False
        return self.high is None or ratio < self.high or (ratio == self.high and self.high_in)


def band_of(written, ratio):
    return next((band for band in map(Band, written) if band.holds(ratio)), None)


# ---------------------------------------------------------------- the folder


class Product:
    def __init__(self, row):
        self.id, self.form, self.spec, self.maker = row["product"], row["form"], row["spec"], row["maker"]
        self.units = int(Fraction(row["pack_units"]))
        self.content = Fraction(row["content_mg"]) if row["content_mg"] else None
        self.variety = row.get("variety") or row["name"]
        self.evaluated, self.originator = yes(row.get("evaluated")), yes(row.get("originator"))


class Observation:
    def __init__(self, row):
        self.id, self.product, self.region, self.source = (row[name] for name in ("observation", "product", "region", "source"))
        self.price, self.units = Fraction(row["pack_price"]), int(Fraction(row["pack_units"]))
        self.content = Fraction(row["content_mg"]) if row.get("content_mg") else None
        self.begins, self.ends = day(row["effective_from"]), day(row.get("effective_to"))
        self.known, self.document = day(row.get("recorded")), row.get("document") or ""
        self.status, self.evaluated = row.get("status") or "in_force", yes(row.get("evaluated"))


class Winner:
    def __init__(self, row):
        self.product, self.price = row["product"], Fraction(row["price"])
        self.regions = [name for name in row["regions"].split("|") if name]


def carried_year(catalogs, year):
    """What the carried calendar says of a year: its days, and the text its digest covers."""
    data = tomllib.loads((Path(catalogs) / "calendar" / f"{year}.toml").read_bytes().decode("utf-8"))
    told = {}
    for holiday in data["holiday"]:
        at = day(holiday["from"])
        while at <= day(holiday["to"]):
            told[at] = False
            at += datetime.timedelta(1)
        told.update({day(at): True for at in holiday["make_up"]})
    lines = [f"{at}={int(works)}\n" for at, works in sorted(told.items())]
    return told, f"year={data['year']}\n" + "".join(lines)


class Campaign:
    """`carried`: years of the carried calendar that may be counted by (None: all that are carried)."""

    def __init__(self, folder, catalogs=CATALOGS, policy=None, encoding="utf-8", carried=None):
        folder, catalogs = Path(folder), Path(catalogs)
        self.head = toml_file(folder / "campaign.toml", encoding)
        path = folder / "parameters.toml"
        given = toml_file(path, encoding).get("given", {}) if path.exists() else {}
        policy = policy or catalogs / "linkage" / f"{self.head['policy']}.toml"
        self.policy = PolicyFile(policy, {name: entry["value"] for name, entry in given.items()})
        self.as_of, self.known_at = day(self.head["as_of"]), day(self.head.get("known_at"))
        self.region, self.scope = self.head["region"], self.head.get("scope", "all_listed")
        self.check_policy()
        self.ratio = None
        if self.policy.entry("conversion.rule").get("value") == "price_ratio":
            self.ratio = RatioRule(catalogs / "price-ratio" / f"{self.policy.wanted('conversion.price_ratio_rule')}.toml")
        rows_of = lambda name, required=False: table(folder, name, required, encoding)
        products = sorted(map(Product, rows_of("products.csv", True)), key=lambda product: bytewise(product.id))
        self.products = {product.id: product for product in products}
        observations = sorted(map(Observation, rows_of("observations.csv", True)), key=lambda one: bytewise(one.id))
        self.observed = {}
        for one in observations:
            self.observed.setdefault(one.product, []).append(one)
        self.listings = sorted(((row["product"], Fraction(row["price"])) for row in rows_of("listings.csv", True)),
                               key=lambda listing: bytewise(listing[0]))
        winners = sorted(map(Winner, rows_of("winners.csv")), key=lambda winner: bytewise(winner.product))
        self.winners = {winner.product: winner for winner in winners}
        self.read_events(sorted(rows_of("events.csv"), key=lambda row: int(Fraction(row["seq"]))))
        self.departures = {day(row["day"]): yes(row["works"]) for row in rows_of("holidays.csv")}
        self.years = {at.year for at in self.departures}
        self.carry(catalogs, carried)

    def check_policy(self):
        head = self.policy.identity
        if self.policy.region not in ("全国", self.region):
            raise NotCovered(f"{self.policy.id} is a policy of {self.policy.region}, not of {self.region}")
        if not str(head["effective_from"]) <= str(self.as_of) <= str(head.get("effective_to") or "9999"):
            raise NotCovered(f"{self.policy.id} is not in force on {self.as_of}")

    def read_events(self, events):
        known = [(day(row["at"]), row) for row in events if self.known_at is None or day(row["at"]) <= self.known_at]
        self.out = {}   # observation -> whether the last correction known excludes it
        self.last = {}  # product -> (day, event)
        for at, row in sorted(known, key=lambda one: one[0]):  # stable: by day, then seq
            if row["event"] in ("exclude_observation", "restore_observation"):
                self.out[row["observation"]] = row["event"] == "exclude_observation"
            elif at <= self.as_of:
                self.last[row["product"]] = at, row

    def carry(self, catalogs, carried):
        if carried is None:
            carried = [int(path.stem) for path in sorted((catalogs / "calendar").glob("*.toml"))]
        told = {year: carried_year(catalogs, year)[0] for year in carried if year not in self.years}
        for days in told.values():
            self.departures.update({at: works for at, works in days.items() if at.year in told})
        self.years |= set(told)

    # ---------------------------------------------------------------- one price

    def form(self, product):
        return self.ratio.forms.get(product.form)

    def unit_price(self, one, product):
        """Of an observation, per smallest unit of the product's own strength; None: no price ratio is known."""
        rounding = self.policy.rounding("conversion.unit_rounding")
        if self.ratio is None:
            return rounded(one.price / one.units, rounding)
        form, strength = self.form(product), Fraction(1)
        if one.content is not None:
            strength = one.content / product.content
        return self.ratio.convert(one.price, (form, strength, one.units), (form, Fraction(1), 1), rounding)

    def pack_price(self, unit, product):
        rounding = self.policy.rounding("conversion.pack_rounding")
        if self.ratio is None:
            price = rounded(unit * product.units, rounding)
            return price if price <= PRICE_MAX else None
        form = self.form(product)
        return self.ratio.convert(unit, (form, Fraction(1), 1), (form, Fraction(1), product.units), rounding)

    def between(self, price, of, to):
        """A pack price of one product, per smallest unit of another."""
        rounding = self.policy.rounding("conversion.unit_rounding")
        if self.policy.need("conversion.rule") == "divide":
            return rounded(price / of.units, rounding) if of.content == to.content else None
        if (of.content is None) != (to.content is None):
            return None
        contents = of.content or Fraction(1), to.content or Fraction(1)
        return self.ratio.convert(price, (self.form(of), contents[0], of.units), (self.form(to), contents[1], 1), rounding)

    # ---------------------------------------------------------------- what counts

    def ask(self):
        """Everything the reference needs of the policy, in the order in which an open value is named."""
        policy, need = self.policy, self.policy.need
        for name in ("comparison.key", "conversion.rule", "conversion.unit_rounding", "conversion.pack_rounding", "reference.aggregator"):
            need(name)
        policy.wanted("reference.tolerance")
        aggregator = need("reference.aggregator")
        for name in {
            "minimum": "", "lower_of_two_families": "", "mean_of_lowest": "lowest count_each too_few",
            "minimum_of_regions": "too_few regions_needed", "median": "count_each median_of_even",
        }[aggregator].split():
            need(f"reference.{name}")
        need("comparison.sources")
        for name in ("awards_elsewhere", "own_region", "suspended", "under_objection", "not_evaluated"):
            need(f"exclusions.{name}")
        policy.wanted("exclusions.regions")
        if aggregator == "minimum_of_regions":
            policy.wanted("reference.regions")
        if aggregator == "lower_of_two_families":
            need("reference.first_family")
            need("reference.second_family")

    def families(self, one):
        """Which of the two families an observation belongs to."""
        own = one.region == self.region
        return [
            one.source in words or (own and "own_region" in words)
            for words in (self.policy.need("reference.first_family"), self.policy.need("reference.second_family"))
        ]

    def why_not(self, one, product):
        """The first reason for which an observation does not count (docs/linkage.md, section 2)."""
        need, own = self.policy.need, one.region == self.region
        aggregator = need("reference.aggregator")
        named = self.policy.wanted("reference.regions") if aggregator == "minimum_of_regions" else None
        in_no_family = aggregator == "lower_of_two_families" and not any(self.families(one))
        # Without own_region in either family a class outside of both counts nowhere.
        nowhere = in_no_family and "own_region" not in [*need("reference.first_family"), *need("reference.second_family")]
        key = need("comparison.key")
        reasons = (
            ("excluded_by_event", self.out.get(one.id, False)),
            ("not_yet_recorded", self.known_at is not None and one.known is not None and one.known > self.known_at),
            ("not_yet_effective", one.begins > self.as_of),
            ("expired", one.ends is not None and one.ends < self.as_of),
            ("withdrawn", one.status == "withdrawn"),
            ("source_not_counted", one.source not in need("comparison.sources") or nowhere),
            ("award_of_other_region", not own and need("exclusions.awards_elsewhere") and one.source in AWARDS),
            ("own_region", own and need("exclusions.own_region")),
            ("region_not_counted", one.region in (self.policy.wanted("exclusions.regions") or [])
             or (named is not None and one.region not in named)),
            ("source_not_counted", in_no_family),
            ("suspended", one.status == "suspended" and need("exclusions.suspended")),
            ("under_objection", one.status == "under_objection" and need("exclusions.under_objection")),
            ("not_evaluated", not one.evaluated and need("exclusions.not_evaluated")),
            ("other_strength", key != "any_strength" and one.content is not None and one.content != product.content),
            ("other_pack", key == "same_pack" and one.units != product.units),
        )
        return next((reason for reason, holds in reasons if holds), None)

    # ---------------------------------------------------------------- all SKUs

    def decide(self):
        skus = []
        for name, old in self.listings:
            won = self.winners.get(name)
            if self.scope == "non_winning" and won is not None and self.region in won.regions:
                continue
            skus.append(Sku(self, self.products[name], old).decide())
        return skus


class Sku:
    """One SKU on the way to its entry in the certificate."""

    def __init__(self, campaign, product, old):
        self.campaign, self.policy, self.product, self.old = campaign, campaign.policy, product, old
        self.ceilings = []  # (price, kind, clause, evidence)
        self.used = []      # (unit price, observation), lowest first
        self.unit = self.reference = self.enforced = None
        self.entry = {
            "product": product.id, "status": "no_lower_price", "old_price": text(old), "reference_unit": None, "reference": None,
            "enforced_price": None, "provisional": False, "counted": 0, "used": [], "excluded": [], "ceilings": [], "label": "",
            "declare_by": None, "barred_until": None, "steps": [], "waits_for": [],
        }

    def step(self, code, basis=None, **values):
        step = {**message(f"step.link_{code}"), "values": values}
        if basis and basis[0]:
            step["clause"], step["evidence"] = basis
        self.entry["steps"].append(step)

    def decide(self):
        entry = self.entry
        try:
            self.fill()
        except Open as what:
            entry.update(status="waiting", provisional=False)
            self.enforced = None
            entry["waits_for"].append(message(what.args[0], **what.args[1]))
        entry["enforced_price"] = None if self.enforced is None else text(self.enforced)
        entry["ceilings"] = [
            {"kind": kind, "price": text(price), "clause": clause, "evidence": evidence}
            for price, kind, clause, evidence in self.ceilings
        ]
        return entry

    def fill(self):
        self.step("old_price", price=text(self.old), units=str(self.product.units))
        kind = None
        if self.policy.has("reference"):
            self.campaign.ask()
            kind = self.refer()
        barred = self.policy.has("winner_rules") and self.winner_rules()
        self.conclude(kind)
        if self.policy.has("labels"):
            self.label()
        if self.entry["status"] == "linked" and self.policy.has("deadline") and self.ceilings[0][1] == "linkage_reference":
            try:
                self.deadline()
            except Open as what:
                self.entry["waits_for"].append(message(what.args[0], **what.args[1]))
        if barred:
            self.close("suspended")
        self.events(barred)

    def close(self, status):
        self.entry.update(status=status, provisional=False)
        self.enforced = None

    # ---------------------------------------------------------------- the reference

    def refer(self):
        """What came of it: none, insufficient, within_tolerance, found, provisional."""
        campaign, policy, entry = self.campaign, self.policy, self.entry
        counted = []
        for one in campaign.observed.get(self.product.id, []):
            reason = campaign.why_not(one, self.product)
            unit = campaign.unit_price(one, self.product) if reason is None else None
            if reason is None and unit is None:
                reason = "no_price_ratio"
            if reason is None:
                counted.append((unit, one))
            else:
                entry["excluded"].append({"observation": one.id, "reason": reason})
        entry["counted"] = len(counted)
        counted.sort(key=lambda priced: priced[0])  # stable: equal prices by id
        kind, families = self.aggregate(counted)
        self.step("counted", policy.basis("comparison.sources"), as_of=str(campaign.as_of), counted=str(len(counted)),
                  excluded=str(len(entry["excluded"])))
        for unit, one in self.used:
            shown = {"observation": one.id, "region": one.region, "source": one.source, "document": one.document,
                     "pack_price": text(one.price), "unit_price": text(unit)}
            entry["used"].append({**shown, "effective_from": str(one.begins), "pack_units": one.units})
            self.step("price_used", policy.basis("conversion.rule"), **shown, **{"from": str(one.begins)}, units=str(one.units))
        self.step_of_figure(kind, counted, families)
        if kind not in ("found", "provisional"):
            return kind
        price = campaign.pack_price(self.unit, self.product)
        tolerated = price is not None and price < self.old and not self.exceeds_tolerance(price)
        if not price:  # none, or nothing at all: such a reference binds nobody
            return "within_tolerance" if tolerated else kind
        self.reference = price
        entry["reference_unit"], entry["reference"] = text(self.unit), text(price)
        self.step("reference_pack", policy.basis("conversion.pack_rounding"), unit_price=text(self.unit),
                  units=str(self.product.units), price=text(price))
        if tolerated:
            self.step("tolerance", policy.basis("reference.tolerance"), price=text(price), old_price=text(self.old),
                      tolerance=next(row.value for row in policy.rows if row.path == "reference.tolerance"))
            return "within_tolerance"
        self.ceilings.append((price, "linkage_reference", *policy.basis("reference.aggregator")))
        return kind

    def aggregate(self, counted):
        """Sets the prices used and the figure; (what it is, lowest price of each family)."""
        need, families = self.policy.need, [None, None]
        how = need("reference.aggregator")
        if not counted:
            return "none", families
        mean = lambda: rounded(sum(unit for unit, _ in self.used) / len(self.used), self.policy.rounding("conversion.unit_rounding"))
        if how in ("mean_of_lowest", "median") and need("reference.count_each") == "region":
            if how == "median" or need("reference.lowest") > 1:
                lowest = {}
                for unit, one in counted:
                    lowest.setdefault(one.region, (unit, one))
                counted = list(lowest.values())
        enough = True
        self.used = counted[:1]
        if how == "mean_of_lowest":
            self.used = counted[: need("reference.lowest")]
            enough = len(self.used) == need("reference.lowest")
        elif how == "minimum_of_regions":
            enough = len({one.region for _, one in counted}) >= need("reference.regions_needed")
        elif how == "median":
            middle = (len(counted) - 1) // 2
            both = len(counted) % 2 == 0 and need("reference.median_of_even") == "mean"
            self.used = counted[middle : middle + (2 if both else 1)]
        elif how == "lower_of_two_families":
            lowest = [next((priced for priced in counted if self.campaign.families(priced[1])[family]), None) for family in (0, 1)]
            families = [priced and priced[0] for priced in lowest]
            self.used = sorted((lowest[at] for at in (0, 1) if lowest[at] and (at == 0 or lowest[0] is None or lowest[1][1] is not lowest[0][1])),
                               key=lambda priced: priced[0])
        self.unit = mean() if how in ("mean_of_lowest", "median") else self.used[0][0]
        if enough:
            return "found", families
        if need("reference.too_few") == "insufficient":
            self.unit = None
            return "insufficient", families
        self.used = self.used[:1]
        self.unit = self.used[0][0]
        return "provisional", families

    def step_of_figure(self, kind, counted, families):
        policy = self.policy
        how = policy.need("reference.aggregator")
        needed = lambda: str(policy.need("reference.regions_needed" if how == "minimum_of_regions" else "reference.lowest"))
        if kind == "insufficient":
            self.step("insufficient", policy.basis("reference.too_few"), needed=needed())
        elif kind == "provisional":
            self.step("provisional", policy.basis("reference.too_few"), needed=needed(), unit_price=text(self.unit))
        elif kind == "found":
            values = {"unit_price": text(self.unit)}
            if how == "minimum_of_regions":
                values["regions"] = str(len({one.region for _, one in counted}))
            elif how in ("mean_of_lowest", "median"):
                values["prices"] = str(len(self.used))
            elif how == "lower_of_two_families":
                values["first"], values["second"] = (text(price) if price else "-" for price in families)
            code = {"mean_of_lowest": "mean", "lower_of_two_families": "families"}.get(how, how)
            self.step(code, policy.basis("reference.aggregator"), **values)

    def exceeds_tolerance(self, price):
        tolerance = self.policy.wanted("reference.tolerance")
        if tolerance is None:
            return True
        return cut_percent(price, self.old, self.policy.entry("reference.tolerance")["decimals"]) > Fraction(tolerance)

    # ---------------------------------------------------------------- rules tied to winners

    def ceiling(self, kind, price, path):
        basis = self.policy.basis(path)
        self.ceilings.append((price, kind, *basis))
        self.step("ceiling", basis, ceiling_kind=kind, price=text(price))

    def winner_rules(self):
        """Whether the product may no longer be chosen."""
        won = self.campaign.winners.get(self.product.id)
        if won is not None:
            self.own_price(won)
            return False
        if self.too_many_makers():
            return True
        self.distance()
        return False

    def own_price(self, won):
        policy, campaign = self.policy, self.campaign
        if campaign.region in won.regions:
            return self.ceiling("own_award", won.price, "winner_rules.winning_price")
        way = policy.wanted("winner_rules.outside_supply")
        rounding = policy.rounding("conversion.pack_rounding")
        price = None
        if way == "multiple":
            price = rounded(won.price * Fraction(policy.need("winner_rules.outside_supply_multiple")), rounding)
        elif way == "highest_winning_price":
            winning = self.comparable()
            price = campaign.pack_price(winning[-1][0], self.product) if winning else None
        if price is not None and price <= PRICE_MAX:
            self.ceiling("outside_supply", price, "winner_rules.outside_supply")

    def comparable(self):
        """Winners of the variety, per smallest unit of this product, lowest first."""
        campaign, found = self.campaign, []
        for won in campaign.winners.values():
            of = campaign.products[won.product]
            if of.variety == self.product.variety:
                unit = campaign.between(won.price, of, self.product)
                if unit is not None:
                    found.append((unit, of.id))
        return sorted(found, key=lambda one: one[0])

    def distance(self):
        policy, campaign, product = self.policy, self.campaign, self.product
        if not any(campaign.products[name].variety == product.variety for name in campaign.winners):
            return
        winning = self.comparable()
        if not winning:
            raise Open("wait.link_not_comparable", {"product": product.id})
        unit, winner = winning[0] if policy.need("winner_rules.winning_price") == "lowest" else winning[-1]
        pack = campaign.pack_price(unit, product)
        if pack is None:
            return
        self.step("winning_price", policy.basis("winner_rules.winning_price"), winner=winner, unit_price=text(unit), price=text(pack))
        bands = policy.wanted("winner_rules.cut_bands")
        if bands is not None:
            self.gradient(bands, unit, pack)
        if not product.evaluated and policy.need("winner_rules.cap_not_evaluated"):
            self.ceiling("winning_price", pack, "winner_rules.cap_not_evaluated")

    def gradient(self, bands, unit, pack):
        policy, rounding = self.policy, self.policy.rounding("conversion.pack_rounding")
        floor = Fraction(policy.need("winner_rules.floor_multiple"))
        own = self.campaign.between(self.old, self.product, self.product)
        if own is None or not unit:
            return
        band = band_of(bands, own / unit)
        self.step("band", policy.basis("winner_rules.cut_bands"), ratio=exact(own / unit), band=band.text if band else "-")
        if band:
            cut = rounded(self.old * (1 - Fraction(band.value) / 100), rounding)
            self.ceiling("gradient_cut", max(cut, rounded(pack * floor, rounding)), "winner_rules.cut_bands")

    def too_many_makers(self):
        policy, product = self.policy, self.product
        threshold = policy.wanted("winner_rules.makers_threshold")
        if threshold is None or product.evaluated or product.originator:
            return False
        scope, originators = policy.need("winner_rules.makers_scope"), policy.need("winner_rules.makers_include_originator")
        makers = {
            other.maker
            for other in self.campaign.products.values()
            if (other.evaluated or (other.originator and originators))
            and other.variety == product.variety
            and (scope == "variety" or other.spec == product.spec)
        }
        barred = len(makers) >= threshold
        self.step("makers_enough" if barred else "makers_few", policy.basis("winner_rules.makers_threshold"),
                  makers=str(len(makers)), threshold=str(threshold))
        return barred

    # ---------------------------------------------------------------- what follows

    def conclude(self, kind):
        self.ceilings.sort(key=lambda ceiling: ceiling[0])  # stable: the linkage reference first
        self.enforced = self.old
        if self.ceilings and self.ceilings[0][0] < self.old:
            price, governs, *basis = self.ceilings[0]
            self.enforced = price
            self.entry.update(status="linked", provisional=kind == "provisional" and governs == "linkage_reference")
            self.step("lower", basis, old_price=text(self.old), price=text(price),
                      cut=percent_text(cut_percent(price, self.old, 2), 2), ceiling_kind=governs, ceilings=str(len(self.ceilings)))
        elif kind == "within_tolerance":
            self.entry["status"] = "within_tolerance"
        elif not self.ceilings:
            if kind in ("none", "insufficient"):
                self.entry["status"] = "insufficient_observations"
            self.step("no_price", price=text(self.old))
        else:
            self.step("never_raises", pack_price=text(self.ceilings[0][0]), price=text(self.old))

    def label(self):
        bands = self.policy.need("labels.bands")
        if self.reference is None:
            return
        ratio = self.old / self.reference
        band = band_of(bands, ratio)
        if band:
            self.entry["label"] = band.value
            self.step("label", self.policy.basis("labels.bands"), label=band.value, ratio=exact(ratio), band=band.text)

    def deadline(self):
        policy = self.policy
        begin = max(one.begins for _, one in self.used)
        months = policy.wanted("deadline.months")
        days = policy.wanted("deadline.working_days") if months is None else None
        end = policy.wanted("deadline.window_end") if months is None and days is None else None
        if months is not None:
            until = months_later(begin, months, policy.need("deadline.month_end") == "last_day")
            path = "deadline.months"
        elif days is not None:
            until, path = self.working_days_later(begin, days), "deadline.working_days"
        elif end is not None:
            until, path = day(end), "deadline.window_end"
        else:
            return
        if until is None:
            return self.step("deadline_unknown", policy.basis(path), **{"from": str(begin)})
        self.entry["declare_by"] = str(until)
        self.step("deadline", policy.basis(path), **{"from": str(begin)}, until=str(until))

    def working_days_later(self, at, count):
        """None: a day on the way lies in a year nobody told."""
        while count:
            at += datetime.timedelta(1)
            if at.year not in self.campaign.years:
                return None
            count -= self.campaign.departures.get(at, at.weekday() < 5)
        return at

    def events(self, barred):
        policy, last = self.policy, self.campaign.last.get(self.product.id)
        if last is None or (barred and last[1]["event"] != "delist"):
            return
        at, event = last
        values = {name: event[name] for name in ("event", "who", "reason")} | {"at": str(at)}
        if event["event"] == "relist":
            return self.step("event", **values)
        consequence = {"suspend": "suspended", "delist": "delisted"}.get(event["event"])
        if consequence:
            self.step("event", **values)
        else:
            if not policy.has("consequences"):
                raise Open("wait.link_consequence", {})
            consequence = policy.need("consequences.ladder")[0]
            self.step("consequence", policy.basis("consequences.ladder"), **values, consequence=consequence)
        self.close("delisted" if consequence == "delisted" else "suspended")
        years = policy.wanted("consequences.bar_years") if consequence == "delisted" else None
        if years is not None:
            until = months_later(at, 12 * years, True)
            self.entry["barred_until"] = str(until)
            self.step("barred", policy.basis("consequences.bar_years"), until=str(until), price=text(self.old))


def months_later(at, months, last_day):
    month = at.month - 1 + months
    year, month = at.year + month // 12, month % 12 + 1
    last = calendar.monthrange(year, month)[1]
    if at.day <= last:
        return at.replace(year=year, month=month)
    end = datetime.date(year, month, last)
    return end if last_day else end + datetime.timedelta(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--policy")
    parser.add_argument("--catalogs", default=CATALOGS)
    parser.add_argument("--encoding", choices=["utf-8", "gb18030"], default="utf-8")
    arguments = parser.parse_args()
    try:
        skus = Campaign(arguments.folder, arguments.catalogs, arguments.policy, arguments.encoding).decide()
    except (NotCovered, OSError, ValueError, KeyError, TypeError, AttributeError, tomllib.TOMLDecodeError) as why:
        print(f"{type(why).__name__}: {why}", file=sys.stderr)
        return 2
    for sku in skus:
        print(sku["product"], sku["status"], sku["old_price"], sku["enforced_price"] or "-")
    return 3 if any(sku["waits_for"] for sku in skus) else 0


if __name__ == "__main__":
    sys.exit(main())
