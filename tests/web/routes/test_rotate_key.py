from harness import Client
from people_service import PeopleTest


class RotateKeyRoute(PeopleTest):
    def test_both_secrets_work(self):
        made = self.ok("POST", "/api/keys", {"organisation": self.hospital()["id"], "name": "HIS", "scopes": ["see_rounds"],
                                             "roles": [], "days": 30}, role="security_administrator", status=201)
        answer = self.ok("POST", f"/api/keys/{made['id']}/rotation", role="security_administrator")
        self.assertNotEqual(answer["secret"], made["secret"])
        for secret in (answer["secret"], made["secret"]):
            program = Client(self.world.service)
            program.key = secret
            self.ok("GET", "/api/rounds", client=program)
        row = self.logged("key.rotated", f"key:{made['id']}")
        self.assertNotIn(answer["secret"].split("_")[2], str(row))

    def test_refusals(self):
        self.refused(404, "key.not_found", "POST", "/api/keys/999999/rotation", role="security_administrator")
        made = self.ok("POST", "/api/keys", {"organisation": self.hospital()["id"], "name": "HIS", "scopes": ["see_rounds"],
                                             "roles": [], "days": 30}, role="security_administrator", status=201)
        self.refused(404, "key.not_found", "POST", f"/api/keys/{made['id']}/rotation", role="supplier")
        self.refused(403, "access.denied", "POST", f"/api/keys/{made['id']}/rotation", role="hospital_buyer")
