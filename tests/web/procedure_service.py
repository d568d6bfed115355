"""What the tests of rounds at work share, on top of rounds_service.py.

    from procedure_service import ProcedureTest
"""

import io
import zipfile

from harness import unique
from rounds_service import ROUND, ROUNDS, RoundsTest

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
OFFICER, SECOND = "procurement_officer", "officer2"
LATER = ("bids.csv", "bidders.csv", "demand.csv", "packs.csv", "events.csv")  # comes after the notice
FUTURE = "2099-01-01T10:00:00"
OPENING = "2099-06-30"
STAGES = ["draft", "notice", "volume_reporting", "volume_confirmation", "bidding", "opening", "region_picking", "publicity",
          "award_final", "agreements", "execution"]


def ends(stage):
    """A deadline to come of each stage, one after the other: the draft's is FUTURE."""
    return f"2099-01-{STAGES.index(stage) + 1:02d}T10:00:00" if stage in STAGES else FUTURE


def folder_files(round_id, without=()):
    """The files of GY-YD2019-2 under another id, its opening to come."""
    files = {path.name: path.read_bytes() for path in (ROUNDS / ROUND).iterdir() if path.is_file() and path.name not in without}
    files["round.toml"] = files["round.toml"].replace(ROUND.encode(), round_id.encode(), 1).replace(b"2020-01-17", OPENING.encode(), 1)
    return files


def packed(files, folder="", extra=()):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{folder}/{name}" if folder else name, content)
        for name, content in extra:
            archive.writestr(name, content)
    return data.getvalue()


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}


class ProcedureTest(RoundsTest):
    @classmethod
    def tearDownClass(cls):
        """The rounds it made go: other tests know which rounds there are."""
        test = cls("run")
        own = "'^[A-Z]-[0-9a-f]{10}$'"
        test.sql("DELETE FROM document_pieces WHERE document IN (SELECT id FROM documents WHERE round REGEXP " + own + ")")
        tables = test.sql("SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'jicai' "
                          "AND column_name = 'round'").split()
        test.sql("SET FOREIGN_KEY_CHECKS = 0; " + " ".join(f"DELETE FROM {table} WHERE round REGEXP {own};" for table in tables)
                 + f" DELETE FROM rounds WHERE id REGEXP {own};")
        test.forget()

    def send_folder(self, data, role=OFFICER, **query):
        return self.call("POST", "/api/round-folders", data, role=role, query=query, headers={"Content-Type": "application/zip"})

    def imported(self, without=(), round_id=None):
        """A draft of its own out of a folder; its id."""
        round_id = round_id or unique("R")
        answer = self.send_folder(packed(folder_files(round_id, without), round_id))
        self.assertEqual(answer.status, 200, answer)
        return round_id

    def made(self):
        """A draft by form, without lots."""
        round_id = unique("F")
        self.ok("POST", "/api/rounds", {"id": round_id, "title": "试点", "kind": "drug", "rulebook": "gy-yd2019-2"},
                role=OFFICER, status=201)
        return round_id

    def setup_of(self, round_id, role=OFFICER):
        return self.ok("GET", f"/api/rounds/{round_id}/setup", role=role)

    def version(self, round_id):
        return self.setup_of(round_id)["round"]["version"]

    def attach(self, round_id, kind, role=OFFICER, data=PDF, name="审查.pdf", **query):
        return self.call("POST", f"/api/rounds/{round_id}/documents", data, role=role,
                         query={"kind": kind, "name": name, **query}, headers={"Content-Type": "application/pdf"})

    def sign(self, round_id, role=OFFICER, what="rulebook", digest=None):
        digest = digest or next(each["digest"] for each in self.setup_of(round_id)["to_sign"] if each["what"] == what)
        return self.call("POST", f"/api/rounds/{round_id}/signatures", {"what": what, "digest": digest}, role=role)

    def accept_all(self, round_id):
        paths = [value["path"] for value in self.setup_of(round_id)["rulebook"]["weak_values"] if not value["accepted_at"]]
        return self.ok("POST", f"/api/rounds/{round_id}/accepted-values", {"paths": paths}, role=OFFICER)

    def date(self, round_id, stage, at="", **basis):
        return self.call("PUT", f"/api/rounds/{round_id}/deadlines", {"stage": stage, **(basis or {"at": at or ends(stage)})}, role=OFFICER)

    def pass_to(self, round_id, to, reason="", role=OFFICER, version=None):
        return self.call("POST", f"/api/rounds/{round_id}/stage",
                         {"to": to, "reason": reason, "version": version or self.version(round_id)}, role=role)

    def ready_for_notice(self, round_id):
        for kind in ("fair_competition_review", "legal_review", "tender_document"):
            self.assertEqual(self.attach(round_id, kind).status, 201)
        self.accept_all(round_id)
        self.assertEqual(self.date(round_id, "notice").status, 200)
        for role in (OFFICER, SECOND):
            self.assertEqual(self.sign(round_id, role).status, 200)

    def at_notice(self, without=()):
        """A round whose notice is out."""
        round_id = self.imported(without)
        self.ready_for_notice(round_id)
        passed = self.pass_to(round_id, "notice")
        self.assertEqual((passed.status, passed.json["round"]["stage"] if passed.status == 200 else passed), (200, "notice"))
        return round_id

    def to_stage(self, round_id, wanted):
        """On from the notice, by the officer; the bidding ends by its deadline, so it is left by the database here."""
        order = ["notice", "volume_reporting", "volume_confirmation", "bidding"]
        for to in order[order.index(self.setup_of(round_id)["round"]["stage"]) + 1:]:
            self.assertEqual(self.date(round_id, to).status, 200)
            passed = self.pass_to(round_id, to)
            self.assertEqual(passed.status, 200, passed)
            if to == wanted:
                break
        return round_id
