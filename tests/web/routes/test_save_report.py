import threading

from volumes_service import ROUND, VolumesTest


class SaveReport(VolumesTest):
    def test_saved_lines_come_back(self):
        hospital = self.new_hospital()
        lines = [self.line(120, brand="齐鲁制药", cause="other", remark="新病区"), self.line(0, 1), self.line(10**12, 2)]
        saved = self.save(hospital, lines)
        self.assertEqual((saved["status"], saved["version"]), ("draft", 1))
        again = self.report(hospital)
        rows = [(lot["lot"], row["spec"], row["brand"], row["units"], row["cause"], row["remark"])
                for lot in again["lots"] for row in lot["rows"] if row["units"] != ""]
        self.assertEqual(sorted(rows), sorted((each["lot"], each["spec"], each.get("brand", ""), each["units"],
                                               each.get("cause", ""), each.get("remark", "")) for each in lines))
        self.logged("report.saved", f"report:{ROUND}/{hospital['code']}")

    def test_the_slower_one_is_told_who_was_faster(self):
        hospital = self.new_hospital()
        second = self.person(hospital["id"])
        self.save(hospital, [self.line(1)], version=0)
        answer = self.call("PUT", hospital["path"], {"lines": [self.line(2)], "version": 0}, client=second)
        self.assertEqual((answer.status, answer.json["key"]), (409, "volumes.changed"))
        self.assertIn("测试人员", answer.json["text"])
        self.assertRegex(answer.json["text"], r"20\d\d-\d\d-\d\d")
        self.assertEqual(self.sums(level="country", counted="all", lot=self.lots[0][0]) != [], True)

    def test_of_many_at_once_exactly_one_wins(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(1)])
        people = [self.person(hospital["id"]) for _ in range(4)]
        answers = [None] * len(people)

        def put(index):
            body = {"lines": [self.line(100 + index)], "version": 1}
            answers[index] = people[index].call("PUT", hospital["path"], body)

        threads = [threading.Thread(target=put, args=(index,)) for index in range(len(people))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answer.status for answer in answers), [200, 409, 409, 409], answers)
        winner = next(index for index, answer in enumerate(answers) if answer.status == 200)
        report = self.report(hospital)
        units = [row["units"] for lot in report["lots"] for row in lot["rows"] if row["units"]]
        self.assertEqual((report["version"], units), (2, [str(100 + winner)]))

    def test_every_fault_is_named_and_nothing_is_saved(self):
        hospital = self.new_hospital()
        lot, spec = self.lots[0]
        answer = self.refused(422, "volumes.malformed", "PUT", hospital["path"], {"version": 0, "lines": [
            {"lot": "999", "spec": spec, "units": "1"}, {"lot": lot, "spec": "没有", "units": "1"}, self.line(1)]},
            client=hospital["reporter"])
        self.assertEqual([fault["field"] for fault in answer.json["faults"]], ["/lines/0/lot", "/lines/1/spec"])
        for units in ("1.5", "-1", "1e3", " 1", str(10**12 + 1), "９"):
            self.refused(422, "volumes.malformed", "PUT", hospital["path"],
                         {"version": 0, "lines": [{"lot": lot, "spec": spec, "units": units}]}, client=hospital["reporter"])
        self.assertEqual(self.report(hospital)["version"], 0)

    def test_not_its_own_not_its_turn_not_its_time(self):
        hospital, other = self.new_hospital(), self.new_hospital()
        body = {"lines": [], "version": 0}
        self.refused(404, "volumes.hospital_not_found", "PUT", hospital["path"], body, client=other["reporter"])
        answer = self.call("PUT", hospital["path"], body, client=hospital["approver"])
        self.assertEqual(answer.json["key"], "procedure.not_yours")
        self.refused(403, "access.denied", "PUT", hospital["path"], body, role="bureau_county")
        self.at_stage("bidding")
        answer = self.call("PUT", hospital["path"], body, client=hospital["reporter"])
        self.assertIn(answer.json["key"], ("procedure.not_at_this_stage", "volumes.hospital_not_found"))
