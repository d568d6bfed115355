"""The verifier against figures worked out by hand from the clauses. Clause numbers as in recompute.py."""

import sys
import tempfile
import unittest
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "verify"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import make_worlds  # noqa: E402
import recompute  # noqa: E402

FIRST_X, SECOND, THIRD, FOURTH, FIFTH = (
    "gy-yd2019-1", "gy-yd2019-2", "gy-yd2020-1", "gy-yd2021-1", "gy-yd2021-2")
ALL = (FIRST_X, SECOND, THIRD, FOURTH, FIFTH)


def rulebook(name):
    return recompute.Rulebook(recompute.CATALOGS / "rulebooks" / f"{name}.toml", recompute.CATALOGS)


def lot_of(name, bids, *, ceiling="9.0000", specs=None, regions=None, events=(), wishes=None, demand=None, step="1",
           volume_class="general", term_class="general", packs=()):
    """Decides one lot of injections in packs of 100 (unit price = pack price / 100). bids: supplier -> unit price or dict."""
    with tempfile.TemporaryDirectory() as directory:
        folder = make_worlds.Folder(directory, name, recompute.CATALOGS, "hand-made")
        folder.add("lots.csv", lot="1", name="lot", volume_class=volume_class, base_form="小容量注射液", quantity_step=step,
                   term_class=term_class, regions="|".join(regions or []))
        for spec, content, limit in specs or [("10mg", "10", ceiling)]:
            folder.add("specs.csv", lot="1", spec=spec, content_mg=content, main_spec="1", ceiling=limit)
        for spec, region, quantity in demand or [("10mg", folder.regions[0], "1000")]:
            folder.add("demand.csv", lot="1", spec=spec, region=region, quantity=quantity)
        for supplier, bid in bids.items():
            bid = dict(bid) if isinstance(bid, dict) else {"unit": bid}
            unit = bid.pop("unit", "")
            folder.bid(**{"lot": "1", "supplier": supplier, "content_mg": "10", "form": "小容量注射液", "pack_units": "100",
                          "pack_price": unit and recompute.text(Fraction(unit) * 100), **bid})
        for kind, supplier, value in events:
            folder.event("1", kind, supplier, value)
        for supplier, listed in (wishes or {}).items():
            for order, region in enumerate(listed, 1):
                folder.add("preferences.csv", lot="1", supplier=supplier, order=order, region=region)
        for supplier, form, content, units in packs:
            folder.add("packs.csv", lot="1", supplier=supplier, product="", form=form, spec="", content_mg=content, pack_units=units)
        folder.write()
        return recompute.Round(directory).decide().lots["1"]


def won(lot):
    return [bid.supplier for bid in lot.winners]


def fate(lot, supplier):
    bid = next(bid for bid in lot.bids if bid.supplier == supplier)
    return bid.outcome, bid.step


class Numbers(unittest.TestCase):
    def test_curve_at_eight_decimals(self):
        for base, x, expected in (
            ("1.7", "1/10", "0.17157944"), ("1.7", "2/3", "0.73315537"), ("1.7", "3", "2.31874451"), ("1.7", "10", "5.82820402"),
            ("1.95", "1/30", "0.03774261"), ("1.95", "1/7", "0.15338041"), ("1.95", "1/100", "0.01183183"),
            ("1.9", "2.5", "2.33610423"), ("1.95", "1/60", "0.01935518"),
        ):
            value = recompute.power_of_log2(Fraction(base), Fraction(x))
            self.assertEqual(recompute.rounded(value, ("half_up", 8)), Fraction(expected), (base, x))

    def test_power_of_two_is_exact(self):
        self.assertEqual(recompute.power_of_log2(Fraction("1.7"), Fraction(4)), Fraction("2.89"))
        self.assertEqual(recompute.power_of_log2(Fraction("1.95"), Fraction(1, 2)), Fraction(20, 39))
        self.assertIsInstance(recompute.power_of_log2(Fraction("1.7"), Fraction(3)), recompute.Decimal)

    def test_rounding(self):
        for value, mode, decimals, expected in (
            ("0.00005", "half_up", 4, "0.0001"), ("0.00004999", "half_up", 4, "0"), ("2.5", "half_even", 0, "2"),
            ("3.5", "half_even", 0, "4"), ("0.0101", "up", 2, "0.02"), ("0.0199", "down", 2, "0.01"),
        ):
            self.assertEqual(recompute.rounded(Fraction(value), (mode, decimals)), Fraction(expected), value)

    def test_text(self):
        for value, expected in (("3.60", "3.6"), ("0.0348", "0.0348"), ("12", "12"), ("100", "100")):
            self.assertEqual(recompute.text(Fraction(value)), expected)


