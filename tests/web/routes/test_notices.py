from test_send_notice import PATH, NoticeTest


class Notices(NoticeTest):
    def test_states(self):
        client = self.person()
        own = {"organisations": [self.session(client)["organisation"]["id"]]}
        plain, signed = self.send(audience=own), self.send(audience=own, must_sign=True)
        for state, expected in (("all", [1, 1]), ("unread", [1, 1]), ("to_sign", [0, 1]), ("sent", [0, 0])):
            titles = self.titles(client, state=state)
            self.assertEqual([titles.count(plain["title"]), titles.count(signed["title"])], expected, state)
        self.assertIn(plain["title"], self.titles(role="procurement_officer", state="sent"))
        self.assertNotIn(plain["title"], self.titles(role="procurement_officer", state="unread"))
        rows = {row["id"]: row for row in self.ok("GET", PATH, client=client)["rows"]}
        self.assertEqual([rows[each["id"]]["state"] for each in (plain, signed)], ["unread", "to_sign"])
        self.assertEqual(rows[plain["id"]]["from_name"], "国家组织药品联合采购办公室（演示）")
        self.assertEqual(self.titles(client, text=plain["title"][2:]), [plain["title"]])
        newest = self.ok("GET", PATH, client=client)["rows"]
        self.assertEqual([row["id"] for row in newest], sorted((row["id"] for row in newest), reverse=True))

    def test_unread_counts_of_the_session(self):
        client = self.person()
        before = self.session(client)
        sent = self.send(audience={"organisations": [before["organisation"]["id"]]}, must_sign=True)
        after = self.session(client)
        self.assertEqual((after["unread"], after["to_sign"]), (before["unread"] + 1, before["to_sign"] + 1))
        self.ok("POST", f"{PATH}/{sent['id']}/receipt", {"signed": True}, client=client)
        self.assertEqual([self.session(client)[name] for name in ("unread", "to_sign")],
                         [before["unread"], before["to_sign"]])

    def test_export_and_who_may_not(self):
        self.send(audience={"roles": ["hospital_reporter"]})
        self.export_matches(PATH, "hospital_reporter")
        self.refused(401, "session.needed", "GET", PATH)
