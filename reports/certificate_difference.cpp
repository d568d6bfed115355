#include <reports/certificate_difference.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace jicai::reports {
namespace {

using decision::Json;
using decision::Message;

constexpr std::size_t kValueShownMax = 200;
constexpr std::string_view kLots = "/lots";
constexpr std::string_view kSkus = "skus";

/// What the objects on the way to the difference call themselves.
struct Place {
    std::string top;  ///< "inputs", "lots", "rulebook"
    std::string input;
    std::string lot;
    std::string supplier;
    std::string step;     ///< code of the trace step
    std::string number;   ///< of the step, from 1
    std::string product;  ///< of a linkage campaign
    std::string member;   ///< the rest of the way: "values/limit"
    std::string list;     ///< "volumes", "allocations", "packs", "turns": a row of one of them
    std::string spec;
    std::string region;
    std::string row;  ///< of the list, from 1
};

std::string text_member(const Json& object, const char* name) {
    const auto found = object.object().find(name);
    return found != object.object().end() && found->second.is_text() ? found->second.text() : "";
}

/// The child `segment` names, or null.
const Json* child(const Json* node, const std::string& segment) {
    if (node == nullptr) return nullptr;
    if (node->is_object()) {
        const auto found = node->object().find(segment);
        return found == node->object().end() ? nullptr : &found->second;
    }
    if (!node->is_array()) return nullptr;
    std::size_t index = 0;
    const auto [end, error] =
        std::from_chars(segment.data(), segment.data() + segment.size(), index);
    if (error != std::errc() || end != segment.data() + segment.size()) return nullptr;
    return index < node->array().size() ? &node->array()[index] : nullptr;
}

void take_name(const Json& object, const char* member, std::string& name) {
    std::string text = text_member(object, member);
    if (!text.empty()) name = std::move(text);
}

std::string one_based(const std::string& segment) {
    std::size_t index = 0;
    std::from_chars(segment.data(), segment.data() + segment.size(), index);
    return std::to_string(index + 1);
}

std::vector<std::string> segments_of(std::string_view pointer) {
    std::vector<std::string> segments;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::size_t slash = std::min(pointer.find('/'), pointer.size());
        segments.emplace_back(pointer.substr(0, slash));
        pointer.remove_prefix(slash);
    }
    return segments;
}

bool is_row_list(std::string_view member) {
    return member == "volumes" || member == "allocations" || member == "packs" || member == "turns";
}

Place place_of(const Json& claimed, const Json& recomputed, const std::string& pointer) {
    const std::vector<std::string> segments = segments_of(pointer);
    Place place;
    const Json* left = &claimed;
    const Json* right = &recomputed;
    std::size_t named_until = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const bool is_element = (right != nullptr && right->is_array()) ||
                                (right == nullptr && left != nullptr && left->is_array());
        left = child(left, segments[i]);
        right = child(right, segments[i]);
        if (i == 0) place.top = segments[i];
        // Names are taken from what was recomputed: those of the claim may be what is wrong.
        const Json* node = right != nullptr ? right : left;
        if (!is_element || node == nullptr || !node->is_object()) continue;
        take_name(*node, "file", place.input);
        take_name(*node, "lot", place.lot);
        take_name(*node, "supplier", place.supplier);
        if (place.top == kSkus) take_name(*node, "product", place.product);
        take_name(*node, "code", place.step);
        if (i >= 1 && is_row_list(segments[i - 1])) {
            place.list = segments[i - 1];
            place.row = one_based(segments[i]);
            take_name(*node, "spec", place.spec);
            take_name(*node, "region", place.region);
        }
        if (!place.step.empty()) place.number = one_based(segments[i]);
        named_until = i + 1;
    }
    for (std::size_t i = std::min(named_until, segments.size()); i < segments.size(); ++i) {
        if (!place.member.empty()) place.member += "/";
        place.member += segments[i];
    }
    if (place.member.empty() && !segments.empty()) place.member = segments.back();
    return place;
}

