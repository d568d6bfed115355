#!/usr/bin/env python3
"""核对中选证书、价格联动证书 / Check the certificate of an award or of a price linkage campaign against its folder.

    check_certificate.py certificate.json --round DIR [--rulebook FILE] [--catalogs DIR] [--encoding utf-8|gb18030] [--lang zh|en]
    check_certificate.py certificate.json --round DIR [--policy FILE] ...      of a linkage campaign

Needs nothing but Python 3.11 and shares no code with the engine that made the certificate. Six checks, one line each: bytes,
digest, form, inputs, rules, results. The results are recomputed by recompute.py (recompute_linkage.py) and compared lot by lot
(SKU by SKU, steps and all); the first difference is named. What each check covers, and what none does: README.md beside this file.
Exit: 0 everything holds, 4 something differs, 2 something cannot be read or is not covered (and nothing else differs).
"""

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

import check_linkage
import input_digests
import json_form
import recompute
import rule_digests
from findings import Different, Unchecked, differ

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parent.parent / "docs" / "certificate.schema.json"
HOLDS, DIFFERS, UNCHECKED = 0, 4, 2
CHECKS = {
    "bytes": "字节", "digest": "摘要", "form": "格式", "inputs": "输入", "rules": "规则", "results": "结果",
}
WORDS = {HOLDS: ("一致", "holds"), DIFFERS: ("不符", "DIFFERS"), UNCHECKED: ("未查", "not checked")}


# ---------------------------------------------------------------- the certificate by itself


def check_bytes(case):
    if case.oddities:
        raise Different(f"不是规范的 JSON：{case.oddities[0]}", f"not canonical JSON: {case.oddities[0]}")
    try:
        wanted = json_form.canonical(case.certificate)
    except json_form.NotCanonical as why:
        raise Different(f"不是规范的 JSON：{why}", f"not canonical JSON: {why}") from why
    if wanted != case.data:
        pairs = enumerate(zip(wanted, case.data))
        at = next((at for at, (one, other) in pairs if one != other), min(len(wanted), len(case.data)))
        near = case.data[max(at - 20, 0) : at + 20].decode("utf-8", "replace")
        raise Different(f"第 {at} 字节起不是 RFC 8785 规范形式，附近为 {near!r}", f"not in the form of RFC 8785 from byte {at}, near {near!r}")
    return f"{len(case.data)} 字节，RFC 8785 规范形式", f"{len(case.data)} bytes in the form of RFC 8785"


def check_digest(case):
    content = {name: value for name, value in case.certificate.items() if name != "digest"}
    try:
        found = "sha256:" + hashlib.sha256(json_form.canonical(content)).hexdigest()
    except json_form.NotCanonical as why:
        raise Unchecked("没有规范形式可供计算摘要", "there is no canonical form to take the digest of") from why
    claimed = case.certificate.get("digest")
    if claimed != found:
        differ("digest", "digest", claimed, found)
    return found, found


def check_form(case):
    schema = json.loads((check_linkage.SCHEMA if case.linkage else SCHEMA).read_text(encoding="utf-8"))
    for place, what in json_form.faults(schema, case.certificate):
        raise Different(f"{place}：{what}", f"{place}: {what}")
    case.sound = True
    name = (check_linkage.SCHEMA if case.linkage else SCHEMA).name
    return f"符合 docs/{name}", f"as in docs/{name}"


# ---------------------------------------------------------------- what went in


def need_form(case):
    if not case.sound:
        raise Unchecked("格式不符，无法继续核对", "the form is wrong")


def check_inputs(case):
    need_form(case)
    try:
        found = input_digests.of_folder(case.folder, case.encoding, case.linkage)
        given = input_digests.given(case.folder, case.encoding)
        about = None if case.linkage else input_digests.toml(case.folder / "round.toml", case.encoding)
    except (input_digests.NotReadable, OSError, ValueError, input_digests.csv.Error) as why:
        raise Unchecked(f"文件夹无法读取：{why}", f"the folder cannot be read: {why}") from why
    claimed = {entry["file"]: (entry["rows"], entry["digest"]) for entry in case.certificate["inputs"]}
    for name in sorted({*claimed, *found}):
        if name not in found:
            raise Different(f"证书列有 {name}，文件夹中没有", f"the certificate lists {name}, the folder lacks it")
        if name not in claimed:
            raise Different(f"文件夹中有 {name}，证书未列", f"the folder holds {name}, the certificate does not list it")
        if claimed[name] != found[name]:
            differ(f"{name} 的内容（行数、摘要）", f"content of {name} (rows, digest)", list(claimed[name]), list(found[name]))
    if [entry["file"] for entry in case.certificate["inputs"]] != list(found):
        raise Different("inputs 不按文件名排列，或有重复", "inputs are not in order of their names, or one stands twice")
    if case.linkage:
        check_linkage.check_inputs(case)
    for name in () if case.linkage else ("id", "title", "kind", "opening"):
        if case.certificate["round"][name] != str(about[name]):
            differ(f"round.toml 的 {name}", f"{name} of round.toml", case.certificate["round"][name], str(about[name]))
    if case.certificate["given"] != given:
        differ("parameters.toml 给定的参数", "values given in parameters.toml", case.certificate["given"], given)
    return f"{len(found)} 个文件的内容与证书相同", f"content of {len(found)} files as in the certificate"


