#include <CLI/CLI.hpp>
#include <cli/arguments.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace jicai::cli {
namespace {

using catalogs::Language;
using decision::Message;

struct CommandWord {
    std::string_view word;
    Command command;
};
constexpr std::array<CommandWord, 15> kCommands{{
    {"award", Command::award},
    {"link", Command::link},
    {"regions", Command::regions},
    {"volumes", Command::volumes},
    {"explain", Command::explain},
    {"compare", Command::compare},
    {"verify", Command::verify},
    {"rulebook", Command::rulebook},
    {"calendar", Command::calendar},
    {"serve", Command::serve},
    {"migrate", Command::migrate},
    {"backup", Command::backup},
    {"restore", Command::restore},
    {"audit", Command::audit},
    {"sheet", Command::sheet},
}};
constexpr std::array<CommandWord, 4> kRulebookCommands{{
    {"check", Command::rulebook_check},
    {"show", Command::rulebook_show},
    {"list", Command::rulebook_list},
    {"diff", Command::rulebook_diff},
}};
constexpr int kThreadsMax = 64;

template <std::size_t N>
std::optional<Command> find(const std::array<CommandWord, N>& commands, std::string_view word) {
    for (const CommandWord& command : commands) {
        if (command.word == word) return command.command;
    }
    return std::nullopt;
}

Language language_of_locale(const char* (*environment)(const char*)) {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = environment(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).substr(0, 2) == "en" ? Language::en : Language::zh;
    }
    return Language::zh;
}

/// Of the last valid --lang, looked for by itself so that a command line that cannot be parsed is
/// refused in the right language.
std::optional<Language> language_asked_for(const std::vector<std::string>& words) {
    constexpr std::string_view kOption = "--lang";
    std::optional<Language> language;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view value;
        if (words[i] == kOption && i + 1 < words.size()) {
            value = words[i + 1];
        } else if (words[i].compare(0, kOption.size() + 1, "--lang=") == 0) {
            value = std::string_view(words[i]).substr(kOption.size() + 1);
        }
        if (value == "zh") language = Language::zh;
        if (value == "en") language = Language::en;
    }
    return language;
}

/// What CLI11 fills; checked and moved into Arguments afterwards.
struct Raw {
    std::string language;
    std::string encoding;
    std::string threads;
    bool no_color = false;
    std::vector<std::string> positionals;
};

struct Positional {
    std::string_view name;
};

/// How many words stand without an option, and how they are called.
std::vector<Positional> positionals_of(Command command) {
    switch (command) {
        case Command::award:
        case Command::link:
        case Command::regions:
        case Command::volumes:
        case Command::explain:
        case Command::compare:
            return {{"DIR"}};
        case Command::verify:
            return {{"CERTIFICATE"}};
        case Command::rulebook_check:
        case Command::rulebook_show:
            return {{"FILE|ID"}};
        case Command::rulebook_diff:
            return {{"A"}, {"B"}};
        case Command::none:
        case Command::rulebook:
        case Command::rulebook_list:
        case Command::calendar:
        case Command::serve:
        case Command::migrate:
        case Command::backup:
        case Command::restore:
        case Command::audit:
        case Command::sheet:
            return {};
    }
    return {};
}

void add_common(CLI::App& app, Arguments& arguments, Raw& raw) {
    app.set_help_flag("");
    app.add_flag("-h,--help", arguments.help);
    app.add_flag("--version", arguments.version);
    app.add_flag("--json", arguments.json);
    app.add_flag("--no-color", raw.no_color);
    app.add_option("--lang", raw.language)->take_last();
}

void add_serve(CLI::App& app, ServeArguments& serve) {
    const auto list = [&app](const char* name, std::vector<std::string>& values) {
        app.add_option(name, values)->expected(1)->take_all()->allow_extra_args(false);
    };
    app.add_option("--data-dir", serve.data_dir);
    app.add_option("--database", serve.database);
    app.add_option("--listen", serve.listen);
    app.add_flag("--demo", serve.demo);
    app.add_option("--tls-cert", serve.tls_certificate);
    app.add_option("--tls-key", serve.tls_key);
    list("--trusted-proxy", serve.trusted_proxies);
    list("--metrics-from", serve.metrics_from);
    app.add_option("--log", serve.log);
    app.add_option("--connections", serve.connections);
    app.add_option("--requests-per-minute", serve.requests_per_minute);
    app.add_option("--logins-per-minute", serve.logins_per_minute);
    app.add_option("--smtp", serve.smtp);
    app.add_option("--smtp-password-file", serve.smtp_password_file);
    app.add_option("--mail-from", serve.mail_from);
    app.add_option("--sms-gateway", serve.sms_gateway);
    app.add_option("--sms-secret-file", serve.sms_secret_file);
    app.add_flag("--webhooks", serve.webhooks);
    list("--webhook-network", serve.webhook_networks);
    app.add_option("--public-address", serve.public_address);
    app.add_option("--retry-seconds", serve.retry_seconds);
}

