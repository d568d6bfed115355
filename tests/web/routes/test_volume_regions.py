import csv

from rounds_service import ROUND, ROUNDS, RoundsTest

PATH = f"/api/rounds/{ROUND}/volumes/regions"


class VolumeRegions(RoundsTest):
    def test_sums_of_what_was_reported_and_agreed(self):
        with open(ROUNDS / ROUND / "demand.csv", encoding="utf-8-sig") as file:
            demand = [row for row in csv.DictReader(file) if row["lot"] == "3"]
        volumes = [row for row in self.award_rows("volumes.csv") if row["lot"] == "3"]
        answer = self.get(PATH, lot="3").json
        for row in answer["regions"]:
            reported = sum(int(cell["quantity"]) for cell in demand if cell["region"] == row["region"])
            agreed = sum(int(cell["quantity"]) for cell in volumes if cell["region"] == row["region"])
            self.assertEqual((row["reported"], row["agreed"]), (str(reported), str(agreed)))
        self.assertEqual({row["region"] for row in answer["regions"]}, {cell["region"] for cell in demand})
        self.assertEqual(answer["total_reported"], str(sum(int(cell["quantity"]) for cell in demand)))
        self.assertEqual(answer["total_agreed"], str(sum(int(cell["quantity"]) for cell in volumes)))

    def test_the_lot_must_be_named_and_known(self):
        self.get(PATH, expect=400)
        self.denied(PATH, "round.lot_not_found", 404, lot="24")

    def test_during_the_bidding_suppliers_see_what_was_reported(self):
        self.at_stage("bidding")
        answer = self.get(PATH, "supplier", lot="3").json
        self.assertNotEqual(answer["total_reported"], "0")
        self.assertEqual(answer["total_agreed"], "")
        self.assertEqual({row["agreed"] for row in answer["regions"]}, {""})

    def test_during_the_reporting_nobody_sees_sums_early(self):
        self.at_stage("volume_reporting")
        self.denied(PATH, "access.round_stage", 403, "hospital_reporter", lot="3")
        self.denied(PATH, "access.round_stage", 403, "supplier", lot="3")
