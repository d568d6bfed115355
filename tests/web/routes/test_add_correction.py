from procedure_service import LATER, OFFICER, ProcedureTest


class AddCorrection(ProcedureTest):
    def test_refusals(self):
        round_id = self.at_notice(without=LATER)
        path = f"/api/rounds/{round_id}/corrections"
        self.refused(422, "correction.same", "POST", path, {"rulebook": "gy-yd2019-2", "summary": "无"}, role=OFFICER)
        self.refused(422, "round_form.faults", "POST", path, {"rulebook": "none", "summary": "无"}, role=OFFICER)
        self.refused(422, "correction.empty", "POST", path, {"rulebook": "gy-yd2019-1", "summary": " "}, role=OFFICER)
        draft = self.imported(without=LATER)
        self.refused(422, "procedure.not_at_this_stage", "POST", f"/api/rounds/{draft}/corrections",
                     {"rulebook": "gy-yd2019-1", "summary": "x"}, role=OFFICER)
        self.ok("POST", path, {"rulebook": "gy-yd2019-1", "summary": "更正"}, role=OFFICER, status=201)
        for role in ("supplier", "hospital_approver"):
            told = [row for row in self.ok("GET", "/api/notices", role=role, query={"state": "to_sign"})["rows"]
                    if row["round"] == round_id]
            self.assertEqual([row["title"] for row in told], [f"{round_id}：采购规则有更正，请签收"], role)
            notice = self.ok("GET", f"/api/notices/{told[0]['id']}", role=role)
            self.assertIn("更正", notice["text"])
