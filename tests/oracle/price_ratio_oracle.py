#!/usr/bin/env python3
"""Independent oracle for the price-ratio rule (药品差比价规则): shares no code and no data file with the engine.

It draws seeded cases, works each out from the articles with 130-digit decimals (whole fractions where the curve
arguments of each base come to a power of two), and writes one line per case; with --driver the lines are piped
through the test driver, which compares. A failing line can be replayed by piping it into the driver alone.

Line: content_base pack_base switches price_micro mode decimals SOURCE TARGET expected
  switches  letters: f fill per rule, m material counts, i Art. 16(1), s Art. 13 short packs, r Art. 17; "-" none
  SOURCE    annex form content pack_units fill_nl material flags dose_nl daily_units treatment_units
            flags: e electrolyte, c fill curve, b biological; "-" where a value is absent
  expected  micro-yuan, or the name of the refusal
"""
import argparse
import random
import subprocess
import sys
from decimal import Decimal, getcontext
from fractions import Fraction
from math import gcd

getcontext().prec = 130
LN2 = Decimal(2).ln()
PRICE_MAX = 10**15

# Annex 1: form -> (family, pack curve?, factor, adder in yuan, fill base in ml or None, material kind, granule or powder?)
ANNEX_1 = {
    "普通片": ("oral", True, "1", "0", None, None, False),
    "素片": ("oral", True, "1", "0", None, None, False),
    "咀嚼片": ("oral", True, "1.05", "0", None, None, False),
    "含片": ("oral", True, "1.05", "0", None, None, False),
    "肠溶片": ("oral", True, "1.1", "0", None, None, False),
    "分散片": ("oral", True, "1.2", "0", None, None, False),
    "泡腾片": ("oral", True, "1.3", "0", None, None, False),
    "硬胶囊": ("oral", True, "1", "0", None, None, False),
    "肠溶胶囊": ("oral", True, "1.1", "0", None, None, False),
    "软胶囊": ("oral", True, "1.2", "0", None, None, False),
    "胶丸": ("oral", True, "1.2", "0", None, None, False),
    "颗粒剂": ("oral", False, "1.2", "0", None, None, True),
    "散剂": ("oral", False, "1.08", "0", None, None, True),
    "口服溶液": ("oral", False, "1.2", "0", None, None, False),
    "干混悬剂": ("oral", False, "1.32", "0", None, None, True),
    "泡腾颗粒剂": ("oral", False, "1.32", "0", None, None, True),
    "软膏剂": ("external", False, "1", "0", None, None, False),
    "糊剂": ("external", False, "1", "0", None, None, False),
    "乳膏剂": ("external", False, "1.1", "0", None, None, False),
    "凝胶剂": ("external", False, "1.1", "0", None, None, False),
    "小容量注射液": ("injection", False, "1", "0", 10, "small", False),
    "普通粉针": ("injection", False, "1", "0", 10, "small", False),
    "冻干粉针": ("injection", False, "1", "2.5", 10, "small", False),
    "大容量注射液": ("injection", False, "1", "4.5", 50, "large", False),
}
# Annex 2: form -> (family, pack curve?, factor), on mean daily cost.
ANNEX_2 = {
    "蜜丸": ("pill", False, "1"), "水蜜丸": ("pill", False, "1.2"),
    "水丸": ("pill", False, "1.3"), "浓缩水丸": ("pill", False, "1.4"),
    "糖衣片": ("tablet", True, "1"), "素片": ("tablet", True, "0.9"), "薄膜衣片": ("tablet", True, "1.1"),
    "肠溶片": ("tablet", True, "1.1"), "分散片": ("tablet", True, "1.2"), "泡腾片": ("tablet", True, "1.3"),
    "硬胶囊": ("tablet", True, "1"), "软胶囊": ("tablet", True, "1.4"),
    "颗粒剂(有糖型)": ("tablet", False, "1.25"), "颗粒剂(无糖型)": ("tablet", False, "1.375"),
    "口服液(有糖型)": ("tablet", False, "1.125"), "口服液(无糖型)": ("tablet", False, "1.2375"),
    "泡腾颗粒": ("tablet", False, "1.375"),
}
ORAL = [name for name, row in ANNEX_1.items() if row[0] == "oral"]
EXTERNAL = [name for name, row in ANNEX_1.items() if row[0] == "external"]
INJECTION = [name for name, row in ANNEX_1.items() if row[0] == "injection"]
LIQUID_OR_POWDER = ["颗粒剂", "散剂", "口服溶液", "干混悬剂"]
# (kind, material, biological) -> yuan
MATERIALS = {("large", "玻璃瓶"): ("0", "0"), ("large", "塑料瓶"): ("1", "1"), ("large", "软袋"): ("4", "4"),
             ("small", "西林瓶"): ("0", "0"), ("small", "预灌封注射器"): ("0", "3")}


