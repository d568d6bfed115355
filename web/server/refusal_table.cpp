#include <web/server/refusal_table.h>

namespace jicai::web {
namespace {

struct Row {
    std::string_view key;  ///< a whole key, or the first letters of keys when it ends with a dot
    RefusalAnswer answer;
};

/// The first row that fits. 400: not understood; 401: log in; 403: not allowed; 404: not there (or
/// not to be seen); 409: somebody was faster; 422: refused by a rule (every key not named here).
constexpr Row kRows[] = {
    // --- requests
    {"request.not_found", {404}},
    {"request.method", {405}},
    {"request.too_large", {413}},
    {"request.uri_too_long", {414}},
    {"request.content_type", {415}},
    {"request.key_reused", {422}},
    {"request.header_too_large", {431}},
    {"request.too_many", {429, 1}},
    {"request.busy", {503, 2}},
    {"request.conflict", {409}},
    {"request.", {400}},
    {"store.unavailable", {503, 2}},
    {"store.full", {503, 30}},
    {"service.", {500}},

    // --- sessions, people, keys, audit
    {"session.needed", {401}},
    {"session.replaced", {401}},
    {"session.key_invalid", {401}},
    {"session.wrong", {401}},
    {"session.code_needed", {401}},
    {"session.code_wrong", {401}},
    {"session.locked", {403}},
    {"session.password_expired", {403}},
    {"session.second_factor_missing", {403}},
    {"session.key_invalid", {401}},
    {"people.changed", {409}},
    {"user.not_found", {404}},
    {"user.login_taken", {409}},
    {"organisation.not_found", {404}},
    {"organisation.code_taken", {409}},
    {"key.not_found", {404}},
    {"audit_entry.not_found", {404}},
    {"access.", {403}},

    // --- tables and catalogues
    {"table.not_found", {404}},
    {"import.not_found", {404}},
    {"import.accepted", {409}},
    {"import.overtaken", {409}},
    {"catalogue.hospital_not_found", {404}},
    {"catalogue.product_not_found", {404}},
    {"catalogue.code_taken", {409}},

    // --- prices
    {"price.observation_not_found", {404}},
    {"price.review_not_found", {404}},
    {"price.region_not_yours", {403}},
    {"price.already_excluded", {409}},
    {"price.not_excluded", {409}},
    {"price.review_decided", {409}},
    {"price.entered_already", {409}},
    {"price.mapping_changed", {409}},

    // --- message centre
    {"notices.not_found", {404}},
    {"channels.changed", {409}},

    // --- rounds and rulebooks
    {"round.not_found", {404}},
    {"round.lot_not_found", {404}},
    {"round.into_other_office", {409}},
    {"round.no_certificate", {404}},
    {"rulebook.not_found", {404}},

    // --- volume reports
    {"volumes.hospital_not_found", {404}},
    {"volumes.changed", {409}},
    {"volumes.step_of_a_person", {403}},

    // --- listing register
    {"listing.not_found", {404}},
    {"listing.filing_not_found", {404}},
    {"listing.rise_not_found", {404}},
    {"listing.changed", {409}},
    {"listing.decided", {409}},
    {"listing.entered_already", {409}},

    // --- rounds at work
    {"round.id_taken", {409}},
    {"round.changed", {409}},
    {"round.not_as_signed", {409}},
    {"inquiry.not_found", {404}},
    {"inquiry.changed", {409}},
    {"correction.not_found", {404}},
    {"document.not_found", {404}},
    {"document.too_large", {413}},
    {"document.too_many", {409}},
    {"procedure.not_yours", {403}},
    {"procedure.passage_not_yours", {403}},
};

}  // namespace

RefusalAnswer answer_of_refusal(std::string_view key) {
    for (const Row& row : kRows) {
        const bool prefix = row.key.back() == '.';
        if (prefix ? key.substr(0, row.key.size()) == row.key : key == row.key) return row.answer;
    }
    return {};
}

}  // namespace jicai::web
