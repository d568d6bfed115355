from procedure_service import ProcedureTest


class AddPromise(ProcedureTest):
    def test_once_and_by_companies(self):
        round_id = self.at_notice()
        path = f"/api/rounds/{round_id}/promises"
        self.ok("POST", path, {"text": "保证"}, role="supplier", status=201)
        self.refused(422, "promise.given_already", "POST", path, {"text": "保证"}, role="supplier")
        self.refused(422, "promise.not_company", "POST", path, {"text": "保证"}, role="hospital_reporter")
        draft = self.imported()
        self.date(draft, "draft")
        self.refused(422, "promise.stage", "POST", f"/api/rounds/{draft}/promises", {"text": "保证"}, role="supplier")
