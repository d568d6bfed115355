from people_service import PeopleTest

PATH = "/api/reporting-calendar"
ROUND = "YS-2026-1"


class ReportingCalendar(PeopleTest):
    def entries(self, role, **query):
        rows = self.ok("GET", PATH, role=role, query=query)
        self.assertEqual([row["at"] for row in rows], sorted(row["at"] for row in rows))
        return {(row["round"], row["what"]): row for row in rows}

    def test_of_hospital_bureau_and_officer(self):
        for role in ("hospital_reporter", "hospital_approver", "bureau_county", "bureau_city", "bureau_province",
                     "procurement_officer", "pharmacy", "supplier"):
            entries = self.entries(role)
            due = entries[ROUND, "volume_reporting"]
            self.assertEqual((due["state"], due["what_text"], due["state_text"]), ("open", "报量截止", "未截止"), role)
            self.assertEqual(due["at"][10:19], "T17:00:00")
            self.assertEqual(entries[ROUND, "notice"]["state"], "done")

    def test_bounds(self):
        day = self.entries("hospital_reporter")[ROUND, "volume_reporting"]["day"]
        self.assertIn((ROUND, "volume_reporting"), self.entries("hospital_reporter", **{"from": day, "until": day}))
        self.assertEqual(self.entries("hospital_reporter", **{"from": "2019-01-01", "until": "2019-12-31"}), {})
        self.refused(422, "calendar.range", "GET", PATH, role="hospital_reporter", query={"from": day, "until": "2019-01-01"})
        self.refused(422, "calendar.range", "GET", PATH, role="hospital_reporter",
                     query={"from": "2019-01-01", "until": "2020-12-31"})
        self.refused(401, "session.needed", "GET", PATH)
