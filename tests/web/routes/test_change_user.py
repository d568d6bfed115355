from people_service import PeopleTest


class ChangeUserRoute(PeopleTest):
    def change(self, row, role="system_administrator", **members):
        body = {"name": row["name"], "organisation": row["organisation"], "active": True, "version": row["version"], **members}
        return self.call("PUT", f"/api/users/{row['id']}", body, role=role)

    def current(self, id):
        return self.ok("GET", f"/api/users/{id}", role="system_administrator")

    def test_disabling_ends_the_session_at_once(self):
        client = self.person()
        answer = self.change(self.current(client.account["id"]), active=False)
        self.assertEqual((answer.status, answer.json["state"]), (200, "disabled"), answer)
        self.assertFalse(self.is_logged_in(client))
        self.logged("user.disabled", f"user:{client.account['id']}")

    def test_another_organisation_means_no_roles(self):
        made = self.account(roles=["hospital_reporter"])
        answer = self.change(made, organisation=self.hospital()["id"])
        self.assertEqual((answer.status, answer.json["roles"]), (200, []), answer)

    def test_refusals(self):
        made = self.account()
        self.assertEqual(self.change(made, version=99).json["key"], "people.changed")
        self.assertEqual(self.change(made, organisation=999999).json["key"], "organisation.not_found")
        self.refused(404, "user.not_found", "PUT", "/api/users/999999",
                     {"name": "x", "organisation": made["organisation"], "active": True, "version": 1}, role="system_administrator")
        own = next(row for row in self.ok("GET", "/api/users", role="system_administrator",
                                          query={"role": "system_administrator"})["rows"])
        self.assertEqual(self.change(own, active=False).json["key"], "user.own_account")
        self.assertEqual(self.change(made, role="security_administrator").json["key"], "access.denied")

    def test_the_last_administrator_stays(self):
        for kind in ("security_administrator", "audit_administrator"):
            row = next(row for row in self.ok("GET", "/api/users", role="system_administrator", query={"role": kind})["rows"])
            answer = self.change(row, active=False)
            self.assertEqual((answer.status, answer.json["key"]), (422, "user.last_administrator"))
