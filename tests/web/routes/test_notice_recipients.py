from test_send_notice import PATH, NoticeTest


class Recipients(NoticeTest):
    def rows(self, sent, role="procurement_officer", **query):
        return self.ok("GET", f"{PATH}/{sent['id']}/recipients", role=role, query={"size": 100, **query})["rows"]

    def test_who_has_not_signed(self):
        clients = [self.person() for _ in range(3)]
        organisations = [self.session(client)["organisation"] for client in clients]
        nobody = self.hospital()
        ids = [each["id"] for each in organisations]
        sent = self.send(audience={"organisations": ids + [nobody["id"]]}, must_sign=True)
        for client, signed in zip(clients, (True, False)):
            self.ok("POST", f"{PATH}/{sent['id']}/receipt", {"signed": signed}, client=client)
        states = {row["organisation"]: row["state"] for row in self.rows(sent)}
        self.assertEqual([states[each] for each in ids + [nobody["id"]]], ["signed", "to_sign", "unread", "nobody"])
        for state, expected in (("unsigned", ids[1:] + [nobody["id"]]), ("signed", ids[:1]), ("read", ids[:2]),
                                ("unread", ids[2:] + [nobody["id"]])):
            self.assertEqual({row["organisation"] for row in self.rows(sent, state=state)}, set(expected), state)
        self.assertEqual([row["code"] for row in self.rows(sent, text=organisations[2]["code"])], [organisations[2]["code"]])
        self.export_matches(f"{PATH}/{sent['id']}/recipients", "procurement_officer")

    def test_a_bureau_sees_its_region(self):
        here = self.person()
        elsewhere = self.hospital(region="310100")
        sent = self.send(audience={"organisations": [self.session(here)["organisation"]["id"], elsewhere["id"]],
                                   "within": "230100"})
        self.assertIn(elsewhere["id"], [row["organisation"] for row in self.rows(sent)])
        seen = [row["organisation"] for row in self.rows(sent, role="bureau_city")]
        self.assertIn(self.session(here)["organisation"]["id"], seen)
        self.assertNotIn(elsewhere["id"], seen)
        self.refused(403, "access.denied", "GET", f"{PATH}/{sent['id']}/recipients", client=here)
