from test_send_notice import PATH, NoticeTest


class OneNotice(NoticeTest):
    def test_text_and_receipts(self):
        client = self.person()
        sent = self.send(audience={"organisations": [self.session(client)["organisation"]["id"]]})
        read = self.ok("GET", f"{PATH}/{sent['id']}", client=client)
        self.assertEqual((read["text"], read["receipts"], read["read"]), ("请按时提交。\n谢谢。", None, False))
        opened = self.ok("GET", f"{PATH}/{sent['id']}", role="procurement_officer")
        self.assertEqual(opened["receipts"], {"recipients": 1, "read": 0, "signed": 0})

    def test_others_find_nothing(self):
        client = self.person()
        sent = self.send(audience={"organisations": [self.session(client)["organisation"]["id"]]})
        self.refused(404, "notices.not_found", "GET", f"{PATH}/{sent['id']}", role="supplier")
        self.refused(404, "notices.not_found", "GET", f"{PATH}/999999", client=client)
