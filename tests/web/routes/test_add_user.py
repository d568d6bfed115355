from harness import unique
from people_service import PeopleTest


class AddUserRoute(PeopleTest):
    def add(self, **members):
        body = {"login": unique("u"), "name": "王芳", "organisation": self.organisation, **members}
        return self.call("POST", "/api/users", body, role="system_administrator")

    def setUp(self):
        self.organisation = self.hospital()["id"]

    def test_no_roles_and_a_password_shown_once(self):
        made = self.add()
        self.assertEqual((made.status, made.json["roles"]), (201, []))
        self.assertRegex(made.json["password"], "^.{14}$")
        self.assertNotIn("password", self.ok("GET", f"/api/users/{made.json['id']}", role="system_administrator"))
        row = self.logged("user.created", f"user:{made.json['id']}", before="")
        self.assertNotIn(made.json["password"], str(row))
        self.log_in(made.json["login"], made.json["password"])

    def test_a_repeated_request_shows_the_same_password(self):
        body = {"login": unique("u"), "name": "王芳", "organisation": self.organisation}
        key = unique("key")
        first = self.call("POST", "/api/users", body, role="system_administrator", idempotency=key)
        again = self.call("POST", "/api/users", body, role="system_administrator", idempotency=key)
        self.assertEqual(first.json["password"], again.json["password"])

    def test_refusals(self):
        login = self.add().json["login"]
        for members, status, key in (
                ({"login": login}, 409, "user.login_taken"),
                ({"login": "A"}, 422, "user.login_form"),
                ({"login": "王芳王芳"}, 422, "user.login_form"),
                ({"name": " "}, 422, "user.name_missing"),
                ({"organisation": 999999}, 404, "organisation.not_found"),
                ({"roles": ["supplier"]}, 400, "request.invalid")):
            answer = self.add(**members)
            self.assertEqual((answer.status, answer.json["key"]), (status, key), members)
        self.refused(403, "access.denied", "POST", "/api/users",
                     {"login": unique("u"), "name": "王芳", "organisation": self.organisation}, role="security_administrator")

    def test_script_in_a_name_stays_text(self):
        name = "<script>alert('x')</script>"
        made = self.add(name=name)
        self.assertEqual(made.json["name"], name)
        self.assertEqual(made.headers["Content-Type"].split(";")[0], "application/json")
        self.assertEqual(made.headers["X-Content-Type-Options"], "nosniff")
