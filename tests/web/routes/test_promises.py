from procedure_service import OFFICER, ProcedureTest


class Promises(ProcedureTest):
    def test_own_until_publicity(self):
        round_id = self.at_notice()
        path = f"/api/rounds/{round_id}/promises"
        self.ok("POST", path, {"text": "保证质量和供应"}, role="supplier", status=201)
        self.assertEqual(len(self.whole(path, OFFICER)[0]), 1)
        self.assertEqual(self.whole(path, "supplier")[0][0]["own"], True)
        self.assertEqual(self.whole(path, "distributor")[0], [])
        self.exports_match(path, OFFICER)
