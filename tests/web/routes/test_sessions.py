from people_service import PeopleTest


class SessionsRoute(PeopleTest):
    def test_who_is_logged_in(self):
        client = self.person()
        rows = self.ok("GET", "/api/sessions", role="security_administrator", query={"size": 100})["rows"]
        row = next(row for row in rows if row["login"] == client.account["login"])
        self.assertEqual((row["address"], row["name"]), ("127.0.0.1", "测试人员"))
        self.assertNotIn(client.cookie, str(rows))
        self.assertNotIn(client.csrf, str(rows))
        self.export_matches("/api/sessions", "security_administrator")

    def test_nobody_else(self):
        for role in ("system_administrator", "audit_administrator", "supplier"):
            self.refused(403, "access.denied", "GET", "/api/sessions", role=role)
