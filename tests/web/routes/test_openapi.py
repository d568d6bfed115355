import re
from pathlib import Path

from harness import ROOT, RouteTest


class OpenApi(RouteTest):
    def test_describes_exactly_the_routes_of_the_program(self):
        """The sources of the routes against the description: none left out, none too many."""
        document = self.ok("GET", "/openapi.json")
        self.assertEqual(document["openapi"], "3.1.0")
        described = {operation["operationId"] for methods in document["paths"].values() for operation in methods.values()}
        written = set()
        for path in (ROOT / "web/server/routes").glob("*.cpp"):
            written |= set(re.findall(r'^        \.name = "([a-z_]+)"', path.read_text("utf-8"), re.M))
        self.assertEqual(described, written)

    def test_every_operation_is_whole(self):
        document = self.ok("GET", "/openapi.json")
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                name = f"{method} {path}"
                self.assertTrue(operation["summary"], name)
                self.assertTrue(operation["x-roles"], f"{name}: nobody may call it")
                inside = {p["name"] for p in operation["parameters"] if p.get("in") == "path"}
                self.assertEqual(inside, set(re.findall(r"{([a-z_]+)}", path)), name)
                for status in ("400", "401", "403", "429", "500", "503"):
                    self.assertIn(status, operation["responses"], name)
                self.assertIn({"key": []}, operation["security"])
                if method != "get" and operation["operationId"] != "sign_in":
                    self.assertIn({"session": [], "csrf": []}, operation["security"], name)

    def test_what_is_not_described_is_not_there(self):
        for path in ("/api/nothing", "/api/users/1/nothing", "/api", "/api/openapi.json"):
            answer = self.world.service.send("GET", path)
            self.assertEqual((answer.status, answer.json["key"]), (404, "request.not_found"), path)

    def test_parameters_that_are_not_described_are_refused_everywhere(self):
        for (method, path), operation in self.world.described.operations.items():
            if method != "GET" or path == "/metrics":
                continue
            real = re.sub(r"{[a-z_]+}", "1", path)
            roles = operation["x-roles"]
            role = "public" if "anyone" in roles else roles[0]
            answer = self.call("GET", real, role=role, query={"undescribed": "1"})
            self.assertEqual((answer.status, answer.json["key"]), (400, "request.invalid"), f"{path} {answer}")
            self.assertIn("undescribed", [fault["field"] for fault in answer.json["faults"]])
