from people_service import PeopleTest


class EndUserSessionsRoute(PeopleTest):
    def test_forced_log_out(self):
        client = self.person()
        id = client.account["id"]
        self.ok("DELETE", f"/api/users/{id}/sessions", role="security_administrator")
        self.assertFalse(self.is_logged_in(client))
        self.logged("user.sessions_ended", f"user:{id}", before='{"sessions":1}')

    def test_refusals(self):
        self.refused(404, "user.not_found", "DELETE", "/api/users/999999/sessions", role="security_administrator")
        self.refused(403, "access.denied", "DELETE", "/api/users/1/sessions", role="system_administrator")
