from people_service import PeopleTest

PATH = "/api/account/channels"
EMPTY = {"email": "", "phone": "", "webhook": "", "kinds": [], "version": 0}


class ChangeChannels(PeopleTest):
    def test_kinds_are_kept_and_the_second_one_is_told(self):
        client = self.person()
        kept = self.ok("PUT", PATH, {**EMPTY, "kinds": ["deadline", "report"]}, client=client)
        self.assertEqual((kept["kinds"], kept["version"], kept["secret"]), (["deadline", "report"], 1, ""))
        self.refused(409, "channels.changed", "PUT", PATH, EMPTY, client=client)
        self.assertEqual(self.ok("PUT", PATH, {**EMPTY, "version": 1}, client=client)["version"], 2)
        self.logged("account.channels_changed", f"user:{client.account['id']}")

    def test_refusals(self):
        client = self.person()
        for field, value, key in (("email", "a@b", "channels.email"), ("email", "a b@c.org", "channels.email"),
                                  ("email", "a@b.org\r\nBcc: x@y.org", "channels.email"),
                                  ("phone", "138-0000", "channels.phone"), ("webhook", "ftp://x.org", "channels.webhook"),
                                  ("webhook", "https://user:pw@x.org/", "channels.webhook"), ("webhook", "https:///x", "channels.webhook"),
                                  ("email", "a@b.org", "channels.off"), ("phone", "13800000000", "channels.off"),
                                  ("webhook", "https://x.org/", "channels.off")):
            answer = self.refused(422, key, "PUT", PATH, {**EMPTY, field: value}, client=client)
            self.assertEqual([fault["field"] for fault in answer.json["faults"]], ["/" + field])
        self.refused(400, "request.invalid", "PUT", PATH, {**EMPTY, "kinds": ["everything"]}, client=client)
