import time
from datetime import datetime

from harness import RouteTest, Service


class Clock(RouteTest):
    ROLE = "system_administrator"

    def now(self):
        return datetime.fromisoformat(self.ok("GET", "/api/service")["clock"]["now"])

    def role(self):
        roles = self.world.described.find("PUT", "/api/clock")["x-roles"]
        return next(role for role in roles if role != "anyone")

    def test_runs_fast_and_never_back(self):
        role = self.role()
        before = self.now()
        self.assertEqual(self.ok("PUT", "/api/clock", {"speed": 1440}, role=role)["speed"], 1440)
        time.sleep(0.5)
        later = self.now()
        self.assertGreater((later - before).total_seconds(), 300)
        self.ok("PUT", "/api/clock", {"speed": 1}, role=role)
        self.assertGreaterEqual(self.now(), later)
        self.refused(422, "clock.backwards", "PUT", "/api/clock", {"now": "2020-01-01T00:00:00+08:00"}, role=role)
        for body in ({}, {"speed": 1, "now": "2090-01-01T00:00:00+08:00"}):
            self.refused(422, "clock.speed_or_now", "PUT", "/api/clock", body, role=role)
        self.refused(422, "clock.not_a_time", "PUT", "/api/clock", {"now": "tomorrow"}, role=role)
        for speed in (0, 1441, -1):
            self.refused(400, "request.invalid", "PUT", "/api/clock", {"speed": speed}, role=role)
        self.assertGreaterEqual(self.now(), later)

    def test_others_may_not(self):
        allowed = self.world.described.find("PUT", "/api/clock")["x-roles"]
        self.assertNotIn("anyone", allowed)
        self.assertNotIn("supplier", allowed)
        self.refused(401, "session.needed", "PUT", "/api/clock", {"speed": 2})
        self.refused(403, "access.denied", "PUT", "/api/clock", {"speed": 2}, role="supplier")

    def test_survives_a_restart(self):
        service = Service()
        try:
            from harness import Client, World
            world = World(service)
            client = world.log_in(self.role())
            moved = client.call("PUT", "/api/clock", {"now": "2031-05-06T07:08:09+08:00"})
            self.assertEqual(moved.status, 200, moved)
            service.stop()
            service.start()
            now = client.call("GET", "/api/service").json["clock"]["now"]
            self.assertTrue(now.startswith("2031-05-06T07:0"), now)
        finally:
            service.close()
