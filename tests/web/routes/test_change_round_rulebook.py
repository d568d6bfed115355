from procedure_service import OFFICER, SECOND, ProcedureTest


class ChangeRoundRulebook(ProcedureTest):
    def test_another_version_takes_signatures_their_force(self):
        round_id = self.made()
        self.assertEqual(self.sign(round_id).status, 200)
        page = self.setup_of(round_id)
        self.assertTrue(page["signatures"][0]["valid"])
        changed = self.ok("PUT", f"/api/rounds/{round_id}/rulebook",
                          {"rulebook": "gy-yd2019-1", "given": [], "version": self.version(round_id)}, role=OFFICER)
        self.assertNotEqual(changed["rulebook"]["digest"], page["rulebook"]["digest"])
        self.assertEqual((changed["rulebook"]["version"], changed["signatures"][0]["valid"]), (2, False))
        old = self.sign(round_id, SECOND, digest=page["rulebook"]["digest"])
        self.assertEqual((old.status, old.json["key"]), (409, "round.not_as_signed"))

    def test_given_values(self):
        round_id = self.made()
        values = self.setup_of(round_id)["rulebook"]["weak_values"]
        open_value = next((value for value in values if value["evidence"] == "open"), None)
        closed = next(value for value in values if value["evidence"] != "open")
        put = {"rulebook": "gy-yd2019-2", "version": self.version(round_id)}
        given = {"path": closed["path"], "value": "1", "reason": "x"}
        answer = self.call("PUT", f"/api/rounds/{round_id}/rulebook", {**put, "given": [given]}, role=OFFICER)
        self.assertEqual((answer.status, answer.json["key"]), (422, "round_form.faults"), "a value the rulebook has")
        self.assertEqual(len(answer.json["faults"]), 1)
        if open_value is None:
            return
        wrong = {"path": open_value["path"], "value": "no such", "reason": "会议纪要"}
        answer = self.call("PUT", f"/api/rounds/{round_id}/rulebook", {**put, "given": [wrong]}, role=OFFICER)
        self.assertEqual((answer.status, answer.json["key"]), (422, "round_form.faults"))
