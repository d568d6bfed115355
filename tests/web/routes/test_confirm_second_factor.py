import time

from harness import code_of
from people_service import FIRST, PeopleTest


class ConfirmSecondFactorRoute(PeopleTest):
    def test_who_needs_one_gets_nowhere_without(self):
        office = next(row for row in self.ok("GET", "/api/organisations", role="system_administrator",
                                             query={"kind": "procurement_office"})["rows"])
        client = self.person(office["id"], ["procurement_officer"])
        self.refused(403, "session.second_factor_missing", "GET", "/api/organisations", client=client)
        secret = self.ok("POST", "/api/session/second-factor", {"password": FIRST}, client=client)["secret"]
        self.refused(422, "second_factor.code_wrong", "PUT", "/api/session/second-factor", {"code": "abcdef"}, client=client)
        step = int(time.time()) // 30
        self.ok("PUT", "/api/session/second-factor", {"code": code_of(secret, step)}, client=client)
        self.ok("GET", "/api/organisations", client=client)
        self.assertEqual(self.ok("GET", "/api/session", client=client)["second_factor"],
                         {"needed": True, "enrolled": True, "given": True})
        self.refused(422, "second_factor.enrolled", "PUT", "/api/session/second-factor", {"code": "123456"}, client=client)
        login = client.account["login"]
        self.log_in_refused(401, "session.code_wrong", login, FIRST, code_of(secret, step))  # was used to confirm
        self.log_in(login, FIRST, code_of(secret, step + 1))

    def test_without_a_beginning(self):
        self.refused(422, "second_factor.none", "PUT", "/api/session/second-factor", {"code": "123456"}, client=self.person())