void add_options(CLI::App& app, Command command, Arguments& arguments, Raw& raw) {
    const auto round_options = [&] {
        app.add_option("--encoding", raw.encoding)->take_last();
        app.add_option("--threads", raw.threads)->take_last();
    };
    const auto rulebook = [&] {
        app.add_option("--rulebook", arguments.rulebooks)
            ->expected(1)
            ->take_all()
            ->allow_extra_args(false);
    };
    const auto database = [&] {
        app.add_option("--data-dir", arguments.database.data_dir);
        if (command != Command::restore) app.add_option("--database", arguments.database.url);
    };
    switch (command) {
        case Command::migrate:
            database();
            app.add_flag("--dry-run", arguments.database.dry_run);
            app.add_flag("--resume", arguments.database.resume);
            break;
        case Command::backup:
            database();
            app.add_option("--out", arguments.out);
            break;
        case Command::restore:
            database();
            app.add_option("--in", arguments.database.in);
            break;
        case Command::audit:
            database();
            app.add_option("--head", arguments.database.head);
            break;
        case Command::award:
            round_options();
            rulebook();
            app.add_option("--out", arguments.out);
            app.add_flag("--bom", arguments.byte_order_mark);
            break;
        case Command::link:
            app.add_option("--encoding", raw.encoding)->take_last();
            app.add_option("--policy", arguments.policy);
            app.add_option("--explain", arguments.product);
            app.add_option("--out", arguments.out);
            app.add_flag("--bom", arguments.byte_order_mark);
            break;
        case Command::regions:
            round_options();
            rulebook();
            app.add_option("--lot", arguments.lot);
            app.add_option("--out", arguments.out);
            app.add_flag("--bom", arguments.byte_order_mark);
            break;
        case Command::volumes:
            round_options();
            rulebook();
            break;
        case Command::explain:
            round_options();
            rulebook();
            app.add_option("--lot", arguments.lot);
            app.add_option("--supplier", arguments.supplier);
            break;
        case Command::compare:
            round_options();
            rulebook();
            break;
        case Command::verify:
            round_options();
            rulebook();
            app.add_option("--round", arguments.folder);
            app.add_option("--policy", arguments.policy);
            break;
        case Command::calendar:
            app.add_option("--holidays", arguments.tool.holidays)
                ->expected(1)
                ->take_all()
                ->allow_extra_args(false);
            break;
        case Command::serve:
            add_serve(app, arguments.serve);
            break;
        case Command::sheet:
            app.add_option("--table", arguments.tool.table);
            app.add_option("--errors", arguments.tool.errors);
            app.add_option("--round", arguments.tool.round);
            app.add_option("--out", arguments.out);
            break;
        case Command::none:
        case Command::rulebook:
        case Command::rulebook_check:
        case Command::rulebook_show:
        case Command::rulebook_list:
        case Command::rulebook_diff:
            break;
    }
    app.add_option("words", raw.positionals);
}

Message option_fault(const char* key, std::string_view option) {
    return {key, {{"option", std::string(option)}}};
}

