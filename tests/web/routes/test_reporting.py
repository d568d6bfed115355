from volumes_service import BASE, VolumesTest

PATH = f"{BASE}/reporting"


class Reporting(VolumesTest):
    def test_counts_are_those_of_the_list(self):
        hospital = self.new_hospital()
        self.new_hospital()
        self.save(hospital, [self.line(9)])
        self.confirm(hospital)
        for role in ("procurement_officer", "bureau_province", "bureau_county"):
            rows = self.whole(f"{BASE}/reports", role)[0]
            page = self.ok("GET", PATH, role=role)
            self.assertEqual(page["hospitals"], len(rows))
            for each in page["by_status"]:
                self.assertEqual(each["count"], sum(row["status"] == each["status"] for row in rows), each)
            self.assertEqual(sum(each["hospitals"] for each in page["by_region"]), len(rows))
            self.assertEqual(sum(each["confirmed"] for each in page["by_region"]),
                             sum(row["status"] == "province_confirmed" for row in rows))
            self.assertEqual(page["late"], sum(row["late"] for row in rows))

    def test_sums_by_lot_are_those_of_what_was_handed_in(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(9), self.line(8, 1)])
        self.confirm(hospital)
        page = self.ok("GET", PATH, role="procurement_officer")
        wanted = {}
        for row in self.sums(level="country"):
            wanted[row["lot"]] = wanted.get(row["lot"], 0) + int(row["quantity"])
        self.assertEqual({row["lot"]: int(row["quantity"]) for row in page["sums"] if row["quantity"] != "0"}, wanted)

    def test_a_hospital_sees_itself_and_no_sums(self):
        hospital = self.new_hospital()
        page = self.ok("GET", PATH, client=hospital["reporter"])
        self.assertEqual((page["hospitals"], page["sums"]), (1, []))

    def test_after_the_reporting_the_missing_are_late(self):
        self.new_hospital()
        self.at_stage("volume_confirmation")
        page = self.ok("GET", PATH, role="bureau_county")
        self.assertGreater(page["late"], 0)
        self.assertEqual(page["late"], sum(each["late"] for each in page["by_region"]))
