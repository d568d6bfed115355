from tables_service import TablesTest


class HolidaysRoute(TablesTest):
    def test_the_shipped_calendar_with_its_evidence(self):
        year = self.ok("GET", "/api/holidays", role="hospital_reporter", query={"year": 2025})
        self.assertEqual((year["known"], year["own"], year["version"]), (True, False, 0))
        self.assertTrue(set(range(2019, 2027)) <= set(year["years"]))
        self.assertEqual(year["notices"][0]["evidence_text"], "官方")
        spring = next(one for one in year["holidays"] if one["name_zh"] == "春节")
        self.assertEqual((spring["from"], spring["to"]), ("2025-01-28", "2025-02-04"))
        self.assertFalse(self.ok("GET", "/api/holidays", role="hospital_reporter", query={"year": 2090})["known"])
        self.refused(422, "catalogue.year_range", "GET", "/api/holidays", role="hospital_reporter", query={"year": 12})
