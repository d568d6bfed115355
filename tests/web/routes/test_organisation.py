from people_service import PeopleTest


class OrganisationRoute(PeopleTest):
    def test_within_reach(self):
        made = self.hospital()
        path = f"/api/organisations/{made['id']}"
        for role in ("system_administrator", "bureau_province", "bureau_city", "procurement_officer"):
            self.assertEqual(self.ok("GET", path, role=role)["code"], made["code"])

    def test_beyond_reach_is_not_there(self):
        path = f"/api/organisations/{self.hospital(region='310000')['id']}"
        for role in ("hospital_reporter", "supplier", "bureau_province"):
            self.refused(404, "organisation.not_found", "GET", path, role=role)
        self.refused(404, "organisation.not_found", "GET", "/api/organisations/999999", role="system_administrator")
        self.refused(401, "session.needed", "GET", path)
