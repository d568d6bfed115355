from procedure_service import OFFICER, ProcedureTest

LOTS = [{"lot": "1", "name": "阿莫西林", "volume_class": "general", "base_form": "胶囊", "quantity_step": "100"}]
SPECS = [{"lot": "1", "spec": "0.25g", "content_mg": "250", "main_spec": True, "ceiling": "0.35"}]


class ChangeRoundLots(ProcedureTest):
    def put(self, round_id, lots, specs):
        return self.call("PUT", f"/api/rounds/{round_id}/lots", {"lots": lots, "specs": specs, "version": self.version(round_id)},
                         role=OFFICER)

    def test_comes_back(self):
        round_id = self.made()
        answer = self.put(round_id, LOTS, SPECS)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual({key: answer.json["lots"][0][key] for key in LOTS[0]}, LOTS[0])
        self.assertEqual({key: answer.json["specs"][0][key] for key in SPECS[0]}, SPECS[0])

    def test_all_faults_in_one_pass(self):
        round_id = self.made()
        lots = LOTS + [{**LOTS[0], "lot": "2", "quantity_step": "1,000"}]
        answer = self.put(round_id, lots, [{**SPECS[0], "ceiling": "0.35元"}, {**SPECS[0], "lot": "3"}])
        self.assertEqual((answer.status, answer.json["key"]), (422, "round_form.faults"))
        fields = [fault["field"] for fault in answer.json["faults"]]
        self.assertIn("lots.csv:3:quantity_step", fields)
        self.assertIn("specs.csv:2:ceiling", fields)
        said = {fault["field"]: fault["text"] for fault in answer.json["faults"]}
        self.assertTrue(said["lots.csv:3:quantity_step"].startswith("“品种”表第 2 行：列“取整单位”的值“1,000”"), said)
        self.assertTrue(said["specs.csv:2:ceiling"].startswith("“规格”表第 1 行：列“最高有效申报价（元）”"), said)
        self.assertTrue(any("品种序号“3”在“品种”表中没有" in text for text in said.values()), said)
        for text in [answer.json["text"], answer.json["next"], *said.values()]:
            self.assertNotRegex(text, r"csv|toml|quantity_step|文件夹")
        self.assertEqual(self.setup_of(round_id)["lots"], [])
