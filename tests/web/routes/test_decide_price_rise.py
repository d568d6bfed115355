from listings_service import ListingsTest


class DecidePriceRiseRoute(ListingsTest):
    def decide(self, rise, role="procurement_officer", **members):
        return self.call("POST", f"/api/price-rises/{rise['id']}/decision",
                         {"accept": True, "reason": "同意", "version": rise["version"], **members}, role=role)

    def test_decided_by_somebody_else_once(self):
        entry = self.listed(price="10")
        rise = self.ok("POST", "/api/price-rises", {"listing": entry["id"], "price": "12", "cause": "shortage", "reason": "短缺",
                                                    "effective": self.day(5)}, role="bureau_province", status=201)
        self.assertEqual(self.decide(rise, role="bureau_province").json["key"], "listing.same_person")
        done = self.decide(rise, clause="短缺药品办法")
        self.assertEqual((done.status, done.json["state"]), (200, "approved"))
        self.logged("price_rise.approved", f"price_rise:{rise['id']}")
        answer = self.decide(rise)
        self.assertEqual((answer.status, answer.json["key"]), (409, "listing.decided"))
        for day, price, allowed in ((4, "10", True), (4, "10.01", False), (5, "12", True), (5, "12.01", False)):
            self.assertEqual(self.order(entry["product"], price, self.day(day))["allowed"], allowed, (day, price))
        self.assertEqual(self.order(entry["product"], "13", self.day(5))["ceilings"][0]["ground_kind"], "price_rise")
        self.refused(404, "listing.rise_not_found", "POST", "/api/price-rises/999999/decision",
                     {"accept": True, "reason": "x", "version": 1}, role="procurement_officer")

    def test_refused(self):
        entry = self.listed(price="10")
        rise = self.ok("POST", "/api/price-rises", {"listing": entry["id"], "price": "12", "cause": "other", "reason": "成本"},
                       role="bureau_province", status=201)
        self.assertEqual(self.decide(rise, accept=False).json["state"], "refused")
        self.assertFalse(self.order(entry["product"], "12", self.day(9))["allowed"])
