from rounds_service import ROUND, RoundsTest

PATH = f"/api/rounds/{ROUND}/lots/31/bids"


class LotBids(RoundsTest):
    def test_the_rows_of_the_lots_page(self):
        page = self.get(f"/api/rounds/{ROUND}/lots/31", "expert").json
        rows, first = self.whole(PATH, "expert")
        self.assertEqual(first["columns"], page["columns"])
        for row, bid in zip(rows, page["bids"]):
            self.assertEqual(row, {name: bid[name] for name in row})
        self.assertEqual(len(rows), len(page["bids"]))

    def test_exports(self):
        self.assertEqual(len(self.exports_match(PATH, "expert")), 8)
        self.exports_match(PATH, "supplier", lang="en")
        self.assertEqual(self.file_name(self.get(PATH, "expert", format="csv-gb18030")), f"申报-{ROUND}-31.csv")

    def test_a_name_that_begins_like_a_formula_is_text(self):
        """A bidder called =HYPERLINK(...) in the stored folder."""
        evil = "=HYPERLINK(1)"
        before = self.sql(f"SELECT HEX(bytes) FROM round_files WHERE round = '{ROUND}' AND path = 'bidders.csv'").strip()
        text = bytes.fromhex(before).decode().replace("山东方明,山东方明", f"山东方明,{evil}")

        def put(data):
            self.sql(f"UPDATE round_files SET bytes = 0x{data.hex()} WHERE round = '{ROUND}' AND path = 'bidders.csv'; "
                             f"UPDATE rounds SET version = version + 1 WHERE id = '{ROUND}'")
            self.forget()

        self.addCleanup(put, bytes.fromhex(before))
        put(text.encode())
        rows = self.exports_match(PATH, "expert")
        self.assertIn(evil, [row["supplier_name"] for row in rows])
        for form, encoding in (("csv", "utf-8-sig"), ("csv-gb18030", "gb18030")):
            body = self.get(PATH, "expert", format=form).body.decode(encoding)
            self.assertIn(f",'{evil},", body)

    def test_closed_to_the_public(self):
        self.get(PATH, expect=401)
