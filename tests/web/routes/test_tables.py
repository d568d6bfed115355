from tables_service import HOSPITALS, PRODUCTS, TablesTest


class TablesRoute(TablesTest):
    def tables(self, role):
        return {one["table"]: one for one in self.ok("GET", "/api/tables", role=role)["tables"]}

    def test_columns_are_described(self):
        tables = self.tables("procurement_officer")
        self.assertEqual([column["name"] for column in tables["hospitals"]["columns"]], HOSPITALS)
        self.assertEqual([column["name"] for column in tables["products"]["columns"]], PRODUCTS)
        kind = next(column for column in tables["hospitals"]["columns"] if column["name"] == "kind")
        self.assertTrue(kind["required"])
        self.assertIn({"word": "military", "text": "军队医疗机构"}, kind["choices"])

    def test_who_may_upload(self):
        self.assertTrue(self.tables("procurement_officer")["hospitals"]["may_upload"])
        self.assertTrue(self.tables("system_administrator")["organisations"]["may_upload"])
        self.assertFalse(self.tables("procurement_officer")["organisations"]["may_upload"])
        self.assertFalse(self.tables("hospital_reporter")["hospitals"]["may_upload"])
        # Past use is the bureaus' and the office's: a hospital would only be refused.
        offered = {role: self.tables(role)["history"]["may_upload"]
                   for role in ("hospital_reporter", "pharmacy", "bureau_province", "procurement_officer")}
        self.assertEqual(offered, {"hospital_reporter": False, "pharmacy": False, "bureau_province": True, "procurement_officer": True})
        self.refused(401, "session.needed", "GET", "/api/tables")