def check_rules(case):
    need_form(case)
    if case.linkage:
        return check_linkage.check_rules(case)
    try:
        rulebook = rule_digests.RulebookFile(case.rulebook)
        ratio = rule_digests.price_ratio_digest(case.catalogs / "price-ratio" / f"{rulebook.ratio_rule}.toml")
        path = case.folder / "parameters.toml"
        given = input_digests.toml(path, case.encoding).get("given", {}) if path.exists() else {}
        not_official = rulebook.not_official({path: entry["value"] for path, entry in given.items()})
    except (rule_digests.NotReadable, input_digests.NotReadable, OSError, KeyError, TypeError, ValueError) as why:
        raise Unchecked(f"规则无法读取：{why}", f"the rules cannot be read: {why}") from why
    claimed = case.certificate["rulebook"]
    if claimed["id"] != rulebook.id:
        raise Different(
            f"证书按 {claimed['id']} 决定，这里用的是 {rulebook.id}；请以 --rulebook 指定规则文件",
            f"decided by {claimed['id']}, read here is {rulebook.id}; name the rulebook with --rulebook",
        )
    for name in ("source", "digest"):
        if claimed[name] != getattr(rulebook, name):
            differ(f"规则文件 {case.rulebook} 的 {name}", f"{name} of the rulebook {case.rulebook}", claimed[name], getattr(rulebook, name))
    for name, value in (("id", rulebook.ratio_rule), ("digest", ratio)):
        if case.certificate["price_ratio_rule"][name] != value:
            differ(f"差比价表的 {name}", f"{name} of the price-ratio table", case.certificate["price_ratio_rule"][name], value)
    listed = {row["parameter"]: row for row in case.certificate["not_official"]}
    wanted = {row["parameter"]: row for row in not_official}
    for name in [*wanted, *listed]:
        if listed.get(name) != wanted.get(name):
            differ(f"没有官方依据的参数 {name}", f"parameter {name}, which no official text backs", listed.get(name), wanted.get(name))
    if case.certificate["not_official"] != not_official:
        raise Different("not_official 的次序不是规则文件的次序", "not_official is not in the order of the rulebook")
    return f"{rulebook.id} 与 {rulebook.ratio_rule} 的摘要相同", f"digests of {rulebook.id} and {rulebook.ratio_rule} as in the certificate"


# ---------------------------------------------------------------- what came out

LOT_MEMBERS = {
    "name": ("名称", "name"), "status": ("状态", "status"), "bidders": ("申报企业数", "bidders"),
    "entrants_max": ("最多入围数", "entrants_max"), "winners": ("中选企业数", "winners"), "percent": ("约定采购比例", "percent"),
    "term_years": ("采购周期（年）", "term_years"), "waits": ("是否等待人工事件", "whether it waits for an event"),
    "regions_complete": ("地区是否选完", "regions_complete"),
}
BID_MEMBERS = {
    "spec": ("规格", "spec"), "form": ("剂型", "form"), "pack_units": ("包装数", "pack_units"), "outcome": ("结果", "outcome"),
    "step": ("决定环节", "step"), "rank": ("顺位", "rank"), "tied": ("是否并列", "tied"), "price": ("申报价", "price"),
    "unit_price": ("单位申报价", "unit_price"), "unit_comparable_price": ("单位可比价", "unit_comparable_price"),
    "regions": ("地区数", "regions"),
}


def decimal(value):
    return None if value is None else recompute.text(value)


def results_of(round_):
    """The lots as the certificate holds them, without the steps: recompute.py reaches the same results another way."""
    regions = recompute.value_of(round_.rulebook.stages["supply_regions"], "regions")
    return [lot_of(lot, regions) for lot in sorted(round_.lots.values(), key=lambda lot: recompute.natural(lot.id))]


