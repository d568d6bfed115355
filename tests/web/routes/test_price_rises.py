from listings_service import ListingsTest


class PriceRisesRoute(ListingsTest):
    def test_list(self):
        entry = self.listed(price="10")
        made = self.ok("POST", "/api/price-rises", {"listing": entry["id"], "price": "12", "cause": "cost", "reason": "原料涨价"},
                       role="bureau_province", status=201)
        rows = self.ok("GET", "/api/price-rises", role="price_monitor", query={"product": entry["product"], "region": "230000"})["rows"]
        self.assertEqual([(row["id"], row["from_price"], row["to_price"], row["state"]) for row in rows],
                         [(made["id"], "10", "12", "proposed")])
        self.assertEqual(self.ok("GET", "/api/price-rises", role="price_monitor",
                                 query={"product": entry["product"], "region": "370000"})["total"], 0)