Message where(const Place& place, const std::string& pointer) {
    if (!place.product.empty()) {
        return {
            "verify.at_sku",
            {{"product", place.product},
             {"step", place.step.empty() ? "—" : place.number + " " + place.step},
             {"member", place.member}}};
    }
    if (!place.list.empty()) {
        const auto shown = [](const std::string& name) { return name.empty() ? "—" : name; };
        return {
            "verify.at_row",
            {{"lot", place.lot},
             {"list", place.list},
             {"row", place.row},
             {"spec", shown(place.spec)},
             {"region", shown(place.region)},
             {"supplier", shown(place.supplier)},
             {"member", place.member}}};
    }
    if (!place.step.empty() && !place.supplier.empty()) {
        return {
            "verify.at_bid_step",
            {{"lot", place.lot},
             {"supplier", place.supplier},
             {"number", place.number},
             {"key", place.step},
             {"member", place.member}}};
    }
    if (!place.step.empty()) {
        return {
            "verify.at_lot_step",
            {{"lot", place.lot},
             {"number", place.number},
             {"key", place.step},
             {"member", place.member}}};
    }
    if (!place.supplier.empty()) {
        return {
            "verify.at_bid",
            {{"lot", place.lot}, {"supplier", place.supplier}, {"member", place.member}}};
    }
    if (!place.lot.empty()) {
        return {"verify.at_lot", {{"lot", place.lot}, {"member", place.member}}};
    }
    if (!place.input.empty()) {
        return {"verify.at_input", {{"file", place.input}, {"member", place.member}}};
    }
    if (place.top == "rulebook") return {"verify.at_rulebook", {{"member", place.member}}};
    return {"verify.at_other", {{"pointer", pointer}}};
}

const Json* member_of(const Json& document, const char* name) {
    if (!document.is_object()) return nullptr;
    const auto found = document.object().find(name);
    return found == document.object().end() ? nullptr : &found->second;
}

std::string text_of(const Json* object, const char* name) {
    return object != nullptr && object->is_object() ? text_member(*object, name) : "";
}

/// Another rulebook explains every other difference, so it is said before them.
std::vector<Message> other_rulebook(const Json& claimed, const Json& recomputed) {
    const Json* left = member_of(claimed, "rulebook");
    const Json* right = member_of(recomputed, "rulebook");
    const std::string left_id = text_of(left, "id");
    const std::string right_id = text_of(right, "id");
    if (left_id.empty()) return {};
    if (left_id != right_id) {
        return {{"verify.other_rulebook", {{"claimed", left_id}, {"used", right_id}}}};
    }
    const std::string left_digest = text_of(left, "digest");
    const std::string right_digest = text_of(right, "digest");
    if (left_digest == right_digest) return {};
    return {
        {"verify.other_rulebook_text",
         {{"id", left_id}, {"claimed", left_digest}, {"used", right_digest}}}};
}

std::vector<std::string> lot_ids(const Json& document) {
    std::vector<std::string> ids;
    const Json* lots = member_of(document, "lots");
    if (lots == nullptr || !lots->is_array()) return ids;
    for (const Json& lot : lots->array()) ids.push_back(text_of(&lot, "lot"));
    return ids;
}

/// A lot that is missing, one too many or out of order would shift all behind it.
std::vector<Message> other_lots(const Json& claimed, const Json& recomputed) {
    const std::vector<std::string> left = lot_ids(claimed);
    const std::vector<std::string> right = lot_ids(recomputed);
    const auto first_missing = [](const std::vector<std::string>& ids,
                                  const std::vector<std::string>& others) {
        return std::find_if(ids.begin(), ids.end(), [&](const std::string& id) {
            return std::count(ids.begin(), ids.end(), id) >
                   std::count(others.begin(), others.end(), id);
        });
    };
    if (const auto lot = first_missing(right, left); lot != right.end()) {
        return {{"verify.lot_missing", {{"lot", *lot}}}};
    }
    if (const auto lot = first_missing(left, right); lot != left.end()) {
        return {{"verify.lot_extra", {{"lot", *lot}}}};
    }
    const auto [moved, expected] = std::mismatch(left.begin(), left.end(), right.begin());
    if (moved == left.end()) return {};
    return {{"verify.lot_order", {{"lot", *moved}, {"expected", *expected}}}};
}

std::string cut(const std::string& value) {
    if (value.size() <= kValueShownMax) return value;
    std::size_t end = kValueShownMax;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
    return value.substr(0, end) + "…";
}

}  // namespace

std::vector<Message> describe_first_difference(const Json& claimed, const Json& recomputed) {
    Json left = claimed;
    Json right = recomputed;
    if (left.is_object()) left.object().erase("digest");
    if (right.is_object()) right.object().erase("digest");
    const auto differences = first_difference(left, right);
    if (differences.empty()) return {};
    if (auto rulebook = other_rulebook(left, right); !rulebook.empty()) return rulebook;
    const decision::JsonDifference& first = differences.front();
    if (first.pointer.compare(0, kLots.size(), kLots) == 0) {
        if (auto lots = other_lots(left, right); !lots.empty()) return lots;
    }
    const auto value = [](const std::string& text) { return text.empty() ? "—" : cut(text); };
    return {
        where(place_of(left, right, first.pointer), first.pointer),
        {"verify.values", {{"claimed", value(first.left)}, {"recomputed", value(first.right)}}}};
}

}  // namespace jicai::reports
