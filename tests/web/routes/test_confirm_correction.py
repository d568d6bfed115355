from procedure_service import LATER, OFFICER, ProcedureTest


class ConfirmCorrection(ProcedureTest):
    def test_by_companies(self):
        round_id = self.at_notice(without=LATER)
        path = f"/api/rounds/{round_id}/corrections"
        self.refused(404, "correction.not_found", "POST", f"{path}/1/confirmation", role="supplier")
        self.ok("POST", path, {"rulebook": "gy-yd2019-1", "summary": "更正"}, role=OFFICER, status=201)
        self.refused(403, "procedure.not_yours", "POST", f"{path}/1/confirmation", role="hospital_reporter")
        self.ok("POST", f"{path}/1/confirmation", role="supplier")
