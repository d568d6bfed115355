from procedure_service import OFFICER, ProcedureTest


class Documents(ProcedureTest):
    def test_who_sees_what(self):
        round_id = self.at_notice()
        own = self.attach(round_id, "promise", role="supplier", name="承诺书.pdf").json["id"]
        kinds = {role: sorted(row["kind"] for row in self.whole(f"/api/rounds/{round_id}/documents", role)[0])
                 for role in (OFFICER, "supplier", "distributor", "hospital_reporter")}
        reviews = ["fair_competition_review", "legal_review"]
        own_too = reviews + ["promise", "tender_document"]
        self.assertEqual(kinds[OFFICER], own_too)
        self.assertEqual(kinds["supplier"], own_too)
        self.assertEqual(kinds["distributor"], reviews + ["tender_document"])
        self.assertEqual(kinds["hospital_reporter"], reviews + ["tender_document"])
        self.refused(404, "document.not_found", "GET", f"/api/documents/{own}", role="distributor")
        for role, sees in ((OFFICER, True), ("supplier", True), ("distributor", False)):
            self.assertEqual(own in [row["id"] for row in self.setup_of(round_id, role)["documents"]], sees, role)
        self.denied(f"/api/rounds/{round_id}/documents", "round.not_found", 404)
        self.exports_match(f"/api/rounds/{round_id}/documents", OFFICER)
