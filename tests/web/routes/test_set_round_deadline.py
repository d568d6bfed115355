from procedure_service import OFFICER, ProcedureTest


class SetRoundDeadline(ProcedureTest):
    def test_working_days_over_spring_festival(self):
        round_id = self.made()
        page = self.date(round_id, "notice", **{"from": "2026-12-30", "working_days": 1, "time": "17:00"})
        self.assertEqual(page.status, 200, page)
        deadline = page.json["deadlines"][0]
        self.assertEqual((deadline["stage"], deadline["at"]), ("notice", "2026-12-31T17:00:00+08:00"))
        self.assertIn("2026-12-30", deadline["basis_text"])
        unknown = self.date(round_id, "notice", **{"from": "2026-12-30", "working_days": 20, "time": "17:00"})
        self.assertEqual((unknown.status, unknown.json["key"]), (422, "round.year_unknown"))
        self.assertIn("2027", unknown.json["text"])

    def test_bounds(self):
        round_id = self.at_notice()
        for stage, at, key in (("notice", "2020-01-01T00:00:00", "round.deadline_past"),
                               ("notice", "2098-01-01T00:00:00", "round.deadline_earlier"),
                               ("draft", "2099-01-01T00:00:00", None), ("closed", "2099-01-01T00:00:00", "round.deadline_without_end"),
                               ("notice", "tomorrow", "round.deadline_form")):
            answer = self.date(round_id, stage, at)
            if key is None:
                self.assertEqual(answer.status, 200, answer)  # the draft can be entered again
            else:
                self.assertEqual((answer.status, answer.json["key"]), (422, key), answer)
        self.assertEqual(self.date(round_id, "notice", "2099-02-01T00:00:00").status, 200)
        self.assertEqual(self.date(round_id, "volume_reporting", "2099-03-01T00:00:00").status, 200)
        body = {"stage": "notice", "at": "2099-05-01T00:00:00"}
        self.refused(403, "access.denied", "PUT", f"/api/rounds/{round_id}/deadlines", body, role="bureau_province")