class PriceRatioExamples(unittest.TestCase):
    """Examples with figures printed by the office, and the order of computation of injections."""

    CASES = (
        ("1.68", "普通片 10 14", "普通片 20 14", 2, "2.86"),
        ("4.41", "普通片 10 14", "普通片 20 7", 2, "3.84"),
        ("34.12", "普通片 75 14", "普通片 75 30", 2, "71.11"),
        ("623", "普通片 100 60", "普通片 100 12", 2, "132.14"),
        ("798", "普通粉针 100 1", "普通粉针 500 1", 2, "2735.83"),
        ("5.42", "普通片 50 30", "普通片 50 45", 2, "8.01"),
        ("5.42", "普通片 50 30", "普通片 100 30", 2, "9.21"),
        ("57.50", "普通片 0.25 30", "普通片 1 30", 2, "166.18"),  # 166.175 exactly
        ("2.30", "小容量注射液 15 10", "小容量注射液 30 5", 2, "1.96"),  # 1.955 exactly
        ("14.09", "散剂 10000 15", "散剂 10000 20", 2, "18.79"),
        ("1.73", "硬胶囊 250 24", "硬胶囊 250 1", 4, "0.0810"),
        ("2.16", "硬胶囊 250 30", "硬胶囊 250 1", 4, "0.0815"),
        ("25.38", "普通片 100 14", "普通片 100 1", 4, "1.9963"),
        ("52.99", "普通片 100 30", "普通片 100 1", 4, "2.0000"),
        ("5.11", "硬胶囊 250 60", "硬胶囊 250 1", 4, "0.0989"),
        ("11.94", "普通片 150 60", "普通片 150 1", 4, "0.2311"),
        ("22.52", "普通片 750 30", "普通片 250 1", 4, "0.3666"),
        ("8.64", "分散片 250 10", "普通片 250 1", 4, "0.7832"),
        ("8.95", "普通片 250 12", "普通片 250 1", 4, "0.8167"),
        ("11.80", "普通片 10 14", "普通片 10 21", 2, "17.44"),
        ("5.66", "普通片 75 28", "普通片 150 12", 2, "4.25"),
        ("0.50", "普通片 10 1", "干混悬剂 10 1", 2, "0.66"),
        ("3.00", "小容量注射液 100 1", "冻干粉针 200 1", 2, "7.60"),
        ("7.60", "冻干粉针 200 1", "小容量注射液 100 1", 2, "3.00"),
        ("76.00", "冻干粉针 200 10", "小容量注射液 100 5", 2, "15.00"),
        ("7.60", "冻干粉针 200 1", "大容量注射液 400 1", 2, "14.92"),  # 7.60 x 1.7 + 2.00
    )

    def test_worked_examples(self):
        ratio = rulebook(SECOND).ratio
        for price, source, target, decimals, expected in self.CASES:
            source, target = ((f, Fraction(c), int(n)) for f, c, n in (source.split(), target.split()))
            value = ratio.convert("1", Fraction(price), source, target)
            self.assertEqual(recompute.rounded(value, ("half_up", decimals)), Fraction(expected), (price, source, target))

    def test_contents_may_be_linear_in_a_named_lot(self):
        ratio = rulebook(SECOND).ratio
        ratio.linear_content_lots = ["27"]
        convert = lambda lot: ratio.convert(lot, Fraction("3.14375"), ("颗粒剂", Fraction(1), 1), ("颗粒剂", Fraction(40), 1))
        self.assertEqual(convert("27"), Fraction("125.75"))
        self.assertEqual(recompute.rounded(convert("28"), ("half_up", 2)), Fraction("52.95"))

    def test_unrelated_forms_stop_the_lot(self):
        with self.assertRaises(recompute.LotWaits):
            rulebook(SECOND).ratio.convert("1", Fraction(1), ("软膏剂", Fraction(1), 1), ("普通片", Fraction(1), 1))

    def test_an_adder_larger_than_the_price_stops_the_lot(self):
        with self.assertRaises(recompute.LotWaits):
            rulebook(SECOND).ratio.convert("1", Fraction("2.5"), ("冻干粉针", Fraction(1), 1), ("小容量注射液", Fraction(1), 1))


