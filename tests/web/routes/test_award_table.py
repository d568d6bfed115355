from rounds_service import EARLIER, ROUND, RoundsTest

TABLES = ("awards", "lots_decided", "region_counts", "volumes", "allocations", "packs_priced")


class AwardTable(RoundsTest):
    def test_the_very_bytes_jicai_award_writes(self):
        for round_id in (EARLIER, ROUND):
            for table in TABLES:
                answer = self.get(f"/api/rounds/{round_id}/tables/{table}")
                self.assertEqual(answer.body, (self.award(round_id) / f"{table}.csv").read_bytes(), table)
                self.assertIn("text/csv", answer.headers["Content-Type"])
                self.assertIn(f"{round_id}-{table}.csv", answer.headers["Content-Disposition"])

    def test_other_names(self):
        self.get(f"/api/rounds/{ROUND}/tables/bids", expect=400)

    def test_before_the_award(self):
        self.at_stage("bidding")
        for table in TABLES:
            self.denied(f"/api/rounds/{ROUND}/tables/{table}", "access.round_stage", 403, "supplier")
