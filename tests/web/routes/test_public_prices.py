from listings_service import ListingsTest


class PublicPricesRoute(ListingsTest):
    def test_everyone_reads_plain_words(self):
        firm = "公示药业%s" % self.product_code()[-9:]
        entry = self.declared(self.product(firm), "12.5", effective=self.day(0))
        for act in ("review", "publicise"):
            entry = self.act(entry, act)
        self.assertEqual(self.ok("GET", "/api/public-prices", query={"text": firm})["total"], 0)
        self.act(entry, "list", effective=self.day(0))
        row, = self.ok("GET", "/api/public-prices", query={"text": firm, "region": "230102"})["rows"]
        self.assertEqual((row["price"], row["from"]), ("12.5", self.day(0)))
        for word in ("阿托伐他汀钙片", "12.50 元", "黑龙江", firm):
            self.assertIn(word, row["text"])
        later = self.listed(self.product(firm), "13")
        texts = [row["text"] for row in self.ok("GET", "/api/public-prices", query={"text": later["product"]})["rows"]]
        self.assertIn("尚不能采购", texts[0])
