from procedure_service import OFFICER, ProcedureTest

QILU = "91370100MA00005095"


class Qualifications(ProcedureTest):
    def test_publicised_to_all_who_see_the_round(self):
        round_id = self.at_notice()
        path = f"/api/rounds/{round_id}/qualifications"
        row = {"organisation_code": QILU, "lot": "1", "state": "not_qualified", "reason": "注册证过期"}
        self.ok("PUT", path, {"rows": [row]}, role=OFFICER)
        seen = self.whole(path, "distributor")[0][0]
        self.assertEqual({key: seen[key] for key in row}, row)
        self.assertTrue(seen["publicised_at"])
        self.exports_match(path, "supplier")
