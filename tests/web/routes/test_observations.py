from prices_service import PricesTest


class ObservationsRoute(PricesTest):
    def test_filters(self):
        product = self.product(supplier="乙药业专用")
        old = self.observe(product, "10", "430000", effective_to="2026-03-31")["id"]
        city = self.observe(product, "11", "440100", source="city_reference", effective_from="2026-04-01", document="穗价〔2026〕9号")["id"]
        for query, expected in (({}, [city, old]), ({"text": "穗价"}, [city]), ({"text": "ATFT"}, [city, old]), ({"text": "乙药业专用"}, [city, old]),
                                ({"region": "440000"}, [city]), ({"region": "000000"}, [city, old]), ({"source": "province_listing"}, [old]),
                                ({"as_of": "2026-03-31"}, [old]), ({"as_of": "2026-04-01"}, [city]), ({"as_of": "2026-02-28"}, []),
                                ({"known_at": "2020-01-01"}, []), ({"known_at": "2179-01-01"}, [city, old]), ({"state": "counts"}, [city, old]),
                                ({"state": "excluded"}, []), ({"state": "pending"}, []), ({"size": 10, "page": 2}, [])):
            self.assertEqual([row["id"] for row in self.listed(product, **query)], expected, query)
        self.assertEqual(self.listed("XNONE"), [])
        self.refused(422, "price.day_out_of_range", "GET", "/api/observations", role="supplier", query={"as_of": "1999-01-01"})
        self.refused(401, "session.needed", "GET", "/api/observations", role="public")
        self.export_matches("/api/observations", "supplier")
