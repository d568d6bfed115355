from listings_service import HEILONGJIANG, SHANDONG, ListingsTest


class AddListingRoute(ListingsTest):
    def test_declared_and_refused(self):
        code = self.product()
        entry = self.declared(code, "10.5", reason="新增")
        self.assertEqual((entry["state"], entry["kind"], entry["may"]), ("declared", "direct", ["review", "reject"]))
        self.assertIsNone(entry["working"])
        self.logged("listing.declared", f"listing:{entry['id']}")
        body = {"product": code, "region": HEILONGJIANG, "kind": "direct", "price": "10.5", "effective": self.day(1)}

        def refused(status, key, role="bureau_province", **members):
            self.refused(status, key, "POST", "/api/listings", {**body, **members}, role=role)

        refused(409, "listing.entered_already")
        refused(404, "catalogue.product_not_found", product="XNONE")
        other = self.product()
        for price in ("0", "-1", "1.00001", "1e3", "１", "1000000001"):
            refused(422, "listing.price_form", product=other, price=price)
        refused(422, "listing.day_unknown", product=other, effective="2026-02-30")
        refused(403, "access.denied", product=other, region=SHANDONG)
        refused(422, "listing.region_not_province", product=other, region="230100")
        # The national office may enter every province.
        self.declared(other, region=SHANDONG, role="procurement_officer")

    def test_a_winners_other_pack_is_priced_by_the_ratio_rule(self):
        """Clopidogrel 75 mg x14 at 34.12 is 71.11 for 30 (published; docs of the price-ratio rule, example 3)."""
        firm = "中选药业%s" % self.product_code()[-9:]
        winner = self.declared(self.product(firm, name="氯吡格雷片", spec="75mg"), "34.12", kind="won_with_volume")
        large = self.product(firm, name="氯吡格雷片", spec="75mg", packs="30")
        made = self.declared(large, None, kind="won_with_volume", derived_from=winner["id"])
        self.assertEqual(made["working"]["price"], "71.11")
        self.assertEqual((made["working"]["from_units"], made["working"]["to_units"]), ("14", "30"))
        self.assertTrue(made["working"]["steps"][0]["clause"])
        self.assertEqual((made["versions"][0]["price"], made["versions"][0]["ground_kind"], made["derived_from"]),
                         ("71.11", "pack", winner["id"]))
        stranger = self.product("别家", name="氯吡格雷片", spec="75mg", packs="7")
        self.refused(422, "listing.not_a_pack_of", "POST", "/api/listings", {
            "product": stranger, "region": HEILONGJIANG, "kind": "direct", "effective": self.day(1), "derived_from": winner["id"]}, role="bureau_province")
