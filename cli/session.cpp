#include <cli/session.h>

#include <iostream>

namespace jicai::cli {

void print(std::string_view text) {
    std::cout << text;
}

void print_line(std::string_view text) {
    std::cout << text << '\n';
}

void print_json(const decision::Json& document) {
    std::cout << document.canonical() << '\n';
}

void print_table(const Session& session, const reports::Table& table) {
    reports::Table shown = table;
    for (auto& row : shown.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = session.words.word(shown.columns[i].name, row[i]);
        }
    }
    print(reports::to_terminal(shown, session.words.say(), {.color = session.color}));
}

void complain(std::string_view text) {
    std::cerr << text << '\n';
}

}  // namespace jicai::cli
