"""The part of the price-ratio rule (catalogs/price-ratio) that a linkage campaign needs."""

import tomllib
from fractions import Fraction

from recompute import NotCovered, plus, power_of_log2, rounded, times

PRICE_MAX = Fraction(10**9)


class RatioRule:
    """The part of the rule that a linkage campaign needs: form, content, pack count; the floor and the cap of injections."""

    def __init__(self, path):
        data = tomllib.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
        value = lambda section, key: data[section][key]["value"]
        self.content_base, self.pack_base = Fraction(value("content", "base")), Fraction(value("pack", "base"))
        self.content_limit = Fraction(value("content", "separate_representative"))
        self.floor = Fraction(value("injection", "price_floor"))
        self.cap_last, self.cap_across = value("injection", "cap_last"), value("injection", "cap_across_forms")
        if value("computation", "factor_rounding") != "none":
            raise NotCovered("a price-ratio rule that rounds factors")
        self.forms = {}  # name or alias -> entry with factor and adder against the base of its family
        for entry in data["form"]:
            if entry["annex"] != "chemical_biological":
                continue
            factor = Fraction(entry["factor"]["value"])
            adder = Fraction(entry["adder"]["value"]) if "adder" in entry else Fraction(0)
            if "against" in entry:
                other = self.forms[entry["against"]]
                factor, adder = factor * other["factor"], adder + other["adder"]
            found = {"name": entry["name"], "family": entry["family"], "pack": entry["pack"], "factor": factor, "adder": adder,
                     "injection": entry.get("injection", False), "daily_cost": entry.get("daily_cost", False)}
            for name in [entry["name"], *entry.get("aliases", [])]:
                self.forms.setdefault(name, found)

    def convert(self, price, source, target, rounding):
        """`price` of a presentation (form, content, pack units) as that of another; None: there is no ratio."""
        (of, content, units), (to, to_content, to_units) = source, target
        if of is None or to is None or of["family"] != to["family"]:
            return None
        if max(content, to_content) >= self.content_limit * min(content, to_content):
            return None  # Art. 17
        if of is not to and of["daily_cost"] and to["daily_cost"]:
            return None  # the table of products has no daily doses
        adders = of["adder"] != to["adder"]
        across = of["pack"] == to["pack"] and (of["pack"] == "curve" or not adders)
        value = price if across else times(price, self.count(of, Fraction(1, units)))
        x = to_content / content
        by_content = power_of_log2(self.content_base, x) if x != 1 else Fraction(1)
        content_first = of["injection"] and to["injection"] and to["adder"] > of["adder"]
        if content_first:
            value = times(value, by_content)
        if of["factor"] == to["factor"]:
            value = plus(value, to["adder"] - of["adder"])
            if value < 0:
                return None
        else:
            value = plus(value, -of["adder"])
            if value < 0:
                return None
            value = plus(times(value, to["factor"] / of["factor"]), to["adder"])
        if not content_first:
            value = times(value, by_content)
        value = times(value, self.count(to, Fraction(to_units, units) if across else Fraction(to_units)))
        result = rounded(value, rounding)
        if to["injection"]:  # Art. 16(1)
            bounds = [lambda found: max(found, rounded(self.floor * to_units, rounding))]
            alike = of["adder"] == to["adder"] and of["factor"] == to["factor"]
            if to_content < content and (alike or self.cap_across):
                bounds.append(lambda found: min(found, rounded(price * Fraction(to_units, units), rounding)))
            for bound in bounds if self.cap_last else reversed(bounds):
                result = bound(result)
        return result if result <= PRICE_MAX else None

    def count(self, form, x):
        return power_of_log2(self.pack_base, x) if form["pack"] == "curve" else x
