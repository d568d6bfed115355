from datetime import date, timedelta

from people_service import PeopleTest


class AuditRoute(PeopleTest):
    def test_filters(self):
        made = self.account()
        thing = f"user:{made['id']}"
        rows = self.entries(object=thing)
        self.assertEqual([row["action"] for row in rows], ["user.created"])
        self.assertEqual(rows[0]["action_text"], "新建用户")
        self.assertEqual(rows[0]["result_text"], "完成")
        self.assertEqual(self.entries(object=thing, action="user.")[0]["id"], rows[0]["id"])
        self.assertEqual(self.entries(object=thing, action="key."), [])
        self.assertEqual(self.entries(object=thing, login="nobody"), [])
        self.assertEqual(self.entries(object=thing, login=rows[0]["login"])[0]["id"], rows[0]["id"])
        day = date.fromisoformat(rows[0]["at"][:10])
        self.assertEqual(len(self.entries(object=thing, **{"from": day, "until": day})), 1)  # the day included
        self.assertEqual(self.entries(object=thing, until=day - timedelta(days=1)), [])
        self.assertEqual(self.entries(object=thing, **{"from": day + timedelta(days=1)}), [])
        self.refused(400, "request.invalid", "GET", "/api/audit", role="audit_administrator", query={"from": "2026-02-30"})

    def test_newest_first_and_as_a_file(self):
        ids = [row["id"] for row in self.entries(size=100)]
        self.assertEqual(ids, sorted(ids, reverse=True))
        self.export_matches("/api/audit", "audit_administrator")

    def test_who(self):
        self.ok("GET", "/api/audit", role="authority_discipline")
        for role in ("system_administrator", "security_administrator", "procurement_officer", "supplier"):
            self.refused(403, "access.denied", "GET", "/api/audit", role=role)
        self.assertEqual(self.entries(action="access.denied")[0]["result_text"], "拒绝")
