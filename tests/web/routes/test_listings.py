from listings_service import HEILONGJIANG, SHANDONG, ListingsTest
from tables_service import csv


class ListingsRoute(ListingsTest):
    def test_search_and_export(self):
        firm = "挂网药业%s" % self.product_code()[-9:]
        code = self.product(firm)
        self.listed(code, "12.5", effective=self.day(0))
        rows = self.ok("GET", "/api/listings", query={"text": firm})["rows"]
        self.assertEqual([(row["product"], row["region"], row["state"], row["holder"]) for row in rows],
                         [(code, HEILONGJIANG, "listed", firm)])
        # Not to be ordered before tomorrow: today it has no price.
        self.assertEqual((rows[0]["price"], rows[0]["state_from"]), ("", self.day(1)))
        for query in ({"product": code}, {"product": code, "region": "230102", "kind": "direct", "state": "listed"},
                      {"text": "atftt", "product": code}):
            self.assertEqual(self.ok("GET", "/api/listings", query=query)["total"], 1, query)
        for query in ({"product": code, "region": SHANDONG}, {"product": code, "kind": "shortage"},
                      {"product": code, "state": "delisted"}):
            self.assertEqual(self.ok("GET", "/api/listings", query=query)["total"], 0, query)
        self.export_matches("/api/listings", "hospital_buyer")

    def test_the_register_comes_as_a_table(self):
        titles = ["product", "region", "kind", "price", "effective", "holder", "clause"]
        code, other = self.product(), self.product()
        day = self.day(-30)
        rows = [[code, HEILONGJIANG, "direct", "10", day, "", "旧目录"], [other, HEILONGJIANG, "non_winning", "20.5", day, "持有人", ""]]
        self.taken_over_by("bureau_province", titles, rows)
        entry, = self.ok("GET", "/api/listings", query={"product": code})["rows"]
        self.assertEqual((entry["state"], entry["price"], entry["price_from"], entry["clause"]), ("listed", "10", day, "旧目录"))
        self.assertTrue(self.order(code, "10", self.day(-1))["allowed"])
        self.assertFalse(self.order(code, "10", self.day(-31))["allowed"])
        # The same again changes nothing; a lower price of a past day takes effect tomorrow and opens a compensation.
        made = self.uploaded("listings", csv(titles, *rows), role="bureau_province")
        self.assertEqual((made["state"], made["changes"]), ("ready", {"added": 0, "changed": 0, "same": 2, "removed": 0}))
        rows[0][3], rows[0][4] = "9", self.day(-2)
        rows[1][2] = "shortage"
        self.taken_over_by("bureau_province", titles, rows)
        self.assertTrue(self.order(code, "10", self.day(0))["allowed"])
        self.assertFalse(self.order(code, "9.01")["allowed"])
        owed = self.ok("GET", "/api/compensations", role="bureau_province", query={"product": code})["rows"]
        self.assertEqual([(row["from"], row["to"], row["difference"]) for row in owed], [(self.day(-2), self.day(0), "1")])
        self.assertEqual(self.ok("GET", "/api/listings", query={"product": other})["rows"][0]["kind"], "shortage")
        # Every fault by cell, nothing taken over.
        rows = [[code, HEILONGJIANG, "direct", "9.01", self.day(9), "", ""], [other, SHANDONG, "direct", "1", day, "", ""],
                [other, "230100", "direct", "1", day, "", ""], [self.product_code("99999"), HEILONGJIANG, "direct", "1", day, "", ""]]
        made = self.uploaded("listings", csv(titles, *rows), role="bureau_province")
        self.assertEqual({(fault["cell"], fault["kind"]) for fault in made["faults"]},
                         {("D2", "listing.would_raise"), ("B3", "listing.region_not_yours"), ("B4", "listing.region_not_province"),
                          ("A5", "catalogue.product_not_found")})

    def taken_over_by(self, role, titles, rows):
        made = self.uploaded("listings", csv(titles, *rows), role=role)
        self.assertEqual(made["state"], "ready", made)
        self.assertEqual(self.accept(made["id"], role=role).status, 200)
