#pragma once

#include <catalogs/messages/words.h>
#include <cli/arguments.h>
#include <engine/decision/json.h>
#include <reports/table.h>

#include <string>
#include <string_view>

namespace jicai::cli {

using catalogs::Words;

/// What every command is given.
struct Session {
    const Arguments& arguments;
    const Words& words;
    bool color;     ///< stdout is a terminal and color was not switched off
    bool progress;  ///< stderr is a terminal
};

/// To standard output.
void print(std::string_view text);
void print_line(std::string_view text);
/// Canonical bytes and a line feed.
void print_json(const decision::Json& document);
void print_table(const Session& session, const reports::Table& table);
/// To standard error.
void complain(std::string_view text);

int run_award(const Session& session);
int run_link(const Session& session);
int run_regions(const Session& session);
int run_volumes(const Session& session);
int run_explain(const Session& session);
int run_compare(const Session& session);
int run_verify(const Session& session);
int run_rulebook_check(const Session& session);
int run_rulebook_show(const Session& session);
int run_rulebook_list(const Session& session);
int run_rulebook_diff(const Session& session);
int run_calendar(const Session& session);
int run_serve(const Session& session);
int run_migrate(const Session& session);
int run_backup(const Session& session);
int run_restore(const Session& session);
int run_audit(const Session& session);
int run_sheet(const Session& session);

}  // namespace jicai::cli
