from tables_service import HOSPITALS, TablesTest, csv


class ImportsRoute(TablesTest):
    def test_list(self):
        made = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row()), name="机构名单.csv")
        listed = self.ok("GET", "/api/imports", role="system_administrator", query={"table": "hospitals", "state": "ready"})
        self.assertEqual(listed["rows"][0]["id"], made["id"])
        self.assertEqual(listed["rows"][0]["file_name"], "机构名单.csv")
        self.assertEqual(listed["rows"][0]["state_text"], "待确认导入")
        self.assertNotIn(made["id"], [row["id"] for row in self.ok("GET", "/api/imports", role="hospital_reporter")["rows"]])
        self.export_matches("/api/imports", "system_administrator")