/// The first thing wrong with the values, in the order they are listed in the help.
std::optional<Message> take(const Raw& raw, Arguments& arguments) {
    if (!raw.language.empty() && raw.language != "zh" && raw.language != "en") {
        return Message{"usage.language_unknown", {{"value", raw.language}}};
    }
    if (raw.no_color) arguments.color = false;
    if (arguments.help || arguments.version) return std::nullopt;

    std::string encoding = raw.encoding;
    std::transform(encoding.begin(), encoding.end(), encoding.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    if (encoding == "gb18030") {
        arguments.gb18030 = true;
    } else if (!encoding.empty() && encoding != "utf-8" && encoding != "utf8") {
        return Message{"usage.encoding_unknown", {{"value", raw.encoding}}};
    }
    if (!raw.threads.empty()) {
        const char* const end = raw.threads.data() + raw.threads.size();
        const auto [at, error] = std::from_chars(raw.threads.data(), end, arguments.threads);
        if (error != std::errc() || at != end || arguments.threads < 1 ||
            arguments.threads > kThreadsMax) {
            return Message{
                "usage.threads", {{"value", raw.threads}, {"max", std::to_string(kThreadsMax)}}};
        }
    }
    return std::nullopt;
}

std::optional<Message> take_positionals(const Raw& raw, Arguments& arguments) {
    const std::vector<ToolAction>& actions = tool_actions(name_of(arguments.command));
    if (!actions.empty()) {
        arguments.tool.words = raw.positionals;
        return check_tool_words(name_of(arguments.command), actions, raw.positionals);
    }
    const std::vector<Positional> wanted = positionals_of(arguments.command);
    if (raw.positionals.size() > wanted.size()) {
        return Message{"usage.word_unexpected", {{"word", raw.positionals[wanted.size()]}}};
    }
    if (raw.positionals.size() < wanted.size()) {
        return option_fault("usage.word_missing", wanted[raw.positionals.size()].name);
    }
    for (const std::string& word : raw.positionals) {
        if (word.empty()) return option_fault("usage.word_missing", wanted.front().name);
    }
    switch (arguments.command) {
        case Command::award:
        case Command::link:
        case Command::regions:
        case Command::volumes:
        case Command::explain:
        case Command::compare:
            arguments.folder = raw.positionals[0];
            break;
        case Command::verify:
            arguments.certificate = raw.positionals[0];
            break;
        case Command::rulebook_check:
        case Command::rulebook_show:
        case Command::rulebook_diff:
            arguments.rulebooks = raw.positionals;
            break;
        case Command::none:
        case Command::rulebook:
        case Command::rulebook_list:
        case Command::calendar:
        case Command::serve:
        case Command::migrate:
        case Command::backup:
        case Command::restore:
        case Command::audit:
        case Command::sheet:
            break;
    }
    return std::nullopt;
}

/// One database, and the file of the command.
std::optional<Message> missing_database_option(const Arguments& arguments) {
    const DatabaseArguments& database = arguments.database;
    const bool restores = arguments.command == Command::restore;
    if (restores && database.in.empty()) {
        return option_fault("usage.option_missing", "--in FILE");
    }
    if (restores && database.data_dir.empty()) {
        return option_fault("usage.option_missing", "--data-dir DIR");
    }
    if (database.data_dir.empty() == database.url.empty()) {
        return Message{"usage.one_database", {}};
    }
    if (arguments.command == Command::backup && arguments.out.empty()) {
        return option_fault("usage.option_missing", "--out FILE");
    }
    return std::nullopt;
}

std::optional<Message> missing_option(const Arguments& arguments) {
    const std::size_t rulebooks = arguments.rulebooks.size();
    switch (arguments.command) {
        case Command::none:
            return Message{"usage.no_command", {}};
        case Command::rulebook:
            return Message{"usage.no_rulebook_command", {}};
        case Command::award:
            if (arguments.out.empty()) return option_fault("usage.option_missing", "--out OUT");
            break;
        case Command::link:
            if (arguments.out.empty() == arguments.product.empty()) {
                return option_fault("usage.out_or_explain", "--out OUT, --explain");
            }
            break;
        case Command::explain:
            if (arguments.lot.empty()) return option_fault("usage.option_missing", "--lot L");
            break;
        case Command::verify:
            if (arguments.folder.empty())
                return option_fault("usage.option_missing", "--round DIR");
            break;
        case Command::compare:
            if (rulebooks != 2) return option_fault("usage.two_rulebooks", "--rulebook");
            return std::nullopt;
        case Command::regions:
        case Command::volumes:
            break;
        case Command::rulebook_check:
        case Command::rulebook_show:
        case Command::rulebook_list:
        case Command::rulebook_diff:
        case Command::serve:
            return std::nullopt;
        case Command::calendar:
        case Command::sheet:
            return check_tool_options(name_of(arguments.command), arguments.tool, arguments.out);
        case Command::migrate:
        case Command::backup:
        case Command::restore:
        case Command::audit:
            return missing_database_option(arguments);
    }
    if (rulebooks > 1) return option_fault("usage.option_repeated", "--rulebook");
    return std::nullopt;
}

using WordIterator = std::vector<std::string>::iterator;

/// Past the options that may stand before a command word, and the value of the one that has a
/// value.
void skip_options(WordIterator& word, WordIterator end) {
    while (word != end && !word->empty() && word->front() == '-') {
        word += *word == "--lang" && word + 1 != end ? 2 : 1;
    }
}

/// Takes the command words out of `words`; options before them stay.
std::optional<Message> take_command(std::vector<std::string>& words, Arguments& arguments) {
    auto word = words.begin();
    skip_options(word, words.end());
    if (word == words.end()) return std::nullopt;
    const bool asks_help = *word == "help";
    if (asks_help) {
        arguments.help = true;
        word = words.erase(word);
        if (word == words.end()) return std::nullopt;
    }
    const std::optional<Command> command = find(kCommands, *word);
    if (!command) return Message{"usage.command_unknown", {{"word", *word}}};
    arguments.command = *command;
    word = words.erase(word);
    if (*command != Command::rulebook) return std::nullopt;
    skip_options(word, words.end());
    if (word == words.end()) return std::nullopt;
    const std::optional<Command> inner = find(kRulebookCommands, *word);
    if (!inner) return Message{"usage.rulebook_command_unknown", {{"word", *word}}};
    arguments.command = *inner;
    words.erase(word);
    return std::nullopt;
}

/// CLI11 takes the word behind an option for its value even where that is the next option.
std::optional<Message> swallowed_option(const std::vector<std::string>& words) {
    constexpr std::array<std::string_view, 34> kWithValue{
        "--lang",
        "--encoding",
        "--threads",
        "--rulebook",
        "--out",
        "--lot",
        "--supplier",
        "--policy",
        "--explain",
        "--round",
        "--holidays",
        "--table",
        "--errors",
        "--data-dir",
        "--database",
        "--listen",
        "--tls-cert",
        "--tls-key",
        "--trusted-proxy",
        "--metrics-from",
        "--log",
        "--connections",
        "--requests-per-minute",
        "--logins-per-minute",
        "--smtp",
        "--smtp-password-file",
        "--mail-from",
        "--sms-gateway",
        "--sms-secret-file",
        "--webhook-network",
        "--public-address",
        "--retry-seconds",
        "--in",
        "--head"};
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (std::find(kWithValue.begin(), kWithValue.end(), words[i]) == kWithValue.end()) continue;
        if (i + 1 == words.size() || words[i + 1].compare(0, 2, "--") == 0) {
            return option_fault("usage.option_value", words[i]);
        }
        ++i;
    }
    return std::nullopt;
}

