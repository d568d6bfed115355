from volumes_service import BASE, VolumesTest


class Report(VolumesTest):
    def test_a_report_not_begun_shows_every_spec(self):
        hospital = self.new_hospital()
        report = self.report(hospital)
        self.assertEqual((report["status"], report["version"], report["steps"]), ("not_begun", 0, []))
        shown = [(lot["lot"], row["spec"]) for lot in report["lots"] for row in lot["rows"]]
        self.assertEqual(sorted(shown), sorted(self.lots))
        self.assertTrue(all(row["units"] == "" for lot in report["lots"] for row in lot["rows"]))
        self.assertEqual(report["may"], ["save"])
        self.assertEqual(len(report["causes"]), 9)
        tables = self.ok("GET", "/api/tables", role="hospital_reporter")["tables"]
        table = next(one for one in tables if one["table"] == "volume_report")
        column = next(one for one in table["columns"] if one["name"] == "cause")
        self.assertEqual([(one["cause"], one["text"]) for one in report["causes"]],
                         [(one["word"], one["text"]) for one in column["choices"]], "screen and file say the same")

    def test_past_use_floor_and_alarm_stand_beside(self):
        hospital = self.new_hospital()
        lot, spec = self.lots[0]
        years = [each["year"] for each in self.report(hospital)["lots"][0]["rows"][0]["past"]]
        self.assertEqual(len(years), 2)
        for position, year in enumerate(years):
            self.sql(f"INSERT INTO volume_history VALUES ('{BASE.split('/')[-1]}', {hospital['id']}, {position}, '{lot}', "
                     f"'{spec}', '', {year}, 1000)")
        report = self.report(hospital)
        first = next(each for each in report["lots"] if each["lot"] == lot)
        row = next(each for each in first["rows"] if each["spec"] == spec)
        self.assertEqual([each["units"] for each in row["past"]], ["1000", "1000"])
        content = int(row["content"])
        self.assertEqual((first["floor"], first["alarm"], first["past_mean"]),
                         (str(800 * content), str(2000 * content), str(1000 * content)))
        report = self.save(hospital, [self.line(799)])
        finding = next(each for each in report["lots"] if each["lot"] == lot)["findings"][0]
        self.assertEqual((finding["finding"], finding["holds_back"]), ("below_floor_unsaid", True))
        self.assertIn(str(800 * content), finding["text"])

    def test_only_its_own_people_the_bureaus_above_and_the_office_see_it(self):
        hospital, other = self.new_hospital(), self.new_hospital()
        self.ok("GET", hospital["path"], role="bureau_county")
        self.ok("GET", hospital["path"], role="bureau_province")
        self.ok("GET", hospital["path"], role="procurement_officer")
        self.refused(404, "volumes.hospital_not_found", "GET", hospital["path"], client=other["reporter"])
        self.refused(403, "access.denied", "GET", hospital["path"], role="supplier")
        self.refused(404, "volumes.hospital_not_found", "GET", f"{BASE}/reports/H99999999999", role="procurement_officer")
