from prices_service import MONITOR, PricesTest


class RestoreObservationRoute(PricesTest):
    def test_restored(self):
        made = self.observe(self.product(), "10")
        path = f"/api/observations/{made['id']}/exclusion"
        self.refused(409, "price.not_excluded", "DELETE", path, {"reason": "x"}, role=MONITOR)
        self.ok("POST", path, {"reason": "录错"}, role=MONITOR)
        self.refused(422, "price.reason_missing", "DELETE", path, {"reason": ""}, role=MONITOR)
        done = self.ok("DELETE", path, {"reason": "核对文件无误"}, role=MONITOR)
        self.assertEqual((done["state"], [event["kind"] for event in done["events"]]), ("counts", ["excluded", "restored"]))
        self.logged("observation.restored", f"observation:{made['id']}")
        self.refused(404, "price.observation_not_found", "DELETE", "/api/observations/999999999/exclusion", {"reason": "x"}, role=MONITOR)