class Ceiling(unittest.TestCase):
    def test_not_above(self):  # 6.4 of 1x, 2, 4, 5: not above
        for name in (FIRST_X, SECOND, FOURTH, FIFTH):
            for unit, expected in (("8.9999", "won"), ("9.0000", "won"), ("9.0001", "invalid")):
                self.assertEqual(fate(lot_of(name, {"A": unit}), "A")[0], expected, (name, unit))

    def test_third_round_below(self):  # 6.4 of 3: below
        for unit, expected in (("8.9999", "won"), ("9.0000", "invalid"), ("9.0001", "invalid")):
            self.assertEqual(fate(lot_of(THIRD, {"A": unit}), "A")[0], expected, unit)

    def test_rounding_before_comparing(self):  # 0.92815 becomes 0.9282, 0.92814999... becomes 0.9281
        for price, expected in (("92.81", "won"), ("185.62", "won"), ("185.63", "invalid")):
            units = "100" if price == "92.81" else "200"
            lot = lot_of(SECOND, {"A": {"pack_price": price, "pack_units": units}}, ceiling="0.9281")
            self.assertEqual(fate(lot, "A")[0], expected, price)

    def test_over_the_ceiling_counts_in_n(self):  # 11.1
        lot = lot_of(SECOND, {"A": "1", "B": "1.1", "C": "1.2", "D": "9.0001"})
        self.assertEqual((lot.n, lot.m, won(lot), fate(lot, "D")), (4, 3, ["A", "B", "C"], ("invalid", "ceiling")))

    def test_without_price_counts_absent_does_not(self):
        lot = lot_of(SECOND, {"A": "1", "B": "1.1", "C": "1.2", "D": ""})
        self.assertEqual((lot.n, lot.m, won(lot), fate(lot, "D")[0]), (4, 3, ["A", "B", "C"], "invalid"))
        lot = lot_of(SECOND, {"A": "1", "B": "1.1", "C": "1.2", "D": {"participation": "absent"}})
        self.assertEqual((lot.n, lot.m, won(lot), fate(lot, "D")[0]), (3, 2, ["A", "B"], "absent"))

    def test_events_take_a_bid_away(self):
        for kind in ("set_aside", "withdraw", "disqualify"):
            lot = lot_of(SECOND, {"A": "1", "B": "1.1", "C": "1.2", "D": "1.3"}, events=[(kind, "A", "")])
            self.assertEqual((lot.n, won(lot), fate(lot, "A")), (3, ["B", "C"], ("set_aside", kind)))

    def test_no_valid_bid(self):
        lot = lot_of(SECOND, {"A": "9.0001", "B": ""})
        self.assertEqual((lot.status, lot.n, lot.winners, lot.percent), ("failed", 2, [], None))

    def test_own_lowest_price_of_1x(self):  # 1x 6.4, second test, per pack
        for lowest, expected in (("99.99", "invalid"), ("100.00", "won"), ("100.01", "won")):
            lot = lot_of(FIRST_X, {"A": {"unit": "1", "own_lowest_price": lowest}})
            self.assertEqual(fate(lot, "A")[0], expected, lowest)


