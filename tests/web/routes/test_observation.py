from prices_service import PricesTest


class ObservationRoute(PricesTest):
    def test_one(self):
        made = self.observe(self.product(), "10")
        self.assertEqual(self.seen(made["id"])["price"], "10")
        answer = self.refused(404, "price.observation_not_found", "GET", "/api/observations/999999999", role="supplier")
        self.assertIn("999999999", answer.json["text"])
