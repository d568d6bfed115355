from people_service import PeopleTest


class AuditVerificationRoute(PeopleTest):
    def test_whole(self):
        self.account()
        answer = self.ok("GET", "/api/audit/verification", role="audit_administrator")
        self.assertTrue(answer["whole"], answer)
        self.assertEqual(answer["broken"], "")
        self.assertGreater(answer["entries"] + answer["unsealed"], 20)
        self.ok("GET", "/api/audit/verification", role="authority_discipline")
        self.refused(403, "access.denied", "GET", "/api/audit/verification", role="system_administrator")
