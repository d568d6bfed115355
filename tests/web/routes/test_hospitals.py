from tables_service import HOSPITALS, TablesTest, csv


class HospitalsRoute(TablesTest):
    def test_found_by_name_initials_and_code(self):
        code = self.new_code()
        self.taken_over("hospitals", csv(HOSPITALS, self.hospital_row(code, name="呼兰长岭湖参茸医院")))
        for text in ("长岭湖", "hlclhsr", "HLCLHSR", code[3:]):
            rows = self.ok("GET", "/api/hospitals", role="hospital_reporter", query={"text": text})["rows"]
            self.assertIn(code, [row["code"] for row in rows], text)
        rows = self.ok("GET", "/api/hospitals", role="hospital_reporter", query={"text": "hlclhsr", "region": "310000"})["rows"]
        self.assertEqual(rows, [])
        row = self.ok("GET", "/api/hospitals", role="hospital_reporter", query={"text": "hlclhsr", "region": "230000"})["rows"][0]
        self.assertEqual((row["kind_text"], row["region_text"], row["active_text"]), ("公立医疗机构", "哈尔滨市", "有效"))
        self.refused(401, "session.needed", "GET", "/api/hospitals")

    def test_filters_and_export(self):
        lead, member = self.new_code(), self.new_code("P")
        self.taken_over("hospitals", csv(HOSPITALS, self.hospital_row(lead), self.hospital_row(member, kind="pharmacy", duty="voluntary", group_lead=lead)))
        group = self.ok("GET", "/api/hospitals", role="hospital_reporter", query={"lead": lead})["rows"]
        self.assertEqual({row["code"] for row in group}, {lead, member})
        some = self.ok("GET", "/api/hospitals", role="hospital_reporter", query={"lead": lead, "kind": "pharmacy", "duty": "voluntary", "active": "yes"})
        self.assertEqual([row["code"] for row in some["rows"]], [member])
        self.export_matches("/api/hospitals", "procurement_officer")

    def test_cells_that_a_spreadsheet_would_compute_are_neutralised(self):
        for sign in "=+-@":
            code = self.new_code()
            self.taken_over("hospitals", csv(HOSPITALS, self.hospital_row(code, name=f"{sign}1号医院")))
            answer = self.call("GET", "/api/hospitals", role="hospital_reporter", query={"text": code, "format": "csv"})
            line = next(one for one in answer.body.decode("utf-8-sig").split("\n") if code in one)
            self.assertIn(f"'{sign}1号医院", line)
