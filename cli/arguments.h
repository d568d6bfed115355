#pragma once

#include <catalogs/messages/message_catalog.h>
#include <cli/database_arguments.h>
#include <cli/serve_arguments.h>
#include <cli/tool_arguments.h>
#include <engine/decision/message.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The command line, decoded. CLI11 is included by arguments.cpp alone.

namespace jicai::cli {

enum class Command : std::uint8_t {
    none,
    award,
    link,
    regions,
    volumes,
    explain,
    compare,
    verify,
    rulebook,
    rulebook_check,
    rulebook_show,
    rulebook_list,
    rulebook_diff,
    calendar,
    serve,
    migrate,
    backup,
    restore,
    audit,
    sheet,
};

/// "award", "rulebook_check": as in the keys help.<name>.
[[nodiscard]] const char* name_of(Command command);

struct Arguments {
    Command command = Command::none;
    catalogs::Language language = catalogs::Language::zh;
    bool help = false;
    bool version = false;
    bool json = false;
    bool color = true;  ///< false after --no-color or with NO_COLOR set
    bool gb18030 = false;
    bool byte_order_mark = false;
    int threads = 2;
    std::string folder;  ///< DIR, or of verify: --round
    std::string out;
    std::string lot;
    std::string supplier;
    std::string certificate;
    std::string product;                 ///< of link: --explain
    std::string policy;                  ///< of link and verify: --policy
    std::vector<std::string> rulebooks;  ///< --rulebook, or FILE|ID of the rulebook commands
    ServeArguments serve;
    ToolArguments tool;                      ///< of calendar, sheet, audit
    DatabaseArguments database;              ///< of migrate, backup, restore, audit
    std::optional<decision::Message> fault;  ///< usage.*: exit 64
};

/// Never throws for what a user can type. `environment` gives LC_ALL, LC_MESSAGES, LANG, NO_COLOR
/// (null: not set).
[[nodiscard]] Arguments read_arguments(
    const std::vector<std::string>& words, const char* (*environment)(const char* name)
);

}  // namespace jicai::cli
