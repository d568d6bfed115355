#include <catalogs/table_form/table_form.h>
#include <engine/money/check.h>

#include <algorithm>
#include <utility>

namespace jicai::catalogs::table_form {
namespace {

std::string words(const std::string& key, Language language) {
    return MessageCatalog::builtin().render(language, {key, {}});
}

}  // namespace

const TableForm* find_form(std::string_view name) {
    std::string wanted(name);
    std::replace(wanted.begin(), wanted.end(), '-', '_');
    const auto& forms = all_forms();
    const auto at = std::find_if(forms.begin(), forms.end(), [&](const TableForm& form) {
        return form.name == wanted;
    });
    return at == forms.end() ? nullptr : &*at;
}

std::optional<std::size_t> find_column(const TableForm& form, std::string_view name) {
    for (std::size_t i = 0; i < form.columns.size(); ++i) {
        if (form.columns[i].name == name) return i;
    }
    return {};
}

TableForm with_allowed(TableForm form, std::string_view column, std::vector<std::string> allowed) {
    const auto at = find_column(form, column);
    JICAI_CHECK(at.has_value());
    form.columns[*at].allowed = std::move(allowed);
    return form;
}

std::string table_title(const TableForm& form, Language language) {
    return words("sheet_table." + form.name, language);
}

std::string column_title(const TableForm& form, const Column& column, Language language) {
    return words("sheet." + form.name + "." + column.name, language);
}

std::string column_note(const TableForm& form, const Column& column, Language language) {
    return words("sheet_note." + form.name + "." + column.name, language);
}

std::string choice_title(
    const TableForm& form, const Column& column, const std::string& choice, Language language
) {
    return words("sheet_choice." + form.name + "." + column.name + "." + choice, language);
}

std::string reason_title(Language language) {
    return words("sheet_workbook.reason", language);
}

std::string notes_title(Language language) {
    return words("sheet_workbook.notes", language);
}

}  // namespace jicai::catalogs::table_form
