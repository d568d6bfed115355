"""The generated rounds must notice every change of a rulebook: a parameter whose change alters no table of any of them
would mean that engine and verifier were never compared on it."""

import re
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "verify"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import make_worlds  # noqa: E402
import recompute  # noqa: E402

FOURTH, FIRST_X = "gy-yd2021-1", "gy-yd2019-1"
# rulebook, what is changed: stage kind, text as a regular expression, its replacement
CHANGES = [
    (FOURTH, "ceiling", r'compare( *= \{ value = )"<="', r'compare\1"<"'),
    (FOURTH, "ceiling", r"decimals = 4", "decimals = 3"),
    (FOURTH, "ceiling", r'"half_up"', '"down"'),
    (FOURTH, "bidders", r"(over_ceiling_counts *= \{ value = )true", r"\1false"),
    (FOURTH, "bidders", r"(without_price_counts *= \{ value = )true", r"\1false"),
    (FOURTH, "bidders", r"(absent_counts *= \{ value = )false", r"\1true"),
    (FOURTH, "bidders", r"(set_aside_counts *= \{ value = )false", r"\1true"),
    (FOURTH, "bidders", r"(withdrawn_counts *= \{ value = )false", r"\1true"),
    (FOURTH, "bidders", r"(group_counts_once *= \{ value = )true", r"\1false"),
    (FIRST_X, "bidders", r"(unqualified_counts *= \{ value = )false", r"\1true"),
    (FIRST_X, "qualification", r"(main_spec_required *= \{ value = )true", r"\1false"),
    (FIRST_X, "ceiling", r'compare_own_lowest( *= \{ value = )"<="', r'compare_own_lowest\1"<"'),
    (FIRST_X, "comparable_price", '"smallest_main_spec"', '"smallest_spec"'),
    (FOURTH, "comparable_price", r"decimals = 4", "decimals = 3"),
    (FOURTH, "comparable_price", r'"half_up"', '"down"'),
    (FOURTH, "ranking", r'(column = "[^"]*", type = "number", first = )"larger"', r'\1"smaller"'),
    (FOURTH, "affiliation", r"(lowest_only *= \{ value = )true", r"\1false"),
    (FOURTH, "affiliation", r"(not_in_last_place *= \{ value = )true", r"\1false"),
    (FOURTH, "affiliation", r'(last_place *= \{ value = )"of_entrants"', r'\1"of_table"'),
    (FOURTH, "affiliation", r"(single_place_is_last *= \{ value = )false", r"\1true"),
    (FOURTH, "affiliation", r'(freed_place *= \{ value = )"next_rank"', r'\1"stays_empty"'),
    (FOURTH, "affiliation", r'(group_concerned *= \{ value = )"two_bidders"', r'\1"two_valid_bids"'),
    (FOURTH, "entry", r"3 = 2", "3 = 3"),
    (FOURTH, "entry", r"4 = 3", "4 = 2"),
    (FOURTH, "entry", r"9 = 7", "9 = 6"),
    (FOURTH, "gate", r'"1\.8"', '"1.7999"'),
    (FOURTH, "gate", r'"1\.8"', '"1.8001"'),
    (FOURTH, "gate", r'"50\.00"', '"49.99"'),
    (FOURTH, "gate", r'"50\.00"', '"50.01"'),
    (FOURTH, "gate", r'"0\.1000"', '"0.0999"'),
    (FOURTH, "gate", r'"0\.1000"', '"0.1001"'),
    (FOURTH, "price_ratio", r'(pack_base *= \{ value = )"1\.95"', r'\1"1.94"'),
    (FOURTH, "price_ratio", r'(content_base *= \{ value = )"1\.7"', r'\1"1.71"'),
    (FOURTH, "region_picking", r"(first_extra_picks *= \{ value = )1", r"\1 0"),
    (FIRST_X, "region_picking", '"next_rank_moves_up"', '"nobody_moves_up"'),
    (FOURTH, "agreed_volume", r"2 = 60", "2 = 61"),
    (FOURTH, "agreed_volume", r"2 = 50", "2 = 51"),
    (FOURTH, "agreed_volume", '"half_up"', '"half_even"'),
    (FOURTH, "term", r"3 = 2", "3 = 1"),
    (FOURTH, "derived_price", '"half_up"', '"down"'),
]


def change(text, kind, pattern, replacement):
    """The rulebook with one place of one stage changed."""
    stages = text.split("[[stage]]")
    for i, stage in enumerate(stages):
        if f'kind = "{kind}"' in stage:
            stages[i], found = re.subn(pattern, replacement, stage, count=1)
            if found == 1 and stages[i] != stage:
                return "[[stage]]".join(stages)
    raise AssertionError(f"{kind}: {pattern} not found")


class Worlds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.folders, cls.expected = {}, {}
        for name in {change[0] for change in CHANGES}:
            root = Path(cls.directory.name) / name
            make_worlds.exhaustive(root / "small", name, recompute.CATALOGS, 40, 3)
            for seed in range(1, 6):
                make_worlds.random_round(root / str(seed), name, recompute.CATALOGS, seed)
            cls.folders[name] = sorted(root.iterdir())
            cls.expected[name] = [cls.decide(folder) for folder in cls.folders[name]]

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    @staticmethod
    def decide(folder, rulebook=None):
        try:
            return recompute.tables(recompute.Round(folder, recompute.CATALOGS, rulebook).decide())
        except recompute.NotCovered as why:  # a recorded pick that is out of turn under other rules
            return str(why)

    def test_every_change_is_noticed(self):
        for name, kind, pattern, replacement in CHANGES:
            with self.subTest(rulebook=name, stage=kind, pattern=pattern):
                text = (recompute.CATALOGS / "rulebooks" / f"{name}.toml").read_text(encoding="utf-8")
                changed = Path(self.directory.name) / "changed.toml"
                changed.write_text(change(text, kind, pattern, replacement), encoding="utf-8")
                noticed = any(
                    self.decide(folder, changed) != expected
                    for folder, expected in zip(self.folders[name], self.expected[name])
                )
                self.assertTrue(noticed)


if __name__ == "__main__":
    unittest.main()
