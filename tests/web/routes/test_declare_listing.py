from listings_service import HEILONGJIANG, OWN_FIRM, ListingsTest


class DeclareListingRoute(ListingsTest):
    def test_a_company_declares_its_own(self):
        body = {"region": HEILONGJIANG, "kind": "direct", "price": "8", "effective": self.day(1)}
        own = self.product(OWN_FIRM)
        made = self.ok("POST", "/api/listing-declarations", {"product": own, **body}, role="supplier", status=201)
        self.assertEqual((made["state"], made["may"]), ("declared", []))
        self.refused(422, "listing.not_your_product", "POST", "/api/listing-declarations",
                     {"product": self.product("别家药业"), **body}, role="supplier")
        self.refused(403, "access.denied", "POST", "/api/listing-declarations", {"product": own, **body}, role="bureau_province")
