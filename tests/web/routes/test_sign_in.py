from harness import Client
from people_service import FIRST, PeopleTest


class SignInRoute(PeopleTest):
    def test_cookie(self):
        made = self.account()
        answer = Client(self.world.service).log_in(made["login"], made["password"])
        cookie = answer.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(part, cookie)
        self.assertNotIn("Secure", cookie)  # plain HTTP
        self.assertTrue(answer.json["must_change_password"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_one_live_log_in_and_never_the_old_id(self):
        first = self.person()
        login = first.account["login"]
        second = self.log_in(login, FIRST)
        self.assertNotEqual(first.cookie, second.cookie)
        self.assertFalse(self.is_logged_in(first))
        self.assertTrue(self.is_logged_in(second))

    def test_a_cookie_brought_along_is_not_taken_over(self):
        made = self.account()
        client = Client(self.world.service)
        client.cookie = "a" * 64  # somebody else's choice
        client.log_in(made["login"], made["password"])
        self.assertNotEqual(client.cookie, "a" * 64)

    def test_unknown_and_known_logins_get_the_same_answers_until_locked(self):
        made = self.account()
        answers = {}
        for login in (made["login"], "nobody-" + made["login"]):
            answers[login] = []
            for _ in range(6):
                answer = Client(self.world.service).log_in(login, "Wrong-Password-1")
                self.check("POST", "/api/session", answer)
                answers[login].append((answer.status, answer.json["key"]))
        known, unknown = answers.values()
        self.assertEqual(known, unknown)
        self.assertEqual(known, [(401, "session.wrong")] * 4 + [(403, "session.locked")] * 2)
        self.log_in_refused(403, "session.locked", made["login"], made["password"])
        self.assertEqual(self.entries(login="nobody-" + made["login"])[0]["action"], "session.failed")

    def test_failures_survive_a_new_log_in_page_but_not_a_success(self):
        client = self.person()
        login = client.account["login"]
        for _ in range(4):
            self.log_in_refused(401, "session.wrong", login, "Wrong-Password-1")
        self.log_in(login, FIRST)
        for _ in range(4):
            self.log_in_refused(401, "session.wrong", login, "Wrong-Password-1")

    def test_code(self):
        account = self.world.accounts()["bid_opener"]
        self.log_in_refused(401, "session.code_needed", account["login"], account["password"])
        self.log_in_refused(401, "session.code_wrong", account["login"], account["password"], "000000")
        self.world.log_in("bid_opener")

    def test_a_code_works_once(self):
        account = self.world.accounts()["bid_opener"]
        client = Client(self.world.service)
        if client.log_in(account["login"], account["password"], account["code"]).status != 200:
            return self.skipTest("the code was used by a test before this one")
        self.world.clients["bid_opener"] = client
        self.log_in_refused(401, "session.code_wrong", account["login"], account["password"], account["code"])

    def test_texts(self):
        answer = self.log_in_refused(401, "session.wrong", "<script>alert(1)</script>", "x" * 8)
        self.assertNotIn("script", answer.body.decode())
        self.refused(400, "request.invalid", "POST", "/api/session", {"login": "a"})
        self.refused(400, "request.invalid", "POST", "/api/session", {"login": "a" * 65, "password": "x"})

    def test_log(self):
        client = self.person()
        entry = self.logged("session.created", f"user:{client.account['id']}", login=client.account["login"], result="done")
        self.assertEqual(entry["address"], "127.0.0.1")
        self.assertTrue(entry["request_id"])
