from people_service import PeopleTest


class OrganisationsRoute(PeopleTest):
    def codes(self, role, **query):
        rows, page = [], 1
        while True:
            answer = self.ok("GET", "/api/organisations", role=role, query={"size": 100, "page": page, **query})
            rows += answer["rows"]
            if len(rows) >= answer["total"]:
                return {row["code"]: row for row in rows}
            page += 1

    def test_filters(self):
        made = self.hospital()
        self.assertEqual(list(self.codes("system_administrator", text=made["name"])), [made["code"]])
        self.assertEqual(list(self.codes("system_administrator", text=made["code"])), [made["code"]])
        kinds = {row["kind"] for row in self.codes("system_administrator", kind="bureau").values()}
        self.assertEqual(kinds, {"bureau"})
        regions = {row["region"][:2] for row in self.codes("system_administrator", region="230000").values()}
        self.assertEqual(regions, {"23"})
        self.assertEqual(self.codes("system_administrator", text="%"), {})

    def test_reach(self):
        made = self.hospital()
        elsewhere = self.hospital(region="310000")
        province = self.codes("bureau_province", text="医院")
        self.assertIn(made["code"], province)
        self.assertNotIn(elsewhere["code"], self.codes("bureau_province", region="000000"))
        self.assertEqual(self.codes("bureau_province", region="310000"), {})
        self.assertNotIn(made["code"], self.codes("bureau_county"))  # the city's, not the county's
        own = self.codes("hospital_reporter")
        self.assertEqual(len(own), 1)
        self.assertEqual(self.codes("hospital_reporter", text=made["name"]), {})
        self.refused(401, "session.needed", "GET", "/api/organisations")

    def test_words_and_files(self):
        row = next(iter(self.codes("system_administrator", kind="hospital").values()))
        self.assertEqual((row["kind_text"], row["region_text"], row["active_text"]), ("医疗机构", row["region_text"], "启用"))
        self.export_matches("/api/organisations", "system_administrator")
