import time

from people_service import PeopleTest


class AuditEntryRoute(PeopleTest):
    def test_one_and_its_seal(self):
        made = self.account()
        row = self.logged("user.created", f"user:{made['id']}")
        for _ in range(100):  # sealed in short batches
            entry = self.ok("GET", f"/api/audit/{row['id']}", role="audit_administrator")
            if entry["seal"] is not None:
                break
            time.sleep(0.2)
        self.assertEqual(entry["object"], f"user:{made['id']}")
        self.assertIsNotNone(entry["seal"])
        self.assertRegex(entry["hash"], "^[0-9a-f]{64}$")

    def test_refusals(self):
        self.refused(404, "audit_entry.not_found", "GET", "/api/audit/999999999", role="audit_administrator")
        self.refused(404, "audit_entry.not_found", "GET", "/api/audit/0", role="audit_administrator")
        self.refused(403, "access.denied", "GET", "/api/audit/1", role="security_administrator")
