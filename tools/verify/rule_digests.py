"""The digests of a rulebook and of its price-ratio table, and the list of values that no official text backs (docs/certificate.md)."""

import hashlib
import tomllib
from fractions import Fraction
from pathlib import Path

from recompute import text as decimal_text


class NotReadable(Exception):
    """A rulebook or table that `jicai` refuses, too."""


# The parameters of each stage in the order of its page in docs/rulebooks.md, as name:unit. "/": one entry for each class.
STAGES = {
    "supply_regions": "regions:regions",
    "qualification": "main_spec_required:flag bids_per_supplier:choice",
    "price_ratio": """rule:text content_base:ratio pack_base:ratio fill:choice material_counts:flag injection_floor_applies:flag
        short_pack_applies:flag linear_content_lots:lots""",
    "ceiling": "rounding:yuan compare:choice compare_own_lowest:choice",
    "bidders": """over_ceiling_counts:flag without_price_counts:flag absent_counts:flag set_aside_counts:flag
        withdrawn_counts:flag unqualified_counts:flag group_counts_once:flag""",
    "comparable_price": "reference:choice rounding:yuan",
    "ranking": "order:choice tie_keys:column tie_listing:choice",
    "affiliation": """lowest_only:flag not_in_last_place:flag last_place:choice single_place_is_last:flag
        freed_place:choice group_concerned:choice""",
    "entry": "max_entrants:bidders",
    "gate": "any_of:test",
    "outlier": "widest_lots:lots winners_min:winners",
    "rescue": "single_winner_factor:ratio",
    "region_picking": "first_extra_picks:regions after_pass:choice region_may_refuse:flag",
    "agreed_volume": "percent:percent/ rounding:steps",
    "term": "years:years/",
    "derived_price": "rounding:yuan",
    "substitution": "in_publicity:choice in_execution:choice substitute_at_own_price:flag changes_percent_and_term:flag",
}
TESTS = {
    "comparable_price_at_most_factor_of_lowest": "factor:ratio",
    "cut_at_least": "percent:percent",
    "comparable_price_at_most": "price:yuan",
    "comparable_price_at_most_factor_of_anchor": "factor:ratio mean_factor:ratio",
}
# The table [reporting]; no award depends on it.
REPORTING = "floor_percent:percent alarm_percent:percent_of_use years:past_years brand_rule:choice"
ROUNDING = ("half_up", "half_even", "down", "up")


def exact(value):
    """Shortest decimal text, or a fraction where a decimal needs more than 12 places."""
    if value.denominator == 1 or 10**12 % value.denominator == 0:
        return decimal_text(value)
    return f"{value.numerator}/{value.denominator}"


def sha256(text):
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


# ---------------------------------------------------------------- rulebook


def value_text(entry, unit):
    value = entry["value"]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "|".join(value)
    if isinstance(value, dict):
        rows = sorted(value.items(), key=lambda row: int(row[0].rstrip("+")))
        return ", ".join(f"{count}={result}" for count, result in rows)
    if value in ROUNDING:
        return f"{value} {entry['decimals']}"
    if unit == "percent":
        shortest = decimal_text(Fraction(value))
        whole, _, decimals = shortest.partition(".")
        return f"{whole}.{decimals.ljust(entry['decimals'], '0')}" if entry["decimals"] else shortest
    return exact(Fraction(value)) if unit in ("ratio", "yuan") else value


class Row:
    """One parameter. `entry` is its table in the file."""

    def __init__(self, path, unit, entry, titles=()):
        self.path, self.unit, self.entry, self.titles = path, unit, entry, titles
        self.open = "value" not in entry
        self.value = None if self.open else value_text(entry, unit)
        self.clause = entry["clause"]
        self.evidence = "open" if self.open else entry["evidence"]

    def line(self):
        parts = ["?" if self.open else escaped(self.value), *map(escaped, self.titles), self.unit, escaped(self.clause)]
        return f"{self.path} = {' | '.join(parts)} | {'' if self.open else self.evidence}\n"


