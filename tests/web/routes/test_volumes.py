from rounds_service import EARLIER, ROUND, RoundsTest

PATH = f"/api/rounds/{ROUND}/volumes"


class Volumes(RoundsTest):
    def test_every_cell_as_the_award_has_it(self):
        for round_id in (EARLIER, ROUND):
            rows, _ = self.whole(f"/api/rounds/{round_id}/volumes")
            shown = [[row["lot"], row["spec"], row["region"], str(row["percent"]), row["quantity"]] for row in rows]
            self.assertEqual(shown, [[row[name] for name in ("lot", "spec", "region", "percent", "quantity")]
                                     for row in self.award_rows("volumes.csv", round_id)])

    def test_exports(self):
        rows = self.exports_match(PATH, lot="3", region="北京")
        self.assertTrue(rows and all(row["lot"] == "3" and row["region"] == "北京" for row in rows))
        self.assertEqual(len(self.exports_match(PATH)), len(self.award_rows("volumes.csv")))
        self.assertEqual(self.exports_match(PATH, lot="999"), [])

    def test_agreed_volumes_tell_the_award_so_they_wait_for_it(self):
        self.at_stage("bidding")
        self.denied(PATH, "access.round_stage", 403, "supplier")
