from people_service import PeopleTest


class EndOtherSessionsRoute(PeopleTest):
    def test_keeps_this_one(self):
        client = self.person()
        self.assertEqual(self.ok("DELETE", "/api/session/others", client=client), {"done": True})
        self.assertTrue(self.is_logged_in(client))
        self.logged("session.others_ended", f"user:{client.account['id']}")

    def test_public(self):
        self.refused(401, "session.needed", "DELETE", "/api/session/others")
