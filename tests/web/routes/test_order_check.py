from listings_service import HEILONGJIANG, SHANDONG, ListingsTest


class OrderCheckRoute(ListingsTest):
    def test_answers(self):
        entry = self.listed(price="10", clause="黑医保发〔2026〕1号")
        product = entry["product"]
        answer = self.order(product, "10.01")
        self.assertEqual((answer["allowed"], answer["outcome"], answer["enforced_price"], answer["from"], answer["listing"]),
                         (False, "above_price", "10", self.day(1), entry["id"]))
        self.assertIn("黑医保发〔2026〕1号", answer["text"])
        self.assertTrue(answer["next"])
        self.assertEqual([(one["price"], one["ground_kind"]) for one in answer["ceilings"]], [("10", "declared")])
        # Cities and counties take their province's listing; another province has none.
        for region in (HEILONGJIANG, "230100", "230102"):
            self.assertTrue(self.order(product, "10", region=region)["allowed"], region)
        self.assertEqual(self.order(product, "10", region=SHANDONG)["outcome"], "not_listed")
        self.assertEqual(self.order(product, "10", self.day(0))["outcome"], "not_yet")

    def test_every_ceiling_is_shown_and_the_lowest_governs(self):
        entry = self.listed(price="10")
        entry = self.change(entry, price="9", ground_kind="voluntary", effective=self.day(2)).json
        answer = self.order(entry["product"], "9.01", self.day(2))
        self.assertEqual([(one["price"], one["ground_kind"]) for one in answer["ceilings"]], [("9", "voluntary"), ("10", "declared")])
        self.assertEqual((answer["allowed"], answer["enforced_price"]), (False, "9"))

    def test_refusals(self):
        query = {"product": "X", "region": HEILONGJIANG, "price": "1"}
        self.refused(422, "listing.region_unknown", "GET", "/api/order-check", role="supplier", query={**query, "region": "000000"})
        self.refused(422, "listing.price_form", "GET", "/api/order-check", role="supplier", query={**query, "price": "0"})
        self.refused(401, "session.needed", "GET", "/api/order-check", query=query)
