from rounds_service import EARLIER, ROUND, RoundsTest

PATH = f"/api/rounds/{ROUND}/supply"


class Supply(RoundsTest):
    def test_every_pack_as_the_award_prices_it(self):
        for round_id in (EARLIER, ROUND):
            rows, _ = self.whole(f"/api/rounds/{round_id}/supply")
            names = ("lot", "supplier", "product", "form", "spec", "pack_units", "pack_price")
            self.assertEqual([[str(row[name]) for name in names] for row in rows],
                             [[row[name] for name in names] for row in self.award_rows("packs_priced.csv", round_id)])

    def test_regions_are_those_the_winners_got(self):
        counts = {(row["lot"], row["supplier"]): row["regions"] for row in self.award_rows("region_counts.csv")}
        rows, _ = self.whole(PATH)
        for row in rows:
            self.assertEqual(str(row["regions"]), counts[row["lot"], row["supplier"]])

    def test_quantities_are_those_allocated(self):
        shares = {}
        for row in self.award_rows("allocations.csv"):
            if row["supplier"]:
                key = (row["lot"], row["spec"], row["supplier"])
                shares[key] = shares.get(key, 0) + int(row["quantity"])
        self.assertTrue(shares)
        for row in self.whole(PATH)[0]:
            wanted = shares.get((row["lot"], row["spec"], row["supplier"]))
            self.assertEqual(row["quantity"], "" if wanted is None else str(wanted))

    def test_exports(self):
        self.exports_match(PATH)
        rows = self.exports_match(PATH, text="齐鲁")
        self.assertTrue(rows and all("齐鲁" in row["supplier_name"] for row in rows))
        self.exports_match(PATH, lot="27", region="北京")

    def test_before_the_award(self):
        self.at_stage("bidding")
        self.denied(PATH, "access.round_stage", 403, "supplier")
