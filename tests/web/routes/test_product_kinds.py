from tables_service import TablesTest

KINDS = ["western", "tcm_patent", "tcm_granules", "tcm_pieces", "hospital_preparation", "consumable", "reagent"]


class ProductKindsRoute(TablesTest):
    def test_every_kind_says_what_counts_and_how_well_it_is_known(self):
        kinds = self.ok("GET", "/api/product-kinds", role="hospital_reporter")["kinds"]
        self.assertEqual([kind["kind"] for kind in kinds], KINDS)
        for kind in kinds:
            self.assertEqual(len({one["policy"] for one in kind["policies"]}), 6, kind["kind"])
            self.assertTrue(all(one["note"] and one["evidence_text"] for one in kind["policies"]))
        western = {one["policy"]: one for one in kinds[0]["policies"]}
        self.assertEqual((western["price_ratio"]["counts"], western["price_ratio"]["evidence"]), (True, "official"))