class Tables(unittest.TestCase):
    ENTRANTS = {
        FIRST_X: [1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3],
        SECOND: [1, 2, 2, 3, 4, 4, 5, 5, 6, 6, 6, 6, 6, 6],
        THIRD: [1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8, 8, 8],
        FOURTH: [1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10, 10],
        FIFTH: [1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10, 10],
    }

    def test_entrants_by_bidders(self):
        for name, row in self.ENTRANTS.items():
            for n, m in enumerate(row, 1):
                lot = lot_of(name, {f"S{i:02}": f"1.00{i:02}" for i in range(n)})
                self.assertEqual((lot.n, lot.m, len(lot.winners)), (n, m, m), (name, n))

    def test_region_counts(self):
        expected = {
            SECOND: {1: [31], 2: [16, 15], 3: [11, 10, 10], 4: [9, 8, 7, 7], 5: [7, 6, 6, 6, 6], 6: [6, 5, 5, 5, 5, 5],
                     7: [6, 5, 4, 4, 4, 4, 4], 8: [5, 4, 4, 4, 4, 4, 3, 3], 9: [5, 4, 4, 3, 3, 3, 3, 3, 3], 10: [4] + [3] * 9},
            FIRST_X: {1: [25], 2: [13, 12], 3: [9, 8, 8]},
        }
        expected |= {name: expected[SECOND] for name in (THIRD, FOURTH, FIFTH)}
        for name, rows in expected.items():
            for winners, counts in rows.items():
                lot = recompute.Lot({"lot": "1", "volume_class": "general", "base_form": "", "quantity_step": "1"},
                                    recompute.value_of(rulebook(name).stages["supply_regions"], "regions"))
                self.assertEqual(recompute.region_counts(rulebook(name), lot, winners), counts, (name, winners))

    def test_percent_and_term(self):
        general, reduced = [50, 60, 70, 80], [40, 50, 60, 70]
        for name, volume_class, term_class, percents, years in (
            (FIRST_X, "general", "general", [50, 60, 70], [1, 1, 2]),
            (SECOND, "general", "general", general, [1, 2, 2, 3]),
            (THIRD, "general", "general", general, [1, 1, 2, 3]),
            (FOURTH, "general", "general", general, [1, 1, 2, 3]),
            (FIFTH, "general", "general", general, [1, 1, 2, 3]),
            (THIRD, "reduced", "one_year", reduced, [1, 1, 1, 1]),
            (FOURTH, "reduced", "one_year", reduced, [1, 1, 1, 1]),
            (FIFTH, "reduced", "general", reduced, [1, 1, 2, 3]),
        ):
            for place, percent in enumerate(percents):
                bidders = (1, 2, 4, 5)[place] if name != FIRST_X else place + 1
                lot = lot_of(name, {f"S{i}": f"1.000{i}" for i in range(bidders)}, volume_class=volume_class, term_class=term_class)
                self.assertEqual((len(lot.winners), lot.percent, lot.term), (place + 1, percent, years[place]), (name, volume_class))

    def test_volume_cells(self):  # each cell half up to whole steps of 100: 12,545 x 60 % = 7,527; 14,250 x 60 % = 8,550
        lot = lot_of(SECOND, {"A": "1", "B": "1"} | {"B": "1.1"}, step="100",
                     demand=[("10mg", "北京", "12545"), ("10mg", "北京", "5"), ("10mg", "天津", "14250"), ("10mg", "河北", "14249")])
        self.assertEqual(lot.volumes, [("10mg", "北京", 7500), ("10mg", "天津", 8600), ("10mg", "河北", 8500)])


