from rounds_service import EARLIER, ROUND, RoundsTest

PATH = f"/api/rounds/{ROUND}"


class Round(RoundsTest):
    def test_what_was_decided(self):
        page = self.get(PATH).json
        awards = self.award_rows("awards.csv")
        self.assertEqual(page["counts"]["bids"], len(awards))
        self.assertEqual(page["counts"]["winners"], sum(row["outcome"] == "won" for row in awards))
        self.assertEqual(page["counts"]["bidders"], len({row["supplier"] for row in awards if row["outcome"] != "absent"}))
        self.assertEqual((page["counts"]["lots"], page["counts"]["decided"]), (32, 32))
        self.assertEqual(page["certificate_digest"], self.certificate()["digest"])
        self.assertEqual(page["rulebook"]["id"], "gy-yd2019-2")
        self.assertTrue(page["owner"]["name"])
        self.assertEqual([status["count"] for status in page["statuses"]], [32, 0, 0])
        states = [step["state"] for step in page["steps"]]
        self.assertEqual(states, ["done"] * 9 + ["current", "todo"])
        self.assertEqual(page["steps"][9], {"stage": "execution", "text": "执行", "state": "current"})

    def test_values_without_official_evidence_are_named(self):
        values = self.get(PATH).json["weak_values"]
        self.assertEqual(len(values), 9)
        self.assertTrue(all(value["evidence"] in ("assumed", "open") and value["evidence_text"] for value in values))
        self.assertIn("申报企业数：关联企业合计为一家（bidders.group_counts_once）", [value["title"] for value in values])

    def test_what_each_may(self):
        public = self.get(PATH).json["may"]
        self.assertEqual(set(public), {"see_rounds", "count_bids", "see_volumes", "see_award", "verify_award"})
        self.assertIn("see_bids", self.get(PATH, "supplier").json["may"])
        self.assertIn("see_hospital_volumes", self.get(PATH, "procurement_officer").json["may"])

    def test_unknown_rounds(self):
        self.denied("/api/rounds/GY-YD2019-3", "round.not_found", 404)
        self.denied("/api/rounds/%2e%2e", "round.not_found", 404)

    def test_before_the_opening_nothing_of_bids_is_told(self):
        self.at_stage("bidding")
        self.denied(PATH, "round.not_found", 404)
        page = self.get(PATH, "procurement_officer").json
        self.assertEqual(page["counts"], {"lots": 32, "decided": None, "failed": None, "pending": None, "bids": None,
                                          "bidders": None, "winners": None})
        self.assertEqual((page["statuses"], page["certificate_digest"]), ([], ""))
        self.assertNotIn("see_bids", page["may"])
        self.assertEqual(self.get(PATH, "bid_opener").json["counts"]["bids"], len(self.award_rows("awards.csv")))

    def test_a_change_is_seen(self):
        self.assertEqual(self.get(PATH).json["stage"], "execution")
        self.at_stage("closed")
        self.assertEqual(self.get(PATH).json["stage"], "closed")

    def test_english(self):
        page = self.get(f"/api/rounds/{EARLIER}", lang="en").json
        self.assertEqual((page["stage_text"], page["kind_text"]), ("closed", "drugs"))
