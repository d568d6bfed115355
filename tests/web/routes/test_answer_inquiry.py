from procedure_service import OFFICER, SECOND, ProcedureTest


class AnswerInquiry(ProcedureTest):
    def test_two_answer_at_once(self):
        round_id = self.at_notice()
        path = f"/api/rounds/{round_id}/inquiries"
        id_ = self.ok("POST", path, {"kind": "question", "text": "何时开标？"}, role="supplier", status=201)["id"]
        held = self.pass_to(round_id, "volume_reporting")
        self.assertIn("疑问", held.json["text"])
        self.ok("PUT", f"{path}/{id_}", {"answer": "见公告。", "version": 1}, role=OFFICER)
        self.refused(409, "inquiry.changed", "PUT", f"{path}/{id_}", {"answer": "另行通知。", "version": 1}, role=SECOND)
        self.refused(404, "inquiry.not_found", "PUT", f"{path}/999999", {"answer": "x"}, role=OFFICER)
        self.refused(403, "access.denied", "PUT", f"{path}/{id_}", {"answer": "x"}, role="supplier")
