from procedure_service import OFFICER, SECOND, ProcedureTest


class SignRound(ProcedureTest):
    def test_two_people_not_one_twice(self):
        round_id = self.made()
        self.assertEqual(self.sign(round_id).status, 200)
        again = self.sign(round_id)
        self.assertEqual((again.status, again.json["key"]), (422, "round.signed_already"))
        conditions = {each["condition"]: each["met"] for each in self.setup_of(round_id)["conditions"]}
        self.assertEqual(conditions["signed_by_two"], False)
        self.assertEqual(self.sign(round_id, SECOND).status, 200)
        page = self.setup_of(round_id)
        self.assertEqual([signature["login"] for signature in page["signatures"]], ["officer", "officer2"])
        self.assertIn({"condition": "signed_by_two", "met": True},
                      [{key: each[key] for key in ("condition", "met")} for each in page["conditions"]])

    def test_cancelling_takes_two_and_a_reason(self):
        round_id = self.made()
        refused = self.pass_to(round_id, "cancelled", "政策调整")
        self.assertEqual((refused.status, refused.json["key"]), (422, "procedure.conditions_unmet"))
        self.assertIn("两名经办人", refused.json["text"])
        for role in (OFFICER, SECOND):
            self.assertEqual(self.sign(round_id, role, what="cancel").status, 200)
        self.assertEqual(self.pass_to(round_id, "cancelled").json["key"], "round.reason_needed")
        self.assertEqual(self.pass_to(round_id, "cancelled", "政策调整").json["round"]["stage"], "cancelled")

    def test_only_officers(self):
        round_id = self.at_notice()
        digest = self.setup_of(round_id)["rulebook"]["digest"]
        self.refused(403, "access.denied", "POST", f"/api/rounds/{round_id}/signatures", {"what": "rulebook", "digest": digest},
                     role="supplier")