class Side:
    """One presentation."""

    def __init__(self, annex, name, content, units):
        self.annex, self.name = annex, name
        self.content, self.units = content, units
        self.fill = self.dose = None  # nanolitres
        self.material = None
        self.electrolyte = self.curve = self.biological = False
        self.daily = self.treatment = None
        if annex == 1:
            row = ANNEX_1[name]
            self.family, self.by_curve, self.factor = row[0], row[1], Fraction(row[2])
            self.adder, self.fill_base, self.kind = Fraction(row[3]), row[4], row[5]
        else:
            row = ANNEX_2[name]
            self.family, self.by_curve, self.factor = row[0], row[1], Fraction(row[2])
            self.adder, self.fill_base, self.kind = Fraction(0), None, None

    def text(self):
        flags = ("e" if self.electrolyte else "") + ("c" if self.curve else "") + ("b" if self.biological else "")

        def show(value):
            return "-" if value is None else str(value)
        return " ".join([str(self.annex), self.name, str(self.content), str(self.units), show(self.fill),
                         show(self.material), flags or "-", show(self.dose), show(self.daily), show(self.treatment)])


def power_of_two(x):
    """k with x = 2^k, or None."""
    def one(n):
        return n.bit_length() - 1 if n & (n - 1) == 0 else None
    above, below = one(x.numerator), one(x.denominator)
    return None if above is None or below is None else above - below


class Value:
    """fraction x product of base^log2(x), kept apart by base until a number is needed."""

    def __init__(self, fraction):
        self.fraction = fraction
        self.curves = {}

    def times(self, fraction):
        self.fraction *= fraction

    def curve(self, base, x):
        k = power_of_two(base)
        if k is not None:
            self.fraction *= x**k
        else:
            self.curves[base] = self.curves.get(base, Fraction(1)) * x

    def settle(self):
        """An exact Fraction where there is one, a Decimal otherwise."""
        rest = []
        for base, x in self.curves.items():
            k = power_of_two(x)
            if k is not None:
                self.fraction *= base**k
            else:
                rest.append((base, x))
        self.curves = dict(rest)
        if not rest or self.fraction == 0:
            return self.fraction
        exponent = sum(ln(x) * ln(base) for base, x in rest) / LN2
        return dec(self.fraction) * exponent.exp()


LN_KNOWN = {}


def ln(fraction):
    if fraction not in LN_KNOWN:
        LN_KNOWN[fraction] = Decimal(fraction.numerator).ln() - Decimal(fraction.denominator).ln()
    return LN_KNOWN[fraction]


