"""The real program with a private database, in demo mode, and a client that checks every answer against /openapi.json.

    from harness import RouteTest

    class Users(RouteTest):
        def test_list(self):
            answer = self.call("GET", "/api/users", role="system_administrator", query={"size": 10})
            self.assertEqual(answer.status, 200)

`call` logs the role in when needed (second factor included), adds CSRF token and Idempotency-Key, and fails where the
answer differs from the description. One service serves all tests of a process; use names of your own (`unique`).
"""

import atexit
import base64
import hashlib
import hmac
import http.client
import json
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import unittest
import uuid
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("JICAI", ROOT / "build/dev/cli/jicai")).resolve()
START_SECONDS = 120


def code_of(secret, step=None):
    """The code of RFC 6238 of a base32 secret."""
    step = int(time.time()) // 30 if step is None else step
    padded = secret + "=" * (-len(secret) % 8)
    digest = hmac.new(base64.b32decode(padded), struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def unique(stem="t"):
    return f"{stem}-{uuid.uuid4().hex[:10]}"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:800]!r}"


class Service:
    """A running `jicai serve` in a folder of its own."""

    def __init__(self, *options, demo=True, folder=None, unlimited=True):
        # Short: the database's socket lies below it.
        self.folder = Path(folder or tempfile.mkdtemp(prefix="jicai-w-"))
        self.own_folder = folder is None
        self.data = self.folder / "data"
        self.log_path = self.folder / "log"
        self.options = ["--demo"] if demo else []
        if unlimited:
            self.options += ["--requests-per-minute", "0", "--logins-per-minute", "0"]
        self.options += options
        self.process = None
        self.start()
        atexit.register(self.close)

    def start(self, port=0):
        self.process = subprocess.Popen(
            [str(BINARY), "serve", "--data-dir", str(self.data), "--listen", f"127.0.0.1:{port}",
             "--log", str(self.log_path), *self.options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline().strip()
        if not line.startswith("http"):
            self.process.kill()
            raise RuntimeError(f"no service: {line} {self.process.stderr.read()}")
        self.url = line.rstrip("/")
        parts = urlsplit(line)
        self.host, self.port, self.scheme = parts.hostname, parts.port, parts.scheme

    def stop(self, number=signal.SIGTERM):
        """Ends it; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.returncode

    def close(self):
        if self.process.poll() is None:
            self.stop()
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def database_process(self):
        """The private mariadbd of this data directory."""
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                line = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if line[0].endswith(b"mariadbd") and any(str(self.data).encode() in part for part in line):
                return int(entry.name)
        raise RuntimeError("no mariadbd")

    def log(self):
        time.sleep(0.3)
        return self.log_path.read_text("utf-8")

    def connect(self, timeout=60):
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)

    def send(self, method, path, headers=None, body=None, connection=None):
        own = connection is None
        connection = connection or self.connect()
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            if own:
                connection.close()


class Client:
    """Somebody with a browser (`cookie`), a program with a key (`key`), or the public."""

    def __init__(self, service):
        self.service = service
        self.cookie = ""
        self.csrf = ""
        self.key = ""
        self.session = None

    def headers(self, method, idempotency=None):
        headers = {"Accept-Language": "zh-CN"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        if self.cookie:
            headers["Cookie"] = f"jicai_session={self.cookie}"
        if method not in ("GET", "HEAD"):
            if self.cookie:
                headers["X-CSRF-Token"] = self.csrf
            headers["Idempotency-Key"] = idempotency or uuid.uuid4().hex
        return headers

    def call(self, method, path, body=None, query=None, headers=None, idempotency=None):
        sent = self.headers(method, idempotency)
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        sent = {name: value for name, value in sent.items() if value is not None}
        target = quote(path) + ("?" + urlencode(query) if query else "")
        return self.service.send(method, target, sent, data)

    def log_in(self, login, password, code=""):
        body = {"login": login, "password": password}
        if code:
            body["code"] = code
        answer = self.call("POST", "/api/session", body)
        if answer.status == 200:
            self.take_session(answer)
        return answer

    def take_session(self, answer):
        for line in answer.headers.get_all("Set-Cookie") or []:
            if line.startswith("jicai_session="):
                self.cookie = line.split(";")[0].split("=", 1)[1]
        self.session = answer.json
        self.csrf = self.session.get("csrf", self.csrf)


class Described:
    """/openapi.json: finds the operation of a request and checks an answer against it."""

    def __init__(self, document):
        self.document = document
        self.operations = {}
        self.validators = {}  # making one costs more than many checks
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                self.operations[(method.upper(), path)] = operation

    def find(self, method, path):
        wanted = path.split("/")
        best = None
        for (described_method, pattern), operation in self.operations.items():
            parts = pattern.split("/")
            if described_method != method or len(parts) != len(wanted):
                continue
            if all(part.startswith("{") or part == have for part, have in zip(parts, wanted)):
                literal = sum(not part.startswith("{") for part in parts)
                if best is None or literal > best[0]:
                    best = (literal, operation)
        return best and best[1]

    def resolve(self, node):
        while "$ref" in node:
            found = self.document
            for part in node["$ref"][2:].split("/"):
                found = found[part]
            node = found
        return node

    def fault(self, operation, answer):
        """What about an answer differs from its description; empty: nothing."""
        response = operation["responses"].get(str(answer.status))
        if response is None:
            if answer.status == 304:
                return ""
            return f"status {answer.status} is not described; {answer}"
        content = self.resolve(response).get("content", {})
        if answer.status == 204 or not content:
            return "" if not answer.body else "a body that is not described"
        kind = answer.headers["Content-Type"].split(";")[0]
        if kind not in content:
            return f"content type {kind} is not described; {answer}"
        schema = content[kind].get("schema")
        if schema:
            validator = self.validators.get(id(schema))
            if validator is None:
                validator = jsonschema.Draft202012Validator({"components": self.document["components"], **schema})
                self.validators[id(schema)] = validator
            faults = sorted(validator.iter_errors(answer.json), key=lambda e: list(e.path))
            if faults:
                return f"{list(faults[0].path)}: {faults[0].message[:300]}"
        return ""


class World:
    """The service of this process, its description, a client per role, and what was called."""

    instance = None

    def __init__(self, service=None):
        self.service = service or Service()
        self.described = Described(json.loads(self.service.send("GET", "/openapi.json").body))
        self.clients = {"public": Client(self.service)}
        self.called = set()
        self.used_codes = {}

    @classmethod
    def get(cls):
        if cls.instance is None:
            cls.instance = cls()
        return cls.instance

    def accounts(self):
        answer = self.clients["public"].call("GET", "/api/service")
        accounts = {}
        for account in answer.json["demo_accounts"]:
            # The second officer goes by its login.
            accounts[account["login"] if account["role"] in accounts else account["role"]] = account
        return accounts

    def log_in(self, role):
        """A fresh log-in. Ends an earlier one of the same account."""
        client = Client(self.service)
        account = self.accounts()[role]
        while account["code"] and account["code"] == self.used_codes.get(role):
            time.sleep(1)  # a code works once, and a wrong one counts towards the lock
            account = self.accounts()[role]
        self.used_codes[role] = account["code"]
        answer = client.log_in(account["login"], account["password"], account["code"])
        if answer.status != 200:
            raise RuntimeError(f"log-in of {role}: {answer}")
        self.clients[role] = client
        return client

    def client(self, role):
        if role not in self.clients:
            self.log_in(role)
        return self.clients[role]


class RouteTest(unittest.TestCase):
    maxDiff = 4000

    @property
    def world(self):
        return World.get()

    def client(self, role="public"):
        return self.world.client(role)

    def check(self, method, path, answer):
        operation = self.world.described.find(method, path)
        self.assertIsNotNone(operation, f"{method} {path} is not described")
        self.world.called.add((operation["operationId"], answer.status))
        fault = self.world.described.fault(operation, answer)
        self.assertEqual(fault, "", f"{method} {path}")
        return answer

    def call(self, method, path, body=None, role="public", query=None, headers=None, idempotency=None, client=None):
        """Sends a request as `role` (or `client`) and checks the answer against the description."""
        caller = client or self.client(role)
        answer = caller.call(method, path, body, query, headers, idempotency)
        if answer.status == 401 and client is None and role != "public" and answer.json["key"] in ("session.needed", "session.replaced"):
            caller = self.world.log_in(role)  # a test ended the log-in
            answer = caller.call(method, path, body, query, headers, idempotency)
        return self.check(method, path, answer)

    def ok(self, *arguments, status=200, **named):
        answer = self.call(*arguments, **named)
        self.assertEqual(answer.status, status, answer)
        return answer.json if answer.headers["Content-Type"].startswith("application/json") else answer

    def refused(self, status, key, *arguments, **named):
        answer = self.call(*arguments, **named)
        self.assertEqual((answer.status, answer.json["key"]), (status, key), answer)
        return answer
