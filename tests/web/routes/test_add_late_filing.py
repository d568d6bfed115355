from volumes_service import BASE, VolumesTest

PATH = f"{BASE}/late-filings"


class AddLateFiling(VolumesTest):
    def test_with_leave_a_late_hospital_reports(self):
        hospital = self.new_hospital()
        self.at_stage("volume_confirmation")
        self.refused(422, "volumes.leave_needed", "PUT", hospital["path"], {"lines": [], "version": 0}, client=hospital["reporter"])
        listed = self.whole(f"{BASE}/reports", "bureau_province", late="1")[0]
        self.assertIn(hospital["code"], [row["hospital"] for row in listed])
        filing = {"hospital": hospital["code"], "reason": "系统故障", "until": "2099-01-01"}
        made = self.ok("POST", PATH, filing, role="bureau_province", status=201)
        self.assertEqual(made["until"], "2099-01-02T00:00:00+08:00")
        self.assertEqual(self.report(hospital)["late_until"], made["until"])
        self.save(hospital, [self.line(70)])
        self.assertTrue(self.confirm(hospital)["late"])

    def test_only_the_province_above_with_reason_and_a_time_to_come(self):
        hospital = self.new_hospital()
        self.at_stage("volume_confirmation")
        filing = {"hospital": hospital["code"], "reason": "系统故障", "until": "2099-01-01"}
        self.refused(422, "volumes.late_not_yours", "POST", PATH, filing, role="bureau_city")
        self.refused(403, "access.denied", "POST", PATH, filing, client=hospital["reporter"])
        self.refused(400, "request.invalid", "POST", PATH, {**filing, "reason": ""}, role="bureau_province")
        self.refused(422, "volumes.until_past", "POST", PATH, {**filing, "until": "2019-01-01T10:00"}, role="bureau_province")
        for until in ("2099-13-01", "2099-01-01T25:00", "2099-01-01 10:00", "2099-01-01T10:00:00Z"):
            self.refused(422, "volumes.until_form", "POST", PATH, {**filing, "until": until}, role="bureau_province")
        self.refused(404, "volumes.hospital_not_found", "POST", PATH, {**filing, "hospital": "H0"}, role="bureau_province")