def dec(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def plus(value, yuan):
    """value + yuan, for an exact or a decimal value."""
    return value + yuan if isinstance(value, Fraction) else value + dec(yuan)


class Refused(Exception):
    pass


TALLY = {"exact": 0, "half way": 0, "irrational": 0, "refused": 0}


def rounded(value, mode, decimals):
    """Micro-yuan. `value` in yuan, exact or to far more digits than any boundary comes near."""
    unit = 10**decimals
    if isinstance(value, Fraction):
        scaled = value * unit
        low = scaled.numerator // scaled.denominator
        rest = scaled - low
        order = (rest > Fraction(1, 2)) - (rest < Fraction(1, 2))
        some = rest > 0
        TALLY["exact"] += 1
        TALLY["half way"] += 1 if order == 0 else 0
    else:
        scaled = value * unit
        low = int(scaled)
        rest = scaled - low
        near = min(rest, 1 - rest, abs(rest - Decimal("0.5")))
        if near < Decimal(10) ** -60:
            raise ArithmeticError("inexact value too close to a boundary: " + str(value))
        order = 1 if rest > Decimal("0.5") else -1
        some = True
        TALLY["irrational"] += 1
    up = {"half_up": order >= 0, "half_even": order > 0 or (order == 0 and low % 2 == 1),
          "down": False, "up": some}[mode]
    return (low + (1 if up else 0)) * 10**(6 - decimals)


def material_yuan(side):
    if side.kind is None or side.material is None:
        return Fraction(0)
    entry = MATERIALS.get((side.kind, side.material))
    if entry is None:
        raise Refused("material_unknown")
    return Fraction(entry[1 if side.biological else 0])


def fill_steps(side):
    """Ten-millilitre steps above the fill an injection is computed at."""
    if side.fill is None:
        return Fraction(0)
    return max(Fraction(0), Fraction(side.fill, 10**6) - side.fill_base) / 10


def doses(side, in_doses):
    """Fill to compare by the curve; in doses when either pack names one."""
    if in_doses:
        if not (side.curve and side.dose is not None):
            return Fraction(1)
        return Fraction(side.fill, side.dose) if side.fill else None
    return Fraction(side.fill) if side.fill else None


def answer(case):
    """Micro-yuan or the refusal, in the order of Art. 16."""
    a, b, on = case.source, case.target, case.switches
    if (a.annex, a.family) != (b.annex, b.family):
        raise Refused("different_families")
    if a.content == 0 or b.content == 0:
        raise Refused("content_not_positive")
    if "r" in on and max(a.content, b.content) >= 8 * min(a.content, b.content):
        raise Refused("separate_representative")
    daily_cost = a.annex == 2 and a.name != b.name
    if daily_cost and not (a.treatment and b.treatment):
        raise Refused("treatment_units_missing")
    injections = a.family == "injection"
    curve_fill = "f" in on and not injections and (a.curve or b.curve)
    x_fill = None
    if curve_fill:
        in_doses = (a.curve and a.dose is not None) or (b.curve and b.dose is not None)
        before, after = doses(a, in_doses), doses(b, in_doses)
        if before is None or after is None:
            raise Refused("fill_not_stated")
        x_fill = after / before
    materials = material_yuan(b) - material_yuan(a) if "m" in on else Fraction(0)

    value = Value(Fraction(case.price, 10**6))
    # Down to one unit.
    if a.by_curve:
        value.curve(case.pack_base, Fraction(1, a.units))
    else:
        value.times(Fraction(1, a.units))

    def content():
        if not daily_cost and not (a.electrolyte and b.electrolyte):
            value.curve(case.content_base, b.content / a.content)

    form_step = b.adder - a.adder
    if injections:
        if form_step > 0:
            content()
        steps = [form_step]
        settled = value.settle()
        settled = take(settled, steps[0])
        if form_step <= 0:
            settled = scale_by_content(settled, a, b, case)
        if "f" in on:
            settled = take(settled, (fill_steps(b) - fill_steps(a)) * Fraction("0.05"))
        settled = take(settled, materials)
        settled = times(settled, Fraction(b.units))
        if "s" in on:
            settled = times(settled, short_factor(a, b))
        result = rounded(settled, case.mode, case.decimals)
        if "i" in on:
            result = max(result, rounded(Fraction("0.20") * b.units, case.mode, case.decimals))
            if b.content < a.content and a.adder == b.adder:
                cap = Fraction(case.price, 10**6) * Fraction(b.units, a.units)
                result = min(result, rounded(cap, case.mode, case.decimals))
    else:
        value.times(b.factor / a.factor)
        content()
        if daily_cost:
            value.times(a.treatment / b.treatment)
        if x_fill is not None:
            value.curve(Fraction("1.9"), x_fill)
        if b.by_curve:
            value.curve(case.pack_base, Fraction(b.units))
        else:
            value.times(Fraction(b.units))
        if "s" in on:
            value.times(short_factor(a, b))
        result = rounded(value.settle(), case.mode, case.decimals)
    if result > PRICE_MAX:
        raise Refused("result_out_of_range")
    return result


def take(value, yuan):
    after = plus(value, yuan)
    if yuan < 0 and after < 0:
        raise Refused("difference_exceeds_price")
    return after


def times(value, fraction):
    return value * fraction if isinstance(value, Fraction) else value * dec(fraction)


def scale_by_content(value, a, b, case):
    if a.electrolyte and b.electrolyte:
        return value
    k = Value(Fraction(1))
    k.curve(case.content_base, b.content / a.content)
    factor = k.settle()
    if isinstance(factor, Fraction):
        return times(value, factor)
    if value == 0:
        return Fraction(0)
    return (value if isinstance(value, Decimal) else dec(value)) * factor


def short_factor(a, b):
    def short(side):
        return side.daily is not None and side.units <= 3 * side.daily
    return {(True, False): Fraction(10, 9), (False, True): Fraction(9, 10)}.get((short(a), short(b)), Fraction(1))


class Case:
    def __init__(self, source, target, switches, price, mode, decimals, content_base, pack_base):
        self.source, self.target, self.switches = source, target, switches
        self.price, self.mode, self.decimals = price, mode, decimals
        self.content_base, self.pack_base = content_base, pack_base

    def line(self):
        try:
            expected = str(answer(self))
        except Refused as why:
            expected = str(why)
            TALLY["refused"] += 1
        return " ".join([str(self.content_base), str(self.pack_base), self.switches or "-", str(self.price),
                         self.mode, str(self.decimals), self.source.text(), self.target.text(), expected])


PACKS = [1, 2, 3, 5, 6, 7, 8, 10, 12, 14, 15, 16, 20, 21, 24, 28, 30, 32, 36, 48, 50, 56, 60, 64, 84, 100]
CONTENTS = [Fraction(n) for n in (1, 2, 4, 5, 8, 10, 12, 15, 16, 20, 25, 30, 40, 50, 75, 80, 100, 150, 160, 250, 500)]
CONTENTS += [Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(5, 2), Fraction(173, 2)]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def flip(self, chance):
        return self.random.random() < chance

    def content_pair(self):
        """Half of the pairs stand in a power of two."""
        r = self.random
        first = r.choice(CONTENTS) if self.flip(0.9) else Fraction(r.randint(1, 10**6), r.randint(1, 1000))
        if self.flip(0.5):
            second = first * Fraction(2)**r.randint(-4, 4)
        else:
            second = r.choice(CONTENTS)
        if self.flip(0.004):
            second = Fraction(0)
        return first, second

    def pack_pair(self):
        r = self.random
        first = r.choice(PACKS) if self.flip(0.95) else r.randint(1, 2000)
        if self.flip(0.5):
            return (first, first * 2**r.randint(0, 4)) if self.flip(0.5) else (first * 2**r.randint(0, 4), first)
        return first, r.choice(PACKS)

    def price(self):
        r = self.random
        kind = r.random()
        if kind < 0.7:
            return r.randint(1, 20000) * 10**4
        if kind < 0.8:
            return r.randint(1, 100) * 5000
        if kind < 0.9:
            return r.randint(0, 10**9)
        return r.randint(0, 10**r.randint(3, 15))

    def rounding(self):
        r = self.random
        mode = "half_up" if self.flip(0.8) else r.choice(["half_even", "down", "up"])
        return mode, r.choice([2, 2, 2, 4, 4, 0, 1, 3, 5, 6])

    def oral(self):
        contents, packs, r = self.content_pair(), self.pack_pair(), self.random
        names = (r.choice(ORAL), r.choice(ORAL))
        if self.flip(0.4):
            names = (names[0], names[0])
        return [Side(1, names[i], contents[i], packs[i]) for i in (0, 1)]

    def short(self):
        sides = self.oral()
        daily = self.random.choice([Fraction(1), Fraction(2), Fraction(3), Fraction(3, 2), Fraction(1, 2)])
        for side in sides:
            side.daily = daily
            if self.flip(0.5):
                side.units = self.random.randint(1, 12)
        return sides

    def injection(self):
        contents, packs, r = self.content_pair(), self.pack_pair(), self.random
        sides = [Side(1, r.choice(INJECTION), contents[i], min(packs[i], 20)) for i in (0, 1)]
        biological, electrolyte = self.flip(0.5), self.flip(0.1)
        for side in sides:
            side.biological, side.electrolyte = biological, electrolyte and self.flip(0.9)
            if self.flip(0.6):
                choices = [1, 2, 5, 9, 10, 11, 20, 25, 49] if side.kind == "small" else [50, 51, 100, 200, 250, 500]
                side.fill = r.choice(choices) * 10**6 + (r.choice([1, 200, 500000]) if self.flip(0.2) else 0)
            if self.flip(0.4):
                side.material = r.choice([m for k, m in MATERIALS if k == side.kind])
            if self.flip(0.01):
                side.material = "木桶"
        return sides

    def filled(self):
        contents, packs, r = self.content_pair(), self.pack_pair(), self.random
        pool = EXTERNAL if self.flip(0.4) else LIQUID_OR_POWDER
        sides = [Side(1, r.choice(pool), contents[i], min(packs[i], 10)) for i in (0, 1)]
        with_dose = self.flip(0.5)
        for side in sides:
            side.curve = self.flip(0.8)
            dose = r.choice([5, 10, 15])
            side.fill = (r.choice([10, 20, 40, 60, 100, 120, 160, 250]) if side.curve else dose) * 10**6
            if side.curve and with_dose and self.flip(0.8):
                side.dose = dose * 10**6
            if self.flip(0.02):
                side.fill = None
        if self.flip(0.2):
            sides[0] = Side(1, "普通片", contents[0], packs[0])
        return sides

    def traditional(self):
        contents, packs, r = self.content_pair(), self.pack_pair(), self.random
        pool = [name for name, row in ANNEX_2.items() if row[0] == ("pill" if self.flip(0.2) else "tablet")]
        names = [r.choice(pool), r.choice(pool)]
        sides = [Side(2, names[i], contents[i], packs[i]) for i in (0, 1)]
        for side in sides:
            if self.flip(0.98):
                side.treatment = r.choice([Fraction(1), Fraction(2), Fraction(3), Fraction(4), Fraction(12), Fraction(9, 2)])
        return sides

    def across(self):
        contents, packs, r = self.content_pair(), self.pack_pair(), self.random
        names = [r.choice(sorted(ANNEX_1)), r.choice(sorted(ANNEX_1))]
        return [Side(1, names[i], contents[i], packs[i]) for i in (0, 1)]

    def tie(self):
        """A case whose unrounded result lies exactly half way, or as near to it as one micro-yuan of price can bring it."""
        r = self.random
        sides = self.oral() if self.flip(0.7) else self.injection()
        sides[1].content = sides[0].content * Fraction(2)**r.randint(-3, 3)
        base = r.choice([1, 3, 5, 7, 12])
        sides[0].units = base * 2**r.randint(0, 4)
        sides[1].units = base * 2**r.randint(0, 4)
        for side in sides:
            side.fill, side.material, side.electrolyte = None, None, False
        a, b = sides
        mode, decimals = ("half_up", 2) if self.flip(0.7) else (r.choice(["half_up", "half_even"]), r.choice([2, 3, 4]))
        k = Value(b.factor / a.factor)
        adder = b.adder - a.adder
        k.curve(Fraction("1.7"), b.content / a.content)
        for side, up in ((a, False), (b, True)):
            x = Fraction(side.units) if up else Fraction(1, side.units)
            if side.by_curve:
                k.curve(Fraction("1.95"), x)
            else:
                k.times(x)
        factor = k.settle()
        price = self.price()
        if isinstance(factor, Fraction):
            # half = (2m + 1) / (2 x 10^decimals) yuan = price x factor + shift: solve for the price in whole micro-yuan.
            if adder == 0:
                shift = Fraction(0)
            elif adder > 0:
                shift = adder * b.units
            else:
                shift = adder * Fraction("1.7")**power_of_two(b.content / a.content) * b.units
            wanted = self.half_way_price(factor, shift, decimals)
            if wanted is not None:
                price = wanted + r.choice([0, 0, 0, -1, 1])
        switches = r.choice(["", "f", "fm", "fmis"])
        return Case(a, b, switches, max(price, 0), mode, decimals, Fraction("1.7"), Fraction("1.95"))

    def half_way_price(self, factor, shift, decimals):
        """A price p in whole micro-yuan with p x factor + shift = h / (2 x 10^decimals) yuan, h odd; None if there is none."""
        # p = (h x up - offset) x denominator / numerator, brought to (first x h + second) / modulus in whole numbers.
        up = Fraction(10**6, 2 * 10**decimals) / factor
        offset = shift * 10**6 / factor
        modulus = up.denominator * offset.denominator
        first = up.numerator * offset.denominator
        second = -offset.numerator * up.denominator
        common = gcd(first, modulus)
        if second % common != 0:
            return None
        step = modulus // common
        h = -(second // common) * pow(first // common, -1, step) % step if step > 1 else 0
        if step % 2 == 0 and h % 2 == 0:
            return None
        h += step * self.random.randint(0, max(0, 40000 // step))
        while h % 2 == 0 or first * h + second < 0:
            h += step
        price = (first * h + second) // modulus
        return price if price <= PRICE_MAX else None

    def case(self):
        r = self.random
        if self.flip(0.35):
            return self.tie()
        makers = [self.oral] * 5 + [self.short] * 2 + [self.injection] * 5 + [self.filled] * 3
        makers += [self.traditional] * 2 + [self.across]
        source, target = r.choice(makers)()
        switches = "".join(letter for letter, chance in zip("fmisr", (0.7, 0.5, 0.4, 0.5, 0.05)) if self.flip(chance))
        mode, decimals = self.rounding()
        content_base = Fraction("1.7")
        pack_base = Fraction("1.95")
        if self.flip(0.05):
            content_base = r.choice([Fraction(2), Fraction(4), Fraction("1.6"), Fraction("1.95"), Fraction(1)])
        return Case(source, target, switches, self.price(), mode, decimals, content_base, pack_base)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--driver", help="test driver to pipe the cases through; without it they go to standard output")
    options = parser.parse_args()
    generator = Generator(options.seed)

    def lines():
        for _ in range(options.cases):
            yield generator.case().line() + "\n"

    if options.driver is None:
        sys.stdout.writelines(lines())
        return 0
    with subprocess.Popen([options.driver], stdin=subprocess.PIPE) as driver:
        try:
            block = []
            for line in lines():
                block.append(line)
                if len(block) == 1000:
                    driver.stdin.write("".join(block).encode())
                    block = []
            driver.stdin.write("".join(block).encode())
            driver.stdin.close()
        except BrokenPipeError:
            pass
    print(", ".join(f"{name} {count}" for name, count in TALLY.items()), "(results and bounds rounded)")
    print(f"seed {options.seed}; replay: {sys.argv[0]} --seed {options.seed} --cases {options.cases}")
    return driver.returncode


if __name__ == "__main__":
    sys.exit(main())
