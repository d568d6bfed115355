"""TLS, proxies and addresses, and what stands in the log."""

import http.client
import json
import socket
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

from harness import Client, Service, World


def certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")], check=True, capture_output=True)


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="jicai-t-")
        folder = Path(cls.folder.name)
        certificate(folder)
        cls.service = Service("--tls-cert", str(folder / "cert.pem"), "--tls-key", str(folder / "key.pem"))
        cls.context = ssl.create_default_context(cafile=folder / "cert.pem")

    @classmethod
    def tearDownClass(cls):
        cls.service.close()
        cls.folder.cleanup()

    def send(self, method, path, headers=None, body=None):
        connection = http.client.HTTPSConnection("127.0.0.1", self.service.port, context=self.context, timeout=30)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.text = answer.read()
        connection.close()
        return answer

    def test_hsts_and_cookies(self):
        self.assertTrue(self.service.url.startswith("https://"))
        answer = self.send("GET", "/api/service")
        self.assertIn("max-age=31536000", answer.headers["Strict-Transport-Security"])
        self.assertIn("default-src 'self'", answer.headers["Content-Security-Policy"])
        account = next(a for a in json.loads(answer.text)["demo_accounts"] if a["role"] == "supplier")
        answer = self.send("POST", "/api/session", {"Content-Type": "application/json"},
                           json.dumps({"login": account["login"], "password": account["password"]}))
        self.assertEqual(answer.status, 200, answer.text)
        cookie = answer.headers["Set-Cookie"]
        for word in ("; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"):
            self.assertIn(word, cookie)

    def test_old_protocols_are_refused(self):
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = version
            with socket.create_connection(("127.0.0.1", self.service.port), timeout=10) as plain:
                with self.assertRaises((ssl.SSLError, ConnectionResetError)):
                    context.wrap_socket(plain)
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = ssl.create_default_context(cafile=Path(self.folder.name) / "cert.pem")
            context.minimum_version = context.maximum_version = version
            with socket.create_connection(("127.0.0.1", self.service.port), timeout=10) as plain:
                with context.wrap_socket(plain, server_hostname="localhost") as secure:
                    self.assertIn(secure.version(), ("TLSv1.2", "TLSv1.3"))

    def test_plain_bytes_and_silent_handshakes_hold_nobody(self):
        with socket.create_connection(("127.0.0.1", self.service.port), timeout=10) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            try:
                self.assertNotIn(b"200", plain.recv(4096))
            except ConnectionResetError:
                pass
        with socket.create_connection(("127.0.0.1", self.service.port), timeout=10) as silent:
            silent.sendall(b"\x16\x03\x01")
            self.assertEqual(silent.recv(1), b"", "a handshake has five seconds")
        self.assertEqual(self.send("GET", "/healthz").status, 200)


class Proxies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service("--trusted-proxy", "127.0.0.0/8", "--trusted-proxy", "10.0.0.0/8")
        cls.direct = Service()

    @classmethod
    def tearDownClass(cls):
        cls.service.close()
        cls.direct.close()

    def audited_address(self, service, forwarded):
        world = World(service)
        for client in world.clients.values():
            account = world.accounts()["supplier"]
        answer = service.send("POST", "/api/session", {"Content-Type": "application/json", "X-Forwarded-For": forwarded},
                              json.dumps({"login": account["login"], "password": account["password"]}).encode())
        self.assertEqual(answer.status, 200, answer)
        if not hasattr(service, "auditor"):
            service.auditor = world.log_in("audit_administrator")
        rows = service.auditor.call("GET", "/api/audit", query={"action": "session.created", "login": account["login"]}).json["rows"]
        return rows[0]["address"]

    def test_true_address_is_in_the_audit_log(self):
        self.assertEqual(self.audited_address(self.service, "203.0.113.7"), "203.0.113.7")
        self.assertEqual(self.audited_address(self.service, "6.6.6.6, 203.0.113.8, 10.1.2.3"), "203.0.113.8")
        self.assertEqual(self.audited_address(self.service, "203.0.113.9, junk"), "127.0.0.1")
        self.assertEqual(self.audited_address(self.direct, "203.0.113.7"), "127.0.0.1", "nobody is trusted here")

    def test_metrics_are_not_for_everybody(self):
        answer = self.service.send("GET", "/metrics", {"X-Forwarded-For": "203.0.113.7"})
        self.assertEqual((answer.status, answer.json["key"]), (403, "access.metrics"))
        self.assertEqual(self.direct.send("GET", "/metrics", {"X-Forwarded-For": "203.0.113.7"}).status, 200)


class Log(unittest.TestCase):
    def test_says_who_what_where_and_no_secret(self):
        service = Service()
        try:
            world = World(service)
            officer = world.log_in("procurement_officer")
            account = world.accounts()["procurement_officer"]
            officer.call("GET", "/api/rounds", query={"text": "geheimnis-in-the-query"})
            officer.call("PUT", "/api/session/language", {"language": "zh"})
            service.send("POST", "/api/session", {"Content-Type": "application/json"},
                         json.dumps({"login": account["login"], "password": "Wrong-Password-77"}).encode())
            text = service.log()
            lines = [json.loads(line) for line in text.splitlines()]
            requests = [line for line in lines if line["event"] == "request"]
            listed = next(line for line in requests if line["route"] == "/api/rounds")
            self.assertEqual((listed["user"], listed["address"], listed["method"], listed["result"], listed["status"]),
                             (account["login"], "127.0.0.1", "GET", "done", 200))
            self.assertTrue(listed["request_id"] and listed["organisation"] and listed["micros"] and listed["bytes"])
            self.assertTrue(any(line["result"] == "session.wrong" for line in requests))
            for secret in (officer.cookie, officer.csrf, account["password"], "Wrong-Password-77", "geheimnis-in-the-query"):
                self.assertNotIn(secret, text)
        finally:
            service.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
