from procedure_service import LATER, OFFICER, SECOND, ProcedureTest


class Corrections(ProcedureTest):
    """One story: questions, a correction, everybody confirms again."""

    def test_story(self):
        round_id = self.at_notice(without=LATER)
        path = f"/api/rounds/{round_id}/corrections"
        self.ok("POST", f"/api/rounds/{round_id}/promises", {"text": "承诺"}, role="supplier", status=201)
        before = self.setup_of(round_id)["rulebook"]["digest"]
        page = self.ok("POST", path, {"rulebook": "gy-yd2019-1", "summary": "按首轮规则执行"}, role=OFFICER, status=201)
        self.assertNotEqual(page["rulebook"]["digest"], before)
        self.assertFalse(any(each["valid"] for each in page["signatures"] if each["what"] == "rulebook"))
        row = self.whole(path, OFFICER)[0][0]
        self.assertEqual((row["confirmed"], row["missing"], len(row["missing_names"])), (0, 1, 1))
        self.date(round_id, "volume_reporting")
        self.assertIn("更正", self.pass_to(round_id, "volume_reporting").json["text"])
        self.ok("POST", f"{path}/1/confirmation", role="supplier")
        self.refused(422, "correction.confirmed_already", "POST", f"{path}/1/confirmation", role="supplier")
        self.assertEqual(self.whole(path, "supplier")[0][0]["own_confirmed"], True)
        self.exports_match(path, OFFICER)
        self.assertEqual(self.pass_to(round_id, "volume_reporting", role=SECOND).status, 200)
