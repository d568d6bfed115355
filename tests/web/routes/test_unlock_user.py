from people_service import PeopleTest


class UnlockUserRoute(PeopleTest):
    def test_ends_the_lock(self):
        made = self.account()
        for _ in range(4):
            self.log_in_refused(401, "session.wrong", made["login"], "Wrong-Password-1")
        self.log_in_refused(403, "session.locked", made["login"], "Wrong-Password-1")
        row = self.ok("GET", f"/api/users/{made['id']}", role="security_administrator")
        self.assertEqual((row["locked"], row["state"]), (True, "locked"))
        row = self.ok("POST", f"/api/users/{made['id']}/unlock", role="security_administrator")
        self.assertFalse(row["locked"])
        self.log_in(made["login"], made["password"])
        self.logged("user.unlocked", f"user:{made['id']}")

    def test_refusals(self):
        made = self.account()
        self.refused(403, "access.denied", "POST", f"/api/users/{made['id']}/unlock", role="system_administrator")
        self.refused(404, "user.not_found", "POST", "/api/users/999999/unlock", role="security_administrator")
