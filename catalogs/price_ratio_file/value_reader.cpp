#include <catalogs/price_ratio_file/value_reader.h>
#include <engine/money/decimal.h>

#include <algorithm>

namespace jicai::catalogs::price_ratio {

using money::Price;
using money::Ratio;

namespace {

constexpr int kNanolitresPerMillilitreScale = 6;

std::string node_text(const toml::node& node) {
    if (const auto* text = node.as_string()) return shortened(text->get());
    if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    if (node.is_array()) return "[…]";
    if (node.is_table()) return "{…}";
    return node.is_floating_point() ? "1.0" : "…";
}

}  // namespace

Place place_of(const toml::source_position& position) {
    return {std::max<std::uint64_t>(position.line, 1), std::max<std::uint64_t>(position.column, 1)};
}
Place place_of(const toml::node& node) {
    return place_of(node.source().begin);
}
Place place_of(const toml::key& key) {
    return place_of(key.source().begin);
}

const Words& evidence_words() {
    static const Words words{"official", "replay", "secondary", "reported", "assumed", "given"};
    return words;
}
void ValueReader::fault(
    Place place, std::string subject, std::string key, Arguments arguments, std::string value
) {
    faults_.push_back(
        {place, std::move(subject), std::move(value), {std::move(key), std::move(arguments)}}
    );
}

void ValueReader::wrong(
    const toml::node& node, const std::string& subject, std::string key, Arguments more
) {
    const std::string actual = node_text(node);
    Arguments arguments{{"parameter", subject}, {"value", actual}};
    arguments.insert(arguments.end(), more.begin(), more.end());
    fault(place_of(node), subject, std::move(key), std::move(arguments), actual);
}

void ValueReader::allow(const Owner& owner, const Words& allowed) {
    for (const auto& [key, node] : *owner.table) {
        if (std::find(allowed.begin(), allowed.end(), key.str()) != allowed.end()) continue;
        const std::string name = shortened(std::string(key.str()));
        fault(
            place_of(key),
            owner.name,
            "fault.price_ratio.key_unknown",
            {{"owner", owner.name}, {"key", name}, {"allowed", joined(allowed)}},
            name
        );
    }
}

const toml::node* ValueReader::required(const Owner& owner, std::string_view key) {
    const toml::node* node = owner.table->get(key);
    if (node == nullptr) {
        fault(
            place_of(*owner.table),
            owner.name,
            "fault.price_ratio.key_missing",
            {{"owner", owner.name}, {"key", std::string(key)}}
        );
    }
    return node;
}

std::optional<std::string> ValueReader::text_of(
    const toml::node& node, const std::string& subject
) {
    const auto* text = node.as_string();
    if (text == nullptr || text->get().empty() ||
        std::any_of(text->get().begin(), text->get().end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x20U || c == 0x7F;
        })) {
        wrong(node, subject, "fault.price_ratio.expected_text");
        return {};
    }
    return text->get();
}

std::optional<std::string> ValueReader::text(const Owner& owner, std::string_view key) {
    const toml::node* node = required(owner, key);
    if (node == nullptr) return {};
    return text_of(*node, owner.name + "." + std::string(key));
}

std::optional<std::string> ValueReader::word(
    const Owner& owner, std::string_view key, const Words& allowed
) {
    const toml::node* node = required(owner, key);
    if (node == nullptr) return {};
    const std::string subject = owner.name + "." + std::string(key);
    const auto* word = node->as_string();
    if (word == nullptr ||
        std::find(allowed.begin(), allowed.end(), word->get()) == allowed.end()) {
        wrong(*node, subject, "fault.price_ratio.word_unknown", {{"allowed", joined(allowed)}});
        return {};
    }
    return word->get();
}

std::optional<bool> ValueReader::flag_of(const toml::node& node, const std::string& subject) {
    const auto* flag = node.as_boolean();
    if (flag == nullptr) {
        wrong(node, subject, "fault.price_ratio.expected_flag");
        return {};
    }
    return flag->get();
}

std::optional<bool> ValueReader::optional_flag(const Owner& owner, std::string_view key) {
    const toml::node* node = owner.table->get(key);
    if (node == nullptr) return {};
    return flag_of(*node, owner.name + "." + std::string(key));
}

