from rounds_service import EARLIER, ROUND, RoundsTest

PATH = f"/api/rounds/{ROUND}/allocations"


class Allocations(RoundsTest):
    def test_every_row_as_the_award_has_it(self):
        for round_id in (EARLIER, ROUND):
            rows, _ = self.whole(f"/api/rounds/{round_id}/allocations")
            names = ("lot", "spec", "region", "supplier", "role", "quantity")
            self.assertEqual([[row[name] for name in names] for row in rows],
                             [[row[name] for name in names] for row in self.award_rows("allocations.csv", round_id)])

    def test_filters_and_exports(self):
        rows = self.exports_match(PATH, region="西藏", lot="27")
        self.assertTrue(rows and all(row["region"] == "西藏" for row in rows))
        supplier = next(row["supplier"] for row in self.award_rows("allocations.csv") if row["supplier"])
        rows = self.exports_match(PATH, supplier=supplier)
        self.assertTrue(rows and all(row["supplier"] == supplier for row in rows))

    def test_before_the_award(self):
        self.at_stage("bidding")
        self.denied(PATH, "access.round_stage", 403, "procurement_officer")