class Gates(unittest.TestCase):
    """12: four bidders, three enter, the bid X in question is the last of them."""

    def gate(self, unit, lowest, ceiling, **more):
        results = set()
        for name in (SECOND, THIRD, FOURTH, FIFTH):
            lot = lot_of(name, {"A": lowest, "B": lowest[:-1] + "1", "X": unit, "Z": ceiling[:-1] + "1"}, ceiling=ceiling, **more)
            results.add(fate(lot, "X"))
        self.assertEqual(len(results), 1)
        return results.pop()

    def test_factor_of_lowest(self):
        for unit, expected in (("1.7999", "won"), ("1.8000", "won"), ("1.8001", "lost")):
            self.assertEqual(self.gate(unit, "1.0000", "3.5000")[0], expected, unit)
        self.assertEqual(self.gate("1.8001", "1.0000", "3.5000"), ("lost", "gate"))

    def test_factor_is_not_rounded(self):  # 1.8 x 1.0002 = 1.80036
        for unit, expected in (("1.8003", "won"), ("1.8004", "lost")):
            lot = lot_of(SECOND, {"A": "1.0002", "B": "1.0003", "X": unit, "Z": "3.5001"}, ceiling="3.5000")
            self.assertEqual(fate(lot, "X")[0], expected, unit)

    def test_cut(self):  # 3.0000: 1.5001 is 49.9967 -> 50.00; 1.5002 is 49.9933 -> 49.99
        for unit, expected in (("1.5000", "won"), ("1.5001", "won"), ("1.5002", "lost")):
            self.assertEqual(self.gate(unit, "0.5000", "3.0000")[0], expected, unit)

    def test_cut_at_the_half(self):  # 2.0000: 1.0001 is 49.995 -> 50.00
        for unit, expected in (("1.0001", "won"), ("1.0002", "lost")):
            self.assertEqual(self.gate(unit, "0.4000", "2.0000")[0], expected, unit)

    def test_fixed_price(self):
        for unit, expected in (("0.0999", "won"), ("0.1000", "won"), ("0.1001", "lost")):
            self.assertEqual(self.gate(unit, "0.0500", "0.1900")[0], expected, unit)

    def test_failed_gate_is_not_replaced(self):
        lot = lot_of(SECOND, {"A": "1", "B": "1.1", "C": "1.9", "D": "1.95"}, ceiling="3.0000")
        self.assertEqual((won(lot), fate(lot, "C"), fate(lot, "D"), lot.percent), (["A", "B"], ("lost", "gate"), ("lost", "entry"), 60))

    def test_cut_is_of_the_own_spec_and_gates_of_the_smallest(self):
        # 20 mg at 3.40 is 2.00 at 10 mg; cut against 6.80 exactly 50 %.
        specs = [("10mg", "10", "9.0000"), ("20mg", "20", "6.8000")]
        for unit, expected in (("3.4000", "won"), ("3.4004", "lost")):
            lot = lot_of(SECOND, {"A": "0.5000", "X": {"unit": unit, "content_mg": "20"}}, specs=specs)
            self.assertEqual(fate(lot, "X")[0], expected, unit)
        x = next(bid for bid in lot.bids if bid.supplier == "X")
        self.assertEqual((x.unit_price, x.comparable), (Fraction("3.4004"), Fraction("2.0002")))

    def test_first_extension_has_no_gate(self):
        self.assertEqual(won(lot_of(FIRST_X, {"A": "1", "B": "5", "C": "8.9"})), ["A", "B", "C"])


class Affiliates(unittest.TestCase):
    """11.4 of 3, 4, 5; the group counts once in n. M: 3 bidders 2, 4 bidders 3, 5 bidders 4, 6 bidders 4."""

    def grouped(self, bids, group, name=FOURTH, **more):
        return lot_of(name, {s: {"unit": unit, "group": "G" if s in group else ""} for s, unit in bids.items()}, **more)

    def test_only_the_lowest_enters_and_places_go_on(self):
        for name in (THIRD, FOURTH, FIFTH):
            lot = self.grouped({"A": "1", "B": "1.1", "C": "1.2", "D": "1.3", "E": "1.4"}, "AB", name)
            self.assertEqual((lot.n, lot.m, won(lot), fate(lot, "B")), (4, 3, ["A", "C", "D"], ("lost", "affiliation")), name)

    def test_not_on_the_last_place(self):  # n = 3, M = 2: B stands on place 2; C moves there
        lot = self.grouped({"A": "1", "B": "1.1", "C": "1.2", "D": "1.3"}, "BD")
        self.assertEqual((lot.n, lot.m, won(lot)), (3, 2, ["A", "C"]))
        self.assertEqual((fate(lot, "B"), fate(lot, "D")), (("lost", "affiliation"), ("lost", "affiliation")))

    def test_just_before_the_last_place(self):  # n = 4, M = 3: B on place 2
        lot = self.grouped({"A": "1", "B": "1.1", "C": "1.2", "D": "1.3", "E": "1.4"}, "BE")
        self.assertEqual((lot.n, lot.m, won(lot)), (4, 3, ["A", "B", "C"]))

    def test_one_of_the_group_absent_is_no_concern(self):
        lot = lot_of(FOURTH, {"A": "1", "B": {"unit": "1.1", "group": "G"}, "C": "1.2",
                              "D": {"group": "G", "participation": "absent"}})
        self.assertEqual((lot.n, lot.m, won(lot)), (3, 2, ["A", "B"]))

    def test_two_groups_one_after_the_other_on_the_last_place(self):
        # n = 4 (A, two groups, E), M = 3. B is on place 2, C on place 3 falls, E moves up; nobody of the second group enters.
        bids = {"A": "1", "B": "1.1", "C": "1.2", "D": "1.3", "E": "1.4", "F": "1.5"}
        group = {"B": "G", "D": "G", "C": "H", "F": "H"}
        lot = lot_of(FOURTH, {s: {"unit": u, "group": group.get(s, "")} for s, u in bids.items()})
        self.assertEqual((lot.n, lot.m, won(lot)), (4, 3, ["A", "B", "E"]))

    def test_second_round_knows_no_affiliates(self):
        lot = self.grouped({"A": "1", "B": "1.1", "C": "1.2"}, "AB", SECOND)
        self.assertEqual((lot.n, won(lot)), (3, ["A", "B"]))


