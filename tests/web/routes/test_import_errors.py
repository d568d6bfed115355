from tables_service import HOSPITALS, TablesTest, cells_of, csv, xlsx


class ImportErrorsRoute(TablesTest):
    def test_mended_and_sent_again(self):
        good, bad = self.new_code(), self.new_code()
        made = self.uploaded("hospitals", xlsx(HOSPITALS, self.hospital_row(good, name="=1+1医院"), self.hospital_row(bad, region="239999")),
                             name="x.xlsx")
        answer = self.call("GET", f"/api/imports/{made['id']}/errors", role="system_administrator")
        self.assertEqual(answer.status, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        rows = cells_of(answer.body)
        self.assertEqual(rows[0][-1], "错误原因")
        self.assertEqual((rows[1][0], rows[2][0]), (good, bad))
        self.assertIn("239999", rows[2][-1])
        self.assertNotIn(b"<f>", answer.body)
        # As it is, it has the same fault; mended it has none.
        again = self.uploaded("hospitals", answer.body, name="x.xlsx")
        self.assertEqual([fault["kind"] for fault in again["faults"]], ["catalogue.region_unknown"])
        rows[2][2] = "230100"
        mended = self.uploaded("hospitals", xlsx(rows[0], *rows[1:]), name="x.xlsx")
        self.assertEqual((mended["state"], mended["changes"]["added"]), ("ready", 2), mended)

    def test_refusals(self):
        sound = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row()))
        self.refused(422, "import.no_faults", "GET", f"/api/imports/{sound['id']}/errors", role="system_administrator")
        broken = self.uploaded("hospitals", b"PK\x03\x04" + bytes(40), name="x.xlsx")
        self.refused(422, "import.no_errors", "GET", f"/api/imports/{broken['id']}/errors", role="system_administrator")
        self.refused(404, "import.not_found", "GET", f"/api/imports/{sound['id']}/errors", role="hospital_reporter")
