from tables_service import TablesTest


class ChangeHospitalRoute(TablesTest):
    def made(self):
        body = {"code": self.new_code(), "name": "甲医院", "region": "230100", "kind": "public", "duty": "must"}
        return body, self.ok("POST", "/api/hospitals", body, role="procurement_officer", status=201)

    def test_changes_and_versions(self):
        body, made = self.made()
        wanted = {**body, "name": "乙医院", "level": "second", "active": True, "version": made["version"]}
        saved = self.ok("PUT", f"/api/hospitals/{body['code']}", wanted, role="procurement_officer")
        self.assertEqual((saved["name"], saved["level_text"], saved["initials"]), ("乙医院", "二级", "yyy"))
        self.assertGreater(saved["version"], made["version"])
        self.refused(409, "people.changed", "PUT", f"/api/hospitals/{body['code']}", {**wanted, "name": "丙"}, role="procurement_officer")
        entry = self.logged("institution.changed", f"institution:{body['code']}")
        self.assertIn("甲医院", entry["before"])

    def test_ending_one_ends_its_log_ins(self):
        body, made = self.made()
        person = self.person(organisation=made["organisation"])
        made = self.ok("GET", f"/api/hospitals/{body['code']}", role="procurement_officer")
        ended = self.ok("PUT", f"/api/hospitals/{body['code']}", {**body, "active": False, "version": made["version"]}, role="procurement_officer")
        self.assertFalse(ended["active"])
        self.assertFalse(self.is_logged_in(person))

    def test_refusals(self):
        body, made = self.made()
        other = {**body, "code": self.new_code(), "active": True, "version": made["version"]}
        self.refused(422, "catalogue.code_fixed", "PUT", f"/api/hospitals/{body['code']}", other, role="procurement_officer")
        self.refused(404, "catalogue.hospital_not_found", "PUT", "/api/hospitals/H00000000000", {**other, "code": "H00000000000"}, role="procurement_officer")
