#include <catalogs/rulebook_file/rulebook_decoder.h>
#include <catalogs/rulebook_file/stage_decoder.h>
#include <engine/rules/parameter_list.h>

namespace jicai::catalogs::detail {

namespace {

class RulebookDecoder {
public:
    RulebookDecoder(DecodedRulebook& out, std::string_view source)
        : out_(out), sheet_(out.findings, source) {}

    void decode(const toml::table& root) {
        sheet_.unknown_keys(root, "rulebook", {"rulebook", "stage", "reporting"});
        identity(root);
        stages(root);
        reporting(root);
    }

private:
    void identity(const toml::table& root) {
        const toml::node* node = root.get("rulebook");
        if (node == nullptr) {
            sheet_.fault(
                {},
                "rulebook",
                "fault.rulebook.key_missing",
                {{"owner", "rulebook"}, {"key", "[rulebook]"}}
            );
            return;
        }
        const auto* table = node->as_table();
        if (table == nullptr) {
            sheet_.wrong_kind(*node, "rulebook", "fault.rulebook.expected_table");
            return;
        }
        sheet_.remember("rulebook", place_of(*table));
        sheet_.unknown_keys(*table, "rulebook", {"id", "title", "source", "kind"});
        rules::Rulebook& rulebook = out_.rulebook;
        rulebook.id = sheet_.required_text(*table, "rulebook", "id").value_or(std::string());
        if (!rulebook.id.empty() && !valid_id(rulebook.id)) {
            sheet_.wrong_kind(*table->get("id"), "rulebook.id", "fault.rulebook.id");
        }
        rulebook.source =
            sheet_.required_text(*table, "rulebook", "source").value_or(std::string());
        rulebook.kind = sheet_.required_text(*table, "rulebook", "kind").value_or(std::string());
        static constexpr std::string_view kKinds = "drug, consumable, reagent";
        if (!rulebook.kind.empty() && rulebook.kind != "drug" && rulebook.kind != "consumable" &&
            rulebook.kind != "reagent") {
            sheet_.fault(
                place_of(*table->get("kind")),
                "rulebook.kind",
                "fault.rulebook.word_unknown",
                {{"parameter", "rulebook.kind"},
                 {"value", shortened(rulebook.kind)},
                 {"allowed", std::string(kKinds)}},
                shortened(rulebook.kind)
            );
        }
        title(*table);
    }

    void title(const toml::table& table) {
        const toml::node* node = table.get("title");
        if (node == nullptr) {
            sheet_.key_missing(table, "rulebook", "title");
            return;
        }
        const auto* title = node->as_table();
        if (title == nullptr) {
            sheet_.wrong_kind(*node, "rulebook.title", "fault.rulebook.expected_title");
            return;
        }
        sheet_.unknown_keys(*title, "rulebook.title", {"zh", "en"});
        out_.rulebook.title_zh =
            sheet_.required_text(*title, "rulebook.title", "zh").value_or(std::string());
        out_.rulebook.title_en =
            sheet_.required_text(*title, "rulebook.title", "en").value_or(std::string());
    }

    static bool valid_id(std::string_view id) {
        return id.size() <= 60 && std::all_of(id.begin(), id.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
               });
    }

    void stages(const toml::table& root) {
        const toml::node* node = root.get("stage");
        if (node == nullptr) {
            sheet_.fault(
                {},
                "stage",
                "fault.rulebook.key_missing",
                {{"owner", "rulebook"}, {"key", "[[stage]]"}}
            );
            return;
        }
        const auto* array = node->as_array();
        if (array == nullptr || array->empty()) {
            sheet_.wrong_kind(*node, "stage", "fault.rulebook.expected_stages");
            return;
        }
        for (const toml::node& entry : *array) {
            const auto* table = entry.as_table();
            if (table == nullptr) {
                sheet_.wrong_kind(entry, "stage", "fault.rulebook.expected_table");
                continue;
            }
            stage(*table);
        }
    }

    void reporting(const toml::table& root) {
        const std::string key(rules::ReportingRule::kind);
        const toml::node* node = root.get(key);
        if (node == nullptr) return;
        const auto* table = node->as_table();
        if (table == nullptr) {
            sheet_.wrong_kind(*node, key, "fault.rulebook.expected_table");
            return;
        }
        sheet_.remember(key, place_of(*table));
        SectionDecoder decoder(sheet_, *table, key);
        rules::ReportingRule::visit(out_.rulebook.reporting.emplace(), decoder);
        decoder.finish();
    }

    void stage(const toml::table& table) {
        const toml::node* node = table.get("kind");
        if (node == nullptr) {
            sheet_.key_missing(table, "stage", "kind");
            return;
        }
        const std::optional<std::string> kind = sheet_.text(*node, "stage.kind");
        if (!kind) return;
        constexpr auto kKinds = std::make_index_sequence<std::variant_size_v<rules::Stage>>();
        if (!decode_stage(table, *kind, place_of(*node), kKinds)) {
            sheet_.fault(
                place_of(*node),
                "stage",
                "fault.rulebook.stage_kind_unknown",
                {{"value", shortened(*kind)}, {"allowed", kind_names(kKinds)}},
                shortened(*kind)
            );
        }
    }

    template <std::size_t... I>
    static std::string kind_names(std::index_sequence<I...>) {
        std::string names;
        ((names += names.empty() ? "" : ", ",
          names += std::variant_alternative_t<I, rules::Stage>::kind),
         ...);
        return names;
    }

    template <std::size_t... I>
    bool
    decode_stage(const toml::table& table, std::string_view kind, Place place, std::index_sequence<I...>) {
        return (
            decode_one_stage<std::variant_alternative_t<I, rules::Stage>>(table, kind, place) || ...
        );
    }

    template <class S>
    bool decode_one_stage(const toml::table& table, std::string_view kind, Place place) {
        if (kind != S::kind) return false;
        out_.rulebook.stages.emplace_back(S());
        const std::string key = rules::stage_keys(out_.rulebook).back();
        sheet_.remember(key, place);
        S& typed = std::get<S>(out_.rulebook.stages.back());
        StageDecoder decoder(sheet_, table, key, "kind");
        S::visit(typed, decoder);
        decoder.finish();
        return true;
    }

    DecodedRulebook& out_;
    Sheet sheet_;
};

}  // namespace

DecodedRulebook decode_rulebook(std::string_view text) {
    DecodedRulebook out;
    const toml::parse_result parsed = parse_toml(text);
    if (!parsed) {
        const toml::parse_error& error = parsed.error();
        out.findings.faults.push_back(
            {place_of(error.source().begin),
             {},
             {},
             {"fault.rulebook.toml_syntax", {{"detail", std::string(error.description())}}}}
        );
        return out;
    }
    RulebookDecoder(out, text).decode(parsed.table());
    return out;
}

}  // namespace jicai::catalogs::detail
