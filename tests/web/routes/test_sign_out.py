from people_service import PeopleTest


class SignOutRoute(PeopleTest):
    def test_ends_the_session(self):
        client = self.person()
        answer = self.call("DELETE", "/api/session", client=client)
        self.assertEqual(answer.status, 200, answer)
        self.assertFalse(answer.json["logged_in"])
        self.assertIn("Max-Age=0", answer.headers["Set-Cookie"])
        self.assertFalse(self.is_logged_in(client))
        self.logged("session.ended", f"user:{client.account['id']}")

    def test_public(self):
        self.assertFalse(self.ok("DELETE", "/api/session")["logged_in"])

    def test_needs_the_token(self):
        client = self.person()
        client.csrf = "0" * 32
        self.refused(403, "access.csrf", "DELETE", "/api/session", client=client)
        self.assertTrue(self.is_logged_in(client))
