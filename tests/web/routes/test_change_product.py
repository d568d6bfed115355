from tables_service import TablesTest


class ChangeProductRoute(TablesTest):
    def test_change_end_and_versions(self):
        code = self.product_code()
        body = {"code": code, "name": "片", "spec": "1g", "form": "片剂", "pack_units": "10", "supplier": "厂"}
        made = self.ok("POST", "/api/products", body, role="procurement_officer", status=201)
        wanted = {**body, "price": "3.1", "active": False, "version": made["version"]}
        saved = self.ok("PUT", f"/api/products/{code}", wanted, role="procurement_officer")
        self.assertEqual((saved["price"], saved["active"], saved["active_text"]), ("3.1", False, "已停用"))
        self.refused(409, "people.changed", "PUT", f"/api/products/{code}", wanted, role="procurement_officer")
        self.refused(404, "catalogue.product_not_found", "PUT", "/api/products/X", {**wanted, "code": "X"}, role="procurement_officer")
        self.refused(422, "catalogue.code_fixed", "PUT", f"/api/products/{code}", {**wanted, "code": self.product_code()}, role="procurement_officer")
