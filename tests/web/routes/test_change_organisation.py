from harness import unique
from people_service import PeopleTest


def body_of(row, **members):
    kept = {name: row[name] for name in ("code", "name", "kind", "region", "active", "version")}
    return {**kept, **members}


class ChangeOrganisationRoute(PeopleTest):
    def change(self, row, **members):
        return self.call("PUT", f"/api/organisations/{row['id']}", body_of(row, **members), role="system_administrator")

    def test_somebody_faster(self):
        made = self.hospital()
        changed = self.change(made, name=unique("改名"))
        self.assertEqual((changed.status, changed.json["version"]), (200, made["version"] + 1))
        late = self.change(made, name=unique("改名"))
        self.assertEqual((late.status, late.json["key"]), (409, "people.changed"))
        row = self.logged("organisation.changed", f"organisation:{made['id']}")
        self.assertIn(made["name"], row["before"])
        self.assertIn(changed.json["name"], row["after"])

    def test_disabling_ends_the_sessions(self):
        made = self.hospital()
        client = self.person(made["id"])
        self.assertEqual(self.change(made, active=False).status, 200)
        self.assertFalse(self.is_logged_in(client))
        self.log_in_refused(401, "session.wrong", client.account["login"], "First-2026-pw")

    def test_refusals(self):
        made = self.hospital()
        self.assertEqual(self.change(made, parent=made["id"]).json["key"], "organisation.parent_below")
        self.account(made["id"], ["hospital_buyer"])
        self.assertEqual(self.change(made, kind="supplier", code="91440300708461136T").json["key"], "organisation.kind_in_use")
        self.refused(404, "organisation.not_found", "PUT", "/api/organisations/999999", body_of(made), role="system_administrator")
        own = self.ok("GET", "/api/session", role="system_administrator")["organisation"]
        row = self.ok("GET", f"/api/organisations/{own['id']}", role="system_administrator")
        self.assertEqual(self.change(row, active=False).json["key"], "organisation.own")
        self.refused(403, "access.denied", "PUT", f"/api/organisations/{made['id']}", body_of(made), role="procurement_officer")
