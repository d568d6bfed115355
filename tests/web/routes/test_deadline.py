from procedure_service import OFFICER, ProcedureTest


class Deadline(ProcedureTest):
    def test_is_what_would_be_set(self):
        for basis, at in (({"from": "2026-12-10", "working_days": "3", "time": "17:00"}, "2026-12-15T17:00:00+08:00"),
                          ({"from": "2026-12-10", "working_days": "1"}, "2026-12-12T00:00:00+08:00")):
            self.assertEqual(self.ok("GET", "/api/deadline", role=OFFICER, query=basis), {"at": at})

    def test_what_cannot_be_counted_is_said_with_advice(self):
        for basis, key, word in (({"from": "2026-12-30", "working_days": "20"}, "round.year_unknown", "2027"),
                                 ({"from": "2026-12-10", "working_days": "1", "time": "25:00"}, "round.time_form", "25:00")):
            answer = self.refused(422, key, "GET", "/api/deadline", role=OFFICER, query=basis)
            self.assertIn(word, answer.json["text"])
        years = self.refused(422, "round.year_unknown", "GET", "/api/deadline", role=OFFICER,
                             query={"from": "2026-12-30", "working_days": "20"})
        self.assertIn("节假日", years.json["next"])
