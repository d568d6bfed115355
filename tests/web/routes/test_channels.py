from people_service import PeopleTest

PATH = "/api/account/channels"


class Channels(PeopleTest):
    def test_nothing_is_kept_at_first(self):
        page = self.ok("GET", PATH, client=self.person())
        self.assertEqual((page["email"], page["phone"], page["webhook"], page["signed"], page["kinds"], page["version"]),
                         ("", "", "", False, [], 0))
        self.assertEqual(page["offered"], {"email": False, "sms": False, "webhook": False})
        self.assertIn({"kind": "deadline", "text": "截止提醒"}, page["choices"])
        self.refused(401, "session.needed", "GET", PATH)
