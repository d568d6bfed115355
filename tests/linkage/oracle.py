"""A slow, plain reading of docs/linkage.md: what a linkage folder must give under a policy. Shares no code with the engine.

    decide(folder, policy_path) -> [{column of decisions.csv: text, "reasons": {observation: why it does not count}}]
"""

import calendar
import csv
import datetime
import functools
import tomllib
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

FAR = datetime.date(9999, 1, 1)
AWARDS = {"province_award", "alliance_award"}


def rows(path):
    if not path.exists():
        return []
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file)]


def half_up(value, decimals):
    """A Fraction, rounded away from zero at the half."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def text(value, decimals):
    """As the tables print it: so many decimals, more only where there are more."""
    if value is None:
        return ""
    places = decimals
    while value * 10**places != int(value * 10**places):
        places += 1
    number = int(value * 10**places)
    return f"{number // 10**places}.{number % 10**places:0{places}d}" if places else str(number)


def day(written):
    return datetime.date.fromisoformat(str(written)) if written else None


class Policy:
    def __init__(self, path, given):
        with open(path, "rb") as file:
            self.tables = tomllib.load(file)
        self.id = self.tables["policy"]["id"]
        self.known = {}
        for name, value in given.items():
            section, key = name.split(".")
            entry = self.tables[section][key]
            assert "value" not in entry, name
            entry["value"] = value["value"]

    def has(self, section):
        return section in self.tables

    def names(self, section, key):
        return key in self.tables.get(section, {})

    def get(self, section, key):
        known = self.known.get((section, key))
        if known is None:
            known = self.known[section, key] = (self.asked(section, key),)
        return known[0]

    def asked(self, section, key):
        entry = self.tables.get(section, {}).get(key)
        if entry is None:
            return None
        if "value" not in entry:
            raise Open(f"{section}.{key}")
        return entry["value"]

    def decimals(self, key):
        return self.tables["conversion"][key]["decimals"]


class Open(Exception):
    """A value the policy leaves open."""


def interval(band):
    bounds, value = band.split(" = ")
    low, high = bounds[1:-1].split("..")
    return Fraction(low), bounds[0] == "[", Fraction(high) if high else None, bounds[-1] == "]", value


def band_of(bands, ratio):
    for band in bands:
        low, low_in, high, high_in, value = interval(band)
        above = ratio >= low if low_in else ratio > low
        below = high is None or (ratio <= high if high_in else ratio < high)
        if above and below:
            return value
    return None


def power_of_two(x):
    n, d = x.numerator, x.denominator
    return n & (n - 1) == 0 and d & (d - 1) == 0


def log2(x):
    return x.numerator.bit_length() - x.denominator.bit_length()


def curve(price, content, pack, decimals):
    """price x 1.7^log2(content) x 1.95^log2(pack), rounded half up."""
    if power_of_two(content) and power_of_two(pack):
        return half_up(price * Fraction(17, 10) ** log2(content) * Fraction(39, 20) ** log2(pack), decimals)
    with localcontext() as context:
        context.prec = 60
        return Fraction((number(price) * factor(content, pack)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def number(x):
    return Decimal(x.numerator) / Decimal(x.denominator)


@functools.cache
def factor(content, pack):
    two = Decimal(2).ln()
    return (number(content).ln() / two * Decimal("1.7").ln() + number(pack).ln() / two * Decimal("1.95").ln()).exp()


class Campaign:
    def __init__(self, folder, policy_path):
        folder = Path(folder)
        with open(folder / "campaign.toml", "rb") as file:
            self.head = tomllib.load(file)
        given = {}
        if (folder / "parameters.toml").exists():
            with open(folder / "parameters.toml", "rb") as file:
                given = tomllib.load(file).get("given", {})
        self.policy = Policy(policy_path, given)
        self.as_of = day(self.head["as_of"])
        self.known_at = day(self.head.get("known_at", "")) or FAR
        self.region = self.head["region"]
        self.products = {row["product"]: row for row in rows(folder / "products.csv")}
        self.seen = defaultdict(list)
        for row in rows(folder / "observations.csv"):
            row["price"] = Fraction(row["pack_price"])
            row["units"] = int(row["pack_units"])
            row["from"], row["to"] = day(row["effective_from"]), day(row.get("effective_to")) or FAR
            row["known"] = day(row.get("recorded")) or datetime.date(2000, 1, 1)
            self.seen[row["product"]].append(row)
        for seen in self.seen.values():
            seen.sort(key=lambda row: row["observation"].encode())
        self.listings = sorted(rows(folder / "listings.csv"), key=lambda row: row["product"].encode())
        self.winners = {row["product"]: row for row in rows(folder / "winners.csv")}
        self.events = sorted(rows(folder / "events.csv"), key=lambda row: int(row["seq"]))
        self.of_product = defaultdict(list)
        for event in self.events:
            self.of_product[event["product"]].append(event)
        self.of_variety = defaultdict(list)
        for product in self.products.values():
            self.of_variety[variety(product)].append(product)
        self.holidays = {day(row["day"]): row["works"] == "1" for row in rows(folder / "holidays.csv")}
        self.out = set()
        for event in sorted(self.events, key=lambda row: row["at"]):
            if day(event["at"]) <= self.known_at and event["event"] == "exclude_observation":
                self.out.add(event["observation"])
            if day(event["at"]) <= self.known_at and event["event"] == "restore_observation":
                self.out.discard(event["observation"])

    # ---------------------------------------------------------------- one price

    def per_unit(self, price, units, content, product):
        """Per smallest unit of the product's own strength."""
        decimals = self.policy.decimals("unit_rounding")
        if self.policy.get("conversion", "rule") == "divide":
            return half_up(price / units, decimals)
        strength = Fraction(product["content_mg"]) / Fraction(content) if content else Fraction(1)
        return curve(price, strength, Fraction(1, units), decimals)

    def per_pack(self, unit, product):
        decimals, units = self.policy.decimals("pack_rounding"), int(product["pack_units"])
        if self.policy.get("conversion", "rule") == "divide":
            return half_up(unit * units, decimals)
        return curve(unit, Fraction(1), Fraction(units), decimals)

    def counting_classes(self, region):
        """Source classes that count in a region; with families those of either."""
        get = self.policy.get
        sources = set(get("comparison", "sources"))
        if get("reference", "aggregator") != "lower_of_two_families":
            return sources
        families = set(get("reference", "first_family")) | set(get("reference", "second_family"))
        if region == self.region and "own_region" in families:
            return sources
        return sources & families

    def why_not(self, row, product):
        get = self.policy.get
        own = row["region"] == self.region
        if row["observation"] in self.out:
            return "excluded_by_event"
        if row["known"] > self.known_at:
            return "not_yet_recorded"
        if row["from"] > self.as_of:
            return "not_yet_effective"
        if row["to"] < self.as_of:
            return "expired"
        if row["status"] == "withdrawn":
            return "withdrawn"
        if row["source"] not in set(get("comparison", "sources")):
            return "source_not_counted"
        if not own and get("exclusions", "awards_elsewhere") and row["source"] in AWARDS:
            return "award_of_other_region"
        if own and get("exclusions", "own_region"):
            return "own_region"
        named = get("reference", "regions") if get("reference", "aggregator") == "minimum_of_regions" else None
        if row["region"] in (get("exclusions", "regions") or []) or (named and row["region"] not in named):
            return "region_not_counted"
        if row["source"] not in self.counting_classes(row["region"]):
            return "source_not_counted"
        if row["status"] in ("suspended", "under_objection") and get("exclusions", row["status"]):
            return row["status"]
        if get("exclusions", "not_evaluated") and row["evaluated"] != "1":
            return "not_evaluated"
        key = get("comparison", "key")
        content = row.get("content_mg")
        if key != "any_strength" and content and Fraction(content) != Fraction(product["content_mg"]):
            return "other_strength"
        if key == "same_pack" and row["units"] != int(product["pack_units"]):
            return "other_pack"
        return None

    # ---------------------------------------------------------------- one SKU

    def reference(self, product, decision):
        """(unit price or None, rows used, provisional, too few)"""
        get = self.policy.get
        how = get("reference", "aggregator")
        counted = []
        for row in self.seen[product["product"]]:
            why = self.why_not(row, product)
            if why:
                decision["reasons"][row["observation"]] = why
            else:
                unit = self.per_unit(row["price"], row["units"], row.get("content_mg"), product)
                counted.append((unit, row))
        decision["counted"] = str(len(counted))
        decision["excluded"] = str(len(decision["reasons"]))
        if not counted:
            return None, [], False, True
        order = lambda one: (one[0], one[1]["observation"].encode())
        if get("reference", "count_each") == "region" if how in ("mean_of_lowest", "median") else False:
            lowest = {}
            for one in sorted(counted, key=order):
                lowest.setdefault(one[1]["region"], one)
            counted = list(lowest.values())
        counted.sort(key=order)
        mean = lambda some: half_up(sum(unit for unit, _ in some) / len(some), self.policy.decimals("unit_rounding"))
        if how == "minimum":
            return counted[0][0], counted[:1], False, False
        if how == "mean_of_lowest":
            used = counted[: get("reference", "lowest")]
            enough = len(used) == get("reference", "lowest")
            figure = mean(used)
        elif how == "minimum_of_regions":
            used = counted[:1]
            enough = len({row["region"] for _, row in counted}) >= get("reference", "regions_needed")
            figure = counted[0][0]
        elif how == "median":
            middle = (len(counted) - 1) // 2
            both = len(counted) % 2 == 0 and get("reference", "median_of_even") == "mean"
            used = counted[middle : middle + (2 if both else 1)]
            return mean(used), used, False, False
        else:
            used = []
            for family in ("first_family", "second_family"):
                words = get("reference", family)
                of = [one for one in counted
                      if one[1]["source"] in words or ("own_region" in words and one[1]["region"] == self.region)]
                if of and of[0] not in used:
                    used.append(of[0])
            used.sort(key=lambda one: one[0])
            return used[0][0], used, False, False
        if enough:
            return figure, used, False, False
        if get("reference", "too_few") == "insufficient":
            return None, used, False, True
        return counted[0][0], counted[:1], True, False

    def comparable_winners(self, product):
        """Unit prices of the variety's winners in the product's own presentation, lowest first; None without winners."""
        of = [(self.winners[won["product"]], won) for won in self.of_variety[variety(product)] if won["product"] in self.winners]
        if not of:
            return None
        if self.policy.get("conversion", "rule") == "divide":
            of = [(row, won) for row, won in of if won["content_mg"] == product["content_mg"]]
        return sorted(self.per_unit(Fraction(row["price"]), int(won["pack_units"]), won["content_mg"], product) for row, won in of)

    def winner_ceilings(self, product, old):
        """(ceilings, whether the makers rule suspends)"""
        get, decimals = self.policy.get, self.policy.decimals("pack_rounding")
        name = product["product"]
        if name in self.winners:
            won = Fraction(self.winners[name]["price"])
            if self.region in self.winners[name]["regions"].split("|"):
                return [("own_award", won)], False
            way = get("winner_rules", "outside_supply")
            if way == "multiple":
                return [("outside_supply", half_up(won * Fraction(get("winner_rules", "outside_supply_multiple")), decimals))], False
            if way == "highest_winning_price":
                return [("outside_supply", self.per_pack(self.comparable_winners(product)[-1], product))], False
            return [], False
        threshold = get("winner_rules", "makers_threshold")
        if threshold and product["evaluated"] != "1" and product["originator"] != "1":
            scope = get("winner_rules", "makers_scope")
            originators = get("winner_rules", "makers_include_originator")
            makers = {other["maker"] for other in self.of_variety[variety(product)]
                      if (other["evaluated"] == "1" or (originators and other["originator"] == "1"))
                      and (scope == "variety" or other["spec"] == product["spec"])}
            if len(makers) >= threshold:
                return [], True
        winning = self.comparable_winners(product)
        if winning is None:
            return [], False
        if not winning:
            raise Open("not comparable")
        unit = winning[0] if get("winner_rules", "winning_price") == "lowest" else winning[-1]
        pack = self.per_pack(unit, product)
        ceilings = []
        if self.policy.names("winner_rules", "cut_bands"):
            bands = get("winner_rules", "cut_bands")
            floor = Fraction(get("winner_rules", "floor_multiple"))
            own = self.per_unit(old, int(product["pack_units"]), product["content_mg"], product)
            percent = band_of(bands, own / unit) if unit else None
            if percent is not None:
                cut = half_up(old * (1 - Fraction(percent) / 100), decimals)
                ceilings.append(("gradient_cut", max(cut, half_up(pack * floor, decimals))))
        if product["evaluated"] != "1" and get("winner_rules", "cap_not_evaluated"):
            ceilings.append(("winning_price", pack))
        return ceilings, False

    def deadline(self, used):
        get = self.policy.get
        begin = max(row["from"] for _, row in used)
        if self.policy.names("deadline", "months"):
            month = begin.month - 1 + get("deadline", "months")
            year, month = begin.year + month // 12, month % 12 + 1
            last = calendar.monthrange(year, month)[1]
            if begin.day <= last:
                return begin.replace(year=year, month=month)
            end = datetime.date(year, month, last)
            return end if get("deadline", "month_end") == "last_day" else end + datetime.timedelta(1)
        if self.policy.names("deadline", "working_days"):
            left, at = get("deadline", "working_days"), begin
            years = {day.year for day in self.holidays}
            while left:
                at += datetime.timedelta(1)
                if at.year not in years:
                    return None
                left -= 1 if self.holidays.get(at, at.weekday() < 5) else 0
            return at
        if self.policy.names("deadline", "window_end"):
            return day(get("deadline", "window_end"))
        return None

    def decide(self, listing):
        product, old = self.products[listing["product"]], Fraction(listing["price"])
        decision = defaultdict(str, product=product["product"], old_price=text(old, 2), counted="0", excluded="0",
                               provisional="0", reasons={}, waits=False)
        try:
            self.fill(decision, product, old)
        except Open:
            decision.update(status="waiting", enforced_price="", cut="", ceiling="", provisional="0", waits=True)
        return decision

    def fill(self, decision, product, old):
        unit, used, provisional, too_few = None, [], False, False
        ceilings, tolerated = [], False
        if self.policy.has("reference"):
            unit, used, provisional, too_few = self.reference(product, decision)
            decision["used"] = "|".join(row["observation"] for _, row in used)
            if unit is not None:
                pack = self.per_pack(unit, product)
                decision["reference_unit"], decision["reference"] = text(unit, 4), text(pack, 2)
                tolerance = self.policy.get("reference", "tolerance")
                if pack < old and tolerance is not None:
                    tolerated = half_up((1 - pack / old) * 100, 2) <= Fraction(tolerance)
                if not tolerated:
                    ceilings.append(("linkage_reference", pack))
        barred = False
        if self.policy.has("winner_rules"):
            more, barred = self.winner_ceilings(product, old)
            ceilings += more
        ceilings.sort(key=lambda one: one[1])
        decision["ceilings"] = "|".join(f"{kind}={text(price, 2)}" for kind, price in ceilings)
        enforced = old
        if ceilings and ceilings[0][1] < old:
            decision["status"], decision["ceiling"], enforced = "linked", ceilings[0][0], ceilings[0][1]
            if provisional and ceilings[0][0] == "linkage_reference":
                decision["provisional"] = "1"
        elif tolerated:
            decision["status"] = "within_tolerance"
        elif too_few and not ceilings:
            decision["status"] = "insufficient_observations"
        else:
            decision["status"] = "no_lower_price"
        if self.policy.has("labels") and unit is not None:
            decision["label"] = band_of(self.policy.get("labels", "bands"), old / Fraction(decision["reference"])) or ""
        if decision["status"] == "linked" and decision["ceiling"] == "linkage_reference" and self.policy.has("deadline"):
            try:
                until = self.deadline(used)
                decision["declare_by"] = until.isoformat() if until else ""
            except Open:
                decision["waits"] = True
        state = self.state(product, decision, barred)
        if state:
            decision.update(status=state, ceiling="", provisional="0")
            return
        decision["enforced_price"] = text(enforced, 2)
        decision["cut"] = text(half_up((1 - enforced / old) * 100, 2), 2)

    def state(self, product, decision, barred):
        last = None
        for event in self.of_product[product["product"]]:
            at = day(event["at"])
            if at <= self.as_of and at <= self.known_at:
                if last is None or day(last["at"]) <= at:
                    last = event
        if barred and (last is None or last["event"] != "delist"):
            return "suspended"
        if last is None or last["event"] == "relist":
            return ""
        kind = {"suspend": "suspended", "delist": "delisted"}.get(last["event"])
        if kind is None:
            if not self.policy.has("consequences"):
                raise Open("consequences")
            kind = self.policy.get("consequences", "ladder")[0]
        state = "delisted" if kind == "delisted" else "suspended"
        years = self.policy.get("consequences", "bar_years") if state == "delisted" else None
        if years:
            at = day(last["at"])
            leap_end = at.month == 2 and at.day == 29 and not calendar.isleap(at.year + years)
            decision["barred_until"] = at.replace(year=at.year + years, day=28 if leap_end else at.day).isoformat()
        return state


def variety(product):
    return product.get("variety") or product["name"]


def decide(folder, policy_path):
    campaign = Campaign(folder, policy_path)
    decisions = []
    for listing in campaign.listings:
        won = campaign.winners.get(listing["product"])
        if campaign.head.get("scope") == "non_winning" and won and campaign.region in won["regions"].split("|"):
            continue
        decisions.append(campaign.decide(listing))
    return decisions
