from prices_service import MONITOR, PricesTest


class ExcludeObservationRoute(PricesTest):
    def test_excluded_and_visible(self):
        product = self.product()
        made = self.observe(product, "10")
        path = f"/api/observations/{made['id']}/exclusion"
        done = self.ok("POST", path, {"reason": "文件已撤销"}, role=MONITOR)
        self.assertEqual(done["state"], "excluded")
        event = done["events"][0]
        self.assertEqual((event["kind"], event["login"], event["reason"]), ("excluded", "monitor", "文件已撤销"))
        self.assertEqual([row["state"] for row in self.listed(product)], ["excluded"])
        self.assertEqual(len(self.listed(product, state="excluded")), 1)
        self.assertEqual(self.listed(product, state="counts"), [])
        self.logged("observation.excluded", f"observation:{made['id']}")
        self.refused(409, "price.already_excluded", "POST", path, {"reason": "再"}, role=MONITOR)

    def test_refusals(self):
        made = self.observe(self.product(), "10")
        path = f"/api/observations/{made['id']}/exclusion"
        self.refused(422, "price.reason_missing", "POST", path, {"reason": "  "}, role=MONITOR)
        self.refused(422, "price.reason_too_long", "POST", path, {"reason": "理" * 334}, role=MONITOR)
        self.refused(404, "price.observation_not_found", "POST", "/api/observations/999999999/exclusion", {"reason": "x"}, role=MONITOR)
        self.refused(403, "access.denied", "POST", path, {"reason": "x"}, role="procurement_officer")
        region = self.ok("GET", "/api/session", role="bureau_province")["organisation"]["region"]
        if region != "430000":
            self.refused(403, "price.region_not_yours", "POST", path, {"reason": "x"}, role="bureau_province")
        self.assertEqual(self.seen(made["id"])["state"], "counts")
        self.ok("POST", path, {"reason": "理" * 333}, role=MONITOR)