def escaped(text):
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def parameters(stage, key, wanted):
    for name_and_unit in wanted.split():
        name, unit = name_and_unit.rstrip("/").split(":")
        entry = stage.get(name)
        if entry is None:
            continue
        if unit == "column":
            for place, tie in enumerate(entry, 1):
                value = {"value": f"{tie['column']} {tie['type']} {tie['first']}", **{k: tie[k] for k in ("clause", "evidence")}}
                yield Row(f"{key}.{name}.{place}", unit, value, (tie["title"]["zh"], tie["title"]["en"]))
        elif unit == "test":
            for test in entry:
                yield from parameters(test, f"{key}.{test['test']}", TESTS[test["test"]])
        elif name_and_unit.endswith("/"):
            for lot_class in sorted(entry):
                yield Row(f"{key}.{name}.{lot_class}", unit, entry[lot_class])
        else:
            yield Row(f"{key}.{name}", unit, entry)


class RulebookFile:
    def __init__(self, path):
        try:
            self.data = tomllib.loads(Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
            self.identity = self.data["rulebook"]
            self.id, self.source = self.identity["id"], self.identity["source"]
            self.stages = []  # (key, rows)
            for stage in self.data["stage"]:
                kind = stage["kind"]
                before = sum(other["kind"] == kind for other in self.data["stage"][: len(self.stages)])
                key = f"{kind}.{before + 1}" if before else kind
                self.stages.append((key, list(parameters(stage, key, STAGES[kind]))))
            self.reporting = list(parameters(self.data.get("reporting", {}), "reporting", REPORTING))
            self.ratio_rule = next(row.value for row in self.rows() if row.path == "price_ratio.rule")
            self.digest = sha256(self.canonical_text())
        except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration) as why:
            raise NotReadable(f"{path}: {type(why).__name__}: {why}") from why

    def rows(self):
        return [row for _, rows in self.stages for row in rows] + self.reporting

    def canonical_text(self):
        title = self.identity["title"]
        head = [("id", self.id), ("title.zh", title["zh"]), ("title.en", title["en"]), ("source", self.source),
                ("kind", self.identity["kind"])]
        text = "".join(f"rulebook.{name} = {escaped(value)}\n" for name, value in head)
        for key, rows in self.stages:
            text += f"stage = {key}\n" + "".join(row.line() for row in rows)
        if "reporting" in self.data:
            text += "table = reporting\n" + "".join(row.line() for row in self.reporting)
        return text

    def rows_for(self, given):
        """A point of the reporting that the file does not name is open as soon as a value is given for it."""
        named = {row.path: row for row in self.reporting}
        reporting = []
        for name_and_unit in REPORTING.split():
            name, unit = name_and_unit.split(":")
            path = f"reporting.{name}"
            if path in named or path in given:
                reporting.append(named.get(path) or Row(path, unit, {"clause": "text silent"}))
        return [row for _, rows in self.stages for row in rows] + reporting

    def not_official(self, given):
        """The member `not_official` of a round whose officers gave the values `given` (path -> value of TOML)."""
        listed = []
        for row in self.rows_for(given):
            if row.open and row.path in given:
                row = Row(row.path, row.unit, {**given_entry(given[row.path], row), "clause": row.clause, "evidence": "given"})
            if row.evidence != "official":
                listed.append({"parameter": row.path, "value": row.value, "clause": row.clause, "evidence": row.evidence})
        return listed


def given_entry(value, row):
    if isinstance(value, str) and row.unit == "flag":
        return {"value": value == "true"}
    if isinstance(value, str) and value.split(" ")[0] in ROUNDING:
        mode, decimals = value.split()
        return {"value": mode, "decimals": int(decimals)}
    if isinstance(value, str) and row.path.startswith("reporting.") and row.unit != "choice":
        return {"value": int(value)}
    if isinstance(value, str) and row.unit == "percent":
        return {"value": value, "decimals": len(value.partition(".")[2])}
    return {"value": value}


# ---------------------------------------------------------------- price-ratio table

