"""Acts x stages x roles on the running service: what docs/procedure.md says (the test `procedure` compares it with the program) is
what the routes do. For every stage of a national drug round every role sends the request of every act, each sound in everything but
the stage and the role: it is done exactly where the table allows it, and a refusal says what the stage allows. Acts that have no
route yet are compared by the page of the round, which lists what one may do. Then once more after the stage's deadline.

    acts_test.py     (JICAI names the program, as in harness.py)
"""

import sys
import tomllib
import unittest
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "routes")]

from harness import Service, World, unique  # noqa: E402
from procedure_service import LATER, OFFICER, PDF, ROUND, ProcedureTest, ends, folder_files, packed  # noqa: E402

STAGES = ["draft", "notice", "volume_reporting", "volume_confirmation", "bidding", "opening", "region_picking", "publicity",
          "award_final", "agreements", "execution", "closed", "cancelled"]
# What a stage's deadline does not end by itself: the round stays and acts bound to the deadline are refused.
STAYS = ["draft", "volume_confirmation", "opening", "region_picking", "publicity"]
HOSPITAL, PHARMACY = "H23010000101", "P23010200201"
BUREAUS = ["bureau_county", "bureau_city", "bureau_province"]
NO_ROUTE = {"submit_bid", "withdraw_bid", "open_bids", "set_aside_bid", "accept_rescue", "draw_lots", "witness", "pick_region",
            "sign_agreement", "substitute_winner", "cancel_award"}


def merge(into, more):
    for name, value in more.items():
        if isinstance(value, dict):
            merge(into.setdefault(name, {}), value)
        else:
            into[name] = value


WORDS = {}
for file in sorted((HERE.parents[1] / "catalogs/messages").glob("*.toml")):
    merge(WORDS, tomllib.loads(file.read_text("utf-8")))


def table():
    """{act: (stages, roles, whether the deadline ends it)} of docs/procedure.md."""
    acts = {}
    text = (HERE.parents[1] / "docs/procedure.md").read_text("utf-8")
    for line in text.split("| act |")[1].splitlines()[2:]:
        if not line.startswith("|"):
            break
        act, stages, roles, deadline = (cell.strip() for cell in line.strip("|").split("|"))
        acts[act] = (stages.split(", "), roles.split(", "), deadline == "yes")
    return acts


TABLE = table()


def stage_word(stage):
    return WORDS["round_stage"][stage]["zh"]


def act_word(act):
    return WORDS["word"]["act"][act]["zh"]


def role_word(role):
    return WORDS["word"]["role"][role]["zh"]


def may(act, stage, role, late):
    stages, roles, ends = TABLE[act]
    return stage in stages and role in roles and not (late and ends)


class Asked:
    """A request: the acts of the table it stands for, and how it is made sound again after it was done."""

    def __init__(self, name, acts, send, sound=None, only=STAGES, also=()):
        self.name, self.acts, self.send, self.sound, self.only, self.also = name, acts, send, sound, only, also

    def allowed(self, stage, role, late):
        if (stage, role) in self.also:
            return not late
        return stage in self.only and any(may(act, stage, role, late) for act in self.acts)


