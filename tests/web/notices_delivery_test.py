"""Reminders of deadlines, and notices sent out by e-mail, SMS and webhook: the real service against small servers.

    notices_delivery_test.py     (JICAI names the program, as in harness.py)
"""

import base64
import email
import email.policy
import hashlib
import hmac
import json
import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "routes")]

from harness import Service, World, unique  # noqa: E402
from people_service import PeopleTest  # noqa: E402

SMS_SECRET = "sms-gateway-secret-4711"
MAIL_PASSWORD = "mail-password-4712"
AT_WORK = "YS-2026-1"


def until(check, seconds=20):
    """What `check` answers once it is true."""
    end = time.monotonic() + seconds
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s")
        time.sleep(0.05)


class MailServer(socketserver.ThreadingTCPServer):
    """As much of RFC 5321 as it takes; keeps what it accepted."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), MailHandler)
        self.accepted, self.logins, self.refuse = [], [], None
        threading.Thread(target=self.serve_forever, daemon=True).start()


class MailHandler(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write((text + "\r\n").encode())

    def line(self):
        return self.rfile.readline().decode("utf-8", "replace").rstrip("\r\n")

    def handle(self):
        self.say("220 mail.test")
        sender, receivers = "", []
        while True:
            line = self.line()
            word = line[:4].upper()
            if not line or word == "QUIT":
                self.say("221 bye")
                return
            if word == "EHLO":
                self.say("250-mail.test")
                self.say("250 AUTH LOGIN")
            elif word == "AUTH":
                self.say("334 VXNlcm5hbWU6")
                name = base64.b64decode(self.line()).decode()
                self.say("334 UGFzc3dvcmQ6")
                self.server.logins.append((name, base64.b64decode(self.line()).decode()))
                self.say("235 ok")
            elif word == "MAIL":
                sender = line.split("<")[1].split(">")[0]
                self.say("250 ok")
            elif word == "RCPT":
                if self.server.refuse:
                    self.say(self.server.refuse)
                    continue
                receivers.append(line.split("<")[1].split(">")[0])
                self.say("250 ok")
            elif word == "DATA":
                self.say("354 go on")
                lines = []
                while (line := self.line()) != ".":
                    lines.append(line[1:] if line.startswith("..") else line)
                message = email.message_from_string("\n".join(lines), policy=email.policy.default)
                self.server.accepted.append((sender, receivers, message))
                self.say("250 kept")
            else:
                self.say("250 ok")


class Posts(ThreadingHTTPServer):
    """Keeps what was posted to it; answers `status` to the next requests, then 204."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), PostHandler)
        self.taken, self.statuses = [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def address(self, path="/hook"):
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class PostHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


class Trickle(socketserver.ThreadingTCPServer):
    """Takes what is posted and answers a byte a second, for ever; or begins a greeting of SMTP that never ends."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), TrickleHandler)
        self.begun, self.lasted = [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}/slow"


class TrickleHandler(socketserver.BaseRequestHandler):
    def handle(self):
        begun = time.monotonic()
        self.server.begun.append(begun)
        try:
            self.request.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while time.monotonic() < begun + 60:
                self.request.sendall(b"a")
                time.sleep(0.5)
        except OSError:
            pass
        self.server.lasted.append(time.monotonic() - begun)


class Away(PeopleTest):
    """A service with all channels to servers of the test."""

    options = ()

    @classmethod
    def setUpClass(cls):
        cls.mail, cls.posts = MailServer(), Posts()
        folder = Path(os.environ.get("TMPDIR", "/tmp"))
        cls.files = [folder / unique("sms"), folder / unique("mail")]
        for path, secret in zip(cls.files, (SMS_SECRET, MAIL_PASSWORD)):
            path.write_text(secret + "\n")
        cls.service = Service(
            "--smtp", f"smtp+plain://mailer@127.0.0.1:{cls.mail.server_address[1]}", "--mail-from", "jicai@example.org",
            "--smtp-password-file", str(cls.files[1]), "--sms-gateway", cls.posts.address("/sms"),
            "--sms-secret-file", str(cls.files[0]), "--webhooks", "--public-address", "https://jicai.example.org/",
            "--retry-seconds", "1", *cls.options)
        cls.own = World(cls.service)

    @classmethod
    def tearDownClass(cls):
        cls.service.close()
        for path in cls.files:
            path.unlink()
        cls.mail.shutdown()
        cls.posts.shutdown()

    @property
    def world(self):
        return self.own

    def receiver(self, **wanted):
        """Somebody who wants to be told; their client, with `secret` of a webhook."""
        client = self.person()
        body = {"email": "", "phone": "", "webhook": "", "kinds": [], "version": 0, **wanted}
        client.secret = self.ok("PUT", "/api/account/channels", body, client=client)["secret"]
        return client

    def send_to(self, *clients, **more):
        ids = [self.ok("GET", "/api/session", client=client)["organisation"]["id"] for client in clients]
        body = {"title": unique("报量提醒——请各单位按时提交约定采购量并核对历史用量"), "text": "第一行\n第二行",
                "audience": {"organisations": ids}, "must_sign": False, **more}
        return self.ok("POST", "/api/notices", body, role="procurement_officer", status=201)

    def posted(self, path, title):
        return [(headers, body) for at, headers, body in self.posts.taken
                if at == path and title in (json.loads(body).get("title"), json.loads(body).get("text"))]


class Channels(Away):
    options = ("--webhook-network", "127.0.0.0/8")

    def mails(self, title):
        return [each for each in self.mail.accepted if each[2]["Subject"] == title]

    def test_mail(self):
        sent = self.send_to(self.receiver(email="wu@example.org"))
        sender, receivers, message = until(lambda: self.mails(sent["title"]))[0]
        self.assertEqual((sender, receivers), ("jicai@example.org", ["wu@example.org"]))
        self.assertEqual(message.get_content().strip(),
                         f"第一行\n第二行\n\nhttps://jicai.example.org/messages/{sent['id']}")
        self.assertRegex(message["Message-ID"], r"^<jicai-[0-9a-f]{12}-[0-9]+@example\.org>$")
        self.assertEqual(self.mail.logins[-1], ("mailer", MAIL_PASSWORD))
        time.sleep(2)
        self.assertEqual(len(self.mails(sent["title"])), 1, "sent again")

    def test_webhook_is_signed_and_tried_again_with_the_same_id(self):
        client = self.receiver(webhook=self.posts.address("/again"))
        self.assertGreater(len(client.secret), 30)
        self.posts.statuses[:] = [500, 503]
        sent = self.send_to(client)
        posted = until(lambda: (found := self.posted("/again", sent["title"])) and len(found) == 3 and found)
        headers, body = posted[-1]
        self.assertEqual(len({headers["Idempotency-Key"] for headers, _ in posted}), 1)
        code = hmac.new(client.secret.encode(), headers["X-Jicai-Timestamp"].encode() + b"." + body, hashlib.sha256)
        self.assertEqual(headers["X-Jicai-Signature"], "sha256=" + code.hexdigest())
        said = json.loads(body)
        self.assertEqual((said["kind"], said["text"], said["link"]),
                         ("message", "第一行\n第二行", f"https://jicai.example.org/messages/{sent['id']}"))
        time.sleep(2)
        self.assertEqual(len(self.posted("/again", sent["title"])), 3, "sent again")

    def test_sms(self):
        sent = self.send_to(self.receiver(phone="+8613800000000"))
        headers, body = until(lambda: self.posted("/sms", sent["title"]))[0]
        self.assertEqual(json.loads(body)["phone"], "+8613800000000")
        code = hmac.new(SMS_SECRET.encode(), headers["X-Jicai-Timestamp"].encode() + b"." + body, hashlib.sha256)
        self.assertEqual(headers["X-Jicai-Signature"], "sha256=" + code.hexdigest())

    def test_what_is_refused_for_good_is_not_tried_again(self):
        self.mail.refuse = "550 no such user"
        self.addCleanup(setattr, self.mail, "refuse", None)
        client = self.receiver(email="nobody@example.org", phone="13900000001")
        sent = self.send_to(client)
        until(lambda: self.posted("/sms", sent["title"]))
        time.sleep(1.5)
        self.mail.refuse = None
        time.sleep(2.5)
        self.assertEqual(self.mails(sent["title"]), [])

    def test_kinds_somebody_does_not_want(self):
        client = self.receiver(phone="13900000002", kinds=["deadline"])
        other = self.receiver(phone="13900000003")
        sent = self.send_to(client, other)
        phones = until(lambda: [json.loads(body)["phone"] for _, body in self.posted("/sms", sent["title"])])
        self.assertEqual(phones, ["13900000003"])

    def test_secrets_are_in_no_log(self):
        client = self.receiver(webhook=self.posts.address("/log"), email="log@example.org")
        sent = self.send_to(client)
        until(lambda: self.posted("/log", sent["title"]) and self.mails(sent["title"]))
        log = self.service.log()
        for secret in (SMS_SECRET, MAIL_PASSWORD, client.secret, "log@example.org"):
            self.assertNotIn(secret, log)

    def test_a_crash_while_sending_loses_nothing(self):
        client = self.receiver(webhook=self.posts.address("/crash"))
        sent = self.send_to(client)
        self.service.process.send_signal(signal.SIGKILL)
        self.service.process.wait()
        self.service.process.stdout.close()
        self.service.process.stderr.close()
        self.service.start()
        type(self).own = World(self.service)
        # A try that died is held for five minutes; the test does not wait for that.
        socket = next(path for path in self.service.data.rglob("s") if path.is_socket())
        subprocess.run(["mariadb", "--no-defaults", "--socket", os.path.relpath(socket), "jicai"], check=True, timeout=30,
                       input=b"UPDATE notice_deliveries SET next_at = '2020-01-01' WHERE state = 2")
        posted = until(lambda: self.posted("/crash", sent["title"]))
        self.assertEqual(len({headers["Idempotency-Key"] for headers, _ in posted}), 1)


class SlowServers(Away):
    options = ("--webhook-network", "127.0.0.0/8")

    def test_a_server_that_trickles_is_cut_off_and_holds_up_nobody(self):
        slow = Trickle()
        self.addCleanup(slow.shutdown)
        # As many as letters go on at once: the others wait for a try's end, not for the servers'.
        receivers = [self.receiver(webhook=slow.address()) for _ in range(4)]
        first = self.send_to(*receivers)
        until(lambda: len(slow.begun) == 4)
        sent = self.send_to(self.receiver(phone="13900000005"))
        until(lambda: self.posted("/sms", sent["title"]), seconds=40)
        until(lambda: len(slow.lasted) >= 4, seconds=40)
        self.assertLess(max(slow.lasted[:4]), 25, "one try takes 20 s at most")
        self.assertGreater(min(slow.lasted[:4]), 15)
        row = self.sql_of(f"SELECT COUNT(*) FROM notice_deliveries WHERE notice = {first['id']} AND state = 3")
        self.assertEqual(row, "0", "nobody takes half an answer for a good one")

    def test_one_that_trickles_delays_no_other_letter(self):
        slow = Trickle()
        self.addCleanup(slow.shutdown)
        self.send_to(self.receiver(webhook=slow.address()))
        until(lambda: slow.begun)
        sent = self.send_to(self.receiver(phone="13900000006"))
        until(lambda: self.posted("/sms", sent["title"]), seconds=10)
        self.assertEqual(slow.lasted, [], "still at it")

    def sql_of(self, statement):
        socket = next(path for path in self.service.data.rglob("s") if path.is_socket())
        done = subprocess.run(["mariadb", "--no-defaults", "-N", "--socket", os.path.relpath(socket), "jicai"], check=True,
                              timeout=30, input=statement.encode(), stdout=subprocess.PIPE)
        return done.stdout.decode().strip()


class PrivateNetworks(Away):
    def test_a_webhook_reaches_no_private_network(self):
        for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0"):
            address = f"http://{host}:{self.posts.server_address[1]}/inside"
            sent = self.send_to(self.receiver(webhook=address, phone="13900000004"))
            until(lambda title=sent["title"]: self.posted("/sms", title))
        time.sleep(1.5)
        self.assertEqual([path for path, _, _ in self.posts.taken if path == "/inside"], [])


class Reminders(Away):
    def titles(self):
        rows = self.ok("GET", "/api/notices", role="hospital_reporter", query={"size": 100, "round": AT_WORK})["rows"]
        return [row["title"] for row in rows if row["kind"] == "deadline"]

    def move_to(self, moment):
        self.ok("PUT", "/api/clock", {"now": moment}, role="procurement_officer")

    def restart(self, number):
        self.service.process.send_signal(number)
        self.service.process.wait(60)
        self.service.process.stdout.close()
        self.service.process.stderr.close()
        self.service.start()
        type(self).own = World(self.service)

    def test_each_once_also_across_restarts_and_kills(self):
        entries = self.ok("GET", "/api/reporting-calendar", role="hospital_reporter")
        ends = next(each["at"] for each in entries if each["round"] == AT_WORK and each["what"] == "volume_reporting")
        self.assertEqual(self.titles(), [], "five working days ahead")
        day = ends[:10]
        given = 0
        before = [time.strftime("%Y-%m-%dT", time.localtime(time.mktime(time.strptime(day, "%Y-%m-%d")) - 86400)) + "17:00:01",
                  day + "T15:00:01"]
        for number, moment in zip((signal.SIGTERM, signal.SIGKILL), before):
            self.move_to(moment)
            titles = until(lambda: len(self.titles()) > given and self.titles())
            given = len(titles)
            self.restart(number)
            time.sleep(2.5)
            self.assertEqual(len(self.titles()), given, "given again after a restart")
        self.assertEqual(given, 2)
        self.assertTrue(all("报量" in title and ends in title for title in self.titles()))


if __name__ == "__main__":
    unittest.main(verbosity=2)
