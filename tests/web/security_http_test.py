"""Attacks below HTTP: smuggling, traversal, slow and idle clients, oversized heads and bodies. Raw sockets."""

import json
import socket
import threading
import time
import unittest

from harness import Service

HOST = b"Host: 127.0.0.1\r\n"


def setUpModule():
    global service
    service = Service("--connections", "96", demo=False)


def tearDownModule():
    service.close()


def talk(data, seconds=10, half_close=False):
    """Everything the service says to these bytes until it closes, or the time is over."""
    with socket.create_connection((service.host, service.port), timeout=seconds) as connection:
        try:
            connection.sendall(data)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except (TimeoutError, ConnectionResetError):
            pass
        return answer


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0


def alive(seconds=5):
    connection = service.connect(timeout=seconds)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    connection.close()
    return answer.status == 200


class Smuggling(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        time.sleep(1)  # until nothing is left of a crowd, which would close connections early

    SMUGGLED = b"GET /metrics HTTP/1.1\r\n" + HOST + b"\r\n"

    def refused(self, head, body=b""):
        answer = talk(head + HOST + b"\r\n" + body + self.SMUGGLED)
        self.assertEqual(status_of(answer), 400, (head, answer[:300]))
        self.assertEqual(answer.count(b"X-Request-Id:"), 1, "what follows a refused head is never read as a request")
        self.assertIn(b"Connection: close", answer)
        self.assertNotIn(b"jicai_requests_total", answer)

    def test_lengths(self):
        for lines in (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                      b"Content-Length: 0\r\nContent-Length: 5\r\n", b"Content-Length: 5\r\nContent-Length: 5\r\n", b"Content-Length: -5\r\n",
                      b"Content-Length: +5\r\n", b"Content-Length: 5, 5\r\n", b"Content-Length: 0x5\r\n", b"Content-Length: 5a\r\n",
                      b"Content-Length: \r\n", b"Content-Length: 99999999999999999999\r\n", b"Transfer-Encoding: identity\r\n",
                      b"Transfer-Encoding: chunked, chunked\r\n", b"Transfer-Encoding: \x0bchunked\r\n", b"Transfer-Encoding : chunked\r\n",
                      b"Content-Length : 5\r\n", b"X: y\r\n Content-Length: 5\r\n", b"X: y\r\n\tz\r\n", b"X: y\nContent-Length: 5\r\n",
                      b"Content\x00-Length: 5\r\n", b"X: a\x00b\r\n", b"X: a\rb\r\n"):
            with self.subTest(lines):
                self.refused(b"POST /api/session HTTP/1.1\r\n" + lines, b"hello")

    def test_hosts(self):
        for head in (b"GET /healthz HTTP/1.1\r\n\r\n", b"GET /healthz HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
                     b"GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", b"GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n",
                     b"GET http://other/healthz HTTP/1.1\r\n" + HOST + b"\r\n", b"GET /healthz\r\n" + HOST + b"\r\n",
                     b"GET /healthz HTTP/3.0\r\n" + HOST + b"\r\n", b"\r\n\r\nGET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"):
            with self.subTest(head):
                self.assertEqual(status_of(talk(head)), 400)

    def test_chunks(self):
        head = (b"POST /api/session HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        for body in (b"zz\r\n{}\r\n0\r\n\r\n", b"-1\r\n{}\r\n0\r\n\r\n", b"2\r\n{}x\r\n0\r\n\r\n", b"2;a=b\r\n{}\r\n0\r\n\r\n",
                     b"fffffffffffffff\r\n", b"2\n{}\r\n0\r\n\r\n", b"2\r\n{}\r\n0\r\nX: y\r\n\r\n", b" 2\r\n{}\r\n0\r\n\r\n"):
            with self.subTest(body):
                answer = talk(head + body + self.SMUGGLED, seconds=3)
                self.assertIn(status_of(answer), (400, 413))
                self.assertEqual(answer.count(b"X-Request-Id:"), 1)
        good = talk(head + b'1\r\n{\r\n1\r\n}\r\n0\r\n\r\n' + b"GET /healthz HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        self.assertEqual(good.count(b"X-Request-Id:"), 2, good)
        self.assertIn(b"request.member_missing", good)

    def test_requests_one_after_another(self):
        one = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
        answer = talk(one * 20 + b"GET /healthz HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        self.assertEqual(answer.count(b'{"status":"alive"}'), 21)

    def test_body_of_a_get_is_not_the_next_request(self):
        answer = talk(b"GET /healthz HTTP/1.1\r\nContent-Length: %d\r\n" % len(self.SMUGGLED) + HOST + b"\r\n" + self.SMUGGLED)
        self.assertEqual((status_of(answer), answer.count(b"X-Request-Id:")), (400, 1))

    def test_answers_hold_no_line_from_a_request(self):
        answer = talk(b"GET /api/nothing%0d%0aX-Evil:%20yes HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        self.assertEqual(status_of(answer), 400)
        self.assertNotIn(b"X-Evil", answer)


class Traversal(unittest.TestCase):
    def test_paths(self):
        for path in ("/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd",
                     "/assets/%2e%2e%2fservice.key", "/....//etc/passwd", "/..\\..\\etc\\passwd",
                     "/%5c..%5cetc", "//etc/passwd", "/assets/%c0%ae%c0%ae/x", "/index.html%00.png", "/./index.html", "/service.key",
                     "/api/rounds/..%2f..%2fetc/folder", "/first-passwords.txt", "/api/../metrics"):
            with self.subTest(path):
                answer = talk(f"GET {path} HTTP/1.1\r\nConnection: close\r\n".encode() + HOST + b"\r\n")
                self.assertIn(status_of(answer), (400, 404))
                self.assertNotIn(b"root:", answer)

    def test_decoded_once(self):
        answer = talk(b"GET /%252e%252e/etc/passwd HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        self.assertIn(b"text/html", answer, "a path of the interface, whatever it is called")

    def test_unknown_pages_are_the_interface(self):
        answer = talk(b"GET /some/page HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n")
        self.assertEqual(status_of(answer), 200)
        self.assertIn(b"text/html; charset=utf-8", answer)


class Sizes(unittest.TestCase):
    def test_heads(self):
        long_target = talk(b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + HOST + b"\r\n")
        self.assertEqual(status_of(long_target), 414)
        self.assertEqual(status_of(talk(b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 40_000 + b"\r\n\r\n")), 431)
        self.assertEqual(status_of(talk(b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 200 + b"\r\n")), 431)
        endless = talk(b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 3_000_000)
        self.assertIn(status_of(endless), (431, 0))

    def test_bodies(self):
        head = b"POST /api/session HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
        answer = talk(head + b"Content-Length: 2000000\r\n\r\n" + b" " * 100_000)
        self.assertEqual(status_of(answer), 413)
        self.assertIn(b"request.too_large", answer)
        answer = talk(head + b"Transfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + (b" " * 65536 + b"\r\n10000\r\n") * 40)
        self.assertEqual(status_of(answer), 413)
        asked = talk(head + b"Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n")
        self.assertEqual(status_of(asked), 413, "told before the body is sent")
        went_on = talk(head + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n", seconds=1)
        self.assertTrue(went_on.startswith(b"HTTP/1.1 100 Continue\r\n\r\n"))

    def test_kinds_of_body(self):
        def send(body, kind="application/json"):
            return service.send("POST", "/api/session", {"Content-Type": kind} if kind else {}, body)
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=gbk", None):
            self.assertEqual(send(b"{}", kind).status, 415, kind)
        for body, word in ((b'{"login":"a","login":"b"}', "两次"), (b"{", "语法"), (b"[" * 100_000, "嵌套"), (b'{"a":' * 70 + b"1" + b"}" * 70, "嵌套"),
                           (b'{"login":1.5}', "整数"), (b'{"login":1e999}', "整数"), (b'{"login":9007199254740992}', "过大"), (b'{"login":99999999999999999999}', "数字"),
                           (b'\xef\xbb\xbf{}', "标记"), (b'{"login":"\xff"}', "语法"), (b'{"login":"\\ud800"}', "语法"), (b'{} {}', "语法"), (b"NaN", "语法"),
                           (b'{"\xe5\x85\x89":1}', "ASCII"), (b"[]", "对象")):
            answer = send(body)
            self.assertEqual((answer.status, answer.json["key"]), (400, "request.json"), body[:40])
            self.assertIn(word, answer.json["text"], body[:40])
        answer = send(b'{"login":"abc","password":"x","admin":true}')
        self.assertEqual(answer.status, 400)
        self.assertEqual([(f["field"], f["key"]) for f in answer.json["faults"]], [("/admin", "request.member_unknown")])
        answer = send(json.dumps({"login": "a\u0000b", "password": "x" * 1000}).encode())
        self.assertEqual(answer.status, 400)
        self.assertNotIn("x" * 20, answer.body.decode(), "a password is never repeated")

    def test_methods(self):
        answer = service.send("DELETE", "/api/rounds")
        self.assertEqual((answer.status, answer.headers["Allow"]), (405, "GET, POST"))
        for method in ("TRACE", "OPTIONS", "PATCH", "CONNECT", "BREW"):
            self.assertIn(service.send(method, "/healthz").status, (400, 404, 405))
        head = service.send("HEAD", "/healthz")
        self.assertEqual((head.status, head.headers["Content-Length"], head.body), (200, "18", b""))


class Slow(unittest.TestCase):
    def newcomers_are_served(self, seconds):
        start = time.monotonic()
        for _ in range(5):
            self.assertTrue(alive())
        self.assertLess(time.monotonic() - start, seconds)

    def test_dripping_heads(self):
        """More clients than threads, each sending a byte now and then, forever."""
        stop = threading.Event()
        dripping = []
        for _ in range(120):
            connection = socket.create_connection((service.host, service.port), timeout=10)
            connection.sendall(b"GET /healthz HTTP/1.1\r\nX: ")
            dripping.append(connection)

        def drip():
            while not stop.wait(0.5):
                for connection in dripping:
                    try:
                        connection.send(b"a")
                    except OSError:
                        pass
        thread = threading.Thread(target=drip)
        thread.start()
        try:
            self.newcomers_are_served(5)
            time.sleep(6)
            ended = 0
            for connection in dripping:
                connection.settimeout(0.01)
                try:
                    ended += connection.recv(1) == b""
                except ConnectionResetError:
                    ended += 1
                except TimeoutError:
                    pass
            self.assertEqual(ended, len(dripping), "nobody may drip for longer than five seconds")
        finally:
            stop.set()
            thread.join()
            for connection in dripping:
                connection.close()

    def test_dripping_bodies(self):
        head = b"POST /api/session HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nContent-Length: 500000\r\n\r\n"
        clients = [socket.create_connection((service.host, service.port), timeout=1) for _ in range(20)]
        for client in clients:
            client.sendall(head)
        start = time.monotonic()
        left = set(clients)
        while left and time.monotonic() - start < 25:
            for client in list(left):
                try:
                    client.sendall(b" ")
                    client.settimeout(0.01)
                    if client.recv(4096) is not None:
                        left.discard(client)
                except TimeoutError:
                    pass
                except OSError:
                    left.discard(client)
            time.sleep(0.2)
        for client in clients:
            client.close()
        self.assertEqual(len(left), 0, "a body at five bytes a second is given up")
        self.newcomers_are_served(3)

    def test_idle_clients(self):
        idle = []
        for number in range(500):
            connection = socket.create_connection((service.host, service.port), timeout=20)
            if number % 2:
                connection.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
            idle.append(connection)
        try:
            self.newcomers_are_served(8)
        finally:
            for connection in idle:
                connection.close()

    def test_answers_nobody_reads(self):
        hogs = []
        for _ in range(20):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect((service.host, service.port))
            connection.sendall((b"GET /openapi.json HTTP/1.1\r\n" + HOST + b"\r\n") * 40)
            hogs.append(connection)
        self.newcomers_are_served(5)
        for connection in hogs:
            connection.close()


class Headers(unittest.TestCase):
    def test_on_everything(self):
        for path in ("/", "/index.html", "/healthz", "/api/service", "/api/session", "/api/nothing", "/nothing.js", "/api/operations", "/openapi.json"):
            answer = service.send("GET", path)
            policy = answer.headers["Content-Security-Policy"]
            for part in ("default-src 'self'", "script-src 'self';", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
                self.assertIn(part, policy, path)
            self.assertNotIn("unsafe-eval", policy)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertTrue(answer.headers["Referrer-Policy"] and answer.headers["X-Request-Id"])
            self.assertEqual(answer.headers["Cross-Origin-Opener-Policy"], "same-origin")
            self.assertNotIn("Server", answer.headers)
            self.assertNotIn("Strict-Transport-Security", answer.headers)
            if path.startswith("/api"):
                self.assertEqual(answer.headers["Cache-Control"], "no-store", path)

    def test_known_pages_are_not_sent_again(self):
        first = service.send("GET", "/index.html")
        again = service.send("GET", "/index.html", {"If-None-Match": first.headers["ETag"]})
        self.assertEqual((again.status, again.body), (304, b""))
        packed = service.send("GET", "/index.html", {"Accept-Encoding": "gzip"})
        self.assertEqual(packed.headers.get("Content-Encoding", "gzip"), "gzip")
        self.assertEqual(service.send("GET", "/openapi.json", {"If-None-Match": service.send("GET", "/openapi.json").headers["ETag"]}).status, 304)


if __name__ == "__main__":
    unittest.main(verbosity=2)
