import re

from harness import RouteTest


class Metrics(RouteTest):
    def value(self, line):
        answer = self.ok("GET", "/metrics")
        found = re.search(rf"^{re.escape(line)} (\S+)$", answer.body.decode(), re.M)
        return float(found[1]) if found else 0

    def test_counts_by_route_and_status(self):
        line = 'jicai_requests_total{method="GET",route="/healthz",status="200"}'
        everything = 'jicai_request_seconds_bucket{method="GET",route="/healthz",le="+Inf"}'
        before, all_before = self.value(line), self.value(everything)
        for _ in range(3):
            self.ok("GET", "/healthz")
        self.assertEqual(self.value(line), before + 3)
        self.assertEqual(self.value(everything), all_before + 3)

    def test_gauges(self):
        text = self.ok("GET", "/metrics").body.decode()
        for name in ("connections_open", "connections_max", "sessions_lively", "uptime_seconds", "audit_unsealed", "volume_reports_in_memory"):
            self.assertRegex(text, rf"(?m)^jicai_(database_)?{name} ")
        self.assertNotIn("supplier", text)
