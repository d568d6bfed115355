from prices_service import MONITOR, PricesTest


class DecidePriceReviewRoute(PricesTest):
    def reference(self, product):
        return self.ok("GET", f"/api/prices/{product}", role=MONITOR, query={"policy": "heilongjiang-minimum", "as_of": "2026-06-01"})

    def test_accepted_counts(self):
        product = self.product()
        made = self.held(product)
        before = self.reference(product)["counted"]
        row = self.ok("POST", f"/api/price-reviews/{made['id']}", {"accept": True, "reason": "小包装，属实"}, role=MONITOR)
        self.assertEqual((row["state"], row["decided_login"], row["reason"], row["corrected"]), ("accepted", "monitor", "小包装，属实", 0))
        self.assertEqual(self.seen(made["id"])["state"], "counts")
        self.assertEqual(self.reference(product)["counted"], before + 1)
        self.refused(409, "price.review_decided", "POST", f"/api/price-reviews/{made['id']}", {"accept": False, "reason": "x"}, role=MONITOR)

    def test_rejected_with_the_price_of_the_document(self):
        product = self.product()
        made = self.held(product)
        row = self.ok("POST", f"/api/price-reviews/{made['id']}", {"accept": False, "reason": "多录一位", "corrected_price": "10.20"}, role=MONITOR)
        self.assertEqual((row["state"], row["price"]), ("rejected", "102"))
        right = self.seen(row["corrected"])
        self.assertEqual((right["price"], right["state"], right["corrects"], right["region"]), ("10.2", "counts", made["id"], "340000"))
        self.logged("price_review.rejected", f"observation:{made['id']}")
        self.assertEqual({one["id"]: one["reason"] for one in self.reference(product)["observations"] if not one["counted"]},
                         {made["id"]: "excluded_by_event"})

    def test_rejected_with_the_pack_of_the_document(self):
        product = self.product()
        made = self.held(product)
        row = self.ok("POST", f"/api/price-reviews/{made['id']}", {"accept": False, "reason": "大包装", "corrected_units": 140}, role=MONITOR)
        self.assertEqual(self.seen(row["corrected"])["unit_price"], "0.7286")

    def test_refusals(self):
        product = self.product()
        made = self.held(product)
        path = f"/api/price-reviews/{made['id']}"
        for body, status, key in (({"accept": True, "reason": " "}, 422, "price.reason_missing"),
                                  ({"accept": True, "reason": "x", "corrected_units": 7}, 422, "price.correction_of_accepted"),
                                  ({"accept": False, "reason": "x", "corrected_units": 14}, 422, "price.correction_same"),
                                  ({"accept": False, "reason": "x", "corrected_units": 0}, 422, "price.units_out_of_range"),
                                  ({"accept": False, "reason": "x", "corrected_units": 1000001}, 422, "price.units_out_of_range"),
                                  ({"accept": False, "reason": "x", "corrected_price": "0"}, 422, "price.price_out_of_range"),
                                  ({"accept": False, "reason": "x", "corrected_price": "1e3"}, 422, "price.price_out_of_range")):
            self.refused(status, key, "POST", path, body, role=MONITOR)
        self.assertEqual(self.seen(made["id"])["state"], "pending", "a refusal decides nothing")
        plain = self.observe(product, "10.30", "360000")
        self.refused(404, "price.review_not_found", "POST", f"/api/price-reviews/{plain['id']}", {"accept": True, "reason": "x"}, role=MONITOR)
        self.refused(403, "access.denied", "POST", path, {"accept": True, "reason": "x"}, role="procurement_officer")
