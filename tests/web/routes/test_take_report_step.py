from harness import Client
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

    def key_of(self, hospital, *roles):
        """A program of the hospital that may report in these roles."""
        made = self.ok("POST", "/api/keys", {
            "organisation": hospital["id"], "name": "HIS", "roles": list(roles), "days": 30,
            "scopes": ["see_rounds", "see_hospital_volumes", "report_volumes"]}, role="security_administrator", status=201)
        program = Client(self.world.service)
        program.key = made["secret"]
        return program, f"HIS (jk_{made['id']})"

    def test_a_hospitals_system_reports_by_key(self):
        hospital = self.new_hospital()
        program, name = self.key_of(hospital, "hospital_reporter")
        saved = self.save(hospital, [self.line(500)], client=program)
        self.assertEqual((saved["may"], saved["changed_by"]), (["save", "submit"], name))
        self.save(hospital, [self.line(600)], client=program)
        done = self.step(hospital, "submit", client=program)
        self.assertEqual((done["status"], done["may"], done["steps"][0]["name"]), ("submitted", ["take_back"], name))
        self.assertEqual(self.step(hospital, "take_back", client=program)["status"], "draft")
        self.step(hospital, "submit", client=program)
        self.step(hospital, "approve", client=hospital["approver"])
        self.logged("report.submit", f"report:{ROUND}/{hospital['code']}")
        # Not for another hospital, nor in another's name.
        other = self.new_hospital()
        self.refused(404, "volumes.hospital_not_found", "PUT", other["path"], {"lines": [self.line(1)], "version": 0},
                     client=program)

    def test_a_key_approves_and_confirms_nothing(self):
        hospital = self.new_hospital()
        program, _ = self.key_of(hospital, "hospital_reporter", "hospital_approver")
        self.save(hospital, [self.line(500)], client=program)
        self.assertEqual(self.step(hospital, "submit", client=program)["may"], ["take_back"])
        path = hospital["path"] + "/steps"
        for step in ("approve", "confirm", "send_back"):
            answer = self.refused(403, "volumes.step_of_a_person", "POST", path,
                                  {"step": step, "version": 2, "remark": "x"}, client=program)
        self.assertIn("本人登录", answer.json["text"])
        self.assertEqual(self.report(hospital)["status"], "submitted")
        # Without the scope, and with a role that does not report, the route is closed.
        made = self.ok("POST", "/api/keys", {
            "organisation": hospital["id"], "name": "HIS", "roles": ["hospital_reporter"], "days": 30,
            "scopes": ["see_rounds", "see_hospital_volumes"]}, role="security_administrator", status=201)
        reader = Client(self.world.service)
        reader.key = made["secret"]
        self.refused(403, "access.denied", "POST", path, {"step": "take_back", "version": 2}, client=reader)
        self.refused(403, "access.denied", "PUT", hospital["path"], {"lines": [], "version": 2}, client=reader)
