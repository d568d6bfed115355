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

    def signed(self, round_id):
        return [(each["valid"], each["lapsed_text"]) for each in self.setup_of(round_id)["signatures"]]

    def put_lots(self, round_id, ceiling):
        lots = [{"lot": "1", "name": "阿莫西林", "volume_class": "general", "base_form": "胶囊", "quantity_step": "100"}]
        specs = [{"lot": "1", "spec": "0.25g", "content_mg": "250", "main_spec": True, "ceiling": ceiling}]
        self.ok("PUT", f"/api/rounds/{round_id}/lots", {"lots": lots, "specs": specs, "version": self.version(round_id)}, role=OFFICER)

    def test_lots_and_specs_are_signed_too(self):
        round_id = self.made()
        self.put_lots(round_id, "0.35")
        read = next(each["digest"] for each in self.setup_of(round_id)["to_sign"] if each["what"] == "rulebook")
        for role in (OFFICER, SECOND):
            self.assertEqual(self.sign(round_id, role, digest=read).status, 200)
        self.assertEqual(self.signed(round_id), [(True, "")] * 2)
        self.put_lots(round_id, "0.35")  # the same
        self.assertEqual(self.signed(round_id), [(True, "")] * 2)
        self.put_lots(round_id, "0.36")
        self.assertEqual(self.signed(round_id), [(False, "签署之后品种或规格有改动")] * 2)
        unmet = [each["condition"] for each in self.setup_of(round_id)["conditions"] if not each["met"]]
        self.assertIn("signed_by_two", unmet)
        stale = self.sign(round_id, digest=read)
        self.assertEqual((stale.status, stale.json["key"]), (409, "round.not_as_signed"))
        self.put_lots(round_id, "0.35")
        self.assertEqual(self.signed(round_id), [(True, "")] * 2, "what was signed is in force again")
        self.ok("PUT", f"/api/rounds/{round_id}/rulebook", {"rulebook": "gy-yd2019-1", "given": [], "version": self.version(round_id)},
                role=OFFICER)
        self.assertEqual(self.signed(round_id), [(False, "签署之后规则或给定值有改动")] * 2)
        self.put_lots(round_id, "0.36")
        self.assertEqual(self.signed(round_id), [(False, "签署之后规则、品种或规格有改动")] * 2)

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
