import subprocess
import zipfile
import io

from harness import unique
from procedure_service import LATER, OFFICER, OPENING, SECOND, ProcedureTest, folder_files, packed, unpacked
from rounds_service import BINARY, plain_environment


class ImportRoundFolder(ProcedureTest):
    def test_preview_changes_nothing(self):
        round_id = unique("P")
        answer = self.send_folder(packed(folder_files(round_id), "any"), preview=1)
        self.assertEqual((answer.status, answer.json["id"], answer.json["lots"], answer.json["imported"], answer.json["faults"]),
                         (200, round_id, 32, False, []))
        self.assertEqual(len(answer.json["changes"]), 8)
        self.assertGreater(answer.json["bids"], 70)
        self.assertEqual(self.call("GET", f"/api/rounds/{round_id}/setup", role=OFFICER).status, 404)

    def test_preview_says_what_to_look_out_for(self):
        round_id = self.imported()
        taken = self.send_folder(packed(folder_files(round_id)), preview=1).json
        self.assertEqual([(fault["file"], fault["column"], fault["value"]) for fault in taken["faults"]], [("round.toml", "id", round_id)])
        self.assertIn("已有编号", taken["faults"][0]["text"])
        self.assertEqual(len(taken["warnings"]), 1, taken["warnings"])
        self.assertRegex(taken["warnings"][0], "已有 [0-9]+ 条申报")
        files = folder_files(unique("W"), without=LATER)
        self.assertEqual(self.send_folder(packed(files), preview=1).json["warnings"], [])
        past = {**files, "round.toml": files["round.toml"].replace(OPENING.encode(), b"2020-01-17")}
        warnings = self.send_folder(packed(past), preview=1).json["warnings"]
        self.assertEqual(len(warnings), 1, warnings)
        self.assertIn("2020-01-17 已过", warnings[0])
        none = {**files, "round.toml": b"\n".join(line for line in files["round.toml"].splitlines() if not line.startswith(b"opening"))}
        self.assertIn("没有开标日期", self.send_folder(packed(none), preview=1).json["warnings"][0])

    def test_comes_back_byte_for_byte(self):
        round_id = unique("B")
        files = folder_files(round_id)
        files["notes.txt"] = bytes(range(256))
        self.assertEqual(self.send_folder(packed(files, "x/y", [("x/y/sub/more.csv", b"1"), ("x/y/.DS_Store", b"2")])).status, 200)
        self.forget()
        self.assertEqual(unpacked(self.get(f"/api/rounds/{round_id}/folder", OFFICER).body), files)
        self.denied(f"/api/rounds/{round_id}/folder", "round.not_found", 404, "supplier")

    def test_a_draft_needs_no_bids_yet(self):
        round_id = self.imported(without=("bids.csv", "bidders.csv", "demand.csv", "packs.csv", "events.csv"))
        page = self.setup_of(round_id)
        self.assertEqual((len(page["lots"]), page["round"]["stage"], page["faults"]), (32, "draft", []))

    def test_every_fault_as_the_command_line_says(self):
        round_id = unique("X")
        files = folder_files(round_id)
        files["bids.csv"] = files["bids.csv"].replace(b",bid,", b",maybe,", 3)
        files["lots.csv"] = files["lots.csv"].replace(b"general", b"special", 2)
        answer = self.send_folder(packed(files), preview=1)
        faults = answer.json["faults"]
        self.assertEqual(answer.json["lots"], None)
        self.assertEqual([fault["file"] for fault in faults], ["bids.csv"] * 3, faults)
        self.assertTrue(all(fault["row"] > 1 and fault["column"] == "participation" and fault["value"] == "maybe" and fault["text"]
                            for fault in faults))
        refused = self.send_folder(packed(files))
        self.assertEqual((refused.status, refused.json["key"], len(refused.json["faults"])), (422, "round_folder.faults", 3))
        self.assertEqual(self.call("GET", f"/api/rounds/{round_id}/setup", role=OFFICER).status, 404)

    def test_what_is_no_folder(self):
        files = folder_files("Z")
        for data, key in ((b"", "fault.file_missing"), (b"nonsense", "fault.folder_archive_damaged"),
                          (packed(files)[:-300], "fault.folder_archive_damaged"),
                          (packed({"other.txt": b"1"}), "fault.file_missing"),
                          (packed({**files, "名.csv": b"1"}), "fault.folder_archive_name"),
                          (packed({**files, "demand.csv": b"0" * (300 << 20)}), "fault.folder_archive_too_large")):
            answer = self.send_folder(data)
            self.assertIn(answer.status, (400, 422), answer)
            if answer.status == 422:
                self.assertIn(key, [fault["key"] for fault in answer.json["faults"]], answer)

    def test_into_a_round(self):
        round_id = self.imported()
        files = folder_files(round_id, without=("events.csv",))
        files["lots.csv"] += b"99,x,general,y,1\n"
        answer = self.send_folder(packed(files), round=round_id, version=self.version(round_id))
        self.assertEqual((answer.status, answer.json["key"]), (422, "round_folder.faults"), "a lot without a spec")
        del files["packs.csv"]
        files["lots.csv"] = folder_files(round_id)["lots.csv"]
        preview = self.send_folder(packed(files), round=round_id, preview=1)
        self.assertEqual(len(preview.json["changes"]), 2, preview.json["changes"])
        answer = self.send_folder(packed(files), round=round_id)
        self.assertEqual((answer.status, answer.json["key"]), (422, "round_folder.version_missing"))
        answer = self.send_folder(packed(files), round=round_id, version=preview.json["version"])
        self.assertEqual((answer.status, answer.json["version"]), (200, preview.json["version"] + 1))
        self.forget()
        self.assertEqual(unpacked(self.get(f"/api/rounds/{round_id}/folder", OFFICER).body), files)
        other = self.send_folder(packed(folder_files(unique("O"))), round=round_id, version=answer.json["version"])
        self.assertEqual((other.status, other.json["key"]), (422, "round_folder.other_round"))
        self.assertEqual(self.send_folder(packed(files)).json["key"], "round.id_taken")

    def test_the_slower_of_two_officers_overwrites_nothing(self):
        round_id = self.imported()
        first = {**folder_files(round_id), "first.txt": b"1"}
        second = {**folder_files(round_id), "second.txt": b"2"}
        looks = [self.send_folder(packed(files), round=round_id, preview=1, role=role).json
                 for files, role in ((first, OFFICER), (second, SECOND))]
        self.assertEqual(looks[0]["version"], looks[1]["version"])
        done = self.send_folder(packed(second), round=round_id, version=looks[1]["version"], role=SECOND)
        self.assertEqual(done.status, 200, done)
        late = self.send_folder(packed(first), round=round_id, version=looks[0]["version"])
        self.assertEqual((late.status, late.json["key"]), (409, "round.changed"))
        self.forget()
        self.assertEqual(unpacked(self.get(f"/api/rounds/{round_id}/folder", OFFICER).body), second)
        self.assertEqual(self.send_folder(packed(folder_files(unique("V"))), preview=1).json["version"], None)

    def test_bids_at_the_bidding_and_nothing_else(self):
        late = ("bids.csv", "bidders.csv", "packs.csv", "events.csv")
        round_id = self.to_stage(self.at_notice(without=late), "bidding")
        files = folder_files(round_id)
        wrong = dict(files)
        wrong["specs.csv"] = wrong["specs.csv"] + b"\n"
        answer = self.send_folder(packed(wrong), round=round_id, version=self.version(round_id))
        self.assertEqual((answer.status, answer.json["key"]), (422, "round.files_fixed"))
        self.assertIn("specs.csv", answer.json["text"])
        # What the archive leaves out of the fixed files stays as it is.
        bids_only = {name: files[name] for name in ("round.toml", *late)}
        preview = self.send_folder(packed(bids_only), round=round_id, preview=1).json
        self.assertEqual(preview["faults"], [])
        self.assertFalse([change for change in preview["changes"] if "删除" in change], preview["changes"])
        self.assertEqual(self.send_folder(packed(bids_only), round=round_id, version=preview["version"]).status, 200)
        self.assertEqual(self.send_folder(packed(files), round=round_id, version=self.version(round_id)).status, 200)
        self.forget()
        # Secret until the opening, for the office too.
        self.denied(f"/api/rounds/{round_id}/folder", "access.round_stage", 403, OFFICER)
        self.sql(f"UPDATE rounds SET stage = 5, version = version + 1 WHERE id = '{round_id}'")
        self.forget()
        self.equals_the_command(round_id, files)

    def equals_the_command(self, round_id, files):
        """The exported folder awarded by `jicai award` is what the pages show."""
        work = self.service.folder / f"out-{round_id}"
        with zipfile.ZipFile(io.BytesIO(self.get(f"/api/rounds/{round_id}/folder", OFFICER).body)) as archive:
            archive.extractall(work)
        out = work / "award"
        done = subprocess.run([str(BINARY), "award", str(work / round_id), "--out", str(out)], capture_output=True,
                              env=plain_environment(), timeout=120)
        self.assertIn(done.returncode, (0, 3), done.stderr.decode())
        for table in ("awards", "lots_decided", "region_counts", "volumes", "allocations", "packs_priced"):
            page = self.get(f"/api/rounds/{round_id}/tables/{table}", OFFICER)
            self.assertEqual(page.body, (out / f"{table}.csv").read_bytes(), table)
        self.assertEqual(unpacked(self.get(f"/api/rounds/{round_id}/folder", OFFICER).body), files)
