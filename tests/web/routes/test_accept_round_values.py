from procedure_service import OFFICER, ProcedureTest


class AcceptRoundValues(ProcedureTest):
    def test_named_until_accepted(self):
        round_id = self.made()
        before = self.setup_of(round_id)["rulebook"]["weak_values"]
        self.assertTrue(all(not value["accepted_by"] for value in before))
        page = self.ok("POST", f"/api/rounds/{round_id}/accepted-values", {"paths": [before[0]["path"]]}, role=OFFICER)
        self.assertEqual([bool(value["accepted_by"]) for value in page["rulebook"]["weak_values"]], [True] + [False] * (len(before) - 1))
        page = self.accept_all(round_id)
        self.assertTrue(all(value["accepted_at"] for value in page["rulebook"]["weak_values"]))
        self.refused(422, "round.value_not_weak", "POST", f"/api/rounds/{round_id}/accepted-values", {"paths": ["no.such"]},
                     role=OFFICER)
