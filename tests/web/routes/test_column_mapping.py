from harness import unique
from prices_service import PricesTest


class ColumnMappingRoute(PricesTest):
    def test_not_set_yet(self):
        page = self.ok("GET", f"/api/column-mappings/observations/{unique('s')}", role="price_monitor")
        self.assertEqual((page["table"], page["columns"], page["version"]), ("observations", [], 0))
        self.refused(404, "table.not_found", "GET", "/api/column-mappings/none/x", role="price_monitor")
        self.refused(403, "access.denied", "GET", "/api/column-mappings/observations/x", role="hospital_reporter")
