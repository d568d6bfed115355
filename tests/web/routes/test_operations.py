from harness import RouteTest


class Operations(RouteTest):
    def test_state(self):
        answer = self.ok("GET", "/api/operations", role="system_administrator")
        self.assertGreaterEqual(answer["sessions"], 1)
        self.assertGreaterEqual(answer["uptime_seconds"], 0)
        self.assertTrue(answer["version"] and answer["database"])

    def test_others_may_not(self):
        self.refused(401, "session.needed", "GET", "/api/operations")
        self.refused(403, "access.denied", "GET", "/api/operations", role="supplier")
