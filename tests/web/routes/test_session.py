from people_service import PeopleTest


class SessionRoute(PeopleTest):
    def test_public(self):
        answer = self.ok("GET", "/api/session")
        self.assertFalse(answer["logged_in"])
        self.assertIn("see_rounds", answer["actions"])
        self.assertNotIn("see_bids", answer["actions"])
        self.assertNotIn("manage_own_account", answer["actions"])

    def test_somebody(self):
        answer = self.ok("GET", "/api/session", role="hospital_reporter")
        self.assertTrue(answer["logged_in"])
        self.assertEqual([one["role"] for one in answer["roles"]], ["hospital_reporter"])
        self.assertEqual(answer["roles"][0]["text"], "医院报量员")
        self.assertEqual(answer["organisation"]["kind"], "hospital")
        self.assertEqual(answer["organisation"]["region"], "230100")
        self.assertEqual(answer["second_factor"], {"needed": False, "enrolled": False, "given": False})
        self.assertFalse(answer["must_change_password"])
        self.assertEqual(answer["idle_minutes"], 30)
        self.assertIn("see_bids", answer["actions"])

    def test_administrator(self):
        answer = self.ok("GET", "/api/session", role="security_administrator")
        self.assertEqual(answer["second_factor"], {"needed": True, "enrolled": True, "given": True})
        self.assertIn("grant_roles", answer["actions"])
        self.assertNotIn("manage_users", answer["actions"])
        self.assertNotIn("see_bids", answer["actions"])

    def test_an_unknown_cookie_is_nobody(self):
        client = self.person()
        client.cookie = "0" * 64
        self.assertFalse(self.is_logged_in(client))
