#include <catalogs/messages/fault_text.h>
#include <cli/arguments.h>
#include <cli/exit_codes.h>
#include <cli/failures.h>
#include <cli/session.h>
#include <cli/version.h>

#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace jicai;
using namespace jicai::cli;
using decision::Json;

int run(const Session& session) {
    switch (session.arguments.command) {
        case Command::award:
            return run_award(session);
        case Command::link:
            return run_link(session);
        case Command::regions:
            return run_regions(session);
        case Command::volumes:
            return run_volumes(session);
        case Command::explain:
            return run_explain(session);
        case Command::compare:
            return run_compare(session);
        case Command::verify:
            return run_verify(session);
        case Command::rulebook_check:
            return run_rulebook_check(session);
        case Command::rulebook_show:
            return run_rulebook_show(session);
        case Command::rulebook_list:
            return run_rulebook_list(session);
        case Command::rulebook_diff:
            return run_rulebook_diff(session);
        case Command::calendar:
            return run_calendar(session);
        case Command::serve:
            return run_serve(session);
        case Command::migrate:
            return run_migrate(session);
        case Command::backup:
            return run_backup(session);
        case Command::restore:
            return run_restore(session);
        case Command::audit:
            return run_audit(session);
        case Command::sheet:
            return run_sheet(session);
        case Command::none:
        case Command::rulebook:
            break;
    }
    return kExitUsage;
}

std::string fault_count(const std::vector<catalogs::Fault>& faults) {
    std::size_t count = 0;
    bool stopped = false;
    for (const catalogs::Fault& fault : faults) {
        const bool stop = fault.message.key == "fault.reading_stopped";
        if (!stop && fault.message.key != "fault.more") {
            ++count;
            continue;
        }
        stopped = stopped || stop;
        for (const auto& [name, text] : fault.message.arguments) {
            if (name != "count") continue;
            std::size_t more = 0;
            for (const char c : text) more = more * 10 + static_cast<std::size_t>(c - '0');
            count += more;
        }
    }
    return (stopped ? "≥ " : "") + std::to_string(count);
}

Json faults_json(const Session& session, const BadInput& bad) {
    Json::Array faults;
    for (const catalogs::Fault& fault : bad.faults()) {
        faults.emplace_back(Json::Object{
            {"file", fault.file},
            {"row", static_cast<std::int64_t>(fault.row)},
            {"column", fault.column},
            {"column_number", static_cast<std::int64_t>(fault.column_number)},
            {"value", fault.value},
            {"key", fault.message.key},
            {"text", session.words.render(fault.message)},
        });
    }
    for (const decision::Message& refusal : bad.refusals()) {
        faults.emplace_back(Json::Object{
            {"key", refusal.key}, {"text", session.words.render(refusal)}});
    }
    return Json::Object{{"faults", std::move(faults)}};
}

int report(const Session& session, const BadInput& bad) {
    if (session.arguments.json) {
        print_json(faults_json(session, bad));
        return kExitBadInput;
    }
    const Words& words = session.words;
    for (const catalogs::Fault& fault : bad.faults()) {
        complain(catalogs::fault_text(words.catalog(), words.language(), fault));
    }
    for (const decision::Message& refusal : bad.refusals()) complain(words.render(refusal));
    if (!bad.faults().empty()) {
        complain(words("failure.fault_count", {{"count", fault_count(bad.faults())}}));
    } else if (bad.refusals().size() > 1) {
        complain(words("failure.fault_count", {{"count", std::to_string(bad.refusals().size())}}));
    }
    return kExitBadInput;
}

/// Everything a command can end with, caught once.
int run_and_report(const Session& session) {
    try {
        return run(session);
    } catch (const BadInput& bad) {
        return report(session, bad);
    } catch (const WorldFault& fault) {
        complain(session.words.render(fault.why()));
        return kExitWorld;
    } catch (const std::bad_alloc&) {
        complain(session.words("failure.memory"));
        return kExitWorld;
    } catch (const std::exception& error) {
        complain(session.words("failure.broken", {{"detail", error.what()}}));
        return kExitBroken;
    }
}

int help(const Words& words, Command command) {
    print(words((std::string("help.") + name_of(command)).c_str()));
    print(words("help.common"));
    return kExitDone;
}

int main_with(const std::vector<std::string>& line) {
    const Arguments arguments =
        read_arguments(line, [](const char* name) -> const char* { return std::getenv(name); });
    const Words words(catalogs::MessageCatalog::builtin(), arguments.language);
    if (arguments.fault) {
        complain(words.render(*arguments.fault));
        std::string command = name_of(arguments.command);
        for (char& letter : command) letter = letter == '_' ? ' ' : letter;
        complain(words(
            "usage.see_help",
            {{"command", arguments.command == Command::none ? "jicai" : "jicai " + command}}
        ));
        return kExitUsage;
    }
    if (arguments.version) {
        print_line(std::string("jicai ") + kVersion);
        return kExitDone;
    }
    if (arguments.help) return help(words, arguments.command);
    return run_and_report(
        {.arguments = arguments,
         .words = words,
         .color = arguments.color && ::isatty(STDOUT_FILENO) == 1,
         .progress = ::isatty(STDERR_FILENO) == 1}
    );
}

}  // namespace

int main(int count, char** arguments) {
    std::ios::sync_with_stdio(false);
    int code = kExitBroken;
    try {
        code = main_with({arguments + 1, arguments + count});
    } catch (const std::exception& error) {
        std::cerr << "jicai: " << error.what() << '\n';
        return kExitBroken;
    }
    std::cout.flush();
    return std::cout ? code : kExitWorld;
}
