from rounds_service import AT_WORK, EARLIER, ROUND, RoundsTest

PATH = "/api/rounds"


class Rounds(RoundsTest):
    def test_the_published_rounds(self):
        answer = self.get(PATH).json
        self.assertEqual([row["id"] for row in answer["rows"]], [EARLIER, ROUND])
        second = answer["rows"][1]
        self.assertEqual((second["lots"], second["winners"], second["stage"], second["kind"], second["opening"]),
                         (32, 100, "execution", "drug", "2020-01-17"))
        self.assertEqual(second["stage_text"], "执行")
        self.assertEqual(answer["rows"][0]["stage"], "closed")
        self.assertEqual([column["name"] for column in answer["columns"]],
                         ["id", "title", "kind_text", "stage_text", "opening", "rulebook", "lots", "winners"])

    def test_english(self):
        answer = self.get(PATH, lang="en").json
        self.assertEqual(answer["rows"][1]["stage_text"], "execution")
        self.assertEqual(answer["columns"][2]["title"], "kind")

    def test_filters(self):
        self.assertEqual([row["id"] for row in self.get(PATH, stage="closed").json["rows"]], [EARLIER])
        self.assertEqual([row["id"] for row in self.get(PATH, text="第二批").json["rows"]], [ROUND])
        self.assertEqual(self.get(PATH, kind="reagent").json["total"], 0)
        self.get(PATH, expect=400, stage="nowhere")
        self.get(PATH, expect=400, size="7")

    def test_exports(self):
        self.exports_match(PATH)
        self.exports_match(PATH, text="联盟")
        self.assertEqual(self.file_name(self.get(PATH, format="xlsx")), "采购轮次.xlsx")

    def test_a_round_before_the_opening_is_there_for_participants_alone(self):
        self.at_stage("bidding")
        self.assertEqual([row["id"] for row in self.get(PATH).json["rows"]], [EARLIER])
        rows = self.get(PATH, "supplier").json["rows"]
        self.assertEqual([row["id"] for row in rows], [EARLIER, ROUND, *AT_WORK])
        self.assertEqual((rows[1]["stage"], rows[1]["lots"], rows[1]["winners"]), ("bidding", 32, None))
