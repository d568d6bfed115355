from harness import code_of
from people_service import FIRST, PeopleTest


class ResetSecondFactorRoute(PeopleTest):
    def test_the_next_log_in_needs_no_code(self):
        client = self.person()
        secret = self.ok("POST", "/api/session/second-factor", {"password": FIRST}, client=client)["secret"]
        self.ok("PUT", "/api/session/second-factor", {"code": code_of(secret)}, client=client)
        id, login = client.account["id"], client.account["login"]
        self.log_in_refused(401, "session.code_needed", login, FIRST)
        row = self.ok("DELETE", f"/api/users/{id}/second-factor", role="security_administrator")
        self.assertFalse(row["second_factor"])
        self.assertFalse(self.is_logged_in(client))
        self.log_in(login, FIRST)
        self.logged("user.second_factor_reset", f"user:{id}")

    def test_refusals(self):
        made = self.account()
        self.refused(422, "second_factor.none", "DELETE", f"/api/users/{made['id']}/second-factor", role="security_administrator")
        self.refused(403, "access.denied", "DELETE", f"/api/users/{made['id']}/second-factor", role="audit_administrator")
