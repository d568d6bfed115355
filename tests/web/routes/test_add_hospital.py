from tables_service import TablesTest


class AddHospitalRoute(TablesTest):
    def body(self, **members):
        body = {"code": self.new_code(), "name": "临时方舱医院", "region": "230100", "kind": "public", "duty": "voluntary"}
        return {**body, **members}

    def test_a_temporary_institution_in_one_step(self):
        body = self.body(expires="2099-12-31")
        made = self.ok("POST", "/api/hospitals", body, role="procurement_officer", status=201)
        self.assertEqual((made["expires"], made["initials"], made["active"]), ("2099-12-31", "lsfcyy", True))
        entry = self.logged("institution.created", f"institution:{body['code']}")
        self.assertIn("临时方舱医院", entry["after"])
        # People of it can log in at once.
        self.person(organisation=made["organisation"])

    def test_refusals_stand_at_their_members(self):
        answer = self.refused(400, "request.invalid", "POST", "/api/hospitals", self.body(code="H2301", kind="nothing"), role="procurement_officer")
        self.assertEqual({fault["field"] for fault in answer.json["faults"]}, {"/code", "/kind"})
        answer = self.refused(422, "catalogue.lead_unknown", "POST", "/api/hospitals", self.body(lead="H23010099999"), role="procurement_officer")
        self.assertEqual(answer.json["faults"][0]["field"], "/lead")
        self.refused(422, "catalogue.expires_past", "POST", "/api/hospitals", self.body(expires="2020-01-01"), role="procurement_officer")
        body = self.body()
        self.ok("POST", "/api/hospitals", body, role="procurement_officer", status=201)
        self.refused(409, "catalogue.code_taken", "POST", "/api/hospitals", body, role="procurement_officer")
        self.refused(403, "access.denied", "POST", "/api/hospitals", self.body(), role="hospital_approver")
