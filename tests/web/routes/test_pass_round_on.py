from procedure_service import OFFICER, SECOND, ProcedureTest


class PassRoundOn(ProcedureTest):
    def test_what_is_missing_is_named(self):
        round_id = self.imported()
        refused = self.pass_to(round_id, "notice")
        self.assertEqual((refused.status, refused.json["key"]), (422, "procedure.conditions_unmet"))
        for words in ("两名经办人签署", "参数已确认", "合法性审查", "公告截止时间已定", "采购文件已上传"):
            self.assertIn(words, refused.json["text"])
        for words in ("品种和规格", "最高有效申报价", "开标日期"):
            self.assertNotIn(words, refused.json["text"])
        self.ready_for_notice(round_id)
        page = self.setup_of(round_id)
        self.assertIn(("notice", True), [(passage["to"], passage["possible"]) for passage in page["passages"]])
        version = page["round"]["version"]
        self.assertEqual(self.pass_to(round_id, "notice", version=version).status, 200)
        undated = self.pass_to(round_id, "volume_reporting")
        self.assertEqual((undated.status, undated.json["key"]), (422, "round.deadline_needed"))
        late = self.pass_to(round_id, "cancelled", "x", role=SECOND, version=version)
        self.assertEqual((late.status, late.json["key"]), (409, "round.changed"))

    def unmet(self, round_id):
        return {each["condition"]: each["next"] for each in self.setup_of(round_id)["conditions"] if not each["met"]}

    def test_an_empty_round_is_not_published(self):
        round_id = self.made()
        unmet = self.unmet(round_id)
        self.assertEqual(list(unmet), ["lots_complete", "ceilings_set", "opening_set", "notice_dated", "tender_document_attached",
                                       "reviews_attached", "weak_values_accepted", "signed_by_two"])
        self.assertTrue(all(unmet.values()), unmet)
        text = self.refused(422, "procedure.conditions_unmet", "POST", f"/api/rounds/{round_id}/stage",
                            {"to": "notice", "version": self.version(round_id)}, role=OFFICER).json["text"]
        for words in ("品种和规格已填写", "最高有效申报价", "开标日期", "公告截止时间", "采购文件"):
            self.assertIn(words, text)
        self.ready_for_notice(round_id)
        self.assertEqual(list(self.unmet(round_id)), ["lots_complete", "ceilings_set", "opening_set"])
        lots = [{"lot": "1", "name": "阿莫西林", "volume_class": "general", "base_form": "胶囊", "quantity_step": "100"}]
        specs = [{"lot": "1", "spec": "0.25g", "content_mg": "250", "main_spec": True}]
        self.ok("PUT", f"/api/rounds/{round_id}/lots", {"lots": lots, "specs": specs, "version": self.version(round_id)}, role=OFFICER)
        self.assertEqual(list(self.unmet(round_id)), ["ceilings_set", "opening_set", "signed_by_two"])
        specs[0]["ceiling"] = "0.35"
        self.ok("PUT", f"/api/rounds/{round_id}/lots", {"lots": lots, "specs": specs, "version": self.version(round_id)}, role=OFFICER)
        self.assertEqual(list(self.unmet(round_id)), ["opening_set", "signed_by_two"])

    def test_the_opening_is_to_come_and_not_before_the_bidding_ends(self):
        round_id = self.imported()
        self.ready_for_notice(round_id)
        for opening, met in (("2020-01-17", False), ("2099-01-04", True), ("2099-01-05", True)):
            self.ok("PUT", f"/api/rounds/{round_id}", {"title": "x", "opening": opening, "version": self.version(round_id)}, role=OFFICER)
            self.assertEqual("opening_set" not in self.unmet(round_id), met, opening)
        self.assertEqual(self.date(round_id, "bidding", "2099-01-06T00:00:00").status, 200)  # the end of the fifth
        self.assertNotIn("opening_set", self.unmet(round_id))
        self.assertEqual(self.date(round_id, "bidding", "2099-01-06T00:00:01").status, 200)
        self.assertIn("opening_set", self.unmet(round_id))

    def test_the_pages_of_the_round_follow_at_once(self):
        round_id = self.at_notice()

        def stage():
            return self.ok("GET", f"/api/rounds/{round_id}", role=OFFICER)["stage"]

        self.assertEqual(stage(), "notice")
        for to in ("draft", "notice"):
            self.pass_to(round_id, to, "重新征求意见")
            self.assertEqual(stage(), to)

    def test_order_and_who(self):
        round_id = self.at_notice()
        skip = self.pass_to(round_id, "bidding")
        self.assertEqual((skip.status, skip.json["key"]), (422, "procedure.no_such_passage"))
        self.assertIn("报量", skip.json["text"])
        self.to_stage(round_id, "bidding")
        opening = self.pass_to(round_id, "opening")
        self.assertEqual((opening.status, opening.json["key"]), (403, "procedure.passage_not_yours"))
        self.assertIn("无人", opening.json["text"])

    def test_everybody_who_takes_part_is_told(self):
        round_id = self.at_notice()
        for role in ("hospital_reporter", "supplier", "bureau_city"):
            titles = [row["title"] for row in self.ok("GET", "/api/notices", role=role, query={"state": "all", "size": 100})["rows"]
                      if row["round"] == round_id]
            self.assertEqual(titles, [f"{round_id}：进入“公告”阶段"], role)

    def test_back_takes_a_reason(self):
        round_id = self.at_notice()
        self.assertEqual(self.pass_to(round_id, "draft").json["key"], "round.reason_needed")
        self.assertEqual(self.pass_to(round_id, "draft", "重新征求意见").json["round"]["stage"], "draft")
        self.assertIn("edit_round", self.setup_of(round_id, OFFICER)["may"])

    def test_the_final_award_is_what_may_be_ordered(self):
        round_id = self.imported()
        self.sql(f"UPDATE rounds SET stage = 7, version = version + 1 WHERE id = '{round_id}'; "
                 f"INSERT INTO stage_deadlines (round, stage, at, counted_from, working_days) VALUES ('{round_id}', 7, "
                 "'2020-01-01 00:00:00', '', 0) ON DUPLICATE KEY UPDATE at = VALUES(at)")
        self.forget()
        maker = "华北制药河北华民药业有限责任公司"  # alone in its lot: supplies every region
        code = next(row["code"] for row in self.ok("GET", "/api/products", role=OFFICER, query={"text": "YS2-27-"})["rows"]
                    if row["supplier"] == maker)
        supplied = {row["region"] for row in self.ok("GET", f"/api/rounds/{round_id}/allocations", role=OFFICER,
                                                     query={"lot": "27", "size": 100})["rows"] if row["supplier"] == maker}
        self.assertGreater(len(supplied), 3)
        passed = self.pass_to(round_id, "award_final")
        self.assertEqual(passed.status, 200, passed)
        listed = self.ok("GET", "/api/listings", role=OFFICER, query={"product": code, "size": 100})["rows"]
        by_round = {row["region_text"][:2]: row for row in listed if row["state"] == "listed"}
        # The Corps of Xinjiang has no code of its own in GB/T 2260.
        self.assertLessEqual({region[:2] for region in supplied if "兵团" not in region}, set(by_round))
        new = next(row for row in listed if row["region"] == "110000")  # the demo's own are of other provinces
        self.assertEqual(new["kind"], "won_with_volume")
        seen = self.ok("GET", f"/api/listings/{new['id']}", role=OFFICER)
        self.assertEqual([(one["price"], one["ground_kind"], one["ground"]) for one in seen["versions"]], [("5.11", "award", round_id)])
        self.assertIn(round_id, seen["versions"][0]["clause"])
        self.assertEqual([one["act"] for one in seen["events"]], ["award"])
