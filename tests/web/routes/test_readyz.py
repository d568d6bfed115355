from harness import RouteTest


class Readyz(RouteTest):
    def test_asks_the_database(self):
        before = self.ok("GET", "/api/operations", role="system_administrator")["database"]
        self.assertEqual(self.ok("GET", "/readyz"), {"status": "ready"})
        self.assertIsInstance(before, dict)