class Ties(unittest.TestCase):
    KEYS = {  # first key of each document, a value that goes first and one that goes second
        FIRST_X: ("1", "0"), SECOND: ("20", "19"), THIRD: ("20", "19"), FOURTH: ("20", "19"), FIFTH: ("1", "0"),
    }

    def test_first_key_decides(self):
        for name, (first, second) in self.KEYS.items():
            key = rulebook(name).stages["ranking"]["tie_keys"][0]
            if key["type"] == "flag" and key["first"] == "no":
                first, second = second, first
            lot = lot_of(name, {"A": "1", "B": {"unit": "1.1", key["column"]: second}, "C": {"unit": "1.1", key["column"]: first}})
            self.assertEqual(won(lot)[:2], ["A", "C"], name)

    def test_keys_of_the_documents(self):
        count = {name: len(rulebook(name).stages["ranking"]["tie_keys"]) for name in ALL}
        self.assertEqual(count, {FIRST_X: 5, SECOND: 4, THIRD: 4, FOURTH: 4, FIFTH: 5})
        for name in (SECOND, THIRD, FOURTH):
            first = [(key["type"], key["first"]) for key in rulebook(name).stages["ranking"]["tie_keys"]]
            self.assertEqual(first, [("number", "larger"), ("number", "larger"), ("date", "earlier"), ("flag", "yes")], name)

    def test_a_later_key_decides_when_the_earlier_are_equal(self):
        keys = [key["column"] for key in rulebook(SECOND).stages["ranking"]["tie_keys"]]
        equal = {keys[0]: "20", keys[1]: "5"}
        lot = lot_of(SECOND, {"A": "1", "B": {"unit": "1.1", **equal, keys[2]: "2019-01-02"},
                              "C": {"unit": "1.1", **equal, keys[2]: "2019-01-01"}})
        self.assertEqual(won(lot), ["A", "C"])

    def test_tie_across_the_cut_waits(self):
        bids = {"A": "1", "B": "1.1", "C": "1.1"}
        lot = lot_of(SECOND, bids)
        self.assertEqual((lot.status, lot.tie, fate(lot, "A")[0]), ("pending", ["B", "C"], "pending"))
        lot = lot_of(SECOND, bids, events=[("draw_of_lots", "", "C|B")])
        self.assertEqual((lot.status, won(lot)), ("decided", ["A", "C"]))

    def test_tie_on_different_region_counts_waits(self):  # 16 and 15 regions
        self.assertEqual(lot_of(SECOND, {"A": "1", "B": "1"}).status, "pending")
        self.assertEqual(won(lot_of(SECOND, {"A": "1", "B": "1"}, events=[("draw_of_lots", "", "B|A")])), ["B", "A"])

    def test_tie_on_equal_region_counts_is_listed(self):  # 11, 10, 10; ranks 2 and 3 tie, by the unrounded price
        lot = lot_of(SECOND, {"A": "1", "B": "1.1", "C": "1.1", "D": "2"})
        self.assertEqual((lot.status, won(lot), lot.counts), ("decided", ["A", "B", "C"], [11, 10, 10]))
        # 220.01 / 200 = 1.10005 -> 1.1001 and 110.01 / 100 = 1.1001: the first is cheaper before rounding.
        lot = lot_of(SECOND, {"A": "1", "B": "1.1001", "C": {"pack_price": "220.01", "pack_units": "200"}, "D": "2"})
        self.assertEqual(won(lot), ["A", "C", "B"])

    def test_tie_beyond_the_cut_is_listed(self):  # n = 6, M = 4; with n = 5 the same M cuts between the tied
        bids = {"A": "1", "B": "1.1", "C": "1.2", "D": "1.3", "E": "1.4", "F": "1.4"}
        self.assertEqual(won(lot_of(SECOND, bids)), ["A", "B", "C", "D"])
        del bids["D"]
        self.assertEqual(lot_of(SECOND, bids).status, "pending")

    def test_tie_across_the_cut_does_not_matter_when_both_fail_the_gate(self):  # M = 3: one of C and D enters, none wins
        lot = lot_of(SECOND, {"A": "1", "B": "1.1", "C": "1.9", "D": "1.9"}, ceiling="3.0000")
        self.assertEqual((lot.status, won(lot)), ("decided", ["A", "B"]))

    def test_tie_among_winners_hides_whose_turn_it_is(self):
        bids = {"A": "1", "B": "1.1", "C": "1.1", "D": "2"}
        more = {"regions": ["北京", "天津", "河北", "山西"], "demand": [("10mg", "天津", "100")],
                "wishes": {s: ["北京", "天津", "河北", "山西"] for s in bids}}
        lot = lot_of(SECOND, bids, **more)
        self.assertEqual((lot.status, lot.counts, lot.tie, lot.allocations), ("decided", [2, 1, 1], ["B", "C"], [("10mg", "天津", "", "pending", 70)]))
        lot = lot_of(SECOND, bids, events=[("draw_of_lots", "", "C|B")], **more)
        self.assertEqual((won(lot), lot.tie, lot.allocations), (["A", "C", "B"], None, [("10mg", "天津", "A", "main", 70)]))

    def test_an_unfinished_session_allots_nothing(self):
        lot = lot_of(SECOND, {"A": "1", "B": "1.1"}, regions=["北京", "天津", "河北"], demand=[("10mg", "北京", "100")],
                     events=[("region_pick", "A", "北京"), ("region_pick", "A", "天津")])
        self.assertEqual(lot.allocations, [("10mg", "北京", "", "pending", 60)])

    def test_tie_inside_a_group_matters(self):
        bids = {s: {"unit": u, "group": "G" if s in "AB" else ""} for s, u in
                {"A": "1", "B": "1", "C": "1.1", "D": "1.2", "E": "1.3"}.items()}
        self.assertEqual(lot_of(FOURTH, bids).status, "pending")
        self.assertEqual(won(lot_of(FOURTH, bids, events=[("draw_of_lots", "", "B|A")])), ["B", "C", "D"])


