#include <tests/access/matrix.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace jicai::access::test {

Matrix read_matrix() {
    std::ifstream file(std::string(JICAI_SOURCE_DIR) + "/tests/access/matrix.csv");
    Matrix matrix;
    std::string line;
    while (std::getline(file, line)) {
        if (line.empty() || line[0] == '#' || line == "role,action,reach_by_stage") continue;
        std::stringstream cells(line);
        std::string role;
        std::string action;
        std::string reach;
        std::getline(cells, role, ',');
        std::getline(cells, action, ',');
        std::getline(cells, reach);
        const auto found_role = find_role(role);
        const auto found_action = find_action(action);
        if (!found_role || !found_action || reach.size() != kStages ||
            reach.find_first_not_of("-sora") != std::string::npos) {
            throw std::runtime_error("matrix.csv: " + line);
        }
        if (!matrix.emplace(std::pair(*found_role, *found_action), reach).second) {
            throw std::runtime_error("matrix.csv twice: " + line);
        }
    }
    if (matrix.size() != std::size_t{kRoles} * kActions) {
        throw std::runtime_error("matrix.csv: rows missing");
    }
    return matrix;
}

char letter_of(Reach reach) {
    switch (reach) {
        case Reach::none:
            return '-';
        case Reach::self:
            return 's';
        case Reach::organisation:
            return 'o';
        case Reach::region:
            return 'r';
        case Reach::all:
            return 'a';
    }
    return '?';
}

}  // namespace jicai::access::test
