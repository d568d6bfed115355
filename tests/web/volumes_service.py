"""What the tests of volume reports share, on top of harness.py: hospitals of their own in a round put to reporting."""

from harness import unique
from people_service import PeopleTest
from rounds_service import ROUND, RoundsTest

BASE = f"/api/rounds/{ROUND}"


class VolumesTest(PeopleTest, RoundsTest):
    def setUp(self):
        self.at_stage("volume_reporting")
        self.lots = self.sheet_of_round()

    def sheet_of_round(self):
        """Lots and specs as the round's files have them: [(lot, spec)]."""
        import csv
        from rounds_service import ROUNDS
        with open(ROUNDS / ROUND / "specs.csv", encoding="utf-8-sig", newline="") as file:
            return [(row["lot"], row["spec"]) for row in csv.DictReader(file)]

    def line(self, units, at=0, **members):
        lot, spec = self.lots[at]
        return {"lot": lot, "spec": spec, "units": str(units), **members}

    def new_hospital(self, region="230103"):
        """A hospital with a reporter and an approver who have logged in."""
        hospital = self.hospital(region=region, name=unique("医院"))
        hospital["reporter"] = self.person(hospital["id"], ("hospital_reporter",))
        hospital["approver"] = self.person(hospital["id"], ("hospital_approver",))
        hospital["path"] = f"{BASE}/reports/{hospital['code']}"
        return hospital

    def report(self, hospital, client=None):
        return self.ok("GET", hospital["path"], client=client or hospital["reporter"])

    def save(self, hospital, lines, version=None, client=None, status=200):
        client = client or hospital["reporter"]
        if version is None:
            version = self.report(hospital)["version"]
        answer = self.call("PUT", hospital["path"], {"lines": lines, "version": version}, client=client)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def step(self, hospital, step, client=None, role=None, status=200, **members):
        version = self.report(hospital)["version"]
        who = {"client": client} if client else {"role": role}
        answer = self.call("POST", hospital["path"] + "/steps", {"step": step, "version": version, **members}, **who)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def confirm(self, hospital):
        """From the hospital to the province."""
        self.step(hospital, "submit", client=hospital["reporter"])
        self.step(hospital, "approve", client=hospital["approver"])
        if hospital["region"][4:] != "00":
            self.step(hospital, "confirm", role="bureau_county")
        self.step(hospital, "confirm", role="bureau_city")
        return self.step(hospital, "confirm", role="bureau_province")

    def sums(self, role="procurement_officer", **query):
        return self.whole(f"{BASE}/volume-sums", role, **query)[0]
