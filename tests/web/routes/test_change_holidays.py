from tables_service import TablesTest


class ChangeHolidaysRoute(TablesTest):
    def body(self, year, **members):
        return {"notices": [{"number": f"国办发明电〔{year}〕1号", "title": "通知", "published": f"{year - 1}-11-01", "evidence": "official"}],
                "holidays": [{"name_zh": "元旦", "name_en": "", "from": f"{year}-01-01", "to": f"{year}-01-02", "make_up": [],
                              "notice": f"国办发明电〔{year}〕1号"}], "version": 0, **members}

    def put(self, year, body):
        return self.call("PUT", f"/api/holidays/{year}", body, role="procurement_officer")

    def test_a_year_and_back(self):
        made = self.put(2040, self.body(2040))
        self.assertEqual((made.status, made.json["own"], made.json["version"]), (200, True, 1), made)
        self.assertEqual(self.put(2040, self.body(2040)).json["key"], "people.changed")
        self.logged("holidays.changed", "holidays:2040")
        back = self.put(2040, {"notices": [], "holidays": [], "version": 1})
        self.assertEqual((back.status, back.json["known"]), (200, False))
        self.assertEqual(self.put(2040, {"notices": [], "holidays": [], "version": 0}).json["key"], "catalogue.year_unknown")

    def test_a_shipped_year_stands_behind_an_own_one(self):
        self.assertTrue(self.put(2026, self.body(2026)).json["own"])
        back = self.put(2026, {"notices": [], "holidays": [], "version": 1}).json
        self.assertFalse(back["own"])
        self.assertEqual(len(back["holidays"]), 7)

    def test_faults_at_their_places(self):
        body = self.body(2041)
        day = body["holidays"][0]
        for changes, key, field in [
            ({"from": "2041-02-30"}, "catalogue.holiday_day", "/holidays/0/from"),
            ({"to": "2040-12-01"}, "catalogue.holiday_order", "/holidays/0/to"),
            ({"make_up": ["2041-01-04"]}, "catalogue.make_up_weekday", "/holidays/0/make_up"),
            ({"notice": "没有"}, "catalogue.holiday_notice", "/holidays/0/notice"),
            ({"from": "2042-02-01", "to": "2042-02-01"}, "catalogue.holiday_other_year", "/holidays/0/from"),
        ]:
            answer = self.put(2041, {**body, "holidays": [{**day, **changes}]})
            self.assertEqual((answer.status, answer.json["key"]), (422, key), answer)
            self.assertEqual(answer.json["faults"][0]["field"], field)
        answer = self.put(2041, {**body, "holidays": [day, day]})
        self.assertEqual(answer.json["key"], "catalogue.holiday_twice")
        self.refused(403, "access.denied", "PUT", "/api/holidays/2041", body, role="hospital_approver")
