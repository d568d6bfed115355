import http.client
import zipfile
import io

from tables_service import HOSPITALS, PRODUCTS, TablesTest, csv, xlsx


class AddImportRoute(TablesTest):
    def test_a_sound_table_says_what_would_change(self):
        old, new = self.new_code(), self.new_code()
        self.taken_over("hospitals", csv(HOSPITALS, self.hospital_row(old, name="旧名医院")))
        made = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row(old, name="新名医院"), self.hospital_row(new)))
        self.assertEqual(made["state"], "ready")
        self.assertEqual(made["changes"], {"added": 1, "changed": 1, "same": 0, "removed": 0})
        change = next(one for one in made["preview"] if one["key"] == old)
        self.assertEqual((change["column_title"], change["before"], change["after"]), ("机构名称", "旧名医院", "新名医院"))
        self.assertEqual(change["change_text"], "修改")
        kind = next(one for one in made["preview"] if one["key"] == new and one["column_title"] == "机构类别")
        self.assertEqual(kind["after"], "公立医疗机构")
        # Nothing is taken over yet.
        self.assertEqual(self.ok("GET", f"/api/hospitals/{old}", role="procurement_officer")["name"], "旧名医院")
        self.refused(404, "catalogue.hospital_not_found", "GET", f"/api/hospitals/{new}", role="procurement_officer")

    def test_every_fault_with_its_cell(self):
        one, two = self.new_code(), self.new_code()
        made = self.uploaded("hospitals", xlsx(
            HOSPITALS,
            self.hospital_row(one, kind="clinic"),
            self.hospital_row(two, region="239999"),
            self.hospital_row(self.new_code("P")),
            self.hospital_row(self.new_code(), group_lead="H23010099999"),
            self.hospital_row(self.new_code(), expires="2020-01-01"),
            self.hospital_row(self.new_code(), buys_through=one),
        ), name="机构.xlsx")
        self.assertEqual(made["state"], "faulty")
        self.assertEqual([(fault["cell"], fault["kind"]) for fault in made["faults"]], [
            ("I2", "catalogue.township_missing"), ("C3", "catalogue.region_unknown"), ("D4", "catalogue.code_kind"),
            ("G5", "catalogue.lead_unknown"), ("H6", "catalogue.expires_past"), ("I7", "catalogue.township_not_clinic")])
        self.assertEqual(made["fault_count"], 6)
        self.assertEqual(sum(group["count"] for group in made["fault_groups"]), 6)
        self.assertIn("239999", made["faults"][1]["text"])

    def test_faults_of_cells_come_first(self):
        made = self.uploaded("hospitals", xlsx(HOSPITALS, self.hospital_row("H2301"), self.hospital_row(self.new_code(), kind="不知道")),
                             name="x.xlsx")
        self.assertEqual({fault["kind"] for fault in made["faults"]}, {"fault.code_form", "fault.choice_unknown"})

    def test_more_than_twelve_kinds_of_faults_in_one_pass(self):
        sound = lambda: [self.product_code(), "", "片", "10mg", "片剂", "10", "某厂", "1.5", ""]
        wrong = [(0, "1.23457E+13"), (0, "X2301"), (0, "'" + self.product_code()), (0, "Ｘ" + self.product_code()[1:]),
                 (1, "86905816001375"), (3, "1月2日"), (5, "1200.0"), (5, "1,200"), (5, "-5"), (5, "约100"), (5, ""), (5, "0"),
                 (5, "1.5"), (7, "1.23456"), (7, "￥3"), (8, "随便"), (2, " 片"), (2, "片\u200b"), (5, "99999999999999")]
        rows = []
        for column, text in wrong:
            row = sound()
            row[column] = text
            rows.append(row)
        twice = sound()
        rows += [twice, twice, ["合计", "", "", "", "", "100", "", "", ""], sound()]
        made = self.uploaded("products", xlsx(PRODUCTS, *rows), name="产品.xlsx")
        expected = [f"{'ABCDEFGHI'[column]}{number}" for number, (column, _) in enumerate(wrong, 2)]
        expected += [f"A{len(wrong) + 3}", f"A{len(wrong) + 4}"]
        self.assertEqual([fault["cell"] for fault in made["faults"]], expected)
        self.assertGreaterEqual(len(made["fault_groups"]), 15, made["fault_groups"])
        self.assertEqual(made["fault_count"], len(expected))
        for fault in made["faults"]:
            self.assertTrue(fault["text"] and fault["column_title"], fault)

    def test_refusals(self):
        body = csv(HOSPITALS, self.hospital_row())
        self.assertEqual(self.upload("nothing", body).status, 404)
        self.assertEqual(self.upload("hospitals", body, role="hospital_reporter").json["key"], "access.denied")
        self.assertEqual(self.upload("hospitals", b"").json["key"], "request.body_missing")
        answer = self.call("POST", "/api/tables/hospitals/imports", body, role="system_administrator",
                           headers={"Content-Type": "application/octet-stream"})
        self.assertEqual((answer.status, answer.json["key"]), (400, "request.invalid"))

    def test_files_that_are_no_tables(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("[Content_Types].xml", "<Types/>")
            book.writestr("xl/workbook.xml", " " * (80 << 20))
        for data, kind in [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "fault.workbook_old_xls"),
                           (b"PK\x03\x04" + bytes(40), "fault.workbook_damaged"),
                           (bomb.getvalue(), None)]:
            made = self.uploaded("hospitals", data, name="x.xls")
            self.assertEqual(made["state"], "faulty")
            if kind:
                self.assertEqual(made["faults"][0]["kind"], kind)

    def test_too_large_is_refused_while_it_is_read(self):
        client = self.client("system_administrator")
        service = self.world.service
        connection = http.client.HTTPConnection(service.host, service.port, timeout=60)
        headers = {**client.headers("POST"), "Content-Type": "application/octet-stream"}
        connection.putrequest("POST", "/api/tables/hospitals/imports?file_name=x.xlsx")
        for name, value in {**headers, "Content-Length": str(200 << 20)}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        self.assertEqual(answer.status, 413)
        connection.close()

    def test_a_large_upload_goes_over_the_disk(self):
        """Above what is kept in memory; many chunks."""
        rows = [self.hospital_row(f"H4601{i:07d}", name="海口市第%d卫生服务中心" % i, region="460100") for i in range(9000)]
        data = csv(HOSPITALS, *rows)
        self.assertGreater(len(data), 600_000)
        made = self.uploaded("hospitals", data)
        self.assertEqual((made["state"], made["rows"], made["changes"]["added"]), ("ready", 9000, 9000))
