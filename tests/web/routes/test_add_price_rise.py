from listings_service import ListingsTest


class AddPriceRiseRoute(ListingsTest):
    def test_only_rises_with_cause_and_reason(self):
        entry = self.listed(price="10")
        body = {"listing": entry["id"], "price": "10.01", "cause": "shortage", "reason": "三个月配送率低于 10%"}
        for price in ("9.99", "10"):
            self.refused(422, "listing.not_a_rise", "POST", "/api/price-rises", {**body, "price": price}, role="bureau_province")
        self.refused(404, "listing.not_found", "POST", "/api/price-rises", {**body, "listing": 999999}, role="bureau_province")
        self.refused(403, "access.denied", "POST", "/api/price-rises", body, role="price_monitor")
        made = self.ok("POST", "/api/price-rises", {**body, "effective": self.day(9)}, role="bureau_province", status=201)
        self.assertEqual((made["state"], made["effective"], made["from_price"]), ("proposed", self.day(9), "10"))
        self.assertFalse(self.order(entry["product"], "10.01", self.day(9))["allowed"])
