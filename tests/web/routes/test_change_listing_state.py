from listings_service import ListingsTest


class ChangeListingStateRoute(ListingsTest):
    def refused_act(self, status, key, entry, act, role="bureau_province", **members):
        return self.refused(status, key, "POST", f"/api/listings/{entry['id']}/state",
                            {"act": act, "version": entry["version"], **members}, role=role)

    def test_the_whole_way(self):
        entry = self.declared()
        answer = self.refused_act(422, "listing.no_such_act", entry, "list")
        self.assertIn("审核通过", answer.json["text"])
        self.refused_act(422, "listing.reason_needed", entry, "reject")
        entry = self.act(entry, "review")
        stale = {**entry, "version": 1}
        self.refused_act(409, "listing.changed", stale, "publicise")
        self.refused_act(403, "access.denied", entry, "publicise", role="hospital_buyer")
        entry = self.act(self.act(entry, "publicise"), "list")
        self.assertEqual((entry["state"], entry["state_from"]), ("listed", self.day(1)))
        self.refused_act(422, "listing.reason_needed", entry, "suspend")
        self.refused_act(422, "listing.day_begun", entry, "suspend", reason="未联动", effective=self.day(0))
        entry = self.act(entry, "suspend", reason="未联动", effective=self.day(5), clause="第五条")
        self.logged("listing.suspend", f"listing:{entry['id']}")
        self.refused_act(422, "listing.before_last", entry, "resume", reason="已联动", effective=self.day(4))
        entry = self.act(entry, "resume", reason="已联动", effective=self.day(7))
        self.assertEqual(entry["state"], "listed")
        product = entry["product"]
        for days, outcome in ((0, "not_yet"), (1, "allowed"), (4, "allowed"), (5, "suspended"), (6, "suspended"), (7, "allowed")):
            answer = self.order(product, "10", self.day(days))
            self.assertEqual((answer["outcome"], answer["allowed"]), (outcome, outcome == "allowed"), days)
        self.assertIn("第五条", self.order(product, "10", self.day(5))["text"])

    def test_delisted_by_a_policy_that_bars(self):
        """Qinghai 2019: out for two years, no cap named: not declared again before."""
        entry = self.listed()
        self.refused_act(422, "listing.policy_unknown", entry, "delist", reason="虚假申报", policy="nowhere")
        entry = self.act(entry, "delist", reason="虚假申报", policy="qinghai-2019-drug")
        self.assertEqual((entry["barred_until"], entry["relist_cap"]), (f"{int(self.day(1)[:4]) + 2}{self.day(1)[4:]}", ""))
        self.assertEqual(self.order(entry["product"], "10")["outcome"], "delisted")
        self.refused_act(422, "listing.barred", entry, "relist", reason="再次申报")
        self.refused(422, "listing.is_delisted", "POST", f"/api/listings/{entry['id']}/changes",
                     {"price": "9", "version": entry["version"]}, role="bureau_province")
        entry = self.act(entry, "relist", reason="再次申报", effective=entry["barred_until"])
        self.assertEqual(entry["state"], "declared")
