from procedure_service import OFFICER, ProcedureTest

QILU = "91370100MA00005095"


class SetQualifications(ProcedureTest):
    def test_refusals(self):
        round_id = self.at_notice()
        path = f"/api/rounds/{round_id}/qualifications"
        row = {"organisation_code": QILU, "lot": "", "state": "qualified", "reason": ""}
        for members, key in (({"organisation_code": "H23010000101"}, "qualification.company"),
                             ({"organisation_code": "none"}, "organisation.code_unknown"),
                             ({"state": "not_qualified"}, "qualification.reason")):
            self.refused(422, key, "PUT", path, {"rows": [row, {**row, **members}]}, role=OFFICER)
            self.assertEqual(self.whole(path, OFFICER)[0], [], "one transaction")
        self.ok("PUT", path, {"rows": [row]}, role=OFFICER)
