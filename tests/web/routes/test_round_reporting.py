"""What hospitals are asked comes from the rulebook and the values given for the round."""

from people_service import PeopleTest
from procedure_service import LATER, OFFICER, ProcedureTest

ASSUMED = {"reporting.floor_percent": "80", "reporting.alarm_percent": "200", "reporting.years": "2", "reporting.brand_rule": "mixed"}


class RoundReporting(ProcedureTest, PeopleTest):
    def give(self, round_id, **values):
        given = [{"path": f"reporting.{name}", "value": value, "reason": "采购文件 3.1"} for name, value in values.items()]
        return self.call("PUT", f"/api/rounds/{round_id}/rulebook",
                         {"rulebook": "gy-yd2019-2", "given": given, "version": self.version(round_id)}, role=OFFICER)

    def reporting_values(self, round_id):
        return {value["path"]: value for value in self.setup_of(round_id)["rulebook"]["weak_values"]
                if value["path"].startswith("reporting.")}

    def test_what_nobody_says_is_assumed_shown_and_accepted(self):
        round_id = self.imported()
        values = self.reporting_values(round_id)
        self.assertEqual(set(values), set(ASSUMED))
        self.assertEqual({value["evidence"] for value in values.values()}, {"assumed"})
        self.accept_all(round_id)
        self.assertTrue(all(value["accepted_at"] for value in self.reporting_values(round_id).values()))
        self.assertEqual(self.give(round_id, floor_percent="95").status, 200)
        values = self.reporting_values(round_id)
        floor = values["reporting.floor_percent"]
        self.assertEqual((floor["value"], floor["evidence"], floor["accepted_at"]), ("95", "given", ""), "accepted anew")
        self.assertEqual(values["reporting.alarm_percent"]["evidence"], "assumed")

    def test_another_value_is_another_version(self):
        round_id = self.imported()
        before = self.setup_of(round_id)["rulebook"]["digest"]
        self.assertEqual(self.sign(round_id).status, 200)
        self.assertEqual(self.give(round_id, floor_percent="95").status, 200)
        page = self.setup_of(round_id)
        self.assertNotEqual(page["rulebook"]["digest"], before)
        self.assertFalse(page["signatures"][0]["valid"])

    def test_what_is_out_of_range_is_named(self):
        round_id = self.imported()
        for name, value, allowed in (("floor_percent", "101", "0 ... 100"), ("alarm_percent", "99", "100 ... 1000"),
                                     ("years", "11", "1 ... 10"), ("brand_rule", "either", "generic, brand, mixed")):
            answer = self.give(round_id, **{name: value})
            self.assertEqual((answer.status, answer.json["key"]), (422, "round_form.faults"))
            for word in (f"reporting.{name}", value, allowed):
                self.assertIn(word, answer.json["faults"][0]["text"])

    def test_floor_alarm_and_brand_at_their_bounds(self):
        round_id = self.imported(without=LATER)
        self.assertEqual(self.give(round_id, floor_percent="95", alarm_percent="110", years="1", brand_rule="brand").status, 200)
        self.ready_for_notice(round_id)
        self.assertEqual(self.date(round_id, "notice").status, 200)
        self.assertEqual(self.pass_to(round_id, "notice").status, 200)
        self.to_stage(round_id, "volume_reporting")
        hospital = self.hospital(region="230103")
        reporter = self.person(hospital["id"])
        path = f"/api/rounds/{round_id}/reports/{hospital['code']}"
        first = self.ok("GET", path, client=reporter)["lots"][0]
        lot, row = first["lot"], first["rows"][0]
        self.assertEqual(len(row["past"]), 1, "one year is compared")
        self.sql(f"INSERT INTO volume_history VALUES ('{round_id}', {hospital['id']}, 0, '{lot}', '{row['spec']}', '', "
                 f"{row['past'][0]['year']}, 1000)")

        def findings(units, brand="甲厂"):
            version = self.ok("GET", path, client=reporter)["version"]
            line = {"lot": lot, "spec": row["spec"], "units": str(units), "brand": brand}
            report = self.ok("PUT", path, {"lines": [line], "version": version}, client=reporter)
            shown = next(each for each in report["lots"] if each["lot"] == lot)
            return [each["finding"] for each in shown["findings"]]

        for units, wanted in ((949, ["below_floor_unsaid"]), (950, []), (951, []), (1099, []), (1100, []), (1101, ["above_alarm_unsaid"])):
            self.assertEqual(findings(units), wanted, units)
        self.assertEqual(findings(1000, brand=""), ["brand_missing"])