/// CLI11's own texts are English; the message names what it stumbled over, in the user's language.
Message parse_fault(const CLI::App& app, const CLI::ParseError& error) {
    const std::vector<std::string> left = app.remaining();
    if (!left.empty()) return option_fault("usage.option_unknown", left.front());
    const std::string text = error.what();
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        return option_fault("usage.option_value", text.substr(0, text.find(':')));
    }
    return {"usage.not_understood", {{"detail", text}}};
}

}  // namespace

const char* name_of(Command command) {
    switch (command) {
        case Command::none:
            return "jicai";
        case Command::award:
            return "award";
        case Command::link:
            return "link";
        case Command::regions:
            return "regions";
        case Command::volumes:
            return "volumes";
        case Command::explain:
            return "explain";
        case Command::compare:
            return "compare";
        case Command::verify:
            return "verify";
        case Command::rulebook:
            return "rulebook";
        case Command::rulebook_check:
            return "rulebook_check";
        case Command::rulebook_show:
            return "rulebook_show";
        case Command::rulebook_list:
            return "rulebook_list";
        case Command::rulebook_diff:
            return "rulebook_diff";
        case Command::calendar:
            return "calendar";
        case Command::serve:
            return "serve";
        case Command::migrate:
            return "migrate";
        case Command::backup:
            return "backup";
        case Command::restore:
            return "restore";
        case Command::audit:
            return "audit";
        case Command::sheet:
            return "sheet";
    }
    return "";
}

Arguments read_arguments(
    const std::vector<std::string>& words, const char* (*environment)(const char* name)
) {
    Arguments arguments;
    arguments.language = language_asked_for(words).value_or(language_of_locale(environment));
    const char* const no_color = environment("NO_COLOR");
    arguments.color = no_color == nullptr || *no_color == '\0';

    Raw raw;
    std::vector<std::string> rest = words;
    const std::optional<Message> command_fault = take_command(rest, arguments);

    CLI::App app;
    add_common(app, arguments, raw);
    add_options(app, arguments.command, arguments, raw);
    std::optional<Message> fault = command_fault;
    if (!fault) fault = swallowed_option(rest);
    try {
        std::reverse(rest.begin(), rest.end());
        app.parse(rest);
    } catch (const CLI::ParseError& error) {
        if (!fault) fault = parse_fault(app, error);
    }
    if (const auto value_fault = take(raw, arguments); !fault) fault = value_fault;
    if (!fault && !arguments.help && !arguments.version) {
        fault = take_positionals(raw, arguments);
        if (!fault) fault = missing_option(arguments);
    }
    arguments.fault = std::move(fault);
    return arguments;
}

}  // namespace jicai::cli
