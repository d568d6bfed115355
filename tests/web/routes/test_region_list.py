from tables_service import TablesTest


class RegionListRoute(TablesTest):
    def rows(self, **query):
        return self.ok("GET", "/api/region-list", role="hospital_reporter", query={"size": 50, **query})["rows"]

    def test_all_of_gb_2260_by_name_initials_and_code(self):
        self.assertGreaterEqual(self.ok("GET", "/api/region-list", role="hospital_reporter")["total"], 3349)
        self.assertIn("230100", [row["code"] for row in self.rows(text="hebs")])
        self.assertIn("500000", [row["code"] for row in self.rows(text="cqs")])
        self.assertEqual([row["code"] for row in self.rows(text="230102")], ["230102"])
        row = self.rows(text="230102")[0]
        self.assertEqual((row["level"], row["parent"], row["path_text"]), ("county", "230100", "黑龙江省 / 哈尔滨市 / 道里区"))

    def test_children(self):
        provinces = self.rows(parent="000000", level="province")
        self.assertGreaterEqual(len(provinces), 31)
        self.assertIn("230100", [row["code"] for row in self.rows(parent="230000")])
        self.export_matches("/api/region-list", "hospital_reporter")
