"""What the tests of the listing register share, on top of tables_service.py."""

from datetime import date, timedelta

from tables_service import PRODUCTS, TablesTest, csv

HEILONGJIANG, SHANDONG = "230000", "370000"
OWN_FIRM = "齐鲁制药有限公司（演示）"  # the demo's supplier


class ListingsTest(TablesTest):
    def today(self):
        return date.fromisoformat(self.ok("GET", "/api/service")["clock"]["now"][:10])

    def day(self, days=0):
        """So many days from today, by the service's clock, Beijing."""
        return (self.today() + timedelta(days)).isoformat()

    def product(self, supplier="测试药业", form="普通片", packs="14", name="阿托伐他汀钙片", spec="10mg"):
        """A new product of the catalogue; its code."""
        code = self.product_code()
        self.taken_over("products", csv(PRODUCTS, [code, "", name, spec, form, packs, supplier, "", ""]))
        return code

    def declared(self, code=None, price="10", role="bureau_province", status=201, **members):
        body = {"product": code or self.product(), "region": HEILONGJIANG, "kind": "direct", "price": price,
                "effective": self.day(1), **members}
        body = {name: value for name, value in body.items() if value is not None}
        return self.ok("POST", "/api/listings", body, role=role, status=status)

    def act(self, entry, act, role="bureau_province", **members):
        return self.ok("POST", f"/api/listings/{entry['id']}/state", {"act": act, "version": entry["version"], **members}, role=role)

    def listed(self, code=None, price="10", **members):
        """An entry that may be ordered from tomorrow on."""
        entry = self.declared(code, price, **members)
        for act in ("review", "publicise", "list"):
            entry = self.act(entry, act)
        return entry

    def change(self, entry, role="bureau_province", **members):
        return self.call("POST", f"/api/listings/{entry['id']}/changes", {"version": entry["version"], **members}, role=role)

    def order(self, product, price, day=None, region=HEILONGJIANG, role="hospital_buyer", **query):
        return self.ok("GET", "/api/order-check", role=role,
                       query={"product": product, "region": region, "price": price, "day": day or self.day(1), **query})
