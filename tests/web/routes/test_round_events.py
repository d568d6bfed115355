from procedure_service import OFFICER, ProcedureTest


class RoundEvents(ProcedureTest):
    def test_what_happened_newest_first(self):
        round_id = self.at_notice()
        rows = self.whole(f"/api/rounds/{round_id}/events", OFFICER)[0]
        self.assertEqual([row["kind"] for row in rows], ["stage", "signature", "signature", "pin"])
        self.assertEqual((rows[0]["text"], rows[0]["name"]), ("草案 → 公告", "陈明"))
        self.sql(f"UPDATE round_signatures SET remark = '内部意见' WHERE round = '{round_id}'")
        own = self.whole(f"/api/rounds/{round_id}/events", OFFICER)[0]
        self.assertEqual([row["reason"] for row in own if row["kind"] == "signature"], ["内部意见", "内部意见"])
        self.sql(f"UPDATE rounds SET stage = 7, version = version + 1 WHERE id = '{round_id}'")  # publicity: anybody sees it
        self.forget()
        public = self.whole(f"/api/rounds/{round_id}/events")[0]
        self.assertEqual([(row["name"], row["reason"]) for row in public if row["kind"] == "signature"], [("", ""), ("", "")])
        self.exports_match(f"/api/rounds/{round_id}/events", "supplier")
