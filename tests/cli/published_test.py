#!/usr/bin/env python3
"""The two bundled real rounds come out as the office published them: winners in order, region counts, pack prices, national volumes."""

from collections import defaultdict
from decimal import Decimal

from harness import DONE, FIRST, SECOND, CliTest, jicai, main, rows


class Published(CliTest):
    def replays(self, folder, lots, counts):
        out = self.work / "out"
        self.ends(jicai("award", folder, "--out", out), DONE)
        ours, published = defaultdict(list), defaultdict(list)
        for row in rows(out / "awards.csv"):
            if row["outcome"] == "won":
                ours[row["lot"]].append(row)
        for row in sorted(rows(folder / "published" / "awards.csv"), key=lambda row: int(row["rank"])):
            published[row["lot"]].append(row)
        in_order = sum([row["supplier"] for row in ours[lot]] == [row["supplier"] for row in published[lot]] for lot in published)
        winners = [(our, office) for lot in published for our, office in zip(ours[lot], published[lot])]
        prices = sum(Decimal(our["price"]) == Decimal(office["pack_price"]) for our, office in winners)
        regions = sum(our["regions"] == office["regions"] for our, office in winners)

        def key(row):
            return tuple(row[name] for name in ("lot", "supplier", "product", "form", "spec", "pack_units"))

        packs_ours = {key(row): row["pack_price"] for row in rows(out / "packs_priced.csv")}
        packs = [(packs_ours.get(key(row)), row["pack_price"]) for row in rows(folder / "published" / "packs_priced.csv")]
        packs_right = sum(our is not None and Decimal(our) == Decimal(office) for our, office in packs)

        document = self.json_of(jicai("volumes", folder, "--json"))
        volumes_ours = {(row["lot"], row["spec"], str(row["percent"])): row["quantity"] for row in document["volumes"]}
        volumes = rows(folder / "published" / "national_volumes.csv")
        volumes_right = sum(volumes_ours.get((row["lot"], row["spec"], row["percent"])) == row["quantity"] for row in volumes)

        awarded = sum(len(group) for group in published.values())
        print(f"\n{folder.name}: winners in order {in_order} of {len(published)} lots, pack prices of winners {prices} of {awarded}, "
              f"region counts {regions} of {awarded}, supply prices {packs_right} of {len(packs)}, national volumes {volumes_right} of {len(volumes)}")
        self.assertEqual(len(published), lots)
        self.assertEqual((len(rows(folder / "lots.csv")), sum(bool(group) for group in ours.values())), (lots, lots))
        self.assertEqual((awarded, len(packs), len(volumes)), counts)
        self.assertEqual((in_order, prices, regions, packs_right, volumes_right), (lots, awarded, awarded, len(packs), len(volumes)))
        self.assertEqual(sum(len(group) for group in ours.values()), awarded)

    def test_first_extension(self):
        self.replays(FIRST, 25, (60, len(rows(FIRST / "published" / "packs_priced.csv")), len(rows(FIRST / "published" / "national_volumes.csv"))))

    def test_second(self):
        self.replays(SECOND, 32, (100, len(rows(SECOND / "published" / "packs_priced.csv")), len(rows(SECOND / "published" / "national_volumes.csv"))))


if __name__ == "__main__":
    main()
