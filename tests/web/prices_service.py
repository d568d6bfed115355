"""What the tests of price observations share, on top of tables_service.py."""

import random

from tables_service import PRODUCTS, TablesTest, csv

COLUMNS = ["product", "region", "source", "pack_price", "pack_units", "effective_from", "effective_to", "document"]
MONITOR = "price_monitor"


class PricesTest(TablesTest):
    def product(self, **members):
        """A new product of 14 tablets; its code."""
        code = f"XC10AAA{random.randrange(1000):03d}A001{random.randrange(10 ** 4):04d}05816"
        row = {"code": code, "name": "阿托伐他汀钙片", "spec": "20mg", "form": "普通片", "pack_units": "14", "supplier": "甲药业", **members}
        self.taken_over("products", csv(PRODUCTS, [row.get(name, "") for name in PRODUCTS]))
        return code

    def body(self, product, price, region="430000", **members):
        return {"product": product, "region": region, "source": "province_listing", "pack_price": price,
                "effective_from": "2026-03-01", "document": "湘药采〔2026〕1号", **members}

    def observe(self, product, price, region="430000", role=MONITOR, **members):
        return self.ok("POST", "/api/observations", self.body(product, price, region, **members), role=role, status=201)

    def row(self, product, price, region="湖南省", units="", day="2026-03-01", until="", document="文件", source="province_listing"):
        return [product, region, source, price, units, day, until, document]

    def listed(self, product, **query):
        return self.ok("GET", "/api/observations", role="hospital_reporter", query={"product": product, **query})["rows"]

    def seen(self, observation):
        return self.ok("GET", f"/api/observations/{observation}", role="hospital_reporter")

    def held(self, product):
        """Three plausible prices and one with a digit too many, which is held; its row."""
        for region, price in (("430000", "10.20"), ("320000", "9.80"), ("330000", "10.50")):
            self.assertEqual(self.observe(product, price, region)["state"], "counts")
        return self.observe(product, "102.00", "340000")
