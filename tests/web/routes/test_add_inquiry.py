from procedure_service import OFFICER, ProcedureTest


class AddInquiry(ProcedureTest):
    def ask(self, round_id, kind, role="supplier"):
        return self.call("POST", f"/api/rounds/{round_id}/inquiries", {"kind": kind, "text": "意见"}, role=role)

    def test_comments_while_the_draft_is_open(self):
        round_id = self.imported()
        self.assertEqual(self.ask(round_id, "comment").json["key"], "round.not_found")
        self.date(round_id, "draft")
        self.assertEqual(self.ask(round_id, "comment").status, 201)
        self.assertIn("comment_on_draft", self.setup_of(round_id, "hospital_reporter")["may"])
        self.assertEqual(self.ask(round_id, "question").json["key"], "procedure.not_at_this_stage")

    def test_questions_at_the_notice_by_those_whose_it_is(self):
        round_id = self.at_notice()
        self.assertEqual(self.ask(round_id, "question").status, 201)
        self.assertEqual(self.ask(round_id, "comment").json["key"], "procedure.not_at_this_stage")
        refused = self.ask(round_id, "question", OFFICER)
        self.assertEqual((refused.status, refused.json["key"]), (403, "procedure.not_yours"))
        self.assertIn("申报企业", refused.json["text"])
