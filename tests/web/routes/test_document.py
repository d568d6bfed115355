from procedure_service import OFFICER, PDF, ProcedureTest


class Document(ProcedureTest):
    def test_the_same_bytes(self):
        round_id = self.imported()
        data = PDF + bytes(range(256)) * 9000
        id_ = self.attach(round_id, "legal_review", data=data, name="合法性审查.pdf").json["id"]
        answer = self.call("GET", f"/api/documents/{id_}", role=OFFICER)
        self.assertEqual((answer.status, answer.headers["Content-Type"], answer.body), (200, "application/pdf", data))
        self.assertEqual(self.file_name(answer), "合法性审查.pdf")
        self.refused(404, "document.not_found", "GET", "/api/documents/999999", role=OFFICER)
