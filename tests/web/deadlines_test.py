"""Deadlines of the running service: at the second under the demo's clock, over kill -9, with two officers at once.

    deadlines_test.py     (JICAI names the program, as in harness.py)
"""

import signal
import sys
import threading
import time
import unittest
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "routes")]

from harness import Service, World  # noqa: E402
from procedure_service import OFFICER, ProcedureTest  # noqa: E402



class Deadlines(ProcedureTest):
    own = None

    @property
    def world(self):
        return self.own

    @classmethod
    def setUpClass(cls):
        cls.own = World(Service())

    @classmethod
    def tearDownClass(cls):
        cls.own.service.close()

    def now(self):
        return datetime.fromisoformat(self.ok("GET", "/api/service")["clock"]["now"])

    def jump(self, to):
        self.ok("PUT", "/api/clock", {"now": to.isoformat()}, role=OFFICER)

    def stage(self, round_id):
        return self.setup_of(round_id)["round"]["stage"]

    def stored(self, round_id):
        return self.sql(f"SELECT stage, (SELECT COUNT(*) FROM stage_changes c WHERE c.round = r.id) FROM rounds r "
                        f"WHERE id = '{round_id}'").split()

    def wait_stored(self, round_id, stage, changes):
        end = time.time() + 40
        while self.stored(round_id) != [str(stage), str(changes)] and time.time() < end:
            time.sleep(0.1)
        self.assertEqual(self.stored(round_id), [str(stage), str(changes)])

    def at_bidding(self, until):
        round_id = self.at_notice()
        for to in ("volume_reporting", "volume_confirmation"):
            self.assertEqual(self.date(round_id, to).status, 200)
            self.assertEqual(self.pass_to(round_id, to).status, 200)
        self.assertEqual(self.date(round_id, "bidding", until.isoformat()[:19]).status, 200)
        self.assertEqual(self.pass_to(round_id, "bidding").status, 200)
        return round_id

    def test_at_the_second_for_pages_and_lists(self):
        until = (self.now() + timedelta(hours=3)).replace(microsecond=0)
        round_id = self.at_bidding(until)
        self.jump(until - timedelta(seconds=8))
        self.assertEqual(self.stage(round_id), "bidding")
        seen = []
        while not seen or (seen[-1][1] == "bidding" and len(seen) < 400):
            before = self.now()
            stage = self.stage(round_id)
            listed = next(row["stage"] for row in self.get("/api/rounds", OFFICER, size=100).json["rows"] if row["id"] == round_id)
            after = self.now()
            if after < until:
                self.assertEqual((stage, listed), ("bidding", "bidding"), f"too early: {before} {until}")
            if before >= until:
                self.assertEqual((stage, listed), ("opening", "opening"), f"too late: {before} {until}")
            seen.append((before, stage))
            time.sleep(0.05)
        self.assertEqual(seen[-1][1], "opening")
        self.wait_stored(round_id, 5, 5)
        row = self.whole(f"/api/rounds/{round_id}/events", OFFICER)[0][0]
        self.assertEqual((row["at"][:19], row["reason"]), (until.isoformat()[:19], "到截止时间自动转入"))

    def test_killed_around_the_deadline(self):
        for offset in (-0.3, -0.05, 0.0, 0.1, 0.25):
            until = (self.now() + timedelta(hours=2)).replace(microsecond=0)
            round_id = self.at_bidding(until)
            self.jump(until - timedelta(seconds=2))
            left = (until - self.now()).total_seconds() + offset
            time.sleep(max(0, left))
            self.own.service.process.send_signal(signal.SIGKILL)
            self.own.service.process.wait()
            self.own.service.process.stdout.close()
            self.own.service.process.stderr.close()
            time.sleep(0.5)
            self.own.service.start()
            self.wait_stored(round_id, 5, 5)
            self.assertEqual(self.stage(round_id), "opening")
            told = f"SELECT COUNT(*) FROM notices WHERE round = '{round_id}' AND kind = 'stage'"
            self.assertEqual(self.sql(told).strip(), "5", "one notice for each passage, in its transaction")
        time.sleep(1)
        self.assertEqual(self.sql("SELECT COUNT(*) FROM stage_changes WHERE from_stage = 4 GROUP BY round HAVING COUNT(*) > 1"), "")

    def test_at_1440_times_the_speed(self):
        until = (self.now() + timedelta(hours=4)).replace(microsecond=0)  # ten seconds of the machine's clock
        round_id = self.at_bidding(until)
        self.ok("PUT", "/api/clock", {"speed": 1440}, role=OFFICER)
        try:
            self.wait_stored(round_id, 5, 5)
        finally:
            self.ok("PUT", "/api/clock", {"speed": 1}, role=OFFICER)

    def test_two_officers_pass_on_at_once(self):
        round_id = self.at_notice()
        self.date(round_id, "volume_reporting")
        version = self.version(round_id)
        self.client("officer2")
        answers = []

        def go(role):
            answers.append(self.pass_to(round_id, "volume_reporting", role=role, version=version).status)

        threads = [threading.Thread(target=go, args=(role,)) for role in (OFFICER, "officer2")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answers), [200, 409])


if __name__ == "__main__":
    unittest.main(verbosity=2)
