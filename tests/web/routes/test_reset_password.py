from people_service import FIRST, PeopleTest


class ResetPasswordRoute(PeopleTest):
    def test_a_new_one_time_password(self):
        client = self.person()
        id, login = client.account["id"], client.account["login"]
        answer = self.ok("POST", f"/api/users/{id}/password", role="security_administrator")
        self.assertFalse(self.is_logged_in(client))
        self.log_in_refused(401, "session.wrong", login, FIRST)
        again = self.log_in(login, answer["password"])
        self.assertTrue(again.session["must_change_password"])
        self.assertNotIn(answer["password"], str(self.logged("user.password_reset", f"user:{id}")))

    def test_refusals(self):
        made = self.account()
        self.refused(403, "access.denied", "POST", f"/api/users/{made['id']}/password", role="system_administrator")
        self.refused(404, "user.not_found", "POST", "/api/users/999999/password", role="security_administrator")
        own = self.ok("GET", "/api/users", role="security_administrator", query={"role": "security_administrator"})["rows"][0]
        self.refused(422, "user.own_account", "POST", f"/api/users/{own['id']}/password", role="security_administrator")
