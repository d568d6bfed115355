from tables_service import HOSPITALS, TablesTest, csv


class ImportRoute(TablesTest):
    def test_is_the_answer_of_the_upload(self):
        made = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row()))
        self.assertEqual(self.ok("GET", f"/api/imports/{made['id']}", role="system_administrator"), made)

    def test_in_english(self):
        made = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row(region="239999")))
        shown = self.ok("GET", f"/api/imports/{made['id']}", role="system_administrator", query={"lang": "en"})
        self.assertIn("not in the list of regions", shown["faults"][0]["text"])
        self.assertEqual(shown["state_text"], "has faults")

    def test_of_others_there_is_none(self):
        made = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row()))
        self.refused(404, "import.not_found", "GET", f"/api/imports/{made['id']}", role="hospital_reporter")
        self.refused(404, "import.not_found", "GET", "/api/imports/99999999", role="system_administrator")
