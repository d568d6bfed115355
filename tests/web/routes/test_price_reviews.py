from prices_service import PricesTest


class PriceReviewsRoute(PricesTest):
    def test_suggestions(self):
        """A digit too many and the price of a tablet for that of a pack."""
        product = self.product()
        digit = self.held(product)["id"]
        unit = self.observe(product, "0.73", "350000")
        self.assertEqual(unit["state"], "pending")
        rows = {row["id"]: row for row in self.ok("GET", "/api/price-reviews", role="procurement_officer", query={"text": product})["rows"]}
        self.assertEqual({key: [row[name] for name in ("hold", "slip", "suggested_price", "state")] for key, row in rows.items()},
                         {digit: ["too_high", "tenfold", "10.2", "pending"], unit["id"]: ["too_low", "unit_price_as_pack", "10.22", "pending"]})
        self.assertEqual(rows[digit]["median_unit"], "0.7286")
        query = {"text": product, "state": "accepted"}
        self.assertEqual(self.ok("GET", "/api/price-reviews", role="supplier", query=query)["rows"], [])
        self.export_matches("/api/price-reviews", "supplier")
