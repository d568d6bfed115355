"""The table of volume reports through the one import path: upload, look, error workbook, mend, accept, overtaken."""

import threading

from tables_service import TablesTest, cells_of, csv, xlsx
from volumes_service import BASE, ROUND, VolumesTest

COLUMNS = ["hospital", "lot", "spec", "brand", "quantity", "cause", "remark"]


class ImportVolumeReport(TablesTest, VolumesTest):
    def row(self, hospital, at, units, **members):
        lot, spec = self.lots[at]
        row = {"hospital": hospital["code"], "lot": lot, "spec": spec, "quantity": str(units), **members}
        return [row.get(name, "") for name in COLUMNS]

    def sent(self, hospital, data, client=None, **named):
        return self.uploaded("volume_report", data, client=client or hospital["reporter"], round=ROUND, **named)

    def taken(self, hospital, made, client=None):
        return self.accept(made["id"], client=client or hospital["reporter"])

    def units(self, hospital):
        return {(lot["lot"], row["spec"], row["brand"]): (row["units"], row["cause"], row["remark"])
                for lot in self.report(hospital)["lots"] for row in lot["rows"] if row["units"] != ""}

    def key(self, at, brand=""):
        return (*self.lots[at], brand)

    def test_looked_at_and_accepted(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(10), self.line(20, 1), self.line(30, 2)])
        made = self.sent(hospital, xlsx(COLUMNS, self.row(hospital, 0, 10), self.row(hospital, 1, 25, cause="患者增加"),
                                        self.row(hospital, 3, 40, brand="齐鲁制药", remark="=1+1")), name="报量.xlsx")
        self.assertEqual((made["state"], made["changes"]), ("ready", {"added": 1, "changed": 1, "same": 2, "removed": 0}), "what the file does not name stays")
        self.assertEqual((made["round"], made["table"]), (ROUND, "volume_report"))
        before = {(change["key"], change["before"], change["after"]) for change in made["preview"]}
        lot, spec = self.lots[1]
        self.assertIn((f"{lot} / {spec}", "20", "25"), before)
        lot, spec = self.lots[2]
        self.assertNotIn(f"{lot} / {spec}", {key for key, _, _ in before})
        self.assertEqual(self.report(hospital)["version"], 1, "nothing is taken over by a look")
        answer = self.taken(hospital, made)
        self.assertEqual((answer.status, answer.json["state"]), (200, "accepted"))
        self.assertEqual(self.units(hospital), {self.key(0): ("10", "", ""), self.key(1): ("25", "patients_rose", ""), self.key(2): ("30", "", ""),
                                                self.key(3, "齐鲁制药"): ("40", "", "=1+1")})
        self.assertEqual(self.report(hospital)["version"], 2)
        self.logged("import.accepted", f"import:{made['id']}")
        self.logged("report.saved", f"report:{ROUND}/{hospital['code']}")
        self.assertEqual(self.taken(hospital, made).json["key"], "import.accepted")

    def test_the_filled_template_comes_back_as_it_is(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(10), self.line(20, 1, cause="other", remark="新病区")])
        template = self.call("GET", "/api/tables/volume_report/template", client=hospital["reporter"],
                             query={"round": ROUND, "filled": "1"})
        self.assertEqual(template.status, 200, template)
        rows = cells_of(template.body)
        self.assertEqual(len([row for row in rows if row and row[0] == hospital["code"]]), len(self.lots))
        filled = [row + [""] * (len(rows[0]) - len(row)) for row in rows[1:] if len(row) > 4 and row[4] != ""]
        made = self.sent(hospital, xlsx(rows[0], *filled), name="x.xlsx")
        self.assertEqual((made["state"], made["changes"]), ("ready", {"added": 0, "changed": 0, "same": 2, "removed": 0}), made)

    def test_gb18030(self):
        hospital = self.new_hospital()
        text = csv(COLUMNS, self.row(hospital, 0, 10, brand="齐鲁制药", cause="其他（请说明）", remark="新病区")).decode()
        self.assertEqual(self.taken(hospital, self.sent(hospital, text.encode("gb18030"))).status, 200)
        self.assertEqual(self.units(hospital), {self.key(0, "齐鲁制药"): ("10", "other", "新病区")})

    def test_twelve_kinds_of_faults_in_one_pass(self):
        hospital, other = self.new_hospital(), self.new_hospital()
        lot, spec = self.lots[0]
        foreign = next(each for each in self.lots if each[1] != spec and (lot, each[1]) not in self.lots)[1]
        rows = [
            (self.row(hospital, 1, "1.5"), "E", "fault.number_not_whole"),
            (self.row(hospital, 2, "-5"), "E", "fault.number_sign"),
            (self.row(hospital, 3, "99999999999999"), "E", "fault.number_too_large"),
            (self.row(hospital, 4, "1,200"), "E", None),
            (self.row(hospital, 5, "约100"), "E", None),
            (self.row(hospital, 6, ""), "E", None),
            (self.row(hospital, 7, "１２"), "E", None),
            (self.row(hospital, 8, "5", cause="随便"), "F", "fault.choice_unknown"),
            (self.row(hospital, 9, "5", lot="999"), "B", "fault.value_not_allowed"),
            (self.row(hospital, 10, "5", spec="没有"), "C", "fault.value_not_allowed"),
            (self.row(other, 11, "5"), "A", "fault.value_not_allowed"),
            (self.row(hospital, 12, "5", brand="厂\u200b"), "D", None),
            (self.row(hospital, 13, "5"), "", ""),
            (self.row(hospital, 13, "6"), "A", "fault.key_duplicated"),
            (["合计", "", "", "", "100", "", ""], "A", "fault.row_total"),
            # Only what is stored tells: a spec that is another lot's.
            ([hospital["code"], lot, foreign, "", "5", "", ""], "C", "volumes.spec_unknown"),
            (self.row(hospital, 14, "<c r=\"{}\" t=\"e\"><v>#N/A</v></c>"), "E", None),
        ]
        made = self.sent(hospital, xlsx(COLUMNS, *(row for row, _, _ in rows)), name="报量.xlsx")
        expected = [(f"{column}{number}", kind) for number, (_, column, kind) in enumerate(rows, 2) if column]
        found = [(fault["cell"], fault["kind"]) for fault in made["faults"]]
        self.assertEqual([cell for cell, _ in found], [cell for cell, _ in expected], made["faults"])
        for (cell, kind), (_, wanted) in zip(found, expected):
            if wanted is not None:
                self.assertEqual(kind, wanted, cell)
        self.assertGreaterEqual(len({kind for _, kind in found}), 12, found)
        self.assertEqual(made["fault_count"], len(expected))
        self.assertEqual(self.taken(hospital, made).json["key"], "import.faulty")
        self.assertEqual(self.report(hospital)["version"], 0)

    def test_the_error_workbook_mended_and_sent_again(self):
        hospital = self.new_hospital()
        lot, spec = self.lots[0]
        foreign = next(each for each in self.lots if (lot, each[1]) not in self.lots)[1]
        made = self.sent(hospital, xlsx(COLUMNS, self.row(hospital, 1, "5"), self.row(hospital, 2, "1.5"),
                                        [hospital["code"], lot, foreign, "", "7", "", ""]), name="报量.xlsx")
        self.assertEqual(made["fault_count"], 2)
        answer = self.call("GET", f"/api/imports/{made['id']}/errors", client=hospital["reporter"])
        rows = cells_of(answer.body)
        self.assertEqual(rows[0], COLUMNS + ["错误原因"])
        self.assertEqual([bool(row[7:] and row[7]) for row in rows[1:]], [False, True, True], "the uploaded order, each with its reason")
        self.assertIn("1.5", rows[2][7])
        again = self.sent(hospital, answer.body, name="报量-错误.xlsx")
        self.assertEqual([fault["cell"] for fault in again["faults"]], [fault["cell"] for fault in made["faults"]])
        rows[2][4], rows[3][2] = "6", spec
        mended = self.sent(hospital, xlsx(rows[0], *(row + [""] * (8 - len(row)) for row in rows[1:])), name="报量-错误.xlsx")
        self.assertEqual((mended["state"], mended["changes"]["added"]), ("ready", 3), mended)
        self.assertEqual(self.taken(hospital, mended).status, 200)
        self.assertEqual({key: units[0] for key, units in self.units(hospital).items()},
                         {self.key(0): "7", self.key(1): "5", self.key(2): "6"})

    def test_the_same_findings_as_the_screen(self):
        hospital = self.new_hospital()
        lines = [self.line(5, cause="other"), self.line(6, 1)]
        made = self.sent(hospital, csv(COLUMNS, self.row(hospital, 0, 5, cause="other"), self.row(hospital, 1, 6)))
        saved = self.save(hospital, lines)
        screen = sorted(finding["text"] for lot in saved["lots"] for finding in lot["findings"])
        self.assertEqual(sorted(warning["text"] for warning in made["warnings"]), screen)

    def test_overtaken(self):
        hospital = self.new_hospital()
        second = self.person(hospital["id"])
        made = self.sent(hospital, csv(COLUMNS, self.row(hospital, 0, 5)))
        self.save(hospital, [self.line(9)], client=second)
        answer = self.taken(hospital, made)
        self.assertEqual((answer.status, answer.json["key"]), (409, "import.overtaken"))
        self.assertEqual(self.units(hospital), {self.key(0): ("9", "", "")})
        self.assertEqual(self.ok("GET", f"/api/imports/{made['id']}", client=hospital["reporter"])["state"], "ready")

    def test_of_two_accepted_at_once_one_is_overtaken(self):
        hospital = self.new_hospital()
        people = [hospital["reporter"], self.person(hospital["id"])]
        for turn in range(3):
            made = [self.sent(hospital, csv(COLUMNS, self.row(hospital, 0, 100 * turn + each)), client=client)
                    for each, client in enumerate(people, 1)]
            answers = [None, None]

            def go(index):
                answers[index] = people[index].call("POST", f"/api/imports/{made[index]['id']}/acceptance")

            threads = [threading.Thread(target=go, args=(index,)) for index in (0, 1)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(answer.status for answer in answers), [200, 409], answers)
            winner = 1 if answers[0].status == 200 else 2
            self.assertEqual(self.units(hospital), {self.key(0): (str(100 * turn + winner), "", "")})

    def test_not_its_own_not_its_turn_not_its_time(self):
        hospital, other = self.new_hospital(), self.new_hospital()
        data = csv(COLUMNS, self.row(hospital, 0, 5))
        send = lambda **who: self.upload("volume_report", data, round=ROUND, **who)
        self.assertEqual(send(client=hospital["approver"]).json["key"], "procedure.not_yours")
        self.assertEqual(send(role="bureau_county").json["key"], "access.denied")
        self.assertEqual(send(role="procurement_officer").json["key"], "access.denied")
        self.assertEqual(send(client=other["reporter"], hospital=hospital["code"]).json["key"], "volumes.hospital_not_found")
        self.assertEqual(send(client=other["reporter"]).json["faults"][0]["kind"], "fault.value_not_allowed")
        self.assertEqual(self.upload("volume_report", data, client=hospital["reporter"], round="none").json["key"], "round.not_found")
        made = self.sent(hospital, data)
        for who in ({"client": other["reporter"]}, {"role": "bureau_county"}, {"role": "supplier"}):
            self.assertIn(self.accept(made["id"], **who).status, (403, 404), who)
            self.assertIn(self.call("GET", f"/api/imports/{made['id']}", **who).status, (403, 404), who)
        # Sent off by a colleague between the look and the acceptance.
        self.assertEqual(self.taken(hospital, made).status, 200)
        made = self.sent(hospital, csv(COLUMNS, self.row(hospital, 0, 6)))
        self.step(hospital, "submit", client=hospital["reporter"])
        self.assertEqual(self.taken(hospital, made).json["key"], "volumes.on_its_way")
        self.assertEqual(send(client=hospital["reporter"]).json["key"], "volumes.on_its_way")
        self.step(hospital, "take_back", client=hospital["reporter"])
        # The stage goes on.
        made = self.sent(hospital, csv(COLUMNS, self.row(hospital, 0, 6)))
        self.at_stage("volume_confirmation")
        self.assertEqual(self.taken(hospital, made).json["key"], "volumes.leave_needed")
        self.at_stage("bidding")
        self.assertEqual(self.taken(hospital, made).json["key"], "procedure.not_at_this_stage")
        self.assertEqual(send(client=hospital["reporter"]).json["key"], "procedure.not_at_this_stage")
        self.at_stage("volume_reporting")
        self.assertEqual(self.units(hospital), {self.key(0): ("5", "", "")})

    def test_late_with_leave(self):
        hospital = self.new_hospital()
        self.at_stage("volume_confirmation")
        self.ok("POST", f"{BASE}/late-filings", {"hospital": hospital["code"], "reason": "系统故障", "until": "2099-01-01"},
                role="bureau_province", status=201)
        self.assertEqual(self.taken(hospital, self.sent(hospital, csv(COLUMNS, self.row(hospital, 0, 5)))).status, 200)
        self.assertEqual(self.units(hospital), {self.key(0): ("5", "", "")})
