"""Faults of the world: the database is cut in the middle of every write, the service is killed, the disk is full."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import uuid
from pathlib import Path

from harness import Client, Described, Service, World


def ready(service, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if service.send("GET", "/readyz").status == 200:
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def new_user(organisation):
    return {"login": "u" + uuid.uuid4().hex[:12], "name": "测试", "organisation": organisation}


class DatabaseCut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service()
        cls.world = World(cls.service)
        cls.described = Described(json.loads(cls.service.send("GET", "/openapi.json").body))
        roles = {"system_administrator", "security_administrator"}
        for (method, _), operation in cls.described.operations.items():
            if method != "GET" and not roles.intersection(operation["x-roles"]):
                roles.add(next(role for role in operation["x-roles"] if role != "anyone"))
        cls.clients = {role: cls.world.log_in(role) for role in sorted(roles)}

    @classmethod
    def tearDownClass(cls):
        cls.service.close()

    def value_of(self, schema):
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
        return {"string": "x" * max(1, schema.get("minLength", 1)), "integer": schema.get("minimum", 1), "boolean": True, "array": [], "object": {}}[kind]

    def test_every_write_route(self):
        """Stopped database: 503 with Retry-After for every write; then killed: it comes back, and the same key saves once."""
        system = self.clients["system_administrator"]
        organisation = system.call("GET", "/api/organisations").json["rows"][0]["id"]
        writes = [(method, path, operation) for (method, path), operation in self.described.operations.items() if method != "GET"]
        self.assertGreater(len(writes), 10)
        database = self.service.database_process()
        pending = (uuid.uuid4().hex, new_user(organisation))
        answers = []

        def send(method, path, operation):
            role = next((each for each in operation["x-roles"] if each in self.clients), None)
            caller = self.clients[role] if role else self.world.clients["public"]
            schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            body = {name: self.value_of(part) for name, part in schema["properties"].items() if name in schema["required"]} if schema else None
            start = time.monotonic()
            answer = caller.call(method, re.sub(r"{[a-z_]+}", "1", path), body)
            answers.append((f"{method} {path}", answer, time.monotonic() - start))
        threads = [threading.Thread(target=send, args=write) for write in writes]
        os.kill(database, signal.SIGSTOP)
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            os.kill(database, signal.SIGCONT)
        self.assertEqual(len(answers), len(writes))
        for name, answer, took in answers:
            self.assertLess(took, 45, name)  # a question has ten seconds, and a request few of them
            # What no database is needed to refuse is refused as ever.
            if answer.status != 503:
                self.assertIn(answer.status, (400, 403, 422), f"{name} {answer}")
                continue
            self.assertIn(answer.json["key"], ("store.unavailable", "request.busy"), name)
            self.assertGreaterEqual(int(answer.headers["Retry-After"]), 1)
        self.assertGreater(sum(answer.status == 503 for _, answer, _ in answers), len(writes) // 2)
        self.assertTrue(ready(self.service))
        self.assertNotIn('"event":"failed"', self.service.log())
        system = self.world.log_in("system_administrator")
        os.kill(self.service.database_process(), signal.SIGKILL)
        first = system.call("POST", "/api/users", pending[1], idempotency=pending[0])
        self.assertIn(first.status, (201, 503), first)
        self.assertTrue(ready(self.service), "the database is started again")
        again = system.call("POST", "/api/users", pending[1], idempotency=pending[0])
        self.assertEqual(again.status, 201, again)
        rows = system.call("GET", "/api/users", query={"text": pending[1]["login"]}).json
        self.assertEqual(rows["total"], 1)

    def test_reading_says_so_too(self):
        database = self.service.database_process()
        os.kill(database, signal.SIGSTOP)
        try:
            time.sleep(1.1)
            answer = self.service.send("GET", "/readyz")
            self.assertEqual((answer.status, answer.json["key"]), (503, "store.unavailable"))
            self.assertTrue(answer.headers["Retry-After"])
            self.assertEqual(self.service.send("GET", "/healthz").status, 200)
        finally:
            os.kill(database, signal.SIGCONT)
        self.assertTrue(ready(self.service))


class Killed(unittest.TestCase):
    ROUNDS = 4

    def test_nothing_acknowledged_is_missing_and_nothing_is_doubled(self):
        service = Service()
        try:
            world = World(service)
            acknowledged, sent = {}, []
            for number in range(self.ROUNDS):
                system = world.log_in("system_administrator")
                organisation = system.call("GET", "/api/organisations").json["rows"][0]["id"]
                stop = threading.Event()

                def write():
                    while not stop.is_set():
                        key, body = uuid.uuid4().hex, new_user(organisation)
                        sent.append((key, body))
                        try:
                            answer = system.call("POST", "/api/users", body, idempotency=key)
                        except OSError:
                            return
                        if answer.status == 201:
                            acknowledged[body["login"]] = answer.json["id"]
                threads = [threading.Thread(target=write) for _ in range(3)]
                for thread in threads:
                    thread.start()
                time.sleep(0.5 + random.random())
                victims = [service.process.pid] if number % 2 else [service.process.pid, service.database_process()]
                for victim in victims:
                    os.kill(victim, signal.SIGKILL)
                stop.set()
                for thread in threads:
                    thread.join()
                service.process.wait()
                service.stop()
                service.start()
                self.assertTrue(ready(service))
            system = world.log_in("system_administrator")
            self.assertGreater(len(acknowledged), 0)
            for key, body in sent[-6:]:
                answer = system.call("POST", "/api/users", body, idempotency=key)
                self.assertEqual(answer.status, 201, answer)
                acknowledged[body["login"]] = answer.json["id"]
            for login, user in acknowledged.items():
                rows = system.call("GET", "/api/users", query={"text": login}).json
                self.assertEqual([(row["login"], row["id"]) for row in rows["rows"]], [(login, user)])
            auditor = world.log_in("audit_administrator")
            found = auditor.call("GET", "/api/audit/verification").json
            self.assertTrue(found["whole"], found)
        finally:
            service.close()


@unittest.skipUnless(os.geteuid() == 0 and shutil.which("mkfs.ext4"), "a full disk needs root")
class FullDisk(unittest.TestCase):
    def test_clean_refusal_and_no_damage(self):
        folder = Path(tempfile.mkdtemp(prefix="jicai-f-"))
        image, mount = folder / "image", folder / "m"
        mount.mkdir()
        subprocess.run(["truncate", "-s", "400M", image], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], check=True)
        if subprocess.run(["mount", "-o", "loop", image, mount], capture_output=True).returncode:
            shutil.rmtree(folder)
            self.skipTest("no loop device here")
        service = None
        try:
            service = Service(folder=mount)
            world = World(service)
            system = world.log_in("system_administrator")
            organisation = system.call("GET", "/api/organisations").json["rows"][0]["id"]
            with open(mount / "filler", "wb") as filler:
                try:
                    while True:
                        filler.write(b"0" * 1_000_000)
                        filler.flush()
                except OSError:
                    pass
            statuses = set()
            for _ in range(3000):
                answer = system.call("POST", "/api/users", new_user(organisation))
                statuses.add(answer.status)
                if answer.status != 201:
                    break
            self.assertLessEqual(statuses, {201, 503})
            if 503 in statuses:
                self.assertIn(answer.json["key"], ("store.full", "store.unavailable"))
                self.assertTrue(answer.headers["Retry-After"])
            self.assertEqual(service.send("GET", "/api/rounds").status, 200, "reading goes on")
            (mount / "filler").unlink()
            self.assertTrue(ready(service))
            end = time.monotonic() + 60
            while (answer := system.call("POST", "/api/users", new_user(organisation))).status != 201 and time.monotonic() < end:
                time.sleep(1)
            self.assertEqual(answer.status, 201, answer)
        finally:
            if service:
                service.close()
            subprocess.run(["umount", mount])
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
