"""The checks of a linkage certificate that differ from those of an award's (check_certificate.py runs them)."""

import hashlib
import json
from pathlib import Path

import input_digests
import recompute
import recompute_linkage
import rule_digests
from findings import Different, Unchecked, differ
from linkage_policy import PolicyFile

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "linkage-certificate.schema.json"
HEADING = ("id", "title", "region", "as_of", "known_at", "scope")
FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError, StopIteration)


def given_of(case):
    path = case.folder / "parameters.toml"
    return input_digests.toml(path, case.encoding).get("given", {}) if path.exists() else {}


def check_inputs(case):
    """As check_certificate.check_inputs; what follows the files is the heading of the campaign."""
    about = input_digests.toml(case.folder / "campaign.toml", case.encoding)
    for name in HEADING:
        found = about.get(name, "all_listed" if name == "scope" else None)
        found = None if found is None else str(found)
        if case.certificate["campaign"][name] != found:
            differ(f"campaign.toml 的 {name}", f"{name} of campaign.toml", case.certificate["campaign"][name], found)


def check_rules(case):
    try:
        policy = PolicyFile(case.rulebook, {name: entry["value"] for name, entry in given_of(case).items()})
        ratio = None
        if policy.wanted("conversion.rule") == "price_ratio":
            name = policy.wanted("conversion.price_ratio_rule")
            ratio = {"id": name, "digest": rule_digests.price_ratio_digest(case.catalogs / "price-ratio" / f"{name}.toml")}
        years = [calendar_year(case, entry["year"]) for entry in case.certificate["calendar"]]
    except (rule_digests.NotReadable, input_digests.NotReadable, recompute.NotCovered, *FAULTS) as why:
        raise Unchecked(f"政策无法读取：{why}", f"the policy cannot be read: {why}") from why
    claimed = case.certificate["policy"]
    if claimed["id"] != policy.id:
        raise Different(
            f"证书按 {claimed['id']} 决定，这里用的是 {policy.id}；请以 --policy 指定政策文件",
            f"decided by {claimed['id']}, read here is {policy.id}; name the policy with --policy",
        )
    for name in ("source", "digest"):
        if claimed[name] != getattr(policy, name):
            differ(f"政策文件 {case.rulebook} 的 {name}", f"{name} of the policy {case.rulebook}", claimed[name], getattr(policy, name))
    if case.certificate["price_ratio_rule"] != ratio:
        differ("差比价表", "price-ratio table", case.certificate["price_ratio_rule"], ratio)
    check_calendar(case, policy, years)
    rows = policy.not_official()
    listed = {row["parameter"]: row for row in case.certificate["not_official"]}
    wanted = {row["parameter"]: row for row in rows}
    for name in [*wanted, *listed]:
        if listed.get(name) != wanted.get(name):
            differ(f"没有官方依据的参数 {name}", f"parameter {name}, which no official text backs", listed.get(name), wanted.get(name))
    if case.certificate["not_official"] != rows:
        raise Different("not_official 的次序不是政策文件的次序", "not_official is not in the order of the policy")
    return f"{policy.id} 的摘要相同", f"digest of {policy.id} as in the certificate"


def calendar_year(case, year):
    if not (case.catalogs / "calendar" / f"{year}.toml").is_file():
        raise Different(f"证书列有 {year} 年的放假安排，目录中没有", f"the certificate lists the holidays of {year}, the catalogue lacks them")
    text = recompute_linkage.carried_year(case.catalogs, year)[1]
    return {"year": year, "digest": "sha256:" + hashlib.sha256(text.encode()).hexdigest()}


def check_calendar(case, policy, years):
    """Years the certificate counts working days by: each as the catalogue has it, none that the folder tells itself."""
    claimed = case.certificate["calendar"]
    for one, other in zip(claimed, years):
        if one != other:
            differ(f"{other['year']} 年的放假安排", f"holidays of {other['year']}", one, other)
    numbers = [entry["year"] for entry in claimed]
    if numbers != sorted(set(numbers)):
        raise Different("calendar 不按年份排列，或有重复", "calendar is not in order of the years, or one stands twice")
    if numbers and policy.entry("deadline.working_days") is None:
        raise Different("政策不按工作日计期，证书却列有年份", "the policy counts no working days, the certificate lists years")
    told = {int(row["day"][:4]) for row in recompute.table(case.folder, "holidays.csv", False, case.encoding)}
    carried = sorted(int(path.stem) for path in (case.catalogs / "calendar").glob("*.toml"))
    wanted = [year for year in carried if numbers and year <= numbers[-1] and year not in told]
    if numbers != wanted:
        differ("放假安排的年份", "years of the calendar", numbers, wanted)


# ---------------------------------------------------------------- what came out

SKU_WORDS = {
    "product": "产品", "status": "状态", "old_price": "原价", "reference_unit": "单位参考价", "reference": "参考价",
    "enforced_price": "执行价", "provisional": "是否暂定", "counted": "计入数", "used": "采用的价格", "excluded": "不计入的价格",
    "ceilings": "上限", "label": "标识", "declare_by": "申报期限", "barred_until": "限制挂网至", "waits_for": "等待事项", "steps": "步骤",
}


def check_results(case):
    try:
        carried = [entry["year"] for entry in case.certificate["calendar"]]
        campaign = recompute_linkage.Campaign(case.folder, case.catalogs, case.rulebook, case.encoding, carried)
        found = campaign.decide()
    except (recompute.NotCovered, rule_digests.NotReadable, *FAULTS) as why:
        reason = f"{type(why).__name__}: {why}"
        raise Unchecked(f"recompute_linkage.py 不能计算：{reason}", f"recompute_linkage.py cannot compute it: {reason}") from why
    claimed = case.certificate["skus"]
    for one, other in zip(claimed, found):
        if one["product"] != other["product"]:
            differ("产品的次序", "order of the SKUs", one["product"], other["product"])
    if len(claimed) != len(found):
        differ("产品数", "number of SKUs", len(claimed), len(found))
    differences = []
    for one, other in zip(claimed, found):
        try:
            compare_sku(one, other)
        except Different as what:
            differences.append(what.args)
    if differences:
        zh, en = differences[0]
        more = len(differences) - 1
        raise Different(zh + (f"；另有 {more} 个产品不符" if more else ""), en + (f"; {more} more SKUs differ" if more else ""))
    linked = sum(sku["status"] == "linked" for sku in found)
    used = sum(sku["counted"] for sku in found)
    return (f"{len(found)} 个产品、计入的 {used} 条价格重算相同，联动 {linked} 个",
            f"{len(found)} SKUs and {used} prices that count recomputed alike, {linked} linked")


def compare_sku(claimed, found):
    zh, en = f"产品 {found['product']}", f"SKU {found['product']}"
    for name, word in SKU_WORDS.items():
        one, other = claimed[name], found[name]
        if one == other:
            continue
        if not isinstance(other, list):
            differ(f"{zh}，{word}", f"{en}, {name}", one, other)
        for number, (left, right) in enumerate(zip(one, other), 1):
            if left != right:
                members = [key for key in {**left, **right} if left.get(key) != right.get(key)]
                values = [json.dumps({key: row.get(key) for key in members}, ensure_ascii=False) for row in (left, right)]
                differ(f"{zh}，{word}第 {number} 项", f"{en}, {name}, number {number}", *values)
        differ(f"{zh}，{word}的项数", f"{en}, number of {name}", len(one), len(other))
