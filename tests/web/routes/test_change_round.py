from procedure_service import OFFICER, SECOND, ProcedureTest


class ChangeRound(ProcedureTest):
    def test_title_and_opening_and_two_at_once(self):
        round_id = self.made()
        version = self.version(round_id)
        body = {"title": "新标题 \"引号\" \\", "opening": "2026-12-01", "version": version}
        page = self.ok("PUT", f"/api/rounds/{round_id}", body, role=OFFICER)
        self.assertEqual((page["round"]["title"], page["round"]["opening"]), (body["title"], "2026-12-01"))
        self.refused(409, "round.changed", "PUT", f"/api/rounds/{round_id}", body, role=SECOND)

    def test_not_after_the_notice(self):
        round_id = self.at_notice()
        body = {"title": "x", "opening": "2026-12-01", "version": self.version(round_id)}
        answer = self.refused(422, "procedure.not_at_this_stage", "PUT", f"/api/rounds/{round_id}", body, role=OFFICER)
        self.assertIn("草案", answer.json["text"])
        self.assertIn("答复疑问", answer.json["next"])