class RegionSessions(unittest.TestCase):
    REGIONS = ["北京", "天津", "河北", "山西", "内蒙古"]

    def test_wishes(self):
        lot = lot_of(SECOND, {"A": "1", "B": "1.1"}, regions=self.REGIONS,
                     demand=[("10mg", region, "100") for region in self.REGIONS],
                     wishes={"A": ["天津", "北京", "河北", "山西", "内蒙古"], "B": ["北京", "天津", "内蒙古", "山西", "河北"]})
        # A takes 天津 first, then A 北京, B 内蒙古, A 河北, B 山西.
        taken = {region: supplier for _, region, supplier, role, _ in lot.allocations if role == "main"}
        self.assertEqual((lot.counts, taken), ([3, 2], {"天津": "A", "北京": "A", "内蒙古": "B", "河北": "A", "山西": "B"}))

    def test_one_winner_takes_all(self):
        lot = lot_of(SECOND, {"A": "1"}, regions=["北京", "天津"], demand=[("10mg", "天津", "100")])
        self.assertEqual((lot.counts, lot.allocations), ([2], [("10mg", "天津", "A", "main", 50)]))

    def test_pass_when_nobody_moves_up(self):  # 13.2
        bids = {"A": "1", "B": "1.1", "C": "1.2", "D": "1.3"}
        lot = lot_of(SECOND, bids, regions=["北京", "天津", "河北", "山西"], demand=[("10mg", "北京", "100")],
                     events=[("region_pick", "A", "北京"), ("region_pick", "A", "天津"), ("region_pass", "B", ""),
                             ("region_pick", "A", "河北"), ("region_pick", "A", "北京"), ("region_pick", "C", "天津"),
                             ("region_pick", "A", "山西")])
        self.assertEqual((won(lot), lot.counts, lot.percent, fate(lot, "B")), (["A", "C"], [3, 1], 60, ("lost", "region_picking")))
        self.assertEqual(lot.allocations, [("10mg", "北京", "A", "main", 60)])

    def test_pass_when_the_next_rank_moves_up(self):  # 1x 12.2
        regions = ["山西", "辽宁", "吉林"]
        lot = lot_of(FIRST_X, {"A": "1", "B": "1.1", "C": "1.2", "D": "1.3"}, regions=regions,
                     demand=[("10mg", "山西", "100")], events=[("region_pass", "A", "")])
        self.assertEqual((won(lot), lot.percent, fate(lot, "A")), (["B", "C", "D"], 70, ("lost", "region_picking")))
        lot = lot_of(FIRST_X, {"A": "1", "B": "1.1"}, regions=regions, events=[("region_pass", "A", "")],
                     demand=[("10mg", "山西", "100")])
        self.assertEqual((won(lot), lot.percent, lot.counts), (["B"], 50, [3]))

    def test_a_province_may_refuse_in_the_fifth_round(self):  # 13.3: the firm picks again
        more = {"regions": ["北京", "天津", "河北"], "demand": [("10mg", region, "100") for region in ("北京", "天津", "河北")]}
        events = [("region_pick", "A", "北京"), ("region_refused", "A", "北京"), ("region_pick", "A", "天津"),
                  ("region_pick", "A", "河北"), ("region_pick", "B", "北京")]
        lot = lot_of(FIFTH, {"A": "1", "B": "1.1"}, events=events, **more)
        self.assertEqual([(region, supplier) for _, region, supplier, _, _ in lot.allocations],
                         [("北京", "B"), ("天津", "A"), ("河北", "A")])
        with self.assertRaises(recompute.NotCovered):
            lot_of(FOURTH, {"A": "1", "B": "1.1"}, events=events, **more)

    def test_a_pick_out_of_turn_is_refused(self):
        with self.assertRaises(recompute.NotCovered):
            lot_of(SECOND, {"A": "1", "B": "1.1"}, events=[("region_pick", "B", "北京")])
        with self.assertRaises(recompute.NotCovered):
            lot_of(SECOND, {"A": "1", "B": "1.1"}, events=[("region_pick", "A", "北京"), ("region_pick", "A", "北京")])


