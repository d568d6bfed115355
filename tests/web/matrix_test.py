"""Who may do what, against the running service: every role x every route of the API description, the routes of a round at
every stage, own and foreign objects. What is expected stands in tests/access/matrix.csv.

    matrix_test.py     (JICAI names the program, as in harness.py)
"""

import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "routes")]

from people_service import PeopleTest  # noqa: E402
from rounds_service import ROUND, RoundsTest  # noqa: E402

STAGES = ["draft", "notice", "volume_reporting", "volume_confirmation", "bidding", "opening", "region_picking", "publicity",
          "award_final", "agreements", "execution", "closed", "cancelled"]
WIDER = "-sora"
REFUSALS = {"session.needed", "access.denied"}
MATRIX = {}
for line in (HERE.parent / "access" / "matrix.csv").read_text("utf-8").splitlines():
    if not line.startswith("#") and not line.startswith("role,"):
        role, action, letters = line.split(",")
        MATRIX[role, action] = letters
ROLES = sorted({role for role, _ in MATRIX}, key=lambda role: role != "anyone")
# What stands in a path: things that are there for reading, numbers that nobody has for writing.
NAMES = {"{round}": ROUND, "{lot}": "1", "{table}": "awards", "{rulebook}": "gy-yd2019-2", "{other}": "gy-yd2019-1",
         "{inquiry}": "999999", "{number}": "999999", "{document}": "999999"}
QUERY = {"get_volume_regions": {"lot": "1"}, "add_document": {"kind": "other", "name": "x.pdf"}}
# Leaves the one who calls it without a session: called last.
LAST = "sign_out"


def client_of(role):
    return "public" if role == "anyone" else role


def widest(letters):
    return max(letters, key=WIDER.index)


class EveryRoleEveryRoute(PeopleTest):
    def path(self, method, pattern):
        parts = [NAMES.get(part, part) for part in pattern.split("/")]
        return "/".join("999999" if part == "{id}" else part for part in parts)

    def test_matrix(self):
        operations = [(key, operation) for key, operation in self.world.described.operations.items() if "x-action" in operation]
        operations.sort(key=lambda each: each[1]["operationId"] == LAST)
        actions = {operation["x-action"] for _, operation in operations}
        self.assertGreaterEqual(len(operations), 45)
        compared = 0
        for role in ROLES:
            for (method, pattern), operation in operations:
                action, name = operation["x-action"], operation["operationId"]
                letter = widest(MATRIX[role, action])
                allowed = letter != "-" and not (letter == "s" and role == "anyone")
                self.assertEqual(role in operation["x-roles"], allowed, f"x-roles of {name}: {role}")
                body = {"no_such_member": 1} if "requestBody" in operation else None
                answer = self.call(method, self.path(method, pattern), body, role=client_of(role), query=QUERY.get(name))
                key = answer.json["key"] if answer.status >= 400 else ""
                with self.subTest(role=role, route=name):
                    if allowed:
                        self.assertNotIn(key, REFUSALS, answer)
                        self.assertLess(answer.status, 500, answer)
                    else:
                        expected = (401, "session.needed") if role == "anyone" else (403, "access.denied")
                        self.assertEqual((answer.status, key), expected)
                compared += 1
        self.assertEqual(compared, 23 * len(operations))
        self.assertLessEqual(actions, {action for _, action in MATRIX})