std::optional<std::int64_t> ValueReader::whole_of(
    const toml::node& node, const std::string& subject, std::int64_t least, std::int64_t most
) {
    const auto* whole = node.as_integer();
    if (whole == nullptr || whole->get() < least || whole->get() > most) {
        wrong(
            node,
            subject,
            "fault.price_ratio.expected_whole",
            {{"least", std::to_string(least)}, {"most", std::to_string(most)}}
        );
        return {};
    }
    return whole->get();
}

std::optional<Ratio> ValueReader::ratio_of(const toml::node& node, const std::string& subject) {
    const auto* text = node.as_string();
    const auto ratio = text == nullptr ? std::nullopt : Ratio::parse(text->get());
    if (!ratio || ratio->numerator() == 0) {
        wrong(node, subject, "fault.price_ratio.expected_ratio");
        return {};
    }
    return ratio;
}

std::optional<Price> ValueReader::price_of(const toml::node& node, const std::string& subject) {
    const auto* text = node.as_string();
    if (text != nullptr) {
        const money::ScaledDecimal parsed =
            money::parse_scaled(text->get(), money::kMicroYuanScale, money::kMicroYuanScale);
        if (!parsed.fault && parsed.scaled <= Price::kMicroYuanMax) return Price(parsed.scaled);
    }
    wrong(
        node,
        subject,
        "fault.price_ratio.expected_yuan",
        {{"most", Price(Price::kMicroYuanMax).text()}}
    );
    return {};
}

std::optional<std::int64_t> ValueReader::nanolitres_of(
    const toml::node& node, const std::string& subject
) {
    const auto* text = node.as_string();
    if (text != nullptr) {
        const money::ScaledDecimal parsed = money::parse_scaled(
            text->get(), kNanolitresPerMillilitreScale, kNanolitresPerMillilitreScale
        );
        if (!parsed.fault && parsed.scaled > 0) return parsed.scaled;
    }
    wrong(node, subject, "fault.price_ratio.expected_ml");
    return {};
}

void ValueReader::check_unit(const Owner& owner, std::string_view expected) {
    const toml::node* node = required(owner, "unit");
    if (node == nullptr) return;
    const auto* unit = node->as_string();
    if (unit != nullptr && unit->get() == expected) return;
    wrong(*node, owner.name, "fault.price_ratio.unit_wrong", {{"expected", std::string(expected)}});
}

std::optional<Owner> ValueReader::section(
    const Owner& root, std::string_view key, const Words& allowed
) {
    const toml::node* node = required(root, key);
    if (node == nullptr) return {};
    const toml::table* table = node->as_table();
    if (table == nullptr) {
        wrong(*node, std::string(key), "fault.price_ratio.expected_table");
        return {};
    }
    Owner owner{table, std::string(key)};
    allow(owner, allowed);
    return owner;
}

std::vector<Owner> ValueReader::entries(const Owner& root, std::string_view key) {
    const toml::node* node = required(root, key);
    if (node == nullptr) return {};
    const toml::array* array = node->as_array();
    if (array == nullptr || array->empty()) {
        wrong(*node, std::string(key), "fault.price_ratio.expected_entries");
        return {};
    }
    std::vector<Owner> owners;
    for (const toml::node& element : *array) {
        const toml::table* table = element.as_table();
        if (table == nullptr) {
            wrong(element, std::string(key), "fault.price_ratio.expected_entries");
            continue;
        }
        const auto* name = table->get_as<std::string>("name");
        owners.push_back(
            {table, std::string(key) + (name == nullptr ? "" : " " + shortened(name->get()))}
        );
    }
    return owners;
}

std::vector<std::string> ValueReader::aliases(const Owner& owner) {
    const toml::node* node = owner.table->get("aliases");
    if (node == nullptr) return {};
    const std::string subject = owner.name + ".aliases";
    const toml::array* array = node->as_array();
    if (array == nullptr) {
        wrong(*node, subject, "fault.price_ratio.expected_list");
        return {};
    }
    std::vector<std::string> names;
    for (const toml::node& element : *array) {
        if (auto name = text_of(element, subject)) names.push_back(std::move(*name));
    }
    return names;
}

}  // namespace jicai::catalogs::price_ratio
