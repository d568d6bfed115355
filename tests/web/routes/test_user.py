from people_service import PeopleTest


class UserRoute(PeopleTest):
    def test_one(self):
        made = self.account()
        row = self.ok("GET", f"/api/users/{made['id']}", role="security_administrator")
        self.assertEqual((row["login"], row["name"], row["roles"], row["active"]), (made["login"], "测试人员", [], True))
        self.refused(404, "user.not_found", "GET", "/api/users/999999", role="system_administrator")
        self.refused(403, "access.denied", "GET", f"/api/users/{made['id']}", role="hospital_approver")