class Qualification(unittest.TestCase):
    def test_main_spec_of_1x(self):  # 1x 6.2
        with tempfile.TemporaryDirectory() as directory:
            folder = make_worlds.Folder(directory, FIRST_X, recompute.CATALOGS, "main")
            folder.add("lots.csv", lot="1", name="lot", volume_class="general", base_form="小容量注射液", quantity_step="1")
            for spec, content, main in (("5mg", "5", "0"), ("10mg", "10", "1"), ("20mg", "20", "1")):
                folder.add("specs.csv", lot="1", spec=spec, content_mg=content, main_spec=main, ceiling="90")
            folder.add("demand.csv", lot="1", spec="10mg", region="山西", quantity="10")
            for supplier, content in (("A", "5"), ("B", "10"), ("C", "20")):
                folder.bid(lot="1", supplier=supplier, content_mg=content, form="小容量注射液", pack_units="1", pack_price="17")
            folder.write()
            lot = recompute.Round(directory).decide().lots["1"]
        self.assertEqual((lot.n, won(lot), fate(lot, "A")), (2, ["C", "B"], ("invalid", "qualification")))
        self.assertEqual([recompute.text(bid.comparable) for bid in lot.winners], ["10", "17"])  # at the smaller main spec


class Catalogue(unittest.TestCase):
    def test_forms_of_the_annex_agree_with_the_catalogue(self):
        listed = recompute.forms_of_catalogue(recompute.CATALOGS / "price-ratio" / "drug-2012.toml")
        for name, form in recompute.FORMS.items():
            self.assertEqual(listed[name], form)


if __name__ == "__main__":
    unittest.main()
