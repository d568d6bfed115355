from harness import unique
from procedure_service import OFFICER, ProcedureTest
from rounds_service import ROUND


class AddRound(ProcedureTest):
    def test_a_draft_without_lots(self):
        round_id = self.made()
        page = self.setup_of(round_id)
        self.assertEqual((page["round"]["stage"], page["lots"], page["rulebook"]["version"], page["faults"]), ("draft", [], 1, []))
        self.assertEqual(page["rulebook"]["digest"], page["rulebook"]["digest_now"])
        self.assertIn("edit_round", page["may"])
        self.assertTrue(page["rulebook"]["weak_values"])

    def test_refusals(self):
        body = {"id": unique("F"), "title": "试点", "kind": "drug", "rulebook": "gy-yd2019-2"}
        for members, status, key in (({"id": ROUND}, 409, "round.id_taken"), ({"id": "a/b"}, 422, "round.id_form"),
                                     ({"rulebook": "none"}, 422, "round_form.faults"),
                                     ({"opening": "2026-13-01"}, 422, "round_form.faults"),
                                     ({"kind": "shoes"}, 400, "request.invalid")):
            self.refused(status, key, "POST", "/api/rounds", {**body, **members}, role=OFFICER)
        self.refused(403, "access.denied", "POST", "/api/rounds", body, role="bid_opener")
