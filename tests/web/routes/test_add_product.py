from tables_service import TablesTest


class AddProductRoute(TablesTest):
    def body(self, **members):
        return {"code": self.product_code(), "name": "阿司匹林肠溶片", "spec": "100mg", "form": "肠溶片", "pack_units": "30", "supplier": "某厂", **members}

    def test_add(self):
        made = self.ok("POST", "/api/products", self.body(), role="procurement_officer", status=201)
        self.assertEqual((made["initials"], made["kind"], made["price"], made["version"]), ("asplcrp", "western", "", 1))
        self.logged("product.created", f"product:{made['code']}")
        own = self.ok("POST", "/api/products", self.body(code="HRB-0001-%s" % made["code"][-6:], kind="hospital_preparation"), role="procurement_officer", status=201)
        self.assertEqual(own["kind_text"], "医疗机构制剂")

    def test_refusals(self):
        answer = self.refused(400, "request.invalid", "POST", "/api/products", self.body(pack_units="0", price="1,5"), role="procurement_officer")
        self.assertEqual({fault["field"] for fault in answer.json["faults"]}, {"/pack_units", "/price"})
        self.refused(422, "catalogue.product_kind", "POST", "/api/products", self.body(kind="reagent"), role="procurement_officer")
        body = self.body()
        self.ok("POST", "/api/products", body, role="procurement_officer", status=201)
        self.refused(409, "catalogue.code_taken", "POST", "/api/products", body, role="procurement_officer")
        self.refused(403, "access.denied", "POST", "/api/products", self.body(), role="supplier")
