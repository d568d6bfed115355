"""Sessions, tokens, origins, keys, rates."""

import json
import unittest
import uuid

from harness import Client, Service, World


def setUpModule():
    global service, world
    service = Service()
    world = World(service)


def tearDownModule():
    service.close()


def change(client, headers=None, path="/api/session/language", body=None):
    return client.call("PUT", path, body or {"language": "zh"}, headers=headers)


class Csrf(unittest.TestCase):
    def test_token(self):
        client = world.log_in("supplier")
        other = world.log_in("distributor")
        self.assertEqual(change(client).status, 200)
        for token in (None, "", "x", client.csrf[:-1], client.csrf + "x", other.csrf, client.cookie):
            answer = change(client, {"X-CSRF-Token": token})
            self.assertEqual((answer.status, answer.json["key"]), (403, "access.csrf"), token)
        self.assertEqual(change(client).status, 200)

    def test_origin(self):
        client = world.log_in("supplier")
        host = f"{service.host}:{service.port}"
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
                        {"Sec-Fetch-Site": "same-site"}, {"Origin": f"http://{host}.evil.example"}, {"Origin": f"http://{host}@evil.example"}):
            answer = change(client, headers)
            self.assertEqual((answer.status, answer.json["key"]), (403, "access.origin"), headers)
        self.assertEqual(change(client, {"Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}).status, 200)
        login = service.send("POST", "/api/session", {"Content-Type": "application/json", "Origin": "https://evil.example"}, b'{"login":"abc","password":"d"}')
        self.assertEqual((login.status, login.json["key"]), (403, "access.origin"), "nobody is logged in from elsewhere")

    def test_nothing_is_readable_from_elsewhere(self):
        answer = service.send("GET", "/api/session", {"Origin": "https://evil.example"})
        self.assertNotIn("Access-Control-Allow-Origin", answer.headers)


class Fixation(unittest.TestCase):
    def test_a_log_in_never_takes_the_cookie_it_was_given(self):
        victim = Client(service)
        victim.cookie = "attackers-choice-0123456789abcdef"
        account = world.accounts()["supplier"]
        self.assertEqual(victim.log_in(account["login"], account["password"]).status, 200)
        self.assertNotEqual(victim.cookie, "attackers-choice-0123456789abcdef")
        first = victim.cookie
        again = Client(service)
        again.cookie, again.csrf = first, victim.csrf
        self.assertEqual(again.log_in(account["login"], account["password"]).status, 200)
        self.assertNotEqual(again.cookie, first)
        self.assertFalse(victim.call("GET", "/api/session").json["logged_in"], "one live log-in per account")

    def test_log_out_is_at_once(self):
        client = world.log_in("supplier")
        self.assertTrue(client.call("GET", "/api/session").json["logged_in"])
        self.assertLess(client.call("DELETE", "/api/session").status, 300)
        self.assertFalse(client.call("GET", "/api/session").json["logged_in"])

    def test_forced_log_out_is_at_once(self):
        client = world.log_in("supplier")
        security = world.client("security_administrator")
        rows = security.call("GET", "/api/users", query={"text": client.session["login"]}).json["rows"]
        user = next(row["id"] for row in rows if row["login"] == client.session["login"])
        self.assertTrue(client.call("GET", "/api/session").json["logged_in"])
        answer = security.call("DELETE", f"/api/users/{user}/sessions")
        self.assertLess(answer.status, 300, answer)
        self.assertFalse(client.call("GET", "/api/session").json["logged_in"])

    def test_cookies(self):
        client = world.log_in("supplier")
        for cookie in ("", "x", client.cookie[:-1], client.cookie + "x", client.cookie.swapcase(), "a" * 5000):
            other = Client(service)
            other.cookie = cookie
            self.assertFalse(other.call("GET", "/api/session").json["logged_in"], cookie[:50])
        answer = service.send("GET", "/api/session", {"Cookie": f"jicai_session={client.cookie}; jicai_session=x"})
        self.assertFalse(answer.json["logged_in"], "two cookies of that name count as none")


class Idempotency(unittest.TestCase):
    def test_the_same_key_gives_the_first_answer(self):
        system = world.client("system_administrator")
        rows = system.call("GET", "/api/organisations").json["rows"]
        body = {"login": "again" + uuid.uuid4().hex[:8], "name": "重复", "organisation": rows[0]["id"]}
        key = uuid.uuid4().hex
        first = system.call("POST", "/api/users", body, idempotency=key)
        self.assertEqual(first.status, 201, first)
        again = system.call("POST", "/api/users", body, idempotency=key)
        self.assertEqual((again.status, again.body), (first.status, first.body))
        self.assertEqual(again.headers["Idempotent-Replay"], "true")
        other = system.call("POST", "/api/users", {**body, "name": "别的"}, idempotency=key)
        self.assertEqual((other.status, other.json["key"]), (422, "request.key_reused"))
        taken = system.call("POST", "/api/users", body)
        self.assertIn(taken.status, (409, 422))
        for bad in (None, "short", "a" * 65, "with blank", "über-1234567".encode("latin-1").decode("latin-1")):
            answer = system.call("POST", "/api/users", body, headers={"Idempotency-Key": bad})
            self.assertEqual((answer.status, answer.json["key"]), (400, "request.key_missing"), bad)

    def test_somebody_elses_key_is_another_key(self):
        key = uuid.uuid4().hex
        for role in ("supplier", "distributor"):
            answer = world.log_in(role).call("PUT", "/api/session/language", {"language": "zh"}, idempotency=key)
            self.assertEqual(answer.status, 200, answer)
            self.assertNotIn("Idempotent-Replay", answer.headers)

    def test_one_time_passwords_are_not_kept_readable(self):
        system = world.client("system_administrator")
        rows = system.call("GET", "/api/organisations").json["rows"]
        body = {"login": "seal" + uuid.uuid4().hex[:8], "name": "密封", "organisation": rows[0]["id"]}
        password = system.call("POST", "/api/users", body).json["password"]
        files = [path for path in service.data.rglob("*") if path.is_file()]
        self.assertFalse([path for path in files if password.encode() in path.read_bytes()])


class BruteForce(unittest.TestCase):
    def test_locks(self):
        account = world.accounts()["pharmacy"]
        keys = []
        for _ in range(6):
            keys.append(Client(service).log_in(account["login"], "Wrong-Password-1").json["key"])
        self.assertEqual(keys[0], "session.wrong")
        self.assertEqual(keys[-1], "session.locked")
        right = Client(service).log_in(account["login"], account["password"])
        self.assertEqual((right.status, right.json["key"]), (403, "session.locked"), "the right password does not help now")

    def test_unknown_names_answer_alike(self):
        name = "nobody" + uuid.uuid4().hex[:6]
        keys = [Client(service).log_in(name, "Wrong-Password-1").json["key"] for _ in range(6)]
        self.assertEqual((keys[0], keys[-1]), ("session.wrong", "session.locked"))

    def test_rate_of_log_ins_and_requests(self):
        limited = Service("--logins-per-minute", "6", "--requests-per-minute", "600", unlimited=False)
        try:
            statuses = [Client(limited).log_in("nobody%d" % i, "Wrong-Password-1") for i in range(14)]
            refused = [answer for answer in statuses if answer.status == 429]
            self.assertTrue(refused, [answer.status for answer in statuses])
            self.assertEqual(refused[0].json["key"], "request.too_many")
            self.assertGreaterEqual(int(refused[0].headers["Retry-After"]), 1)
            self.assertEqual(refused[0].json["retry_after"], int(refused[0].headers["Retry-After"]))
            codes = {limited.send("GET", "/api/rounds").status for _ in range(150)}
            self.assertEqual(codes, {200, 429})
        finally:
            limited.close()


class Keys(unittest.TestCase):
    def test_wrong_keys(self):
        for key in ("jk_1_x", "jk_999999_secret", "jk_", "x", "jk_1_" + "a" * 500):
            client = Client(service)
            client.key = key
            answer = client.call("GET", "/api/rounds")
            self.assertEqual((answer.status, answer.json["key"]), (401, "session.key_invalid"), key)
        for header in ("Basic YTpi", "Bearer", "bearer x"):
            answer = service.send("GET", "/api/rounds", {"Authorization": header})
            self.assertEqual((answer.status, answer.json["key"]), (400, "request.authorization"), header)
        both = world.log_in("supplier")
        both.key = "jk_1_x"
        self.assertEqual(both.call("GET", "/api/rounds").json["key"], "request.authorization")


if __name__ == "__main__":
    unittest.main(verbosity=2)
