from test_send_notice import PATH, NoticeTest


class ReceiveNotice(NoticeTest):
    def test_one_signs_for_all_of_the_organisation(self):
        first = self.person()
        organisation = self.session(first)["organisation"]["id"]
        second = self.person(organisation, roles=("hospital_approver",))
        sent = self.send(audience={"organisations": [organisation]}, must_sign=True)
        path = f"{PATH}/{sent['id']}/receipt"
        read = self.ok("POST", path, {"signed": False}, client=first)
        self.assertEqual((read["read"], read["signed"], read["state"]), (True, False, "to_sign"))
        signed = self.ok("POST", path, {"signed": True}, client=first)
        self.assertEqual((signed["signed"], signed["signed_by"], signed["state"]), (True, "测试人员", "signed"))
        again = self.ok("POST", path, {"signed": True}, client=second)
        self.assertEqual((again["signed_at"], again["signed_by"]), (signed["signed_at"], "测试人员"))
        self.assertNotIn(sent["title"], self.titles(second, state="to_sign"))
        self.logged("notice.signed", f"notice:{sent['id']}")
        counts = self.ok("GET", f"{PATH}/{sent['id']}", role="procurement_officer")["receipts"]
        self.assertEqual(counts, {"recipients": 1, "read": 1, "signed": 1})

    def test_refusals(self):
        client = self.person()
        sent = self.send(audience={"organisations": [self.session(client)["organisation"]["id"]]})
        path = f"{PATH}/{sent['id']}/receipt"
        self.refused(422, "notices.nothing_to_sign", "POST", path, {"signed": True}, client=client)
        self.refused(404, "notices.not_found", "POST", path, {"signed": False}, role="supplier")
        self.refused(404, "notices.not_found", "POST", path, {"signed": False}, role="procurement_officer")
