#!/usr/bin/env python3
"""jicai compare: changes, cost, and the clause that makes the difference."""

from fractions import Fraction

from harness import BAD_INPUT, DONE, ROOT, SECOND, SMALL, WAITS, CliTest, jicai, main, small_round

RULEBOOK = (ROOT / "catalogs" / "rulebooks" / "gy-yd2019-2.toml").read_text(encoding="utf-8")


class Compare(CliTest):
    def rulebook(self, *changes):
        text = RULEBOOK
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        path = self.work / f"draft{len(list(self.work.iterdir()))}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def compare(self, folder, b, code=DONE):
        return self.json_of(self.ends(jicai("compare", folder, "--rulebook", "gy-yd2019-2", "--rulebook", b, "--json"), code))

    def test_a_rulebook_with_itself(self):
        document = self.compare(SECOND, "gy-yd2019-2")
        self.assertEqual(document["changes"], [])
        self.assertEqual(document["cost_a"], document["cost_b"])
        self.assertEqual(document["cost_difference"], "0.00")

    def test_one_clause(self):
        # Three bidders: three instead of two may enter, so C wins too.
        b = self.rulebook(("2 = 2, 3 = 2, 4 = 3", "2 = 2, 3 = 3, 4 = 3"))
        document = self.compare(small_round(self.work / "round"), b)
        change, = document["changes"]
        self.assertEqual(change["lot"], "1")
        self.assertEqual((change["winners_a"], change["winners_b"]), ("甲制药、乙制药", "甲制药、乙制药、丙制药"))
        self.assertTrue(change["percent_changed"] and change["volumes_changed"] and change["winners_changed"])
        cause, = change["causes"]
        self.assertEqual((cause["path"], cause["reproduces_all"], cause["clause_a"]), ("entry.max_entrants", True, "11.1, table 2"))

    def test_only_the_combination(self):
        # C enters only with three places and passes only with a wider gate: neither alone lets it win.
        bids = SMALL["bids.csv"].replace("30,24.00", "30,38.00")
        b = self.rulebook(("2 = 2, 3 = 2, 4 = 3", "2 = 2, 3 = 3, 4 = 3"), ('value = "1.8"', 'value = "2.0"'))
        change, = self.compare(small_round(self.work / "round", bids_csv=bids), b)["changes"]
        self.assertTrue(change["only_combination"])
        run = jicai("compare", self.work / "round", "--rulebook", "gy-yd2019-2", "--rulebook", b, "--lang", "en")
        self.assertIn("only several together do", run.out)

    def test_an_indifferent_clause_is_not_blamed(self):
        b = self.rulebook(("2 = 2, 3 = 2, 4 = 3", "2 = 2, 3 = 3, 4 = 3"), ('value = "0.1000"', 'value = "0.0900"'))
        change, = self.compare(small_round(self.work / "round"), b)["changes"]
        self.assertEqual([cause["path"] for cause in change["causes"]], ["entry.max_entrants"])

    def test_cost_by_hand(self):
        # Lot 1 at 60 %: 10 mg 60000 + 200, 20 mg 12000. A has 16 regions of 31 at 20.00 (20 mg: 34.00) per 30, B 15 at 22.00 (37.40).
        # Lot 2 at 50 %: 25000 at 10.00 per 20, all regions D's.
        def term(quantity, price, share):
            return Fraction(round(Fraction(quantity) * Fraction(price) / 30 * share * 100)) / 100

        a, b = Fraction(16, 31), Fraction(15, 31)
        expected = term(60200, "20", a) + term(60200, "22", b) + term(12000, "34", a) + term(12000, "37.4", b) + 12500
        document = self.compare(small_round(self.work / "round"), "gy-yd2019-2")
        self.assertEqual(Fraction(document["cost_a"]), expected)
        self.assertTrue(document["cost_estimated"])

    def test_real_rounds(self):
        run = self.ends(jicai("compare", SECOND, "--rulebook", "gy-yd2019-2", "--rulebook", "gy-yd2020-1", "--lang", "en"), DONE)
        self.assertIn("15 of 32 lots come out differently", run.out)
        self.assertIn("win only under B: 齐鲁制药", run.out)
        self.assertIn("alone makes the whole difference: entry: bidders → most entrants (entry.max_entrants)", run.out)

    def test_a_lot_that_waits_under_one_rulebook_has_no_losers_there(self):
        # B and C tie: with three places the order changes no result but the turns, with two it decides who wins.
        bids = SMALL["bids.csv"].replace("30,24.00", "30,22.00")
        a = self.rulebook(("2 = 2, 3 = 2, 4 = 3", "2 = 2, 3 = 3, 4 = 3"))
        folder = small_round(self.work / "round", bids_csv=bids)
        arguments = ("compare", folder, "--rulebook", a, "--rulebook", "gy-yd2019-2")
        document = self.json_of(self.ends(jicai(*arguments, "--json"), WAITS))
        change, = document["changes"]
        self.assertEqual((change["status_a"], change["status_b"], change["winners_changed"]), ("decided", "pending", False))
        self.assertEqual((document["lots_without_cost"], document["cost_a"], document["cost_b"]), (1, "12500.00", "12500.00"))
        run = self.ends(jicai(*arguments), WAITS)
        self.assertIn("B 下等待：B、C 的单位可比价同为", run.out)
        self.assertNotIn("落选", run.out)

    def test_bad_rulebook(self):
        self.ends(jicai("compare", SECOND, "--rulebook", "gy-yd2019-2", "--rulebook", "nosuch"), BAD_INPUT)


if __name__ == "__main__":
    main()
