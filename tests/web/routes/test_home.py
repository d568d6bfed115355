from procedure_service import OFFICER, SECOND, ProcedureTest
from rounds_service import AT_WORK, EARLIER, ROUND, RoundsTest

PATH = "/api/home"


class Home(RoundsTest):
    def cards(self, role):
        page = self.get(PATH, role).json
        return {card["name"]: card["value"] for card in page["cards"]}, page

    def test_for_the_logged_in_alone(self):
        self.get(PATH, expect=401)

    def test_a_suppliers_own_bids(self):
        cards, page = self.cards("supplier")
        own = [row for round_id in (EARLIER, ROUND) for row in self.award_rows("awards.csv", round_id)
               if row["supplier"] in ("齐鲁制药", "齐鲁制药有限公司")]
        self.assertEqual(cards["own_bids"], str(len(own)))
        self.assertEqual(cards["own_won"], str(sum(row["outcome"] == "won" for row in own)))
        self.assertEqual([row["id"] for row in page["rounds"]], [EARLIER, ROUND, *AT_WORK])

    def test_an_officers_rounds(self):
        cards, page = self.cards("procurement_officer")
        self.assertEqual((cards["rounds"], cards["lots_decided"]), ("4", "57"))
        self.assertNotIn("users", cards)
        self.assertTrue(all(todo["text"] and todo["link"] for todo in page["todos"]))

    def test_administrators(self):
        cards, _ = self.cards("security_administrator")
        self.assertGreater(int(cards["users"]), 5)
        cards, _ = self.cards("audit_administrator")
        self.assertGreater(int(cards["entries_today"]), 0)

    def test_a_certificate_that_does_not_hold_is_a_todo_of_its_office(self):
        key = f"WHERE id = '{ROUND}'"
        before = self.sql(f"SELECT certificate_digest FROM rounds {key}").strip()

        def put(digest):
            self.sql(f"UPDATE rounds SET certificate_digest = '{digest}', version = version + 1 {key}")
            self.forget()

        self.addCleanup(put, before)
        put("0" * 64)
        todos = self.cards("procurement_officer")[1]["todos"]
        self.assertTrue(any(ROUND in todo["text"] for todo in todos), todos)
        self.assertFalse(any(ROUND in todo["text"] for todo in self.cards("supplier")[1]["todos"]))

    def todos(self, role):
        page = self.get(PATH, role).json
        self.assertTrue(all(todo["text"] and todo["link"] for todo in page["todos"]), role)
        due = [todo["due"] for todo in page["todos"] if todo["due"]]
        self.assertEqual(due, sorted(due), role)
        return [todo["text"] for todo in page["todos"]], page

    def test_everybody_finds_what_waits_for_them(self):
        at_work, notice = AT_WORK
        expected = {"hospital_reporter": f"{at_work}：报量草稿尚未提交", "hospital_approver": f"{at_work}：本单位报量员尚未提交",
                    "pharmacy": f"{at_work}：报量被退回", "bureau_county": "份报量待您确认", "bureau_city": "份报量待您确认",
                    "bureau_province": "份报量待您确认", "procurement_officer": f"{notice}：2 条提问或意见待答复",
                    "supplier": f"{notice}：尚未提交信用承诺"}
        for role, part in expected.items():
            texts, page = self.todos(role)
            self.assertTrue(any(part in text for text in texts), f"{role}: {texts}")
            self.assertIn(at_work, [entry["round"] for entry in page["deadlines"]], role)
        for role in ("hospital_reporter", "bureau_county"):
            self.assertTrue(any("待本单位签收" in text for text in self.todos(role)[0]), role)

    def test_links_are_those_of_pages(self):
        code = self.get("/api/session", "hospital_reporter").json["organisation"]["code"]
        at_work, notice = AT_WORK
        expected = {"hospital_reporter": [f"/rounds/{at_work}/reports/{code}", "/messages?state=to_sign"],
                    "hospital_approver": [f"/rounds/{at_work}/reports/{code}"],
                    "supplier": [f"/rounds/{notice}/commitments"]}
        for role, links in expected.items():
            found = [todo["link"] for todo in self.get(PATH, role).json["todos"]]
            for link in links:
                self.assertIn(link, found, role)

    def test_all_roles_have_a_first_page(self):
        for role in self.world.accounts():
            texts, page = self.todos(role)
            self.assertTrue(page["cards"], role)
            if "administrator" not in role:
                self.assertIn(ROUND, [row["id"] for row in page["rounds"]], role)
                self.assertTrue(page["deadlines"], role)


class HomeOfADraft(ProcedureTest):
    def test_an_officer_is_told_of_assumed_values(self):
        round_id = self.imported()
        self.forget()

        def found(role):
            return [todo for todo in self.get(PATH, role).json["todos"] if todo["link"] == f"/rounds/{round_id}/setup/rulebook"]

        weak = self.setup_of(round_id)["rulebook"]["weak_values"]
        self.assertGreater(len(weak), 1)
        for role in (OFFICER, SECOND):
            self.assertEqual(len(found(role)), 1, role)
        self.assertIn(f"{round_id}：规则文件有 {len(weak)} 个", found(OFFICER)[0]["text"])
        self.assertEqual(found("bid_opener") + found("supplier") + found("bureau_province"), [])
        self.ok("POST", f"/api/rounds/{round_id}/accepted-values", {"paths": [weak[0]["path"]]}, role=OFFICER)
        self.assertIn(f" {len(weak) - 1} 个", found(OFFICER)[0]["text"])
        self.accept_all(round_id)
        self.assertEqual(found(OFFICER), [])
