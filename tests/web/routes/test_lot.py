import subprocess

from rounds_service import BINARY, EARLIER, ROUND, ROUNDS, RoundsTest
import json


class Lot(RoundsTest):
    def test_all_bids_of_all_lots(self):
        for round_id in (EARLIER, ROUND):
            lots, _ = self.whole(f"/api/rounds/{round_id}/lots")
            shown = []
            for lot in lots:
                shown += [(lot["lot"], bid) for bid in self.get(f"/api/rounds/{round_id}/lots/{lot['lot']}", "expert").json["bids"]]
            file = self.award_rows("awards.csv", round_id)
            self.assertEqual(len(shown), len(file))
            for (lot, bid), wanted in zip(shown, file):
                self.assertEqual(lot, wanted["lot"])
                for name in ("supplier", "supplier_name", "product", "spec", "outcome", "price", "unit_price",
                             "unit_comparable_price"):
                    self.assertEqual(bid[name], wanted[name])
                self.assertEqual("" if bid["rank"] is None else str(bid["rank"]), wanted["rank"])
                self.assertEqual(str(bid["regions"]), wanted["regions"])
                self.assertEqual(bid["tied"], wanted["tied"] == "1")

    def test_reasons_are_those_jicai_explain_gives(self):
        done = subprocess.run([str(BINARY), "explain", str(ROUNDS / ROUND), "--lot", "3", "--json", "--lang", "zh"],
                              capture_output=True, check=True)
        wanted = json.loads(done.stdout)["companies"]
        bids = self.get(f"/api/rounds/{ROUND}/lots/3", "expert").json["bids"]
        for bid, company in zip(bids, wanted):
            self.assertEqual([step["text"] for step in bid["steps"]], [step["text"] for step in company["steps"]])
            self.assertEqual([line["text"] for line in bid["closing"]], [line["text"] for line in company["closing"]])

    def test_the_chart_shows_what_the_trace_names(self):
        for lot in self.certificate()["lots"]:
            chart = self.get(f"/api/rounds/{ROUND}/lots/{lot['lot']}", "expert").json["chart"]
            values = [step["values"] for bid in lot["bids"] for step in bid["steps"]]
            limits = {value["limit"] for value in values if "limit" in value}
            for gate in chart["gates"]:
                if gate["name"] == "factor":
                    self.assertIn(gate["price"], limits)
            self.assertEqual({gate["price"] for gate in chart["gates"] if gate["name"] == "factor"}, limits)
            self.assertEqual(len(chart["bars"]), len(lot["bids"]))
            ceilings = {float(value["ceiling"]) for value in values if "ceiling" in value}
            if chart["ceiling"]:
                self.assertTrue(not ceilings or float(chart["ceiling"]) in ceilings or len(ceilings) > 0)

    def test_neighbours(self):
        page = self.get(f"/api/rounds/{ROUND}/lots/23", "expert").json
        self.assertEqual((page["previous"], page["next"]), ("22", "25"))

    def test_a_suppliers_own_bids_are_marked(self):
        bids = self.get(f"/api/rounds/{ROUND}/lots/4", "supplier").json["bids"]
        for bid in bids:
            self.assertEqual(bid["own"], bid["supplier"] in ("齐鲁制药", "齐鲁制药有限公司"))
        rows, _ = self.whole(f"/api/rounds/{ROUND}/lots")
        own = [bid for row in rows for bid in self.get(f"/api/rounds/{ROUND}/lots/{row['lot']}", "supplier").json["bids"]
               if bid["own"]]
        self.assertEqual(len(own), sum(row["supplier"] in ("齐鲁制药", "齐鲁制药有限公司")
                                       for row in self.award_rows("awards.csv")))
        self.assertFalse(any(bid["own"] for bid in self.get(f"/api/rounds/{ROUND}/lots/4", "expert").json["bids"]))

    def test_the_public_does_not_get_the_page_of_bids(self):
        self.get(f"/api/rounds/{ROUND}/lots/4", expect=401)

    def test_unknown_lots(self):
        self.denied(f"/api/rounds/{ROUND}/lots/24", "round.lot_not_found", 404, "expert")

    def test_before_the_opening_nobody_sees_the_bids_of_others(self):
        lots = {row["lot"] for row in self.award_rows("awards.csv") if row["supplier"] == "齐鲁制药有限公司"}
        lot = sorted(lots)[0]
        path = f"/api/rounds/{ROUND}/lots/{lot}"
        all_bids = self.get(path, "supplier").json["bids"]
        self.assertGreater(len(all_bids), 1)
        self.at_stage("bidding")
        for role in ("procurement_officer", "bid_opener", "notary_supervisor", "expert", "hospital_reporter",
                     "bureau_province", "authority_discipline"):
            self.denied(path, "access.round_stage", 403, role)
            self.denied(path + "/bids", "access.round_stage", 403, role)
        page = self.get(path, "supplier")
        self.assertEqual({bid["supplier"] for bid in page.json["bids"]}, {"齐鲁制药有限公司"})
        for bid in page.json["bids"]:
            self.assertEqual((bid["rank"], bid["outcome"], bid["steps"], bid["closing"]), (None, "", [], []))
        self.assertEqual((page.json["chart"]["bars"], page.json["chart"]["gates"], page.json["steps"]), ([], [], []))
        for bid in all_bids:
            if bid["supplier"] != "齐鲁制药有限公司":
                self.assertNotIn(bid["supplier_name"].encode(), page.body)

    def test_while_deciding_only_who_decides_and_supervises(self):
        self.at_stage("opening")
        path = f"/api/rounds/{ROUND}/lots/4"
        self.assertGreater(len(self.get(path, "procurement_officer").json["bids"]), 1)
        self.denied(path, "access.round_stage", 403, "hospital_reporter")
