from harness import RouteTest


class ServiceRoute(RouteTest):
    def test_demo(self):
        answer = self.ok("GET", "/api/service", query={"lang": "en"})
        self.assertEqual((answer["name"], answer["demo"], answer["languages"]), ("Jicai", True, ["zh", "en"]))
        roles = [account["role"] for account in answer["demo_accounts"]]
        self.assertEqual(len(roles), 23)
        self.assertEqual(len(set(roles)), 22)
        self.assertEqual(roles.count("procurement_officer"), 2)  # two sign a rulebook off
        for account in answer["demo_accounts"]:
            second_factor = account["role"] in ("system_administrator", "security_administrator", "audit_administrator",
                                                "procurement_officer", "bid_opener")
            self.assertEqual(len(account["code"]), 6 if second_factor else 0, account)
            self.assertNotIn("_", account["role_text"])

    def test_languages(self):
        def name(**headers):
            return self.ok("GET", "/api/service", headers=headers)["name"]
        self.assertEqual(name(**{"Accept-Language": "en-GB,zh;q=0.5"}), "Jicai")
        self.assertEqual(name(**{"Accept-Language": "fr"}), "集采")
        self.assertEqual(name(**{"Accept-Language": "zh", "Cookie": "jicai_lang=en"}), "Jicai")
        self.assertEqual(self.ok("GET", "/api/service", query={"lang": "zh"}, headers={"Cookie": "jicai_lang=en"})["name"], "集采")
        self.refused(400, "request.invalid", "GET", "/api/service", query={"lang": "fr"})
