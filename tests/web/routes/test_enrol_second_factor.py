from people_service import FIRST, PeopleTest


class EnrolSecondFactorRoute(PeopleTest):
    def test_offers_a_secret(self):
        client = self.person()
        answer = self.ok("POST", "/api/session/second-factor", {"password": FIRST}, client=client)
        self.assertRegex(answer["secret"], "^[A-Z2-7]{32}$")
        self.assertTrue(answer["uri"].startswith(f"otpauth://totp/Jicai:{client.account['login']}?secret={answer['secret']}&"))
        self.log_in(client.account["login"], FIRST)  # not confirmed: no code is asked for

    def test_needs_the_password(self):
        client = self.person()
        self.refused(422, "account.password_wrong", "POST", "/api/session/second-factor", {"password": "Wrong-1"}, client=client)
        self.refused(401, "session.needed", "POST", "/api/session/second-factor", {"password": FIRST})
