from volumes_service import ROUND, VolumesTest


class TakeReportStep(VolumesTest):
    def test_all_the_way_with_a_return(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(500)])
        self.step(hospital, "submit", client=hospital["reporter"])
        self.step(hospital, "approve", client=hospital["approver"])
        self.step(hospital, "confirm", role="bureau_county")
        returned = self.step(hospital, "send_back", role="bureau_city", remark="数量偏高，请核对")
        self.assertEqual(returned["status"], "returned")
        self.assertEqual(self.report(hospital)["may"], ["save", "submit"])
        self.save(hospital, [self.line(400)])
        done = self.confirm(hospital)
        self.assertEqual(done["status"], "province_confirmed")
        self.assertEqual([each["step"] for each in done["steps"]],
                         ["submit", "approve", "confirm", "send_back", "submit", "approve", "confirm", "confirm", "confirm"])
        self.assertEqual(done["steps"][3]["remark"], "数量偏高，请核对")
        self.assertIn("哈尔滨市", done["steps"][3]["organisation"])
        self.logged("report.send_back", f"report:{ROUND}/{hospital['code']}")

    def test_refusals_say_whose_turn_it_is(self):
        hospital = self.new_hospital()
        path = hospital["path"] + "/steps"
        self.refused(422, "volumes.no_report", "POST", path, {"step": "submit", "version": 0}, client=hospital["reporter"])
        self.save(hospital, [self.line(500)])
        answer = self.refused(422, "volumes.not_from_here", "POST", path, {"step": "confirm", "version": 1}, role="bureau_county")
        self.assertIn("填报中", answer.json["text"])
        self.step(hospital, "submit", client=hospital["reporter"])
        self.refused(409, "volumes.changed", "POST", path, {"step": "approve", "version": 1}, client=hospital["approver"])
        self.step(hospital, "approve", client=hospital["approver"])
        answer = self.refused(422, "volumes.step_not_yours", "POST", path, {"step": "confirm", "version": 3}, role="bureau_city")
        self.assertIn("县级医保部门", answer.json["text"])
        self.refused(422, "volumes.remark_missing", "POST", path, {"step": "send_back", "version": 3}, role="bureau_county")
        self.refused(422, "volumes.document_unknown", "POST", path, {"step": "confirm", "version": 3, "document": 999999},
                     role="bureau_county")
        self.refused(404, "volumes.hospital_not_found", "POST", path, {"step": "submit", "version": 3},
                     client=self.new_hospital()["reporter"])

    def test_what_holds_back_is_listed(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(5), self.line(6)])
        answer = self.refused(422, "volumes.held_back", "POST", hospital["path"] + "/steps", {"step": "submit", "version": 1},
                              client=hospital["reporter"])
        self.assertEqual([fault["field"] for fault in answer.json["faults"]], ["/lines/1"])
        self.assertIn("两行", answer.json["faults"][0]["text"])
