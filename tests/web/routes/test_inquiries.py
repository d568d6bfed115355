from procedure_service import OFFICER, ProcedureTest


class Inquiries(ProcedureTest):
    def ask(self, round_id, role="supplier", text="第 5 条如何计算？", kind="question"):
        return self.call("POST", f"/api/rounds/{round_id}/inquiries", {"kind": kind, "text": text}, role=role)

    def test_who_asked_stays_with_the_office(self):
        round_id = self.at_notice()
        id_ = self.ask(round_id).json["id"]
        path = f"/api/rounds/{round_id}/inquiries"
        self.assertEqual(self.whole(path, "distributor")[0], [])
        self.assertEqual(self.whole(path, OFFICER)[0][0]["name"], "胡伟")
        self.ok("PUT", f"{path}/{id_}", {"answer": "按附件一。"}, role=OFFICER)
        row = self.whole(path, "distributor")[0][0]
        self.assertEqual((row["text"], row["answer"], row["name"], row["organisation"]), ("第 5 条如何计算？", "按附件一。", "", ""))
        self.exports_match(path, OFFICER)
