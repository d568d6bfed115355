import threading

from tables_service import HOSPITALS, PRODUCTS, TablesTest, csv
from volumes_service import ROUND, VolumesTest


class AcceptImportRoute(TablesTest):
    def test_all_of_it_with_an_entry_in_the_log(self):
        lead, member = self.new_code(), self.new_code()
        made = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row(member, group_lead=lead), self.hospital_row(lead, group_lead=lead)))
        answer = self.accept(made["id"])
        self.assertEqual((answer.status, answer.json["state"]), (200, "accepted"))
        row = self.ok("GET", f"/api/hospitals/{member}", role="hospital_reporter")
        self.assertEqual(row["lead"], lead)
        self.assertEqual({one["code"] for one in row["members"]}, {lead, member})
        entry = self.logged("import.accepted", f"import:{made['id']}")
        self.assertIn('"added":2', entry["after"])
        self.assertEqual(self.accept(made["id"]).json["key"], "import.accepted")

    def test_the_same_key_gives_the_same_answer(self):
        made = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row()))
        first = self.accept(made["id"], idempotency="acceptance-%d" % made["id"])
        again = self.accept(made["id"], idempotency="acceptance-%d" % made["id"])
        self.assertEqual((first.status, first.body), (again.status, again.body))

    def test_faulty_ones_are_refused(self):
        made = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row(), self.hospital_row(region="239999")))
        answer = self.accept(made["id"])
        self.assertEqual((answer.status, answer.json["key"]), (422, "import.faulty"))

    def test_overtaken_by_somebody_else(self):
        code = self.new_code()
        self.taken_over("hospitals", csv(HOSPITALS, self.hospital_row(code, name="甲")))
        first = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row(code, name="乙")))
        second = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row(code, name="丙")))
        self.assertEqual(self.accept(second["id"]).status, 200)
        answer = self.accept(first["id"])
        self.assertEqual((answer.status, answer.json["key"]), (409, "import.overtaken"))
        self.assertEqual(self.ok("GET", f"/api/hospitals/{code}", role="procurement_officer")["name"], "丙")
        # A new row that somebody else adds meanwhile, too.
        code = self.new_code()
        first = self.uploaded("hospitals", csv(HOSPITALS, self.hospital_row(code, name="乙")))
        self.taken_over("hospitals", csv(HOSPITALS, self.hospital_row(code, name="丙")))
        self.assertEqual(self.accept(first["id"]).json["key"], "import.overtaken")

    def test_products_organisations_regions_holidays(self):
        code = self.product_code()
        self.taken_over("products", csv(PRODUCTS, [code, "", "阿托伐他汀钙片", "20mg", "普通片", "7", "某某制药", "12.5", ""]))
        row = self.ok("GET", f"/api/products/{code}", role="hospital_reporter")
        self.assertEqual((row["initials"], row["price"], row["kind"]), ("atfttgp", "12.5", "western"))
        below = self.new_code()
        self.taken_over("organisations", csv(["code", "name", "kind", "region", "parent"],
                                             ["91440300MA5GRPX14K", "某集团", "supplier", "440300", ""],
                                             [below, "某集团医院", "hospital", "440300", "91440300MA5GRPX14K"]))
        found = self.ok("GET", "/api/organisations", role="system_administrator", query={"text": below})["rows"]
        self.assertEqual(found[0]["name"], "某集团医院")
        self.taken_over("regions", csv(["code", "name"], ["659900", "兵团直辖"], ["659901", "兵团一师"]))
        found = self.ok("GET", "/api/region-list", role="hospital_reporter", query={"text": "btys"})["rows"]
        self.assertEqual([(one["code"], one["own"]) for one in found], [("659901", True)])
        self.taken_over("holidays", csv(["day", "kind", "name", "notice"], ["2031-01-01", "off", "元旦", "国办发明电〔2030〕1号"],
                                        ["2031-01-02", "off", "元旦", ""], ["2031-01-04", "worked", "元旦", ""]))
        year = self.ok("GET", "/api/holidays", role="hospital_reporter", query={"year": 2031})
        self.assertEqual([(one["from"], one["to"], one["make_up"], one["name_en"]) for one in year["holidays"]],
                         [("2031-01-01", "2031-01-02", ["2031-01-04"], "New Year's Day")])
        self.assertTrue(year["own"])


class AcceptHistory(VolumesTest, TablesTest):
    def history(self, hospital, units):
        rows = [[hospital["code"], lot, spec, "", year, str(units)] for lot, spec in self.lots for year in ("2024", "2025")]
        return csv(["hospital", "lot", "spec", "brand", "year", "quantity"], *rows)

    def at_once(self, ids):
        answers = [None] * len(ids)

        def accept(index):
            answers[index] = self.accept(ids[index], role=None, client=self.client(("procurement_officer", "officer2")[index]))

        threads = [threading.Thread(target=accept, args=(index,)) for index in range(len(ids))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def test_of_two_at_once_the_later_is_overtaken(self):
        hospital = self.new_hospital()
        for turn in range(6):
            ids = [self.uploaded("history", self.history(hospital, 100 * turn + units), role=role, round=ROUND)["id"]
                   for units, role in ((10, "procurement_officer"), (20, "officer2"))]
            answers = self.at_once(ids)
            self.assertEqual(sorted(answer.status for answer in answers), [200, 409], answers)
            won = next(index for index, answer in enumerate(answers) if answer.status == 200)
            self.assertEqual(answers[1 - won].json["key"], "import.overtaken")
            kept = self.sql(f"SELECT DISTINCT units FROM volume_history WHERE round = '{ROUND}' AND hospital = {hospital['id']}")
            self.assertEqual(kept.split(), [str(100 * turn + (10, 20)[won])])
            for each in ids:
                self.assertEqual(self.accept(each, role="procurement_officer").status, 409, "neither is taken over later")
