from harness import unique
from people_service import PeopleTest

PATH = "/api/notices"


class NoticeTest(PeopleTest):
    """Also of the other routes of the message centre."""

    def send(self, role="procurement_officer", status=201, **members):
        body = {"title": unique("报量提醒"), "text": "请按时提交。\n谢谢。", "audience": {}, "must_sign": False, **members}
        return self.ok("POST", PATH, body, role=role, status=status)

    def titles(self, client=None, role="public", **query):
        listed = self.ok("GET", PATH, client=client, role=role, query={"size": 100, **query})
        return [row["title"] for row in listed["rows"]]

    def session(self, client):
        return self.ok("GET", "/api/session", client=client)


class SendNotice(NoticeTest):
    def test_to_roles_of_a_region_and_to_organisations(self):
        near, far = self.person(), self.person(self.hospital(region="310100")["id"])
        approver = self.person(roles=("hospital_approver",))
        sent = self.send(audience={"roles": ["hospital_reporter"], "within": "230000"}, must_sign=True,
                         due="2027-01-04T17:00:00", round="GY-YD2019-2")
        self.assertEqual(sent["due"], "2027-01-04T17:00:00+08:00")
        self.assertEqual((sent["kind"], sent["round"], sent["link"]), ("message", "GY-YD2019-2", "/rounds/GY-YD2019-2"))
        self.assertGreaterEqual(sent["receipts"]["recipients"], 2)
        self.assertIn(sent["title"], self.titles(near))
        self.assertNotIn(sent["title"], self.titles(far))
        self.assertNotIn(sent["title"], self.titles(approver))
        self.logged("notice.sent", f"notice:{sent['id']}")
        named = self.send(audience={"organisations": [self.session(far)["organisation"]["id"]]})
        self.assertIn(named["title"], self.titles(far))
        self.assertNotIn(named["title"], self.titles(near))

    def test_a_bureau_reaches_its_region_only(self):
        near, far = self.person(), self.hospital(region="220100")
        sent = self.send("bureau_city")
        self.assertIn(sent["title"], self.titles(near))
        self.assertNotIn(sent["title"], self.titles(role="authority_health"))
        for audience, pointer in (({"within": "220000"}, "/audience/within"), ({"within": "230000"}, "/audience/within"),
                                  ({"organisations": [far["id"]]}, "/audience/organisations/0")):
            answer = self.refused(422, "notices.outside_region", "POST", PATH, role="bureau_city", body={
                "title": "越界", "text": "", "audience": audience, "must_sign": False})
            self.assertEqual([fault["field"] for fault in answer.json["faults"]], [pointer])

    def test_refusals(self):
        for change, key in (({"title": " \t"}, "notices.title_missing"), ({"round": "NONE"}, "notices.round"),
                            ({"due": "2019-01-01T00:00:00"}, "notices.due_past"), ({"due": "明天"}, "notices.due_form"),
                            ({"audience": {"organisations": [999999999]}}, "notices.organisation"),
                            ({"audience": {"within": "999999"}}, "notices.region")):
            body = {"title": "标题", "text": "", "audience": {}, "must_sign": False, **change}
            self.refused(422, key, "POST", PATH, body, role="procurement_officer")
        for change in ({"title": "长" * 201}, {"audience": {"roles": ["nobody"]}}, {"audience": {"users": []}}):
            body = {"title": "标题", "text": "", "audience": {}, "must_sign": False, **change}
            self.refused(400, "request.invalid", "POST", PATH, body, role="procurement_officer")
        for role in ("hospital_reporter", "supplier", "system_administrator"):
            self.refused(403, "access.denied", "POST", PATH, {"title": "不能发", "text": "", "audience": {}, "must_sign": False}, role=role)

    def test_the_same_request_twice_sends_once(self):
        title = unique("一次")
        body = {"title": title, "text": "", "audience": {"within": "230000"}, "must_sign": False}
        key = unique("key")
        first = self.call("POST", PATH, body, role="procurement_officer", idempotency=key)
        second = self.call("POST", PATH, body, role="procurement_officer", idempotency=key)
        self.assertEqual((first.status, first.json["id"]), (201, second.json["id"]))
        self.assertEqual(self.titles(self.person()).count(title), 1)
