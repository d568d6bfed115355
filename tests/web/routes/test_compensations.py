from listings_service import ListingsTest


class CompensationsRoute(ListingsTest):
    def test_list(self):
        self.assertEqual(self.ok("GET", "/api/compensations", role="hospital_finance", query={"product": "XNONE"})["total"], 0)
        self.refused(401, "session.needed", "GET", "/api/compensations")
        self.export_matches("/api/compensations", "bureau_province")
