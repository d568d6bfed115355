from people_service import PeopleTest


class GrantRolesRoute(PeopleTest):
    def grant(self, row, *roles, version=None):
        return self.call("PUT", f"/api/users/{row['id']}/roles",
                         {"roles": list(roles), "version": version or row["version"]}, role="security_administrator")

    def test_ends_the_sessions(self):
        client = self.person()
        row = self.ok("GET", f"/api/users/{client.account['id']}", role="security_administrator")
        answer = self.grant(row, "hospital_approver")
        self.assertEqual((answer.status, answer.json["roles"]), (200, ["hospital_approver"]), answer)
        self.assertFalse(self.is_logged_in(client))
        entry = self.logged("user.roles_granted", f"user:{row['id']}")
        self.assertIn("hospital_reporter", entry["before"])
        self.assertIn("hospital_approver", entry["after"])

    def test_refusals(self):
        made = self.account()
        for roles, status, key in (
                (["supplier"], 422, "user.role_kind"),
                (["procurement_officer"], 422, "user.role_kind"),
                (["anyone"], 400, "request.invalid")):
            answer = self.grant(made, *roles)
            self.assertEqual((answer.status, answer.json["key"]), (status, key), roles)
        self.assertEqual(self.grant(made, version=99).json["key"], "people.changed")
        self.refused(404, "user.not_found", "PUT", "/api/users/999999/roles", {"roles": [], "version": 1},
                     role="security_administrator")
        self.refused(403, "access.denied", "PUT", f"/api/users/{made['id']}/roles", {"roles": [], "version": 1},
                     role="system_administrator")

    def test_separated_powers(self):
        office = next(row for row in self.ok("GET", "/api/organisations", role="system_administrator",
                                             query={"kind": "procurement_office"})["rows"])
        made = self.account(office["id"])
        for roles in (("system_administrator", "audit_administrator"), ("security_administrator", "procurement_officer"),
                      ("notary_supervisor", "bid_opener")):
            answer = self.grant(made, *roles)
            self.assertEqual((answer.status, answer.json["key"]), (422, "user.roles_incompatible"), roles)
        own = next(row for row in self.ok("GET", "/api/users", role="security_administrator",
                                          query={"role": "security_administrator"})["rows"])
        self.assertEqual(self.grant(own).json["key"], "user.own_roles")
