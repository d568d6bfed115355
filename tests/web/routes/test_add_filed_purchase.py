from listings_service import ListingsTest


class AddFiledPurchaseRoute(ListingsTest):
    def test_bounds(self):
        code = self.product()
        body = {"product": code, "reason": "罕见病", "evidence_price": "100", "evidence": "山东挂网价", "packs": 10,
                "from": self.day(1), "to": self.day(90), "yearly_amount": "1000000"}

        def refused(key, status=422, **members):
            self.refused(status, key, "POST", "/api/filed-purchases", {**body, **members}, role="hospital_buyer")

        refused("catalogue.product_not_found", 404, product="XNONE")
        refused("listing.price_form", evidence_price="0")
        refused("listing.filed_packs", packs=1_000_001)
        refused("listing.filed_term", to=self.day(0))
        refused("listing.filed_term", to=self.day(1 + 366))
        self.refused(403, "access.denied", "POST", "/api/filed-purchases", body, role="bureau_province")
        made = self.ok("POST", "/api/filed-purchases", {**body, "to": self.day(366)}, role="hospital_buyer", status=201)
        self.assertEqual((made["state"], made["packs"], made["region"]), ("requested", 10, "230000"))
        listed = self.listed()
        refused("listing.filed_listed", product=listed["product"])
