from harness import unique
from people_service import PeopleTest

GOOD = {"name": "新机构", "kind": "supplier", "region": "310000"}


class AddOrganisationRoute(PeopleTest):
    def refused_body(self, status, key, **members):
        return self.refused(status, key, "POST", "/api/organisations", {**GOOD, **members}, role="system_administrator")

    def test_a_check_digit_that_differs_is_a_warning(self):
        taken = self.call("POST", "/api/organisations", {**GOOD, "code": "91350100M0001TGQXM", "name": unique("早期试点")},
                          role="system_administrator")
        self.assertEqual(taken.status, 201, taken)
        self.assertEqual(len(taken.json["warnings"]), 1)
        self.assertIn("校验位", taken.json["warnings"][0])
        self.refused_body(409, "organisation.code_taken", code="91350100M0001TGQXM")

    def test_is_logged(self):
        made = self.hospital()
        self.assertEqual(made["warnings"], [])
        row = self.logged("organisation.created", f"organisation:{made['id']}", before="")
        self.assertIn(made["code"], row["after"])

    def test_refusals(self):
        answer = self.refused_body(422, "organisation.code_form", code="H23010000001")
        self.assertEqual(answer.json["faults"][0]["field"], "/code")
        self.refused_body(422, "organisation.region", code="91440300708461136T", region="990000")
        self.refused_body(422, "organisation.parent", code="91440300708461136T", parent=999999)
        self.refused_body(400, "request.invalid", code="91440300708461136T", kind="school")
        self.refused_body(400, "request.invalid", code="91440300708461136T", more=1)
        self.refused(403, "access.denied", "POST", "/api/organisations", {**GOOD, "code": "91440300708461136T"},
                     role="security_administrator")

    def test_repeated_with_the_same_key(self):
        body = {"code": f"H230100{abs(hash(unique())) % 10**5:05d}", "name": unique("医院"), "kind": "hospital", "region": "230100"}
        key = unique("key")
        first = self.call("POST", "/api/organisations", body, role="system_administrator", idempotency=key)
        again = self.call("POST", "/api/organisations", body, role="system_administrator", idempotency=key)
        self.assertEqual((first.status, first.body), (again.status, again.body))
        self.assertEqual(again.headers["Idempotent-Replay"], "true")
