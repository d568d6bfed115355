"""A price linkage policy (docs/linkage.md, section 3): its parameters, its digest, and what no official text backs."""

import tomllib
from pathlib import Path

from rule_digests import NotReadable, Row, escaped, given_entry, sha256

# The parameters of each section in the order of docs/linkage.md, as name:unit.
SECTIONS = {
    "comparison": "key:choice sources:sources",
    "exclusions": "awards_elsewhere:flag own_region:flag suspended:flag under_objection:flag not_evaluated:flag regions:regions",
    "conversion": "rule:choice price_ratio_rule:text unit_rounding:yuan pack_rounding:yuan",
    "reference": """aggregator:choice lowest:prices count_each:choice regions_needed:regions regions:regions too_few:choice
        median_of_even:choice first_family:sources second_family:sources tolerance:percent""",
    "deadline": """months:months month_end:choice working_days:days window_end:date frequency:choice publicity_days:days
        objection_days:days""",
    "consequences": "ladder:steps grace_months:months bar_years:years relist_cap:choice",
    "winner_rules": """winning_price:choice cut_bands:bands floor_multiple:ratio cap_not_evaluated:flag outside_supply:choice
        outside_supply_multiple:ratio makers_threshold:makers makers_scope:choice makers_include_originator:flag""",
    "labels": "bands:bands",
    "fairness": """regions_min:regions region_bands:bands makers_scope:choice maker_bands:bands monitored_bands:bands
        winner_elsewhere_multiple:ratio""",
    "substitution": "window_months:months rise:percent lag:percent",
    "plausibility": "others_min:prices held_from:ratio near:ratio",
}
LISTS = ("sources", "regions", "steps", "bands")
IDENTITY = "id title.zh title.en source kind region effective_from effective_to".split()


class Open(Exception):
    """A value the policy leaves open and a SKU needs. Arguments: code and values of what it waits for."""


class PolicyFile:
    """`given`: path -> value of TOML, as parameters.toml has it."""

    def __init__(self, path, given=None):
        try:
            self.data = tomllib.loads(Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
            self.identity = self.data["policy"]
            self.id, self.source, self.region = (self.identity[name] for name in ("id", "source", "region"))
            unknown = set(self.data) - {"policy", *SECTIONS}
            if unknown:
                raise NotReadable(f"{path}: sections {', '.join(sorted(unknown))}")
            self.rows = [row for section in SECTIONS if section in self.data for row in self.rows_of(section)]
            self.digest = sha256(self.canonical_text())  # before values are given
            for name, value in (given or {}).items():
                self.give(name, value)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
            raise NotReadable(f"{path}: {type(why).__name__}: {why}") from why

    def rows_of(self, section):
        entries = self.data[section]
        known = [name_and_unit.split(":") for name_and_unit in SECTIONS[section].split()]
        unknown = set(entries) - {name for name, _ in known}
        if unknown:
            raise NotReadable(f"{section}: parameters {', '.join(sorted(unknown))}")
        return [Row(f"{section}.{name}", unit, entries[name]) for name, unit in known if name in entries]

    def canonical_text(self):
        title = self.identity["title"]
        values = {**self.identity, "title.zh": title["zh"], "title.en": title["en"]}
        head = "".join(f"policy.{name} = {escaped(str(values.get(name, '')))}\n" for name in IDENTITY)
        return head + "".join(row.line() for row in self.rows)

    def give(self, path, value):
        for place, row in enumerate(self.rows):
            if row.path == path and row.open:
                entry = given_entry(value, row)
                if row.unit in LISTS and isinstance(value, str):
                    entry = {"value": value.split("|")}
                elif not isinstance(entry["value"], (bool, int, list)):
                    entry["value"] = str(entry["value"])  # a date of TOML, too
                entry = {**entry, "clause": row.clause, "evidence": "given"}
                section, name = path.split(".")
                self.data[section][name] = entry
                self.rows[place] = Row(path, row.unit, entry)
                return
        raise NotReadable(f"parameters.toml: {path} is no open parameter of {self.id}")

    def not_official(self):
        """The member `not_official`."""
        return [
            {"parameter": row.path, "value": row.value, "clause": row.clause, "evidence": row.evidence}
            for row in self.rows
            if row.evidence != "official"
        ]

    # ---------------------------------------------------------------- values

    def has(self, section):
        return section in self.data

    def entry(self, path):
        section, name = path.split(".")
        return self.data.get(section, {}).get(name)

    def wanted(self, path):
        """The value; None where the policy does not name the parameter at all."""
        entry = self.entry(path)
        if entry is None:
            return None
        if "value" not in entry:
            raise Open("wait.open_parameter", {"parameter": path, "clause": entry["clause"]})
        return entry["value"]

    def need(self, path):
        value = self.wanted(path)
        if value is None:
            raise Open("wait.open_parameter", {"parameter": path, "clause": ""})
        return value

    def rounding(self, path):
        return self.need(path), self.entry(path)["decimals"]

    def basis(self, path):
        """Clause and evidence of a parameter, as a step or a ceiling names them."""
        entry = self.entry(path)
        return entry["clause"], entry["evidence"]
