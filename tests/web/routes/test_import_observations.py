from prices_service import COLUMNS, MONITOR, PricesTest
from tables_service import cells_of, csv, xlsx


class ImportObservations(PricesTest):
    def sent(self, *rows, make=csv, name="价格.csv"):
        return self.uploaded("observations", make(COLUMNS, *rows), role=MONITOR, name=name)

    def taken(self, *rows):
        made = self.sent(*rows)
        self.assertEqual(made["state"], "ready", made)
        answer = self.accept(made["id"], role=MONITOR)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_taken_over_once(self):
        product = self.product()
        rows = [self.row(product, "10.2"), self.row(product, "10.3", region="320000"), self.row(product, "20.6", region="江苏省", units="28")]
        first = self.taken(*rows)
        self.assertEqual((first["changes"]["added"], first["changes"]["same"]), (3, 0))
        self.assertEqual({(row["region"], row["price"], row["pack_units"], row["import"]) for row in self.listed(product)},
                         {("430000", "10.2", "14", first["id"]), ("320000", "10.3", "14", first["id"]), ("320000", "20.6", "28", first["id"])})
        again = self.taken(*rows, self.row(product, "10.4", region="浙江"))
        self.assertEqual((again["changes"]["added"], again["changes"]["same"]), (1, 3))
        self.assertEqual(len(self.listed(product)), 4)

    def test_every_fault_by_its_cell(self):
        product = self.product()
        rows = [(self.row(product, "10.2"), "", ""),
                (self.row(product, "10.2", region="430000"), "A", "price.twice_in_file"),
                (self.row("XNONE", "0"), "D", "fault.number_zero"),
                (self.row("XNONE", "1"), "A", "price.product_unknown"),
                (self.row(product, "1", region="火星"), "B", "price.region_unknown"),
                (self.row(product, "1", source="传闻"), "C", "fault.choice_unknown"),
                (self.row(product, "1.00001"), "D", "fault.number_decimals"),
                (self.row(product, "1", units="1000001"), "E", "fault.number_too_large"),
                (self.row(product, "1", day="2026-13-01"), "F", "fault.date_malformed"),
                (self.row(product, "1", day="1999-12-31"), "F", "price.day_out_of_range"),
                (self.row(product, "1", until="2026-02-28"), "G", "price.period_reversed")]
        for make, name in ((csv, "价格.csv"), (xlsx, "价格.xlsx")):
            made = self.sent(*(row for row, _, _ in rows), make=make, name=name)
            self.assertEqual([(fault["cell"], fault["kind"]) for fault in made["faults"]],
                             [(f"{column}{number}", kind) for number, (_, column, kind) in enumerate(rows, 2) if column], name)
        self.assertEqual(self.accept(made["id"], role=MONITOR).json["key"], "import.faulty")
        self.assertEqual(self.listed(product), [])

    def test_gb18030(self):
        product = self.product()
        data = csv(COLUMNS, self.row(product, "10.2", document="粤药〔2026〕3号")).decode().encode("gb18030")
        made = self.uploaded("observations", data, role=MONITOR)
        self.assertEqual(self.accept(made["id"], role=MONITOR).status, 200)
        self.assertEqual(self.listed(product)[0]["document"], "粤药〔2026〕3号")

    def test_the_error_workbook_has_the_faulty_rows_and_is_sent_again(self):
        product = self.product()
        made = self.sent(self.row(product, "10.2"), self.row(product, "10.3", region="火星"), self.row(product, "x", region="320000"))
        answer = self.call("GET", f"/api/imports/{made['id']}/errors", role=MONITOR)
        rows = cells_of(answer.body)
        self.assertEqual(len(rows), 3, "the header and the two rows with faults")
        self.assertTrue(all(row[len(COLUMNS)] for row in rows[1:]), rows)
        rows[1][1], rows[2][3] = "440000", "10.4"
        mended = self.uploaded("observations", xlsx(rows[0], *rows[1:]), role=MONITOR, name="错误.xlsx")
        self.assertEqual((mended["state"], mended["changes"]["added"]), ("ready", 2), mended)

    def test_implausible_ones_are_held(self):
        product = self.product()
        self.taken(self.row(product, "10.2"), self.row(product, "10.3", region="江苏"), self.row(product, "9.9", region="浙江"),
                   self.row(product, "101", region="安徽"), self.row(product, "142.8", region="福建"))
        self.assertEqual({row["price"]: row["state"] for row in self.listed(product)},
                         {"10.2": "counts", "10.3": "counts", "9.9": "counts", "101": "pending", "142.8": "pending"})
        rows = self.ok("GET", "/api/price-reviews", role=MONITOR, query={"text": product})["rows"]
        self.assertEqual({row["price"]: row["slip"] for row in rows}, {"101": "tenfold", "142.8": "packs_as_unit_price"})

    def test_overtaken(self):
        product = self.product()
        slow = self.sent(self.row(product, "10.2"), self.row(product, "10.3", region="江苏"))
        self.taken(self.row(product, "10.2"))
        answer = self.accept(slow["id"], role=MONITOR)
        self.assertEqual((answer.status, answer.json["key"]), (409, "import.overtaken"))
        self.assertEqual(len(self.listed(product)), 1)

    def test_pieces(self):
        """More rows than are taken at once, and more faults than are described."""
        product = self.product()
        rows = [self.row(product, f"{10 + number / 10000:.4f}".rstrip("0").rstrip("."), document=f"文{number}") for number in range(12001)]
        self.assertEqual(self.taken(*rows)["changes"]["added"], 12001)
        self.assertEqual(self.ok("GET", "/api/observations", role=MONITOR, query={"product": product})["total"], 12001)
        made = self.sent(*([self.row("XNONE", "1", document=str(number)) for number in range(21000)]))
        self.assertEqual((made["fault_count"], made["rows"]), (21000, 21000))

    def test_products_and_purchases(self):
        product = self.product()
        facts = ["product", "content_mg", "material", "maker", "variety", "evaluated", "originator", "replaces"]
        made = self.uploaded("price_products", csv(facts, [product, "20", "铝塑", "丙药业", "他汀", "是", "no", ""], ["XNONE", "", "", "", "", "", "", ""]), role=MONITOR)
        self.assertEqual([(fault["cell"], fault["kind"]) for fault in made["faults"]], [("A3", "price.product_unknown")])
        made = self.uploaded("price_products", csv(facts, [product, "20", "铝塑", "丙药业", "他汀", "是", "no", ""]), role=MONITOR)
        self.assertEqual(self.accept(made["id"], role=MONITOR).status, 200)
        seen = self.ok("GET", f"/api/prices/{product}", role=MONITOR)["product"]
        self.assertEqual([seen[name] for name in ("content_mg", "material", "maker", "variety", "evaluated", "originator")],
                         ["20", "铝塑", "丙药业", "他汀", True, False])
        bought = ["product", "month", "packs", "hospital"]
        made = self.uploaded("purchases", csv(bought, [product, "2026-3", "5", ""], [product, "2026-13", "5", ""], [product, "2026-03", "-1", ""]), role=MONITOR)
        self.assertEqual([(fault["cell"], fault["kind"]) for fault in made["faults"]],
                         [("B2", "price.month_malformed"), ("B3", "price.month_malformed"), ("C4", "fault.number_sign")])
        for packs, expected in (("5", (2, 0, 0)), ("5", (0, 0, 2)), ("6", (0, 2, 0))):
            made = self.uploaded("purchases", csv(bought, [product, "2026-03", packs, "H23010000001"], [product, "2026-04", packs, ""]), role=MONITOR)
            self.assertEqual(tuple(made["changes"][name] for name in ("added", "changed", "same")), expected)
            self.assertEqual(self.accept(made["id"], role=MONITOR).status, 200)
