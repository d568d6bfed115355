"""What the tests of people, organisations, keys and the audit log share, on top of harness.py."""

import random

from harness import Client, RouteTest, unique

FIRST, SECOND, THIRD = "First-2026-pw", "Second-2026-pw", "Third-2026-pw"


class PeopleTest(RouteTest):
    def hospital(self, **members):
        """A new hospital in Harbin; its row."""
        body = {"code": f"H230100{random.randrange(10**5):05d}", "name": unique("医院"), "kind": "hospital", "region": "230100"}
        for _ in range(20):  # the five digits may be taken
            answer = self.call("POST", "/api/organisations", {**body, **members}, role="system_administrator")
            if answer.status != 409:
                break
            body["code"] = f"H230100{random.randrange(10**5):05d}"
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def account(self, organisation=None, roles=()):
        """A new account: its row with the one-time password, after `roles` were granted."""
        organisation = organisation or self.hospital()["id"]
        made = self.ok("POST", "/api/users", {"login": unique("u"), "name": "测试人员", "organisation": organisation},
                       role="system_administrator", status=201)
        if roles:
            granted = self.ok("PUT", f"/api/users/{made['id']}/roles", {"roles": list(roles), "version": made["version"]},
                              role="security_administrator")
            made["version"] = granted["version"]
        return made

    def person(self, organisation=None, roles=("hospital_reporter",)):
        """Somebody new who has logged in and changed the one-time password to FIRST."""
        made = self.account(organisation, roles)
        client = self.log_in(made["login"], made["password"])
        self.ok("PUT", "/api/session/password", {"old": made["password"], "new": FIRST}, client=client)
        client.account = made
        return client

    def log_in(self, login, password, code=""):
        client = Client(self.world.service)
        answer = client.log_in(login, password, code)
        self.check("POST", "/api/session", answer)
        self.assertEqual(answer.status, 200, answer)
        return client

    def log_in_refused(self, status, key, login, password, code=""):
        answer = self.check("POST", "/api/session", Client(self.world.service).log_in(login, password, code))
        self.assertEqual((answer.status, answer.json["key"]), (status, key), answer)
        return answer

    def is_logged_in(self, client):
        return self.ok("GET", "/api/session", client=client)["logged_in"]

    def entries(self, **query):
        return self.ok("GET", "/api/audit", role="audit_administrator", query=query)["rows"]

    def logged(self, action, thing, **members):
        """The newest entry of this act about this thing; with these members."""
        rows = self.entries(action=action, object=thing)
        self.assertTrue(rows, f"{action} {thing} is not in the audit log")
        for name, value in members.items():
            self.assertEqual(rows[0][name], value, rows[0])
        return rows[0]

    def export_matches(self, path, role):
        """The CSV file holds the titles and all rows of the list."""
        listed = self.ok("GET", path, role=role, query={"size": 100})
        answer = self.call("GET", path, role=role, query={"format": "csv"})
        self.assertEqual(answer.status, 200, answer)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        lines = answer.body.decode("utf-8-sig").split("\n")
        self.assertEqual(lines[0].strip().split(","), [column["title"] for column in listed["columns"]])
        self.assertGreaterEqual(len([line for line in lines if line]) - 1, min(1, listed["total"]))
