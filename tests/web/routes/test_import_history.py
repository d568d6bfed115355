"""Use of past years through the one import path, and beside the lines of a report."""

import threading
from decimal import Decimal

from tables_service import TablesTest, cells_of, csv, xlsx
from volumes_service import ROUND, VolumesTest

COLUMNS = ["hospital", "lot", "spec", "brand", "year", "quantity"]
OFFICE = "procurement_officer"


class ImportHistory(TablesTest, VolumesTest):
    def row(self, hospital, at, year, units, brand=""):
        lot, spec = self.lots[at]
        return [hospital["code"], lot, spec, brand, str(year), str(units)]

    def sent(self, data, role=OFFICE, **named):
        return self.uploaded("history", data, role=role, round=ROUND, **named)

    def taken_in(self, *rows):
        made = self.sent(csv(COLUMNS, *rows))
        self.assertEqual(made["state"], "ready", made)
        self.assertEqual(self.accept(made["id"], role=OFFICE).status, 200)
        return made

    def past(self, hospital, at):
        lot, spec = self.lots[at]
        row = next(row for each in self.report(hospital)["lots"] if each["lot"] == lot for row in each["rows"] if row["spec"] == spec)
        return {each["year"]: each["units"] for each in row["past"]}

    def years(self, hospital):
        years = sorted(self.past(hospital, 0))
        self.assertEqual(len(years), 2)
        return years

    def stored(self, hospital):
        return self.sql(f"SELECT lot, spec, brand, year, units FROM volume_history WHERE hospital = {hospital['id']} "
                        f"ORDER BY lot, spec, brand, year")

    def test_two_years_beside_each_line(self):
        hospital = self.new_hospital()
        first, second = self.years(hospital)
        made = self.taken_in(self.row(hospital, 0, first, 100), self.row(hospital, 0, second, 300), self.row(hospital, 1, second, 50))
        self.assertEqual(made["changes"], {"added": 3, "changed": 0, "same": 0, "removed": 0})
        self.assertEqual(self.past(hospital, 0), {first: "100", second: "300"})
        self.assertEqual(self.past(hospital, 1), {first: "0", second: "50"})
        lot = next(each for each in self.report(hospital)["lots"] if each["lot"] == self.lots[0][0])
        self.assertEqual(Decimal(lot["past_mean"]), 200)
        self.logged("import.accepted", f"import:{made['id']}")
        self.logged("report.history", f"round:{ROUND}")

    def test_what_a_hospital_had_goes_others_stay(self):
        one, two = self.new_hospital(), self.new_hospital()
        first, second = self.years(one)
        self.taken_in(self.row(one, 0, first, 100), self.row(one, 1, first, 5), self.row(one, 2, first, 7), self.row(two, 0, first, 8))
        made = self.sent(xlsx(COLUMNS, self.row(one, 0, first, 100), self.row(one, 1, first, 6), self.row(one, 1, second, 9)), name="x.xlsx")
        self.assertEqual(made["changes"], {"added": 1, "changed": 1, "same": 1, "removed": 1})
        lot, spec = self.lots[1]
        self.assertIn((f"{one['code']} / {lot} / {spec} / {first}", "5", "6"),
                      [(change["key"], change["before"], change["after"]) for change in made["preview"]])
        self.assertEqual(self.past(one, 1), {first: "5", second: "0"}, "nothing is taken over by a look")
        self.assertEqual(self.accept(made["id"], role=OFFICE).status, 200)
        self.assertEqual(self.past(one, 1), {first: "6", second: "9"})
        self.assertEqual(self.past(one, 2), {first: "0", second: "0"})
        self.assertEqual(self.past(two, 0), {first: "8", second: "0"})

    def test_every_fault_in_one_pass(self):
        hospital = self.new_hospital()
        year = self.years(hospital)[0]
        lot, spec = self.lots[0]
        foreign = next(each for each in self.lots if (lot, each[1]) not in self.lots)[1]
        rows = [
            (self.row(hospital, 0, year, 5), "", ""),
            (self.row(hospital, 0, year, 6), "A", "fault.key_duplicated"),
            (self.row({"code": "H99"}, 1, year, 5), "A", "fault.code_form"),
            (self.row({"code": "H99999999999"}, 1, year, 5), "A", "volumes.hospital_not_found"),
            ([hospital["code"], "999", spec, "", year, "5"], "B", "fault.value_not_allowed"),
            ([hospital["code"], lot, "没有", "", year, "5"], "C", "fault.value_not_allowed"),
            ([hospital["code"], lot, foreign, "", year, "5"], "C", "volumes.spec_unknown"),
            (self.row(hospital, 1, "24", 5), "E", "fault.code_form"),
            (self.row(hospital, 2, "1999", 5), "E", "fault.code_form"),
            (self.row(hospital, 3, year, "-6"), "F", "fault.number_sign"),
            (self.row(hospital, 4, year, "1.5"), "F", "fault.number_not_whole"),
            (self.row(hospital, 5, year, "1E20"), "F", None),
            (self.row(hospital, 6, year, ""), "F", None),
        ]
        made = self.sent(xlsx(COLUMNS, *(row for row, _, _ in rows)), name="用量.xlsx")
        expected = [(f"{column}{number}", kind) for number, (_, column, kind) in enumerate(rows, 2) if column]
        self.assertEqual([fault["cell"] for fault in made["faults"]], [cell for cell, _ in expected], made["faults"])
        for fault, (cell, kind) in zip(made["faults"], expected):
            if kind is not None:
                self.assertEqual(fault["kind"], kind, cell)
        self.assertEqual(self.accept(made["id"], role=OFFICE).json["key"], "import.faulty")
        self.assertEqual(self.stored(hospital), "")

    def test_the_error_workbook_mended_and_sent_again(self):
        hospital = self.new_hospital()
        year = self.years(hospital)[0]
        made = self.sent(xlsx(COLUMNS, self.row(hospital, 0, year, 5), self.row({"code": "H99999999999"}, 1, year, 6),
                              self.row(hospital, 2, year, "7.5")), name="用量.xlsx")
        answer = self.call("GET", f"/api/imports/{made['id']}/errors", role=OFFICE)
        rows = cells_of(answer.body)
        self.assertEqual([bool(row[6:] and row[6]) for row in rows[1:]], [False, True, True])
        self.assertIn("H99999999999", rows[2][6])
        rows[2][0], rows[3][5] = hospital["code"], "7"
        mended = self.sent(xlsx(rows[0], *(row + [""] * (7 - len(row)) for row in rows[1:])), name="用量.xlsx")
        self.assertEqual((mended["state"], mended["changes"]["added"]), ("ready", 3), mended)
        self.assertEqual(self.accept(mended["id"], role=OFFICE).status, 200)
        self.assertEqual([self.past(hospital, at)[year] for at in range(3)], ["5", "6", "7"])

    def test_overtaken(self):
        hospital = self.new_hospital()
        year = self.years(hospital)[0]
        self.taken_in(self.row(hospital, 0, year, 1))
        slow = self.sent(csv(COLUMNS, self.row(hospital, 0, year, 2)))
        self.taken_in(self.row(hospital, 0, year, 3))
        answer = self.accept(slow["id"], role=OFFICE)
        self.assertEqual((answer.status, answer.json["key"]), (409, "import.overtaken"))
        self.assertEqual(self.past(hospital, 0)[year], "3")

    def test_of_two_accepted_at_once_one_is_overtaken(self):
        hospital = self.new_hospital()
        year = self.years(hospital)[0]
        clients = [self.client(OFFICE), self.client("bureau_city")]
        for turn in range(4):
            made = [self.sent(csv(COLUMNS, self.row(hospital, 0, year, 100 * turn + each), self.row(hospital, each, year, 7)), role=role)
                    for each, role in enumerate((OFFICE, "bureau_city"), 1)]
            answers = [None, None]

            def go(index):
                answers[index] = clients[index].call("POST", f"/api/imports/{made[index]['id']}/acceptance")

            threads = [threading.Thread(target=go, args=(index,)) for index in (0, 1)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(answer.status for answer in answers), [200, 409], answers)
            winner = 1 if answers[0].status == 200 else 2
            self.assertEqual([self.past(hospital, at)[year] for at in range(3)],
                             [str(100 * turn + winner), "7" if winner == 1 else "0", "7" if winner == 2 else "0"])

    def test_whose_it_is_and_until_when(self):
        here, elsewhere = self.new_hospital(), self.new_hospital(region="310101")
        year = self.years(here)[0]
        own = csv(COLUMNS, self.row(here, 0, year, 5))
        foreign = csv(COLUMNS, self.row(elsewhere, 0, year, 5))
        for role in ("bureau_county", "bureau_city", "bureau_province"):
            self.assertEqual(self.sent(own, role=role)["state"], "ready", role)
            made = self.sent(foreign, role=role)
            self.assertEqual([fault["kind"] for fault in made["faults"]], ["volumes.hospital_not_found"], role)
        self.assertEqual(self.sent(foreign)["state"], "ready")
        for who, status, key in (({"client": here["reporter"]}, 422, "volumes.history_not_yours"),
                                 ({"role": "supplier"}, 403, "access.denied"), ({"role": "public"}, 401, "session.needed")):
            answer = self.upload("history", own, round=ROUND, **who)
            self.assertEqual((answer.status, answer.json["key"]), (status, key))
        made = self.sent(own)
        self.assertIn(self.accept(made["id"], role="bureau_county").status, (403, 404), "another's upload")
        self.at_stage("bidding")
        for answer in (self.accept(made["id"], role=OFFICE), self.upload("history", own, role=OFFICE, round=ROUND)):
            self.assertEqual((answer.status, answer.json["key"]), (422, "volumes.history_fixed"))
        self.assertEqual(self.stored(here), "")
