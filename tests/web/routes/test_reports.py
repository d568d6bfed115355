from volumes_service import BASE, VolumesTest


class Reports(VolumesTest):
    def test_who_is_how_far(self):
        hospital = self.new_hospital()
        path = f"{BASE}/reports"
        row = next(each for each in self.whole(path, "bureau_county")[0] if each["hospital"] == hospital["code"])
        self.assertEqual((row["status"], row["status_text"], row["lots"]), ("not_begun", "未填报", 0))
        self.save(hospital, [self.line(5), self.line(6, 1)])
        self.step(hospital, "submit", client=hospital["reporter"])
        row = self.whole(path, "bureau_county", text=hospital["code"])[0][0]
        self.assertEqual((row["status"], row["waits_for_text"], row["quantity_lines"]), ("submitted", "医院审核员", 2))
        self.assertTrue(row["submitted_at"])
        self.assertEqual(self.whole(path, "bureau_county", text=hospital["code"], status="draft")[0], [])
        self.assertEqual(self.whole(path, "bureau_county", text=hospital["code"], region="310000")[0], [])
        self.assertEqual(len(self.whole(path, "bureau_county", text=hospital["name"], late="0")[0]), 1)

    def test_each_sees_its_own_part(self):
        hospital, elsewhere = self.new_hospital(), self.hospital(region="310101")
        own = [row["hospital"] for row in self.ok("GET", f"{BASE}/reports", client=hospital["reporter"])["rows"]]
        self.assertEqual(own, [hospital["code"]])
        province = [row["hospital"] for row in self.whole(f"{BASE}/reports", "bureau_province")[0]]
        self.assertIn(hospital["code"], province)
        self.assertNotIn(elsewhere["code"], province)
        office = [row["hospital"] for row in self.whole(f"{BASE}/reports", "procurement_officer")[0]]
        self.assertTrue({hospital["code"], elsewhere["code"]} <= set(office))
        self.denied(f"{BASE}/reports", "access.denied", 403, "supplier")

    def test_exports(self):
        self.new_hospital()
        self.exports_match(f"{BASE}/reports", "bureau_county")
