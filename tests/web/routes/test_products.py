from tables_service import PRODUCTS, TablesTest, csv


class ProductsRoute(TablesTest):
    def test_real_codes_and_search(self):
        """Codes of the published national lists (health insurance catalogues of drugs and of consumables)."""
        firm = "测试药业%s" % self.product_code()[-9:]
        rows = [["XA06ADF336P001010105816", "86905816001374", "复方聚乙二醇(3350)电解质散", "13.125g", "散剂", "10", firm, "", ""],
                ["ZA01BAW0281010100169", "86900169001439", "五粒回春丸", "0.1g", "丸剂", "10", firm, "", ""],
                ["C0101010011303807555", "", "气管支气管支架（覆膜）", "大", "支架", "1", firm, "", ""],
                ["T000100001", "", "人参饮片", "统", "饮片", "1", firm, "", ""]]
        self.taken_over("products", csv(PRODUCTS, *rows))
        found = self.ok("GET", "/api/products", role="hospital_reporter", query={"text": firm})["rows"]
        self.assertEqual({row["code"]: row["kind"] for row in found}, {rows[0][0]: "western", rows[1][0]: "tcm_patent",
                                                                       rows[2][0]: "consumable", rows[3][0]: "tcm_pieces"})
        for text in ("WLHC", "rsyp", "86905816", "za01baw"):
            self.assertTrue(self.ok("GET", "/api/products", role="hospital_reporter", query={"text": text})["rows"], text)
        self.assertEqual([row["code"] for row in self.ok("GET", "/api/products", role="hospital_reporter",
                                                         query={"text": firm, "kind": "consumable", "active": "yes"})["rows"]], [rows[2][0]])
        self.export_matches("/api/products", "procurement_officer")

    def test_check_digits(self):
        made = self.uploaded("products", csv(PRODUCTS, ["XA06ADF336P001010105816", "86905816001375", "散", "1g", "散剂", "1", "厂", "", ""],
                                             [self.product_code(), "", "片", "1g", "片剂", "1", "厂", "", "中成药"]))
        self.assertEqual([(fault["cell"], fault["kind"]) for fault in made["faults"]],
                         [("B2", "fault.code_check_digit"), ("I3", "catalogue.product_kind")], "cells and what they mean in one look")
        made = self.uploaded("products", csv(PRODUCTS, [self.product_code(), "", "片", "1g", "片剂", "1", "厂", "", "中成药"]))
        self.assertEqual([(fault["cell"], fault["kind"]) for fault in made["faults"]], [("I2", "catalogue.product_kind")])
