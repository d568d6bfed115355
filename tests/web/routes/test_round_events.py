from procedure_service import OFFICER, ProcedureTest


class RoundEvents(ProcedureTest):
    def test_what_happened_newest_first(self):
        round_id = self.at_notice()
        rows = self.whole(f"/api/rounds/{round_id}/events", OFFICER)[0]
        self.assertEqual([row["kind"] for row in rows], ["stage", "signature", "signature", "pin"])
        self.assertEqual((rows[0]["text"], rows[0]["name"]), ("草案 → 公告", "陈明"))
        self.exports_match(f"/api/rounds/{round_id}/events", "supplier")
