import csv
import io
import signal

from harness import Service, World
from volumes_service import BASE, ROUND, VolumesTest


class VolumeSums(VolumesTest):
    def by_sql(self, level, statuses):
        """Plain SQL over the reports: the sums there must be."""
        digits = {"country": 0, "province": 2, "city": 4, "county": 6}[level]
        text = self.sql(
            f"SELECT RPAD(LEFT(r.region, {digits}), 6, '0'), l.lot, l.spec, l.brand, SUM(l.units), COUNT(DISTINCT r.hospital) "
            f"FROM volume_reports r JOIN volume_lines l ON l.round = r.round AND l.hospital = r.hospital "
            f"WHERE r.round = '{ROUND}' AND r.status IN ({statuses}) AND l.units > 0 GROUP BY 1, 2, 3, 4")
        return sorted(tuple(line.split("\t")) for line in text.splitlines())

    def shown(self, **query):
        return sorted((row["region"], row["lot"], row["spec"], row["brand"], row["quantity"], str(row["hospitals"]))
                      for row in self.sums(**query))

    def test_every_level_and_count_is_what_the_database_holds(self):
        first, second = self.new_hospital(), self.new_hospital(region="230100")
        self.save(first, [self.line(10**12), self.line(3, 1, brand="齐鲁")])
        self.save(second, [self.line(7)])
        self.confirm(first)
        for level in ("country", "province", "city", "county"):
            for counted, statuses in (("all", "0,1,2,3,4,5,6"), ("submitted", "1,2,3,4,5"), ("confirmed", "5")):
                self.assertEqual(self.shown(level=level, counted=counted), self.by_sql(level, statuses), (level, counted))
        self.assertIn("哈尔滨", " ".join(row["region_text"] for row in self.sums(level="city", within="230000", counted="all")))

    def test_a_change_of_another_process_is_seen_at_once(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(11)])
        self.shown(level="county", counted="all")
        self.sql(f"UPDATE volume_lines SET units = 12 WHERE hospital = {hospital['id']}; UPDATE volume_reports SET "
                 f"version = version + 1, stored_at = UTC_TIMESTAMP(6) WHERE hospital = {hospital['id']}")
        self.assertEqual(self.shown(level="county", counted="all"), self.by_sql("county", "0,1,2,3,4,5,6"))

    def test_bureaus_see_their_region_hospitals_and_suppliers_nothing_yet(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(5)])
        regions = {row["region"] for row in self.sums("bureau_city", level="county", counted="all", within="000000")}
        self.assertTrue(regions and all(region.startswith("2301") for region in regions))
        self.assertEqual(self.sums("bureau_city", level="county", counted="all", within="310000"), [])
        for role in ("supplier", "hospital_reporter"):
            self.denied(f"{BASE}/volume-sums", "access.round_stage", 403, role)

    def test_exports(self):
        self.save(self.new_hospital(), [self.line(5), self.line(6, 1)])
        self.exports_match(f"{BASE}/volume-sums", "procurement_officer", level="county", counted="all")


class AfterAKill(VolumesTest):
    """A service of its own, killed between two reports."""

    @property
    def world(self):
        if not hasattr(AfterAKill, "own"):
            AfterAKill.own = World(Service())
        return AfterAKill.own

    def test_sums_are_those_of_before(self):
        hospital = self.new_hospital()
        self.save(hospital, [self.line(123456789012), self.line(5, 1)])
        self.confirm(hospital)
        before = self.sums(level="county", counted="confirmed")
        self.assertEqual(sum(int(row["quantity"]) for row in before), 123456789017)
        self.service.stop(signal.SIGKILL)
        self.service.start()
        self.world.clients = {"public": self.world.clients["public"]}
        self.world.used_codes = {}
        self.assertEqual(self.sums(level="county", counted="confirmed"), before)
        rows = list(csv.reader(io.StringIO(self.sql(f"SELECT SUM(units) FROM volume_lines WHERE round = '{ROUND}'"))))
        self.assertEqual(rows, [["123456789017"]])
