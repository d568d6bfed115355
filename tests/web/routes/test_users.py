from people_service import PeopleTest


class UsersRoute(PeopleTest):
    def rows(self, role="system_administrator", **query):
        return self.ok("GET", "/api/users", role=role, query={"size": 100, **query})["rows"]

    def test_filters(self):
        made = self.account(roles=["hospital_buyer", "hospital_store"])
        rows = self.rows(text=made["login"])
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0]["roles"], ["hospital_buyer", "hospital_store"])
        self.assertEqual(rows[0]["roles_text"], "医院采购员、医院库管员")
        self.assertEqual((rows[0]["state"], rows[0]["state_text"]), ("initial", "待改初始密码"))
        self.assertEqual(rows[0]["last_login_at"], "")
        self.assertEqual({row["organisation"] for row in self.rows(organisation=made["organisation"])}, {made["organisation"]})
        self.assertIn(made["login"], [row["login"] for row in self.ok("GET", "/api/users", role="audit_administrator",
                                                                      query={"role": "hospital_store", "size": 100})["rows"]])

    def test_nobody_else_sees_people(self):
        for role in ("procurement_officer", "hospital_reporter", "supplier", "bureau_province"):
            self.refused(403, "access.denied", "GET", "/api/users", role=role)
        self.refused(401, "session.needed", "GET", "/api/users")

    def test_no_secrets(self):
        text = str(self.rows())
        for secret in ("argon2", "password_hash", "second_factor_secret"):
            self.assertNotIn(secret, text)
        self.export_matches("/api/users", "security_administrator")
