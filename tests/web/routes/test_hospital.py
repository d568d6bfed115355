from tables_service import HOSPITALS, TablesTest, csv


class HospitalRoute(TablesTest):
    def test_an_organisation_nobody_described_is_a_public_hospital(self):
        made = self.hospital()
        row = self.ok("GET", f"/api/hospitals/{made['code']}", role="hospital_reporter")
        self.assertEqual((row["kind"], row["duty"], row["level"], row["members"]), ("public", "must", "unrated", []))

    def test_clinic_and_unknown(self):
        township, clinic = self.new_code(), self.new_code()
        self.taken_over("hospitals", csv(HOSPITALS, self.hospital_row(township, name="乡卫生院"), self.hospital_row(clinic, kind="clinic", buys_through=township)))
        row = self.ok("GET", f"/api/hospitals/{clinic}", role="hospital_reporter")
        self.assertEqual((row["buys_through"], row["buys_through_name"]), (township, "乡卫生院"))
        self.refused(404, "catalogue.hospital_not_found", "GET", "/api/hospitals/H00000000000", role="hospital_reporter")
