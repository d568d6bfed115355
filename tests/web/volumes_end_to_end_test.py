"""From hospitals' reports to the award: what provinces confirmed is the exported folder's demand.csv, unit for unit, and `jicai award`
on that folder gives the volumes of the pages.

    volumes_end_to_end_test.py     (JICAI names the program, as in harness.py)
"""

import csv
import io
import subprocess
import sys
import unittest
import zipfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "routes")]

from harness import BINARY  # noqa: E402
from rounds_service import ROUND, plain_environment  # noqa: E402
from volumes_service import BASE, VolumesTest  # noqa: E402


class FromReportsToTheAward(VolumesTest):
    def elsewhere(self, region, units):
        """A confirmed report of another province, and one that is not confirmed."""
        for status, factor in ((5, 1), (1, 7)):
            hospital = self.hospital(region=region)["id"]
            self.sql(f"INSERT INTO volume_reports VALUES ('{ROUND}', {hospital}, '{region}', {status}, 0, 0, {len(self.lots)}, 1, NULL, "
                     f"UTC_TIMESTAMP(6), 0, '', UTC_TIMESTAMP(6), 1)")
            rows = ", ".join(f"('{ROUND}', {hospital}, {number}, '{lot}', '{spec}', '', {units * factor + number}, 0, '')"
                             for number, (lot, spec) in enumerate(self.lots))
            self.sql(f"INSERT INTO volume_lines VALUES {rows}")

    def test_demand_is_what_was_confirmed_and_the_award_follows(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(1000 + at, at) for at in range(len(self.lots))])
        self.confirm(hospital)
        self.elsewhere("110105", 2_000_000)
        self.elsewhere("650102", 999_999_999)
        confirmed = {(row["lot"], row["spec"], row["region"]): int(row["quantity"])
                     for row in self.sums(level="province", counted="confirmed")}
        self.assertEqual(len(confirmed), 3 * len(self.lots))
        self.at_stage("volume_confirmation")
        self.ok("PUT", f"{BASE}/deadlines", {"stage": "bidding", "at": "2099-01-01T10:00:00+08:00"}, role="procurement_officer")
        version = int(self.sql(f"SELECT version FROM rounds WHERE id = '{ROUND}'"))
        passing = {"to": "bidding", "version": version}
        self.refused(422, "procedure.conditions_unmet", "POST", f"{BASE}/stage", passing, role="procurement_officer")
        self.sql(f"UPDATE volume_reports SET status = 0, version = version + 1 WHERE round = '{ROUND}' AND status = 1")
        self.ok("POST", f"{BASE}/stage", passing, role="procurement_officer")

        self.at_stage("closed")
        folder = self.service.folder / "exported"
        archive = zipfile.ZipFile(io.BytesIO(self.get(f"{BASE}/folder", "procurement_officer").body))
        archive.extractall(folder)
        demand_file = next(folder.rglob("demand.csv"))
        names = {"黑龙江": "230000", "北京": "110000"}
        demand = Counter()
        with open(demand_file, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                region = "650000" if row["region"].startswith("新疆") else names[row["region"]]
                demand[row["lot"], row["spec"], region] += int(row["quantity"])
        self.assertEqual(dict(demand), confirmed)

        out = self.service.folder / "awarded"
        subprocess.run([str(BINARY), "award", str(demand_file.parent), "--out", str(out)], check=True, capture_output=True,
                       env=plain_environment(), timeout=120)
        with open(out / "volumes.csv", encoding="utf-8", newline="") as file:
            awarded = [[row[name] for name in ("lot", "spec", "region", "percent", "quantity")] for row in csv.DictReader(file)]
        rows, _ = self.whole(f"{BASE}/volumes", "procurement_officer")
        self.assertTrue(awarded)
        self.assertEqual([[row["lot"], row["spec"], row["region"], str(row["percent"]), row["quantity"]] for row in rows], awarded)


if __name__ == "__main__":
    unittest.main(verbosity=2)