def lot_of(lot, regions):
    tied = {bid.supplier for tie in lot.open_ties for bid in tie} if lot.status != "pending" else set()
    counts = {bid.supplier: count for bid, count in zip(lot.winners, lot.counts)}
    order = sorted(lot.bids, key=lambda bid: (bid.rank is None, bid.rank or 0, bid.supplier, bid.product))

    def by_place(cell):
        return lot.specs[cell[0]]["content"], cell[0], regions.index(cell[1])

    return {
        "lot": lot.id, "name": lot.name, "status": lot.status, "bidders": lot.n, "entrants_max": lot.m, "winners": len(lot.winners),
        "percent": lot.percent, "term_years": lot.term, "waits": bool(lot.why), "regions_complete": lot.regions_complete,
        "bids": [
            {
                "supplier": bid.supplier, "product": bid.product, "spec": bid.spec, "form": bid.form, "pack_units": bid.pack_units,
                "outcome": bid.outcome, "step": bid.step, "rank": bid.rank, "tied": bid.supplier in tied,
                "price": decimal(bid.price), "unit_price": decimal(bid.unit_price),
                "unit_comparable_price": decimal(bid.comparable), "regions": counts.get(bid.supplier, 0),
            }
            for bid in order
        ],
        "volumes": [
            {"spec": spec, "region": region, "quantity": str(quantity)}
            for spec, region, quantity in sorted(lot.volumes, key=by_place)
        ],
        "turns": [
            {"turn": turn, "supplier": supplier, "region": region, "source": source}
            for turn, (supplier, region, source) in enumerate(lot.turns, 1)
        ],
        "allocations": [
            {"spec": spec, "region": region, "supplier": supplier, "role": role, "quantity": str(quantity)}
            for spec, region, supplier, role, quantity in sorted(lot.allocations, key=by_place)
            if supplier
        ],
        "packs": [pack_of(row, price) for row, price in sorted(lot.priced, key=lambda priced: order_of_pack(priced[0]))],
    }


def order_of_pack(row):
    optional = [(row.get(name) or "", recompute.number(row.get(name) or "0")) for name in ("fill_ml", "daily_dose")]
    return (row["supplier"], row.get("product") or "", recompute.number(row["content_mg"]), row.get("spec") or "", int(row["pack_units"]),
            row["form"], *[(bool(text), value) for text, value in optional[:1]], row.get("material") or "",
            *[(bool(text), value) for text, value in optional[1:]])


def pack_of(row, price):
    return {
        "supplier": row["supplier"], "product": row.get("product") or "", "form": row["form"], "spec": row.get("spec") or "",
        "content": rule_digests.exact(recompute.number(row["content_mg"])), "pack_units": int(row["pack_units"]),
        "price": decimal(price),
    }


def compare_lot(claimed, found):
    zh, en = f"品种 {found['lot']}", f"lot {found['lot']}"
    claimed = {**claimed, "waits": bool(claimed["waits_for"])}
    for name, (name_zh, name_en) in LOT_MEMBERS.items():
        if claimed[name] != found[name]:
            differ(f"{zh}，{name_zh}", f"{en}, {name_en}", claimed[name], found[name])
    compare_bids(zh, en, claimed["bids"], found["bids"], found["status"] == "pending")
    compare_rows(f"{zh}，约定采购量", f"{en}, agreed volume", claimed["volumes"], found["volumes"], ("spec", "region"))
    compare_rows(f"{zh}，选区轮次", f"{en}, turn", claimed["turns"], found["turns"], ("turn",))
    compare_rows(f"{zh}，供应", f"{en}, supply", claimed["allocations"], found["allocations"], ("spec", "region"))
    keys = ("supplier", "product", "form", "spec", "content", "pack_units")
    compare_rows(f"{zh}，包装价格", f"{en}, price of the pack", claimed["packs"], found["packs"], keys)


def compare_bids(zh, en, claimed, found, pending):
    def name(bid):
        return bid["supplier"] + (f"（{bid['product']}）" if bid["product"] else "")

    by_name = {name(bid): bid for bid in claimed}
    for bid in found:
        other = by_name.get(name(bid))
        if other is None:
            raise Different(f"{zh}：证书中没有 {name(bid)} 的申报", f"{en}: the certificate lacks the bid of {name(bid)}")
        for member, (member_zh, member_en) in BID_MEMBERS.items():
            if pending and member.startswith("unit_") and None in (bid[member], other[member]):
                continue  # how far a lot gets before it waits is nobody's result
            if other[member] != bid[member]:
                differ(f"{zh}，{name(bid)}，{member_zh}", f"{en}, {name(bid)}, {member_en}", other[member], bid[member])
    extra = set(by_name) - {name(bid) for bid in found}
    if extra or len(claimed) != len(found):
        who = min(extra, default="?")
        raise Different(f"{zh}：证书多出申报（{who}）", f"{en}: the certificate holds a bid too many ({who})")
    if [name(bid) for bid in claimed] != [name(bid) for bid in found]:
        raise Different(f"{zh}：申报的次序不符", f"{en}: the bids are not in order")


