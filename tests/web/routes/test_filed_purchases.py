from listings_service import ListingsTest


class FiledPurchasesRoute(ListingsTest):
    def test_own_and_of_the_region(self):
        code = self.product()
        self.ok("POST", "/api/filed-purchases", {
            "product": code, "reason": "罕见病", "evidence_price": "100", "evidence": "山东挂网价", "packs": 10,
            "from": self.day(1), "to": self.day(90), "yearly_amount": "1000000"}, role="hospital_buyer", status=201)
        for role, count in (("hospital_buyer", 1), ("bureau_province", 1), ("procurement_officer", 1), ("supplier", 0)):
            listed = self.ok("GET", "/api/filed-purchases", role=role, query={"text": code, "state": "requested"})
            self.assertEqual(listed["total"], count, role)
        self.export_matches("/api/filed-purchases", "bureau_province")