class RoundsByStage(RoundsTest):
    """GY-YD2019-2 is put to every stage; the national office runs it, 齐鲁制药 bids in it."""

    ROUTES = {"": ["see_rounds"], "/lots/1/bids": ["see_bids"], "/supply": ["see_award"], "/certificate": ["see_award"],
              "/volumes": ["see_volumes", "see_award"]}

    def allows(self, role, action, stage):
        letter = MATRIX[role, action][STAGES.index(stage)]
        if letter == "a":
            return True
        if letter == "o":  # the round's office; the supplier's own bids
            return role in ("procurement_officer", "bid_opener") or (role == "supplier" and action in ("see_bids", "count_bids"))
        return letter == "r" and self.regions[role] == "000000"  # the whole country's round

    def put_to(self, stage):
        """As another process would: the service looks again after a second."""
        self.sql(f"UPDATE rounds SET stage = {STAGES.index(stage)}, version = version + 1 WHERE id = '{ROUND}'")
        time.sleep(1.1)

    def put_back_later(self):
        number = int(self.sql(f"SELECT stage FROM rounds WHERE id = '{ROUND}'"))
        self.addCleanup(self.put_to, STAGES[number])

    def test_matrix(self):
        self.regions = {role: self.get("/api/session", client_of(role)).json.get("organisation", {}).get("region")
                        for role in ROLES}
        self.put_back_later()
        compared, read = 0, 0
        for stage in STAGES:
            self.put_to(stage)
            for role in ROLES:
                listed = [row["id"] for row in self.get("/api/rounds", client_of(role)).json["rows"]]
                seen = self.allows(role, "see_rounds", stage)
                self.assertEqual(ROUND in listed, seen, f"{role} {stage} list")
                for route, actions in self.ROUTES.items():
                    answer = self.call("GET", f"/api/rounds/{ROUND}{route}", role=client_of(role))
                    allowed = seen and all(self.allows(role, action, stage) for action in actions)
                    self.assertEqual(answer.status == 200, allowed, f"{role} {stage} {route}: {answer!r}")
                    if not allowed:
                        self.assertIn(answer.status, (401, 403, 404))
                    compared += 1
                    read += allowed
        self.assertEqual(compared, len(STAGES) * len(ROLES) * len(self.ROUTES))
        self.assertGreater(read, 300)

    def test_before_publicity_a_supplier_reads_its_own_bids_only(self):
        self.put_back_later()
        lots = [row["lot"] for row in self.whole(f"/api/rounds/{ROUND}/lots", "supplier")[0]]
        everybody = {lot: self.whole(f"/api/rounds/{ROUND}/lots/{lot}/bids", "supplier")[0] for lot in lots}
        own = {lot: [row for row in rows if "齐鲁" in row["supplier_name"]] for lot, rows in everybody.items()}
        self.assertGreater(sum(map(len, own.values())), 3)
        self.assertGreater(sum(map(len, everybody.values())), 50)
        for stage in ("bidding", "opening", "cancelled"):
            self.put_to(stage)
            for lot in lots:
                rows = self.whole(f"/api/rounds/{ROUND}/lots/{lot}/bids", "supplier")[0]
                self.assertEqual(sorted((row["supplier_name"], row["price"]) for row in rows),
                                 sorted((row["supplier_name"], row["price"]) for row in own[lot]), f"{stage} {lot}")


class OwnAndForeign(PeopleTest):
    def test_organisations(self):
        places = {"elsewhere": self.hospital(region="310000")}
        for role in ROLES[1:]:
            own = self.ok("GET", "/api/session", role=role)["organisation"]
            letter = widest(MATRIX[role, "see_organisations"])
            near = self.hospital(region=own["region"]) if own["region"] != "000000" else None
            for place, organisation in {"own": own, "region": near, **places}.items():
                if organisation is None:
                    continue
                national = own["region"] == "000000" and letter == "r"
                expected = place == "own" or letter == "a" or (letter == "r" and (place == "region" or national))
                answer = self.call("GET", f"/api/organisations/{organisation['id']}", role=role)
                self.assertEqual(answer.status, 200 if expected else 404, f"{role} {place}: {answer}")

    def test_keys(self):
        made = self.ok("POST", "/api/keys", {"organisation": self.hospital()["id"], "name": "HIS", "scopes": ["see_rounds"],
                                             "roles": [], "days": 30}, role="security_administrator", status=201)
        for role in ROLES[1:]:
            letter = widest(MATRIX[role, "manage_keys"])
            answer = self.call("POST", f"/api/keys/{made['id']}/rotation", role=role)
            self.assertEqual(answer.status, {"a": 200, "o": 404, "-": 403}[letter], f"{role}: {answer}")
            if letter == "o":
                own = self.ok("POST", "/api/keys", {"name": "own", "scopes": ["see_rounds"], "roles": [role], "days": 1},
                              role=role, status=201)
                self.ok("POST", f"/api/keys/{own['id']}/rotation", role=role)


if __name__ == "__main__":
    unittest.main(verbosity=2)
