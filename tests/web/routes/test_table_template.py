from tables_service import HOSPITALS, TablesTest, cells_of


class TableTemplateRoute(TablesTest):
    def test_the_template_is_a_workbook_that_can_be_sent_back(self):
        answer = self.call("GET", "/api/tables/hospitals/template", role="procurement_officer")
        self.assertEqual(answer.status, 200)
        rows = cells_of(answer.body)
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows[0][0], "定点医药机构代码")
        self.assertEqual(len(rows[0]), len(HOSPITALS))
        sent = self.uploaded("hospitals", answer.body, name="模板.xlsx")
        self.assertEqual([fault["kind"] for fault in sent["faults"]], ["fault.rows_missing"])

    def test_filled_with_what_is_stored(self):
        code = self.new_code()
        row = self.hospital_row(code, name="填表医院", level="third")
        self.taken_over("hospitals", ("\n".join([",".join(HOSPITALS), ",".join(row)]) + "\n").encode())
        answer = self.call("GET", "/api/tables/hospitals/template", role="procurement_officer", query={"filled": "1"})
        mine = [one for one in cells_of(answer.body) if one and one[0] == code]
        self.assertEqual(mine[0][:6], [code, "填表医院", "230100", "公立医疗机构", "应当参加", "三级"])
        again = self.uploaded("hospitals", answer.body, name="全部.xlsx")
        self.assertEqual((again["state"], again["changes"]["added"], again["changes"]["changed"]), ("ready", 0, 0), again)

    def test_refusals(self):
        self.refused(404, "table.not_found", "GET", "/api/tables/nothing/template", role="procurement_officer")
        self.refused(403, "access.denied", "GET", "/api/tables/hospitals/template", role="hospital_reporter")
