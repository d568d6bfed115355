from listings_service import ListingsTest


class ChangeListingRoute(ListingsTest):
    def test_only_lower_prices_and_one_fen_counts(self):
        entry = self.listed(price="10")
        answer = self.change(entry, price="10.01", effective=self.day(3))
        self.assertEqual((answer.status, answer.json["key"]), (422, "listing.would_raise"))
        self.assertIn("涨价审批", answer.json["text"])
        entry = self.change(entry, price="9.99", effective=self.day(3)).json
        product = entry["product"]
        for day, price, allowed in ((2, "10", True), (2, "10.01", False), (3, "9.98", True), (3, "9.99", True), (3, "10", False)):
            self.assertEqual(self.order(product, price, self.day(day))["allowed"], allowed, (day, price))

    def test_a_late_price_opens_a_compensation(self):
        entry = self.declared(price="10", effective=self.day(0))
        for act in ("review", "publicise"):
            entry = self.act(entry, act)
        entry = self.act(entry, "list", effective=self.day(0))
        product = entry["product"]
        self.assertTrue(self.order(product, "10", self.day(0))["allowed"])
        entry = self.change(entry, price="9", effective=self.day(0), ground="迟报").json
        self.assertTrue(self.order(product, "10", self.day(0))["allowed"])
        self.assertFalse(self.order(product, "10", self.day(1))["allowed"])
        self.assertEqual([(one["from"], one["to"], one["difference"]) for one in entry["compensations"]],
                         [(self.day(0), self.day(0), "1")])
        listed = self.ok("GET", "/api/compensations", role="bureau_province", query={"product": product})["rows"]
        self.assertEqual([(row["old_price"], row["new_price"], row["ground"]) for row in listed], [("10", "9", "迟报")])

    def test_pack_and_details(self):
        entry = self.listed(self.product(form="普通片", packs="14"), "34.12")
        entry = self.change(entry, pack_units=30, effective=self.day(3)).json
        self.assertEqual((entry["working"]["price"], entry["pack_units"]), ("71.11", "30"))
        self.assertTrue(self.order(entry["product"], "71.11", self.day(3))["allowed"])
        self.assertFalse(self.order(entry["product"], "71.12", self.day(3))["allowed"])
        self.assertFalse(self.order(entry["product"], "34.13", self.day(2))["allowed"])
        self.assertEqual(self.change(entry, pack_units=30).json["key"], "listing.same_pack")
        self.assertEqual(self.change(entry, holder="新持有人").json["key"], "listing.reason_needed")
        entry = self.change(entry, holder="新持有人", name="新名称", kind="shortage", reason="持有人变更").json
        self.assertEqual((entry["holder"], entry["name"], entry["kind"]), ("新持有人", "新名称", "shortage"))
        self.assertIn("新持有人", entry["events"][-1]["change"])
        self.assertEqual(self.change(entry, holder="新持有人", reason="再次").json["key"], "listing.nothing_changed")
        unknown = self.listed(self.product(form="糖葫芦剂"))
        self.assertEqual(self.change(unknown, pack_units=30, effective=self.day(3)).json["key"], "listing.form_unknown")