class ActsStagesRoles(ProcedureTest):
    own = None

    @property
    def world(self):
        return self.own

    @classmethod
    def setUpClass(cls):
        cls.own = World(Service())

    @classmethod
    def tearDownClass(cls):
        cls.own.service.close()

    def setUp(self):
        self.roles = sorted({role for role in self.world.accounts() if role != "officer2"}) + ["anyone"]
        self.assertEqual(len(self.roles), 23)
        self.assertLessEqual({role for _, roles, _ in TABLE.values() for role in roles}, set(self.roles))
        # In a county, so that county, city and province are above it.
        self.sql(f"UPDATE organisations SET region = '230103', version = version + 1 WHERE code IN ('{HOSPITAL}', '{PHARMACY}')")
        self.forget()
        self.hospitals = {code: int(self.sql(f"SELECT id FROM organisations WHERE code = '{code}'")) for code in (HOSPITAL, PHARMACY)}

    def client_of(self, role):
        return "public" if role == "anyone" else role

    # --- a round at a stage, with all that acts are about

    def round_at(self, stage, late):
        self.without = LATER if STAGES.index(stage) < STAGES.index("bidding") else ()
        round_id = self.imported(self.without)
        past = (datetime.now() - timedelta(days=2)).strftime("%Y-%m-%d %H:%M:%S")
        dates = ", ".join(f"('{round_id}', {STAGES.index(each)}, '{past if late and each == stage else ends(each)[:10] + ' 02:00:00'}', '', 0)"
                          for each in STAGES[:-2])
        by = "1, 1, 'x', 'x', UTC_TIMESTAMP(6)"
        asked = ", ".join(f"('{round_id}', '{kind}', {by}, '?', '', 0, 0, '', '', NULL, 0, 1)"
                          for kind in ("comment", "question", "objection"))
        self.sql(f"INSERT INTO stage_deadlines (round, stage, at, counted_from, working_days) VALUES {dates};"
                 f"INSERT INTO inquiries (round, kind, by_user, by_organisation, by_login, by_name, at, text, answer, answered_by_user,"
                 f" answered_by_organisation, answered_by_login, answered_by_name, answered_at, correction, version) VALUES {asked};"
                 f"INSERT INTO corrections (round, number, digest_before, digest_after, summary, by_user, by_organisation, by_login,"
                 f" by_name, at) VALUES ('{round_id}', 1, 'a', 'b', '更正', {by});"
                 f"INSERT INTO lot_changes (round, lot, state, reason, into_round, by_user, by_organisation, by_login, by_name, at)"
                 f" VALUES ('{round_id}', '2', 'cancelled', 'x', '', {by});"
                 f"UPDATE rounds SET stage = {STAGES.index(stage)}, version = version + 1 WHERE id = '{round_id}'")
        self.inquiries = dict(line.split("\t") for line in
                              self.sql(f"SELECT kind, id FROM inquiries WHERE round = '{round_id}'").splitlines())
        self.forget()
        self.digest = self.to_sign(round_id)
        return round_id

    def to_sign(self, round_id):
        return next(each["digest"] for each in self.setup_of(round_id)["to_sign"] if each["what"] == "rulebook")

    def report_row(self, round_id, code, status, leave=False):
        """The report of a hospital at a status, version 1, one line; with leave to be late or without."""
        hospital = self.hospitals[code]
        lot, spec = self.lot_spec
        self.sql(f"INSERT INTO volume_reports VALUES ('{round_id}', {hospital}, '230103', {status}, 0, 0, 1, 1, NULL, UTC_TIMESTAMP(6), "
                 f"0, '', UTC_TIMESTAMP(6), 1) ON DUPLICATE KEY UPDATE status = {status}, version = 1;"
                 f"DELETE FROM volume_steps WHERE round = '{round_id}'; DELETE FROM volume_lines WHERE round = '{round_id}' AND "
                 f"hospital = {hospital}; INSERT INTO volume_lines VALUES ('{round_id}', {hospital}, 0, '{lot}', '{spec}', '', 500, 0, '');"
                 f"DELETE FROM volume_late_filings WHERE round = '{round_id}';"
                 + (f"INSERT INTO volume_late_filings VALUES ('{round_id}', {hospital}, '2098-01-01', 'x', 1, 1, 'x', UTC_TIMESTAMP(6))"
                    if leave else ""))

    # --- the requests

    def requests(self):
        officer_page = {"opening": "2019-12-29"}

        def base(round_id):
            return f"/api/rounds/{round_id}"

        def form(path, body):
            return lambda round_id, role: ("PUT", base(round_id) + path, {**body, "version": self.rounds_version}, {})

        def post(path, body):
            return lambda round_id, role: ("POST", base(round_id) + path, body, {})

        def document(kind):
            return lambda round_id, role: ("POST", base(round_id) + "/documents", PDF, {"kind": kind, "name": "审查.pdf"})

        def inquire(kind):
            return post("/inquiries", {"kind": kind, "text": "意见"})

        def answer(kind):
            return lambda round_id, role: ("PUT", f"{base(round_id)}/inquiries/{self.inquiries[kind]}", {"answer": "答复"}, {})

        def folder(round_id, role):
            if round_id not in self.folders:
                self.folders[round_id] = packed(folder_files(round_id, self.without))
            version = int(self.sql(f"SELECT version FROM rounds WHERE id = '{round_id}'")) if role == OFFICER else 1
            return "POST", "/api/round-folders", self.folders[round_id], {"round": round_id, "version": version}

        def whose(role):
            return PHARMACY if role == "pharmacy" else HOSPITAL

        def report(round_id, role):
            lot, spec = self.lot_spec
            return ("PUT", f"{base(round_id)}/reports/{whose(role)}",
                    {"lines": [{"lot": lot, "spec": spec, "units": "700"}], "version": 1}, {})

        def step(name):
            body = {"step": name, "version": 1, **({"remark": "请核对"} if name == "send_back" else {})}
            return lambda round_id, role: ("POST", f"{base(round_id)}/reports/{whose(role)}/steps", body, {})

        def at(status, leave=False):
            return lambda round_id, role: self.report_row(round_id, whose(role), status(role) if callable(status) else status, leave)

        def by_level(role):
            return {"hospital_approver": 1, "bureau_city": 3, "bureau_province": 4}.get(role, 2)

        def lot(number, to):
            return post(f"/lots/{number}/state", {"to": to, "reason": "临床需求变化"})

        # Lot 2 has left the round; its events name it.
        lots = [{"lot": lot, "name": "阿莫西林", "volume_class": "general", "base_form": "胶囊", "quantity_step": "100"} for lot in "12"]
        specs = [{"lot": lot, "spec": "0.25g", "content_mg": "250", "main_spec": True, "ceiling": "0.35"} for lot in "12"]
        late_too = [("volume_confirmation", "hospital_approver")]  # the department follows its reporter
        return [
            Asked("sign", ["sign_rulebook"], lambda round_id, role: (
                "POST", base(round_id) + "/signatures", {"what": "rulebook", "digest": self.digest}, {})),
            Asked("accept values", ["sign_rulebook"], post("/accepted-values", {"paths": []})),
            Asked("folder", ["import_folder", "enter_bids"], folder),
            Asked("legal review", ["attach_review"], document("legal_review")),
            Asked("competition review", ["attach_review"], document("fair_competition_review")),
            Asked("comment", ["comment_on_draft"], inquire("comment")),
            Asked("question", ["ask_question"], inquire("question")),
            Asked("objection", ["raise_objection"], inquire("objection")),
            Asked("answer a comment", ["edit_round", "answer_question"], answer("comment")),
            Asked("answer", ["answer_question"], answer("question")),
            Asked("answer an objection", ["answer_objection"], answer("objection")),
            Asked("confirm a correction", ["confirm_correction"], post("/corrections/1/confirmation", None)),
            Asked("deadline", ["edit_round", "extend_deadline"], lambda round_id, role: (
                "PUT", base(round_id) + "/deadlines", {"stage": "publicity", "at": ends("publicity")}, {})),
            Asked("save", ["report_volume"], report, at(0)),
            Asked("submit", ["report_volume"], step("submit"), at(0)),
            Asked("take back", ["report_volume"], step("take_back"), at(1)),
            Asked("save late", ["report_volume", "file_late"], report, at(0, True)),
            Asked("submit late", ["report_volume", "file_late"], step("submit"), at(0, True)),
            Asked("approve", ["approve_report"], step("approve"), at(1)),
            Asked("approve late", ["approve_report"], step("approve"), at(1, True), also=late_too),
            Asked("confirm county", ["confirm_report_county"], step("confirm"), at(2)),
            Asked("confirm city", ["confirm_report_city"], step("confirm"), at(3)),
            Asked("confirm province", ["confirm_report_province"], step("confirm"), at(4)),
            Asked("send back", ["return_report"], step("send_back"), at(by_level)),
            Asked("cancel a lot", ["cancel_lot"], lot("1", "cancelled")),
            Asked("let a lot fail", ["cancel_lot"], lot("3", "failed"), only=STAGES[5:8]),
            Asked("put a lot out again", ["retender_lot"], lot("2", "retendered")),
            Asked("title", ["edit_round"], form("", {"title": "改名", **officer_page})),
            Asked("lots", ["edit_round"], form("/lots", {"lots": lots, "specs": specs})),
            Asked("rulebook", ["edit_round"], form("/rulebook", {"rulebook": "gy-yd2019-1", "given": []})),
            Asked("correct", ["correct_rulebook"], post("/corrections", {"rulebook": "gy-yd2019-1", "summary": "更正"})),
        ]

    # --- what comes back

    def judge(self, asked, stage, role, late, answer):
        """Empty where the answer is as the table says."""
        allowed = asked.allowed(stage, role, late)
        if allowed:
            return "" if answer.status in (200, 201) else f"not done: {answer.status} {answer.json['key']} {answer.json['text']}"
        if answer.status < 400:
            return f"done: {answer.status}"
        key, text, following = answer.json["key"], answer.json["text"], answer.json.get("next", "")
        if role == "anyone":
            return "" if (answer.status, key) == (401, "session.needed") else f"{answer.status} {key}"
        if not any(role in TABLE[act][1] for act in asked.acts):
            return self.judge_stranger(asked, stage, answer.status, key, text)
        ends = late and any(may(act, stage, role, False) for act in asked.acts)
        if (key, ends) == ("procedure.too_late", True) or (key, ends) == ("procedure.not_at_this_stage", False):
            named = [] if ends else [stage_word(each) for each in TABLE[self.refused_act(text, asked)][0]] + [stage_word(stage)]
            missing = [word for word in named if word not in text]
            possible = [act for act in TABLE if may(act, stage, role, late)]
            missing += [act_word(act) for act in possible if act_word(act) not in following]
            return f"does not name {missing}: {text} {following}" if missing else ""
        if (stage, role) in asked.also and late:  # what the table leaves to the department ends with the reporter's time
            return "" if key == "procedure.too_late" else f"{answer.status} {key}"
        return "" if self.is_exception(asked, stage, role, key, text) else f"{answer.status} {key}: {text}"

    def refused_act(self, text, asked):
        """A folder is asked for as an edit of the round, a late report as a late one."""
        names = {act_word(act): act for act in TABLE if act_word(act) in text}
        return names[max(names, key=len)] if names else asked.acts[0]

    def judge_stranger(self, asked, stage, status, key, text):
        if key == "procedure.not_yours":
            named = {role for act in asked.acts if stage in TABLE[act][0] for role in TABLE[act][1]}
            named = named or {role for role in TABLE["edit_round"][1]}
            return "" if all(role_word(role) in text for role in named) else f"does not name {named}: {text}"
        known = {"access.denied": 403, "round.not_found": 404, "procedure.not_at_this_stage": 422, "access.not_yours": 403,
                 "volumes.hospital_not_found": 404, "volumes.step_not_yours": 422, "volumes.leave_needed": 422,
                 "procedure.too_late": 422}
        return "" if known.get(key) == status else f"{status} {key}: {text}"

    def is_exception(self, asked, stage, role, key, text):
        """Refusals that say more than the stage does."""
        if key == "procedure.lot_state":
            return asked.name == "let a lot fail" and stage_word(stage) in text
        if key == "volumes.leave_needed":  # at the confirmation only who was late and let in, or was sent back, reports
            return stage == "volume_confirmation" and asked.acts[0] in ("report_volume", "approve_report")
        if key == "round.files_fixed":  # forms write the files of the round, of which only the bids may change now
            return asked.acts == ["edit_round"] and may("enter_bids", stage, role, False)
        return False

    def sweep(self, stages, late):
        compared, done, faults, self.folders = 0, 0, [], {}
        requests = self.requests()
        self.assertEqual({act for asked in requests for act in asked.acts} | NO_ROUTE, set(TABLE))
        for stage in stages:
            self.rounds_version = 1
            round_id = self.round_at(stage, late)
            for role in self.roles:
                page = self.call("GET", f"/api/rounds/{round_id}/setup", role=self.client_of(role))
                expected = sorted(act for act in TABLE if may(act, stage, role, late))
                have = sorted(page.json["may"]) if page.status == 200 else []
                if have != expected:
                    faults.append(f"{stage} {role} may: {have}, not {expected}")
            for asked in requests:
                clean = False
                for role in self.roles:
                    if asked.sound and (not clean or role == "pharmacy" or asked.name == "send back"):
                        asked.sound(round_id, role)
                    if asked.acts == ["edit_round"] and role == OFFICER:  # the others do not come as far
                        self.rounds_version = int(self.sql(f"SELECT version FROM rounds WHERE id = '{round_id}'"))
                    method, path, body, query = asked.send(round_id, role)
                    kind = {"Content-Type": "application/zip" if path == "/api/round-folders" else "application/pdf"}
                    answer = self.call(method, path, body, role=self.client_of(role), query=query,
                                       headers=kind if isinstance(body, bytes) else None)
                    clean = answer.status >= 400 and role != "pharmacy"
                    wrong = self.judge(asked, stage, role, late, answer)
                    compared, done = compared + 1, done + (answer.status < 400)
                    if wrong:
                        faults.append(f"{stage} {role} {asked.name}: {wrong}")
        self.assertEqual(faults, [], "\n" + "\n".join(faults))
        self.assertEqual(compared, len(stages) * len(self.roles) * len(requests))
        return done

    def test_every_act_at_every_stage_by_every_role(self):
        self.lot_spec = self.first_spec()
        self.assertGreater(self.sweep(STAGES, late=False), 100)

    def test_after_the_deadline_of_a_stage_that_stays(self):
        self.lot_spec = self.first_spec()
        self.assertGreater(self.sweep(STAYS, late=True), 20)

    def first_spec(self):
        text = folder_files(ROUND)["specs.csv"].decode("utf-8-sig").splitlines()
        titles, first = text[0].split(","), text[1].split(",")
        return first[titles.index("lot")], first[titles.index("spec")]


if __name__ == "__main__":
    unittest.main(verbosity=2)
