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

    def test_stages_end_one_after_the_other(self):
        round_id = self.made()
        for stage, day in (("notice", 10), ("volume_confirmation", 20), ("bidding", 25)):
            self.assertEqual(self.date(round_id, stage, f"2099-01-{day}T17:00:00").status, 200)
        for at, key, other in (("2099-01-10T17:00:00", "round.deadline_before_earlier", "公告"),
                               ("2099-01-09T17:00:00", "round.deadline_before_earlier", "公告"),
                               ("2099-01-20T17:00:00", "round.deadline_after_later", "报量确认"),
                               ("2099-02-20T17:00:00", "round.deadline_after_later", "报量确认")):
            answer = self.date(round_id, "volume_reporting", at)
            self.assertEqual((answer.status, answer.json["key"]), (422, key), answer)
            self.assertIn(f"“{other}”的截止时间", answer.json["text"])
            self.assertIn("北京时间", answer.json["text"])
            self.assertTrue(answer.json["next"])
        self.assertEqual(self.date(round_id, "volume_reporting", "2099-01-15T17:00:00").status, 200)
        self.assertEqual(self.date(round_id, "bidding", "2099-01-19T17:00:00").json["key"], "round.deadline_before_earlier")

    def test_what_is_ended_by_hand_may_be_ended_early(self):
        round_id = self.to_stage(self.at_notice(), "volume_confirmation")
        soon = self.date(round_id, "bidding", "2098-01-01T10:00:00")
        self.assertEqual(soon.status, 200, soon)

    def test_no_time_of_day(self):
        round_id = self.made()
        for time in ("25:00", "17:60", "5 pm", "1700"):
            answer = self.date(round_id, "notice", **{"from": "2026-12-10", "working_days": 1, "time": time})
            self.assertEqual((answer.status, answer.json["key"], answer.json["faults"][0]["field"]), (422, "round.time_form", "time"), answer)
            self.assertIn(f"“{time}”", answer.json["text"])
            self.assertIn("17:00", answer.json["text"])
        answer = self.date(round_id, "notice", **{"from": "2026-13-10", "working_days": 1, "time": "17:00"})
        self.assertEqual((answer.json["key"], answer.json["faults"][0]["field"]), ("round.day_form", "from"))
        end = self.date(round_id, "notice", **{"from": "2026-12-10", "working_days": 1, "time": "24:00"})
        self.assertEqual(end.json["deadlines"][0]["at"], "2026-12-12T00:00:00+08:00")

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
