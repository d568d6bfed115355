from harness import unique
from prices_service import MONITOR, PricesTest
from tables_service import csv


class ChangeColumnMappingRoute(PricesTest):
    TITLES = ["医保码", "挂网省份", "类别", "挂网价", "起始", "公告"]

    def test_applied_to_uploads(self):
        product, source = self.product(), unique("平台")
        path = f"/api/column-mappings/observations/{source}"
        columns = [{"title": title, "column": column} for title, column in
                   zip(self.TITLES, ["product", "region", "source", "pack_price", "effective_from", "document"])]
        made = self.ok("PUT", path, {"columns": columns, "version": 0}, role=MONITOR)
        self.assertEqual((made["version"], made["login"], made["columns"][0]["column_title"]), (1, "monitor", "产品编码"))
        self.assertIn(source, self.ok("GET", path, role=MONITOR)["sources"])
        self.refused(409, "price.mapping_changed", "PUT", path, {"columns": columns, "version": 0}, role=MONITOR)
        data = csv(self.TITLES, [product, "湖南", "省级挂网价", "12.5", "2026-03-01", "文"])
        self.assertEqual(self.uploaded("observations", data, role=MONITOR)["state"], "faulty", "without the source nobody knows the titles")
        sent = self.uploaded("observations", data, role=MONITOR, source=source)
        self.assertEqual((sent["state"], sent["changes"]["added"]), ("ready", 1), sent)
        # What was looked at is what is taken over, whatever is remembered meanwhile.
        self.ok("PUT", path, {"columns": columns[:1], "version": 1}, role=MONITOR)
        self.assertEqual(self.accept(sent["id"], role=MONITOR).status, 200)
        self.assertEqual([row["price"] for row in self.listed(product)], ["12.5"])

    def test_refusals(self):
        path = f"/api/column-mappings/observations/{unique('s')}"
        one = {"title": "码", "column": "product"}
        for columns, key in (([], "price.mapping_empty"), ([{**one, "title": ""}], "price.mapping_title"),
                             ([one, {**one, "column": "region"}], "price.mapping_title_twice"),
                             ([{**one, "column": "colour"}], "price.mapping_column_unknown"),
                             ([one, {**one, "title": "编码"}], "price.mapping_column_twice")):
            self.refused(422, key, "PUT", path, {"columns": columns, "version": 0}, role=MONITOR)
        answer = self.upload("observations", b"x", role=MONITOR, source="没有的来源")
        self.assertEqual((answer.status, answer.json["key"]), (422, "price.mapping_unknown"))
