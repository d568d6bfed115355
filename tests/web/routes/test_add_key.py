from harness import Client
from people_service import PeopleTest


class AddKeyRoute(PeopleTest):
    def add(self, role="security_administrator", **members):
        body = {"organisation": self.organisation, "name": "HIS", "scopes": ["see_organisations", "see_rounds"],
                "roles": ["hospital_reporter"], "days": 30, **members}
        return self.call("POST", "/api/keys", body, role=role)

    def setUp(self):
        self.organisation = self.hospital()["id"]

    def test_works_within_its_scopes(self):
        made = self.add()
        self.assertEqual(made.status, 201, made)
        self.assertRegex(made.json["secret"], "^jk_[0-9]+_[0-9a-f]{64}$")
        program = Client(self.world.service)
        program.key = made.json["secret"]
        rows = self.ok("GET", "/api/organisations", client=program)["rows"]
        self.assertEqual([row["id"] for row in rows], [self.organisation])
        self.ok("GET", "/api/rounds", client=program)
        self.refused(403, "access.denied", "GET", "/api/rulebooks", client=program)
        self.refused(403, "access.denied", "PUT", "/api/session/language", {"language": "en"}, client=program)
        program.key = program.key[:-1] + ("0" if program.key[-1] != "0" else "1")
        self.refused(401, "session.key_invalid", "GET", "/api/rounds", client=program)

    def test_is_logged_without_the_secret(self):
        made = self.add().json
        row = self.logged("key.created", f"key:{made['id']}", before="")
        self.assertNotIn(made["secret"].split("_")[2], str(row))

    def test_is_limited(self):
        made = self.add(requests_per_minute=1)
        program = Client(self.world.service)
        program.key = made.json["secret"]
        statuses = [self.call("GET", "/api/rounds", client=program).status for _ in range(120)]
        self.assertIn(429, statuses)

    def test_refusals(self):
        for members, status, key in (
                ({"roles": ["supplier"]}, 422, "key.role"),
                ({"scopes": []}, 422, "key.scopes_missing"),
                ({"scopes": ["manage_users"]}, 400, "request.invalid"),
                ({"days": 0}, 422, "key.days"),
                ({"days": 366}, 422, "key.days"),
                ({"requests_per_minute": 6001}, 422, "key.requests"),
                ({"organisation": 999999}, 404, "organisation.not_found"),
                ({"scopes": ["report_volumes", "see_rounds"]}, 422, "key.scope_alone"),
                ({"roles": ["hospital_buyer"], "scopes": ["report_volumes"]}, 422, "key.scope"),
                ({"roles": [], "scopes": ["see_bids"]}, 422, "key.scope")):
            answer = self.add(**members)
            self.assertEqual((answer.status, answer.json["key"]), (status, key), members)
        self.assertEqual(self.add(role="supplier").json["key"], "access.denied")  # another organisation's
        self.assertEqual(self.add(role="hospital_reporter").json["key"], "access.denied")
