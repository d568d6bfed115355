from procedure_service import OFFICER, ProcedureTest
from rounds_service import ROUND


class RoundSetup(ProcedureTest):
    def test_who_sees_a_draft(self):
        round_id = self.imported()
        for role in ("supplier", "public", "hospital_reporter", "bid_opener"):
            self.denied(f"/api/rounds/{round_id}/setup", "round.not_found", 404, role)
        self.date(round_id, "draft")
        self.assertEqual(len(self.setup_of(round_id, "supplier")["lots"]), 32)
        self.denied(f"/api/rounds/{round_id}/setup", "round.not_found", 404, "public")

    def test_the_public_reads_no_names(self):
        page = self.setup_of(ROUND, "public")
        self.assertEqual((page["signatures"], page["documents"], page["may"]), ([], [], []))
        self.assertEqual(len(page["lots"]), 32)

    def test_what_may_be_done_by_role(self):
        round_id = self.at_notice()
        may = {role: self.setup_of(round_id, role)["may"] for role in (OFFICER, "supplier", "notary_supervisor")}
        self.assertIn("answer_question", may[OFFICER])
        self.assertEqual(may["supplier"], ["ask_question", "confirm_correction"])
        self.assertEqual(may["notary_supervisor"], [])
