from people_service import FIRST, SECOND, PeopleTest


class ChangePasswordRoute(PeopleTest):
    def test_a_one_time_password_must_be_changed_first(self):
        made = self.account(roles=["hospital_reporter"])
        client = self.log_in(made["login"], made["password"])
        self.refused(403, "session.password_expired", "GET", "/api/organisations", client=client)
        self.ok("PUT", "/api/session/password", {"old": made["password"], "new": FIRST}, client=client)
        self.ok("GET", "/api/organisations", client=client)
        self.assertFalse(self.ok("GET", "/api/session", client=client)["must_change_password"])
        self.log_in_refused(401, "session.wrong", made["login"], made["password"])

    def test_rules(self):
        client = self.person()
        login = client.account["login"]

        def refused(key, new, old=FIRST):
            return self.refused(422, key, "PUT", "/api/session/password", {"old": old, "new": new}, client=client)

        refused("account.password_wrong", SECOND, old="Wrong-2026-pw")
        refused("password.length", "Short-1")
        refused("password.length", "A-" + "1" * 19)
        refused("password.kinds", "only-small-letters")
        refused("password.characters", "Abcdef 12")
        refused("password.reused", FIRST)
        if len(login) <= 17:
            refused("password.login", "A1-" + login)
        answer = refused("password.characters", "密码Abc-12345")
        self.assertNotIn("Abc-12345", answer.body.decode())  # never repeated
        self.assertEqual(answer.json["faults"][0]["field"], "/new")

    def test_no_password_in_the_log(self):
        client = self.person()
        self.ok("PUT", "/api/session/password", {"old": FIRST, "new": SECOND}, client=client)
        row = self.logged("account.password_changed", f"user:{client.account['id']}")
        self.assertNotIn(SECOND, str(row))
        self.assertNotIn(SECOND, self.world.service.log())
