from procedure_service import OFFICER, PDF, ProcedureTest


class AddDocument(ProcedureTest):
    def test_types_by_their_first_bytes(self):
        round_id = self.at_notice()
        for data, type_ in ((PDF, "application/pdf"), (b"\x89PNG\r\n\x1a\n" + b"0" * 20, "image/png"),
                            (b"\xff\xd8\xff\xe0" + b"0" * 20, "image/jpeg")):
            answer = self.attach(round_id, "other", data=data)
            self.assertEqual((answer.status, answer.json["type"], answer.json["bytes"]), (201, type_, len(data)))
        for data in (b"MZ" + b"0" * 50, b"PK\x03\x04" + b"0" * 50):
            answer = self.attach(round_id, "other", data=data)
            self.assertEqual((answer.status, answer.json["key"]), (422, "document.type"))
        largest = PDF + b"0" * ((20 << 20) - len(PDF))
        self.assertEqual(self.attach(round_id, "other", data=largest).status, 201)

    def test_a_wrong_one_is_replaced_before_the_notice(self):
        round_id = self.imported()
        wrong = self.attach(round_id, "legal_review", name="错.pdf").json["id"]
        right = self.attach(round_id, "legal_review", data=PDF + b"2", name="对.pdf", replaces=wrong)
        self.assertEqual(right.status, 201, right)
        self.assertEqual([each["name"] for each in self.setup_of(round_id)["documents"]], ["对.pdf"])
        self.refused(404, "document.not_found", "GET", f"/api/documents/{wrong}", role=OFFICER)
        self.assertEqual(self.sql(f"SELECT COUNT(*) FROM document_pieces WHERE document = {wrong}").strip(), "0")
        entry = self.sql(f"SELECT before_json, after_json FROM audit_entries WHERE action = 'round.document_replaced' AND "
                         f"object = 'round:{round_id}'")
        self.assertIn("错.pdf", entry)
        self.assertIn("对.pdf", entry)
        other = self.attach(round_id, "fair_competition_review", replaces=right.json["id"])
        self.assertEqual((other.status, other.json["key"]), (422, "document.replace"), "of another kind")
        gone = self.attach(round_id, "legal_review", replaces=wrong)
        self.assertEqual((gone.status, gone.json["key"]), (422, "document.replace"))
        self.ready_for_notice(round_id)
        self.assertEqual(self.pass_to(round_id, "notice").status, 200)
        tender = next(each["id"] for each in self.setup_of(round_id)["documents"] if each["kind"] == "tender_document")
        late = self.attach(round_id, "tender_document", replaces=tender)
        self.assertEqual((late.status, late.json["key"]), (422, "document.replace"), "what was published stays")

    def test_too_large_is_refused_unread(self):
        round_id = self.at_notice()
        connection = self.service.connect()
        connection.putrequest("POST", f"/api/rounds/{round_id}/documents?kind=other&name=x.pdf")
        for name, value in {**self.client(OFFICER).headers("POST"), "Content-Length": str((20 << 20) + 1)}.items():
            connection.putheader(name, value)
        connection.endheaders()
        self.assertEqual(connection.getresponse().status, 413)
        connection.close()

    def test_reviews_in_the_draft_only(self):
        round_id = self.at_notice()
        for role, key in ((OFFICER, "procedure.not_at_this_stage"), ("authority_discipline", "procedure.not_at_this_stage")):
            self.assertEqual(self.attach(round_id, "legal_review", role=role).json["key"], key)
        self.assertEqual(self.attach(round_id, "promise", role="supplier").status, 201)
        self.assertEqual(self.attach(round_id, "other", role="expert").json["key"], "access.denied")

    def test_what_the_office_says_comes_from_the_office(self):
        round_id = self.at_notice()
        for kind in ("tender_document", "correction", "agreements"):
            self.assertEqual(self.attach(round_id, kind, role="supplier").json["key"], "access.denied", kind)
        self.assertEqual(self.attach(round_id, "tender_document").status, 201)

    def test_each_kind_at_its_stages(self):
        round_id = self.at_notice()
        for kind, open_now in (("tender_document", True), ("correction", True), ("other", True), ("agreements", False),
                               ("qualification", True), ("stamped_report", False), ("late_filing", False)):
            answer = self.attach(round_id, kind)
            self.assertEqual((answer.status, answer.json.get("key")), (201, None) if open_now else (422, "document.stage"), kind)
        self.assertIn("报量、报量确认", answer.json["text"])

    def test_so_many_and_no_more(self):
        round_id = self.at_notice()
        for _ in range(20):
            self.assertEqual(self.attach(round_id, "qualification", role="supplier").status, 201)
        answer = self.attach(round_id, "qualification", role="supplier")
        self.assertEqual((answer.status, answer.json["key"]), (409, "document.too_many"))
        self.assertIn("20 份", answer.json["text"])
        self.assertEqual(self.attach(round_id, "other", role="supplier").status, 201)
        self.assertEqual(self.attach(round_id, "qualification").status, 201, "the office has a count of its own")

    def test_what_it_belongs_to(self):
        round_id = self.at_notice()
        for thing in ("lot:1", "report:H00000000000", "report:" + "1" * 300, "x" * 201):
            answer = self.attach(round_id, "other", object=thing)
            self.assertEqual((answer.status, answer.json["key"]), (422, "document.object"), thing)
