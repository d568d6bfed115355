from prices_service import MONITOR, PricesTest


class ProductPricesRoute(PricesTest):
    def working(self, product, **query):
        return self.ok("GET", f"/api/prices/{product}", role="supplier", query={"as_of": "2026-06-01", "region": "230000", **query})

    def test_five_prices_by_the_policies(self):
        """The worked example: unit prices 9.80, 10.20, 10.50, 11.00, 12.40."""
        product = self.product(pack_units="1")
        for region, price in (("430000", "9.80"), ("320000", "10.20"), ("330000", "10.50"), ("340000", "11.00"), ("350000", "12.40")):
            self.observe(product, price, region, evaluated="yes")
        for policy, reference, used in (("heilongjiang-minimum", "9.8", 1), ("price-watch", "10.5", 1)):
            page = self.working(product, policy=policy)
            self.assertEqual((page["kind"], page["reference_unit"], page["counted"]), ("found", reference, 5), policy)
        self.assertEqual(self.working(product)["policy"], "price-watch")

    def test_what_counts_and_why_not(self):
        product = self.product()
        low = self.observe(product, "9.80", "430000")["id"]
        expired = self.observe(product, "9.90", "320000", effective_to="2026-05-31")["id"]
        later = self.observe(product, "10.00", "330000", effective_from="2026-06-02")["id"]
        emergency = self.observe(product, "10.10", "340000", source="emergency")["id"]
        suspended = self.observe(product, "10.30", "350000", status="suspended")["id"]
        wrong = self.observe(product, "10.40", "360000")["id"]
        self.ok("POST", f"/api/observations/{wrong}/exclusion", {"reason": "文号有误"}, role=MONITOR)
        page = self.working(product)
        rows = {row["id"]: row for row in page["observations"]}
        self.assertEqual({key: row["reason"] for key, row in rows.items()},
                         {low: "", expired: "expired", later: "not_yet_effective", emergency: "source_not_counted", suspended: "suspended",
                          wrong: "excluded_by_event"})
        self.assertEqual([row["id"] for row in page["observations"] if row["used"]], [low])
        self.assertEqual((page["reference_unit"], page["reference"], rows[low]["converted"], rows[low]["divided"]), ("0.7", "9.8", "0.7", "0.7"))
        self.assertEqual(self.working(product, as_of="2026-05-31")["counted"], 2)

    def test_the_two_routes_between_packs_disagree(self):
        """28 tablets at 19.60: 0.70 by division; by the rule a pack of 14 is worth 19.60 / 1.95."""
        product = self.product()
        for price, units, region in (("9.80", "14", "430000"), ("19.60", "28", "320000")):
            self.observe(product, price, region, pack_units=units)
        rows = {row["pack_units"]: row for row in self.working(product)["observations"]}
        self.assertEqual(rows["28"]["divided"], "0.7")
        self.assertNotEqual(rows["28"]["by_ratio"], "")
        self.assertTrue(rows["28"]["routes_differ"])

    def test_history_as_steps(self):
        product = self.product(pack_units="1")
        self.observe(product, "10", "430000", effective_from="2026-01-01")
        self.observe(product, "8", "430100", effective_from="2026-02-01", effective_to="2026-02-28")
        self.observe(product, "9", "320000", effective_from="2026-02-01", effective_to="2026-02-10")
        self.assertEqual({one["region"]: [(point["day"], point["price"]) for point in one["points"]] for one in self.working(product)["history"]},
                         {"湖南": [("2026-01-01", "10"), ("2026-02-01", "8"), ("2026-03-01", "10")],
                          "江苏": [("2026-02-01", "9"), ("2026-02-11", "")]})

    def test_refusals(self):
        product = self.product()
        self.assertEqual(self.working(product)["kind"], "none")
        self.refused(404, "catalogue.product_not_found", "GET", "/api/prices/XNONE", role="supplier")
        self.refused(422, "price.policy_unknown", "GET", f"/api/prices/{product}", role="supplier", query={"policy": "none"})
        self.refused(422, "price.day_out_of_range", "GET", f"/api/prices/{product}", role="supplier", query={"as_of": "1999-01-01"})
        waits = self.ok("GET", f"/api/prices/{product}", role="supplier", query={"policy": "jiangsu-2021-labels"})
        self.assertIn(waits["kind"], ("waiting", "none"))
