from harness import RouteTest


class Healthz(RouteTest):
    def test_alive(self):
        self.assertEqual(self.ok("GET", "/healthz"), {"status": "alive"})

    def test_takes_nothing(self):
        self.refused(400, "request.invalid", "GET", "/healthz", query={"x": "1"})
        answer = self.world.service.send("POST", "/healthz")
        self.assertEqual((answer.status, answer.json["key"], answer.headers["Allow"]), (405, "request.method", "GET"))
