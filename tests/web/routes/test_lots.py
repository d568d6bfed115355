from rounds_service import EARLIER, ROUND, RoundsTest


class Lots(RoundsTest):
    def test_every_lot_as_the_award_has_it(self):
        for round_id in (EARLIER, ROUND):
            rows, _ = self.whole(f"/api/rounds/{round_id}/lots")
            file = self.award_rows("lots_decided.csv", round_id)
            self.assertEqual(len(rows), len(file))
            for row, wanted in zip(rows, file):
                for name in ("lot", "name", "status"):
                    self.assertEqual(row[name], wanted[name])
                for name in ("bidders", "entrants_max", "winners", "percent"):
                    self.assertEqual(str(row[name]), wanted[name])
                self.assertEqual(row["term_text"], f"{wanted['term']} 年")

    def test_prices_are_those_of_the_first_ranked_bid(self):
        rows, _ = self.whole(f"/api/rounds/{ROUND}/lots")
        first = {row["lot"]: row for row in self.award_rows("awards.csv") if row["rank"] == "1"}
        for row in rows:
            self.assertEqual(row["lowest_price"], first[row["lot"]]["unit_comparable_price"])
            self.assertEqual(row["first_winner"], f"{first[row['lot']]['supplier_name']} {first[row['lot']]['price']}")
            self.assertRegex(row["cut"], r"^-?\d+\.\d\d$")

    def test_exports(self):
        path = f"/api/rounds/{ROUND}/lots"
        self.assertEqual(len(self.exports_match(path)), 32)
        self.assertGreater(len(self.exports_match(path, text="片")), 0)
        self.exports_match(path, status="failed")
        self.exports_match(path, "supplier", text="齐鲁", lang="en")
        self.assertEqual(self.file_name(self.get(path, format="csv")), f"品种-{ROUND}.csv")

    def test_pages(self):
        path = f"/api/rounds/{ROUND}/lots"
        second = self.get(path, page=2, size=10).json
        self.assertEqual([row["lot"] for row in second["rows"]], [row["lot"] for row in self.whole(path)[0]][10:20])
        self.assertEqual((second["page"], second["size"], second["total"]), (2, 10, 32))
        self.assertEqual(self.get(path, page=99).json["rows"], [])

    def test_before_the_opening_only_what_was_announced(self):
        self.at_stage("bidding")
        rows = self.get(f"/api/rounds/{ROUND}/lots", "supplier", size=100).json["rows"]
        self.assertEqual(len(rows), 32)
        for row in rows:
            self.assertEqual([row[name] for name in ("status", "bidders", "winners", "lowest_price", "first_winner", "cut")],
                             ["", None, None, "", "", ""])
