from tables_service import TablesTest


class ProductRoute(TablesTest):
    def test_one(self):
        code = self.product_code()
        body = {"code": code, "name": "维生素C片", "spec": "0.1g", "form": "片剂", "pack_units": "100", "supplier": "某厂", "price": "2.5"}
        made = self.ok("POST", "/api/products", body, role="procurement_officer", status=201)
        self.assertEqual(self.ok("GET", f"/api/products/{code}", role="hospital_reporter"), made)
        self.refused(404, "catalogue.product_not_found", "GET", "/api/products/X", role="hospital_reporter")