def compare_rows(zh, en, claimed, found, keys):
    for one, other in zip(claimed, found):
        if one != other:
            at = "、".join(str(other[key]) for key in keys), ", ".join(str(other[key]) for key in keys)
            values = [{name: row[name] for name in row if one[name] != other[name]} for row in (one, other)]
            differ(f"{zh}（{at[0]}）", f"{en} ({at[1]})", *values)
    if len(claimed) != len(found):
        differ(f"{zh}，行数", f"{en}, rows", len(claimed), len(found))


def check_results(case):
    need_form(case)
    if case.linkage:
        return check_linkage.check_results(case)
    try:
        round_ = recompute.Round(case.folder, case.catalogs, case.rulebook, case.encoding).decide()
        found = results_of(round_)
    except recompute.NotCovered as why:
        raise Unchecked(f"recompute.py 不能计算这一轮：{why}", f"recompute.py does not cover this round: {why}") from why
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError) as why:
        reason = f"{type(why).__name__}: {why}"
        raise Unchecked(f"轮次文件夹无法读取：{reason}", f"the round folder cannot be read: {reason}") from why
    claimed = case.certificate["lots"]
    for one, other in zip(claimed, found):
        if one["lot"] != other["lot"]:
            differ("品种的次序", "order of the lots", one["lot"], other["lot"])
    if len(claimed) != len(found):
        differ("品种数", "number of lots", len(claimed), len(found))
    differences = []
    for one, other in zip(claimed, found):
        try:
            compare_lot(one, other)
        except Different as what:
            differences.append(what.args)
    if differences:
        zh, en = differences[0]
        more = len(differences) - 1
        raise Different(zh + (f"；另有 {more} 个品种不符" if more else ""), en + (f"; {more} more lots differ" if more else ""))
    bids = sum(len(lot["bids"]) for lot in found)
    won = sum(lot["winners"] for lot in found)
    return f"{len(found)} 个品种、{bids} 个申报重算相同，中选 {won} 家次", f"{len(found)} lots and {bids} bids recomputed alike, {won} awards"


# ---------------------------------------------------------------- the six checks


class Case:
    def __init__(self, arguments):
        self.folder = Path(arguments.round)
        self.catalogs = Path(arguments.catalogs)
        self.encoding = arguments.encoding
        self.data = Path(arguments.certificate).read_bytes()
        self.certificate, self.oddities = json_form.read(self.data)
        if not isinstance(self.certificate, dict):
            raise json_form.NotReadable("not an object")
        self.sound = False
        self.linkage = self.certificate.get("kind") == "linkage"
        file, key, place = ("campaign.toml", "policy", "linkage") if self.linkage else ("round.toml", "rulebook", "rulebooks")
        named = arguments.policy if self.linkage else arguments.rulebook
        rulebook = named or input_digests.toml(self.folder / file, self.encoding)[key]
        self.rulebook = Path(rulebook)  # of a linkage campaign: its policy
        if not self.rulebook.is_file():
            self.rulebook = self.catalogs / place / f"{rulebook}.toml"


def language():
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "en" if os.environ[name].lower().startswith("en") else "zh"
    return "zh"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("certificate")
    parser.add_argument("--round", required=True)
    parser.add_argument("--rulebook")
    parser.add_argument("--policy")
    parser.add_argument("--catalogs", default=recompute.CATALOGS)
    parser.add_argument("--encoding", choices=["utf-8", "gb18030"], default="utf-8")
    parser.add_argument("--lang", choices=["zh", "en"], default=language())
    arguments = parser.parse_args()
    english = arguments.lang == "en"
    try:
        case = Case(arguments)
    except (OSError, KeyError, json_form.NotReadable, input_digests.NotReadable) as why:
        print(f"{'cannot be read' if english else '无法读取'}: {why}", file=sys.stderr)
        return UNCHECKED
    checks = (check_bytes, check_digest, check_form, check_inputs, check_rules, check_results)
    codes = []
    for (name_en, name_zh), check in zip(CHECKS.items(), checks):
        try:
            code, words = HOLDS, check(case)
        except Different as what:
            code, words = DIFFERS, what.args
        except Unchecked as why:
            code, words = UNCHECKED, why.args
        codes.append(code)
        line = f"{WORDS[code][1]}  {name_en}: {words[1]}" if english else f"{WORDS[code][0]}  {name_zh}：{words[0]}"
        print(" ".join(line.splitlines()))
    return DIFFERS if DIFFERS in codes else max(codes)


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
