from rounds_service import EARLIER, ROUND, RoundsTest

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
        self.assertEqual([row["id"] for row in page["rounds"]], [EARLIER, ROUND])

    def test_an_officers_rounds(self):
        cards, page = self.cards("procurement_officer")
        self.assertEqual((cards["rounds"], cards["lots_decided"]), ("2", "57"))
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
