from listings_service import ListingsTest


class ListingRoute(ListingsTest):
    def test_everything_and_why(self):
        entry = self.listed(price="10", clause="黑医保发〔2026〕1号")
        self.assertEqual(self.change(entry, price="9.5", ground_kind="voluntary", ground="协议1", effective=self.day(2)).status, 200)
        seen = self.ok("GET", f"/api/listings/{entry['id']}", role="bureau_province")
        self.assertEqual([(one["price"], one["effective"], one["ground_kind"], one["clause"]) for one in seen["versions"]],
                         [("10", self.day(1), "declared", "黑医保发〔2026〕1号"), ("9.5", self.day(2), "voluntary", "")])
        self.assertEqual([one["act"] for one in seen["events"]], ["declare", "review", "publicise", "list"])
        self.assertTrue(all(one["act_text"] and one["to_text"] and one["by"] for one in seen["events"]))
        self.assertEqual(seen["may"], ["suspend", "delist"])
        # The public sees what was done, not by whom; nobody else may do anything.
        public = self.ok("GET", f"/api/listings/{entry['id']}")
        self.assertEqual({one["by"] for one in public["events"] + public["versions"]}, {""})
        self.assertEqual(public["may"], [])
        self.refused(404, "listing.not_found", "GET", "/api/listings/999999")
