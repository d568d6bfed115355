from prices_service import MONITOR, PricesTest


class AddObservationRoute(PricesTest):
    def test_one(self):
        product = self.product()
        made = self.observe(product, "10.2", evaluated="yes", collected_by="王敏", collected_on="2026-03-05", effective_to="2027-02-28")
        self.assertEqual([made[name] for name in ("product", "name", "maker", "region", "region_text", "source", "price", "pack_units",
                                                  "unit_price", "effective_from", "effective_to", "status", "state", "evaluated",
                                                  "collected_by", "entered_by", "events")],
                         [product, "阿托伐他汀钙片", "甲药业", "430000", "湖南省", "province_listing", "10.2", "14", "0.7286", "2026-03-01",
                          "2027-02-28", "in_force", "counts", True, "王敏", "monitor", []])
        self.assertEqual(self.seen(made["id"]), made)
        self.logged("observation.created", f"observation:{made['id']}")
        by_name = self.observe(product, "10.3", region="内蒙古")
        self.assertEqual(by_name["region"], "150000")

    def test_the_same_entry_twice(self):
        product = self.product()
        first = self.observe(product, "10.2")
        answer = self.refused(409, "price.entered_already", "POST", "/api/observations", self.body(product, "10.20"), role=MONITOR)
        self.assertIn(str(first["id"]), answer.json["text"])
        for other in ({"price": "10.21"}, {"region": "440000"}, {"source": "province_award"}, {"effective_from": "2026-03-02"}, {"document": ""}):
            self.observe(product, other.pop("price", "10.2"), **other)
        self.assertEqual(len(self.listed(product)), 6)

    def test_out_of_bounds(self):
        product = self.product()
        for member, value, key in (("pack_price", "0", None), ("pack_price", "100000000.0001", None), ("pack_price", "1.00001", None),
                                   ("pack_price", "-3", None), ("pack_units", "0", None), ("pack_units", "1000001", None),
                                   ("source", "hearsay", None), ("effective_from", "2026-02-30", None), ("product", "", None)):
            body = self.body(product, "10.2")
            body[member] = value
            answer = self.refused(400, "request.invalid", "POST", "/api/observations", body, role=MONITOR)
            self.assertEqual([fault["field"] for fault in answer.json["faults"]], [f"/{member}"], value)
        for members, field, key in (({"product": "XNONE"}, "/product", "price.product_unknown"), ({"region": "朝阳区"}, "/region", "price.region_unknown"),
                                    ({"effective_from": "1999-12-31"}, "/effective_from", "price.day_out_of_range"),
                                    ({"effective_to": "2026-02-28"}, "/effective_to", "price.period_reversed"),
                                    ({"collected_on": "2179-01-01"}, "/collected_on", "price.collected_later")):
            answer = self.refused(422, key, "POST", "/api/observations", {**self.body(product, "10.2"), **members}, role=MONITOR)
            self.assertEqual([fault["field"] for fault in answer.json["faults"]], [field])
        self.assertEqual(self.listed(product), [])
        for members in ({"pack_price": "100000000"}, {"pack_price": "0.0001", "pack_units": "1000000"}, {"effective_to": "2026-03-01"}):
            self.observe(product, members.pop("pack_price", "10.2"), **members)

    def test_implausible_is_held(self):
        made = self.held(self.product())
        self.assertEqual((made["state"], [event["kind"] for event in made["events"]]), ("pending", ["held"]))

    def test_who(self):
        product = self.product()
        self.refused(403, "access.denied", "POST", "/api/observations", self.body(product, "1"), role="hospital_reporter")
        region = self.ok("GET", "/api/session", role="bureau_province")["organisation"]["region"]
        self.observe(product, "11", region=region, role="bureau_province")
        other = "440000" if region != "440000" else "430000"
        self.refused(403, "price.region_not_yours", "POST", "/api/observations", self.body(product, "12", other), role="bureau_province")
