from procedure_service import OFFICER, ProcedureTest


class ChangeLotState(ProcedureTest):
    def change(self, round_id, lot, to, role=OFFICER, **more):
        return self.call("POST", f"/api/rounds/{round_id}/lots/{lot}/state", {"to": to, "reason": "临床需求变化", **more}, role=role)

    def test_cancelled_and_put_out_again(self):
        round_id = self.at_notice()
        self.assertEqual(self.change(round_id, "1", "retendered").json["key"], "procedure.lot_state")
        self.assertEqual(self.change(round_id, "1", "failed").json["key"], "procedure.lot_state")
        done = self.change(round_id, "1", "cancelled")
        lot = next(lot for lot in done.json["lots"] if lot["lot"] == "1")
        self.assertEqual((lot["state_text"], lot["state_reason"], lot["state_into"]), ("已取消", "临床需求变化", ""))
        again = self.imported()
        self.assertEqual(self.change(round_id, "1", "retendered", into="none").json["key"], "round.not_found")
        put_out = self.change(round_id, "1", "retendered", into=again)
        self.assertEqual(next(lot["state_into"] for lot in put_out.json["lots"] if lot["lot"] == "1"), again)
        self.assertEqual(self.change(round_id, "no", "cancelled").json["key"], "round.lot_not_found")
        self.assertEqual(self.change(again, "1", "cancelled").json["key"], "procedure.not_at_this_stage")
        self.assertEqual(self.change(round_id, "2", "cancelled", "supplier").json["key"], "access.denied")
        self.assertIn("→ " + again, self.whole(f"/api/rounds/{round_id}/events", OFFICER)[0][0]["text"])