# name in the canonical text, section, key, kind
VALUES = """
content_base content.base ratio
content_separate_representative content.separate_representative ratio
content_limit_by_ends content.limit_by_ends flag
fill_base fill.base ratio
fill_step_nl fill.step ml
fill_step_price fill.step_price ratio
fill_whole_steps fill.whole_steps flag
multi_dose_solid_fill_linear fill.multi_dose_solid_linear flag
pack_base pack.base ratio
short_pack_days_max pack.short_pack_days_max whole
short_pack_factor pack.short_pack_factor ratio
short_pack_undone_at_source pack.short_pack_undone_at_source flag
injection_price_floor injection.price_floor ratio
injection_cap_last injection.cap_last flag
injection_cap_across_forms injection.cap_across_forms flag
factor_rounding computation.factor_rounding rounding
at_most_is_fixed computation.at_most_is_fixed flag
representative_lower_middle computation.representative_lower_middle flag
""".split("\n")[1:-1]


def price_ratio_digest(path):
    try:
        return sha256(price_ratio_text(tomllib.loads(Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8"))))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        raise NotReadable(f"{path}: {type(why).__name__}: {why}") from why


def price_ratio_text(data):
    identity = data["price_ratio"]
    lines = [("id", quoted(identity["id"])), ("title.zh", quoted(identity["title"]["zh"])),
             ("title.en", quoted(identity["title"]["en"])), ("source", quoted(identity["source"]))]
    sources = []
    for name, place, kind in map(str.split, VALUES):
        section, key = place.split(".")
        entry = data[section][key]
        lines.append((name, plain(entry, kind)))
        sources.append((name, entry))
    for place, row in enumerate(data["retail_rounding"], 1):
        lines.append(("retail_rounding.below", exact(Fraction(row["below"])) if "below" in row else "none"))
        lines.append(("retail_rounding.decimals", str(row["decimals"])))
        sources.append((f"retail_rounding.{place}", row))
    for name, entry in sources:
        lines += [(f"source.{name}.clause", quoted(entry["clause"])), (f"source.{name}.evidence", quoted(entry["evidence"]))]
    for material in data.get("material", []):
        lines += [(f"material.{name}", value) for name, value in material_lines(material)]
    before = {}  # (annex, name or alias) -> factor, adder against the base of the family
    for form in data["form"]:
        lines += [(f"form.{name}", value) for name, value in form_lines(form, before)]
    return "".join(f"{name}={value}\n" for name, value in lines)


def plain(entry, kind):
    value = entry["value"]
    if kind == "ratio":
        return exact(Fraction(value))
    if kind == "ml":
        return str(int(Fraction(value) * 10**6))
    if kind == "rounding":
        return "none" if value == "none" else f"{value} {entry['decimals']}"
    return flag(value) if kind == "flag" else str(value)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def names(entry):
    return "[" + ",".join(map(quoted, entry.get("aliases", []))) + "]"


def flag(value):
    return "true" if value else "false"


def material_lines(material):
    adder = material["adder"]
    return [
        ("name", quoted(material["name"])), ("aliases", names(material)), ("family", quoted(material["family"])),
        ("biological", flag(material["biological"]) if "biological" in material else "any"),
        ("adder", exact(Fraction(adder["value"]))), ("at_most", flag(material.get("at_most", False))),
        ("clause", quoted(adder["clause"])), ("evidence", quoted(adder["evidence"])),
    ]


def form_lines(form, before):
    factor, adder = Fraction(form["factor"]["value"]), Fraction(form["adder"]["value"]) if "adder" in form else Fraction(0)
    if "against" in form:
        other_factor, other_adder = before[form["annex"], form["against"]]
        factor, adder = factor * other_factor, adder + other_adder
    for name in [form["name"], *form.get("aliases", [])]:
        before[form["annex"], name] = factor, adder
    said = form.get("adder", form["factor"])
    fill = plain(form["fill_base"], "ml") if "fill_base" in form else "none"
    return [
        ("name", quoted(form["name"])), ("aliases", names(form)), ("annex", form["annex"]), ("family", quoted(form["family"])),
        ("pack", form["pack"]), ("factor", exact(factor)), ("adder", exact(adder)), ("fill_base_nl", fill),
        *((name, flag(form.get(name, False))) for name in ("injection", "oral_solid", "multi_dose_solid", "daily_cost")),
        ("material_family", quoted(form.get("material_family", ""))),
        ("representative_rank", str(form.get("representative_rank", "none"))),
        ("clause", quoted(said["clause"])), ("evidence", quoted(said["evidence"])),
    ]
