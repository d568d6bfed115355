from people_service import PeopleTest


class ChangeLanguageRoute(PeopleTest):
    def test_is_kept(self):
        client = self.person()
        self.assertEqual(self.ok("PUT", "/api/session/language", {"language": "en"}, client=client), {"language": "en"})
        self.assertEqual(self.ok("GET", "/api/session", client=client)["language"], "en")
        self.logged("account.language_changed", f"user:{client.account['id']}", before='{"language":"zh"}', after='{"language":"en"}')

    def test_others(self):
        client = self.person()
        self.refused(400, "request.invalid", "PUT", "/api/session/language", {"language": "fr"}, client=client)
        self.refused(401, "session.needed", "PUT", "/api/session/language", {"language": "en"})
