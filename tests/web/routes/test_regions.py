from people_service import PeopleTest


class RegionsRoute(PeopleTest):
    def regions(self, **query):
        return {one["code"]: one["name"] for one in self.ok("GET", "/api/regions", query=query)["regions"]}

    def test_provinces_and_what_organisations_use(self):
        regions = self.regions()
        self.assertEqual(len([code for code in regions if code.endswith("0000")]), 32)
        self.assertEqual(regions["000000"], "全国")
        self.assertEqual(regions["230000"], "黑龙江省")
        self.assertEqual(regions["230100"], "哈尔滨市")
        self.assertEqual(regions["230103"], "南岗区")
        self.assertEqual(self.regions(lang="en")["230000"], "Heilongjiang")

    def test_within(self):
        cities = self.regions(within="230000")
        self.assertEqual(len(cities), 13)
        self.assertEqual(cities["230100"], "哈尔滨市")
        counties = self.regions(within="230100")
        self.assertEqual(counties["230102"], "道里区")
        self.assertNotIn("230200", counties)
        self.assertEqual(len(self.regions(within="000000")), 31)
        self.assertEqual(self.regions(within="230102"), {})
        self.assertEqual(self.regions(within="x"), {})
