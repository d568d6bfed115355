from listings_service import ListingsTest


class DecideFiledPurchaseRoute(ListingsTest):
    def test_share_term_and_cap(self):
        code = self.product()
        filed = self.ok("POST", "/api/filed-purchases", {
            "product": code, "reason": "罕见病", "evidence_price": "100", "evidence": "山东挂网价", "packs": 10,
            "from": self.day(1), "to": self.day(90), "yearly_amount": "20000"}, role="hospital_buyer", status=201)
        self.assertEqual(self.order(code, "100")["outcome"], "not_listed")
        path = f"/api/filed-purchases/{filed['id']}/decision"
        body = {"accept": True, "reason": "同意", "clause": "备案办法", "version": filed["version"]}

        def refused(key, status=422, **members):
            self.refused(status, key, "POST", path, {**body, **members}, role="bureau_province")

        refused("listing.filed_share_bounds")
        refused("listing.filed_over_share", share_cap="4.99")  # 10 packs at 100 are 5 % of 20,000
        refused("listing.filed_packs", share_cap="5", packs=11)
        refused("listing.filed_term", share_cap="5", to=self.day(91))
        refused("listing.changed", 409, share_cap="5", version=9)
        done = self.ok("POST", path, {**body, "share_cap": "5", "to": self.day(60)}, role="bureau_province")
        self.assertEqual((done["state"], done["share_cap"], done["to"]), ("approved", "5", self.day(60)))
        refused("listing.decided", 409, share_cap="5")
        for day, price, packs, outcome in ((0, "100", 1, "filed_not_yet"), (1, "100", 10, "filed_allowed"), (60, "99.99", 1, "filed_allowed"),
                                           (61, "100", 1, "filed_expired"), (1, "100", 11, "filed_over_cap"), (1, "100.01", 1, "filed_above")):
            answer = self.order(code, price, self.day(day), packs=packs)
            self.assertEqual(answer["outcome"], outcome, (day, price, packs))
            self.assertEqual(bool(answer["next"]), not answer["allowed"])
        # Of this hospital alone.
        self.assertEqual(self.order(code, "100", role="pharmacy")["outcome"], "not_listed")
