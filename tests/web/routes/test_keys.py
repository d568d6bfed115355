from people_service import PeopleTest


class KeysRoute(PeopleTest):
    def test_own_and_all(self):
        approver = self.person(roles=["hospital_approver"])
        made = self.ok("POST", "/api/keys", {"name": "HIS", "scopes": ["see_volumes"], "roles": ["hospital_approver"], "days": 1},
                       client=approver, status=201)
        own = self.ok("GET", "/api/keys", client=approver)["rows"]
        self.assertEqual([row["id"] for row in own], [made["id"]])
        self.assertEqual((own[0]["state"], own[0]["state_text"], own[0]["scopes_text"]), ("active", "有效", "查看约定采购量"))
        self.assertNotIn(made["secret"], str(own))
        everybody = self.ok("GET", "/api/keys", role="security_administrator", query={"size": 100})["rows"]
        self.assertIn(made["id"], [row["id"] for row in everybody])
        self.assertNotIn(made["id"], [row["id"] for row in self.ok("GET", "/api/keys", role="supplier")["rows"]])
        self.export_matches("/api/keys", "security_administrator")

    def test_others(self):
        for role in ("hospital_reporter", "system_administrator"):
            self.refused(403, "access.denied", "GET", "/api/keys", role=role)
