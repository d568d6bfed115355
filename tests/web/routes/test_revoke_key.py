from harness import Client
from people_service import PeopleTest


class RevokeKeyRoute(PeopleTest):
    def test_ends_at_once(self):
        made = self.ok("POST", "/api/keys", {"organisation": self.hospital()["id"], "name": "HIS", "scopes": ["see_rounds"],
                                             "roles": [], "days": 30}, role="security_administrator", status=201)
        program = Client(self.world.service)
        program.key = made["secret"]
        self.ok("GET", "/api/rounds", client=program)
        self.assertEqual(self.ok("DELETE", f"/api/keys/{made['id']}", role="security_administrator")["state"], "revoked")
        self.refused(401, "session.key_invalid", "GET", "/api/rounds", client=program)
        self.refused(422, "key.revoked", "DELETE", f"/api/keys/{made['id']}", role="security_administrator")
        self.logged("key.revoked", f"key:{made['id']}")
        self.refused(404, "key.not_found", "DELETE", "/api/keys/999999", role="security_administrator")
