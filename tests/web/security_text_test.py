"""Script in every text field: stored, reflected, in files. It comes back as JSON text of the right type, or is refused."""

import json
import re
import unittest
import uuid

from harness import Described, Service, World, Client

SCRIPTS = ("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "';alert(1)//", "{{constructor.constructor('alert(1)')()}}",
           "\u2028</script>", "javascript:alert(1)", "=HYPERLINK(\"http://evil\",\"x\")", "+cmd|' /C calc'!A0")


def setUpModule():
    global service, world, described
    service = Service()
    world = World(service)
    described = Described(json.loads(service.send("GET", "/openapi.json").body))


def tearDownModule():
    service.close()


def client_for(operation):
    """A client whose role may call it."""
    roles = operation["x-roles"]
    if "anyone" in roles:
        return world.clients["public"]
    role = next((each for each in roles if each in world.clients), roles[0])
    if role not in world.clients:
        world.log_in(role)
    return world.clients[role]


class Script(unittest.TestCase):
    def harmless(self, answer, where):
        kind = answer.headers["Content-Type"].split(";")[0]
        self.assertNotIn(answer.status, range(500, 503), f"{where} {answer}")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        if kind == "text/html":
            self.assertNotIn(b"alert(1)", answer.body, where)
        else:
            self.assertIn(kind, ("application/json", "application/problem+json", "text/csv", "text/plain", "application/zip",
                                 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), where)
        if kind.endswith("json"):
            json.loads(answer.body)
        self.assertIn("script-src 'self'", answer.headers["Content-Security-Policy"])

    def test_reflected_by_every_parameter_of_every_route(self):
        for (method, path), operation in described.operations.items():
            if method != "GET" or path == "/metrics":
                continue
            caller = client_for(operation)
            names = [p["name"] for p in operation["parameters"] if p.get("in") == "query" and "enum" not in p["schema"]]
            for script in SCRIPTS:
                inside = script.replace("/", "").replace("\\", "")
                target = re.sub(r"{[a-z_]+}", lambda _: inside, path)
                self.harmless(caller.call("GET", target), f"{path} {script}")
                for name in names:
                    known = re.sub(r"{[a-z_]+}", "GY-YD2019-2", path)
                    self.harmless(caller.call("GET", known, query={name: script}), f"{path}?{name}={script}")

    def test_reflected_by_unknown_addresses_and_headers(self):
        for script in SCRIPTS:
            self.harmless(world.clients["public"].call("GET", "/api/" + script.replace("/", "")), script)
            clean = script.encode("ascii", "ignore").decode()
            for name in ("Origin", "X-CSRF-Token", "Idempotency-Key", "Accept-Language", "X-Forwarded-For", "User-Agent", "Authorization"):
                self.harmless(service.send("PUT", "/api/session/language", {name: clean, "Content-Type": "application/json"}, b"{}"), f"{name}: {script}")

    def test_stored_in_every_text_field(self):
        """Every string of every body that is described; then every list is read, as JSON and as files."""
        for (method, path), operation in described.operations.items():
            body = operation.get("requestBody")
            if not body or operation["operationId"] in ("sign_out", "change_password"):
                continue
            if "application/json" not in body["content"]:
                continue  # a file, whose texts are those of its table
            schema = body["content"]["application/json"]["schema"]
            caller = client_for(operation)
            for script in SCRIPTS[:4]:
                value = {name: self.value_of(part, script) for name, part in schema["properties"].items()}
                answer = caller.call(method, re.sub(r"{[a-z_]+}", "1", path), value)
                self.harmless(answer, f"{method} {path}")
        system = client_for(described.operations[("POST", "/api/organisations")])
        for script in SCRIPTS:
            row = {"code": "H23010200" + uuid.uuid4().hex[:3].translate(str.maketrans("abcdef", "012345")), "name": f"{script} {uuid.uuid4().hex[:6]}",
                   "kind": "hospital", "region": "230102"}
            answer = system.call("POST", "/api/organisations", row)
            if answer.status == 201:
                self.assertEqual(answer.json["name"], row["name"], "stored as it was typed")
        for (method, path), operation in described.operations.items():
            if method != "GET" or "{" in path or "text/csv" not in operation["responses"]["200"]["content"]:
                continue
            caller = client_for(operation)
            self.harmless(caller.call("GET", path, query={"size": 100}), path)
            for form in ("csv", "csv-gb18030", "xlsx"):
                answer = caller.call("GET", path, query={"format": form})
                self.assertEqual(answer.status, 200, answer)
                self.harmless(answer, path)
                self.assertIn("attachment", answer.headers["Content-Disposition"])
                if form == "csv":
                    for cell in re.split(r"[,\r\n]", answer.body.decode("utf-8-sig")):
                        self.assertNotRegex(cell, r'^"?[=+@]', f"{path}: a formula")

    def value_of(self, schema, script):
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
        return {"string": script[:schema.get("maxLength", 200)], "integer": schema.get("minimum", 1), "boolean": True,
                "array": [self.value_of(schema["items"], script)] if kind == "array" else [], "object": {}}[kind]


if __name__ == "__main__":
    unittest.main(verbosity=2)
