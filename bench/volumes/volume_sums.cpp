// 46,000 hospitals x 60 lots: load at the start, and from the commit of one changed report to the
// correct sums by province; beside it what the database needs for the same sums by SUM ... GROUP
// BY.
//
//     volume_sums_bench DIRECTORY [HOSPITALS [LOTS [CHANGES]]]
#include <sql/connection.h>
#include <sql/database.h>
#include <sql/pool.h>
#include <sql/store.h>
#include <web/server/live_volumes.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace jicai;
using Clock = std::chrono::steady_clock;

double millis_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double at(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

long resident_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word != "VmRSS:") continue;
        long kilobytes = 0;
        status >> kilobytes;
        return kilobytes / 1024;
    }
    return 0;
}

void fill(sql::Connection& connection, long hospitals, long lots) {
    connection.execute(
        "INSERT INTO rounds (id, title, kind, rulebook, stage, opening, region, "
        "certificate_digest, changed_at, version) VALUES ('B', 'bench', 'drug', 'gy-yd2021-2', 2, "
        "'', '000000', '', UTC_TIMESTAMP(6), 1)"
    );
    constexpr long kStep = 1000;
    for (long first = 1; first <= hospitals; first += kStep) {
        const std::string numbers = "seq_" + std::to_string(first) + "_to_" +
                                    std::to_string(std::min(first + kStep - 1, hospitals));
        // 31 provinces of 12 cities of 10 counties.
        connection.execute(
            "INSERT INTO organisations (code, name, kind, region, active, version) SELECT "
            "CONCAT('H', LPAD(seq, 11, '0')), CONCAT('医院', seq), 3, CONCAT(LPAD(11 + MOD(seq, "
            "31), "
            "2, '0'), LPAD(1 + MOD(seq, 12), 2, '0'), LPAD(1 + MOD(seq, 10), 2, '0')), 1, 1 FROM " +
            numbers
        );
        const std::string digits = std::to_string(first - 1);
        const std::string after = "H" + std::string(11 - digits.size(), '0') + digits + "'";
        const std::string ours =
            " FROM organisations o WHERE o.code LIKE 'H0%' AND o.code > '" + after;
        connection.execute(
            "INSERT INTO volume_reports (round, hospital, region, status, late, split, line_count, "
            "lot_count, changed_at, changed_by, changed_name, stored_at, version) SELECT 'B', "
            "o.id, "
            "o.region, 5, 0, 0, " +
            std::to_string(lots) + ", " + std::to_string(lots) +
            ", UTC_TIMESTAMP(6), 1, '', UTC_TIMESTAMP(6) - INTERVAL 1 HOUR, 1" + ours
        );
        connection.execute(
            "INSERT INTO volume_lines (round, hospital, position, lot, spec, brand, units, cause, "
            "remark) SELECT 'B', r.hospital, l.seq, l.seq, '10mg', '', MOD(r.hospital * 7919 + "
            "l.seq * 104729, 1000000), 0, '' FROM volume_reports r JOIN seq_1_to_" +
            std::to_string(lots) +
            " l JOIN organisations o ON o.id = r.hospital WHERE r.round = 'B' AND o.code > '" +
            after
        );
    }
}

const char* const kBySql =
    "SELECT LEFT(r.region, 2), l.lot, l.spec, l.brand, CAST(SUM(l.units) AS SIGNED), "
    "COUNT(DISTINCT "
    "r.hospital) FROM volume_reports r JOIN volume_lines l ON l.round = r.round AND l.hospital = "
    "r.hospital WHERE r.round = 'B' AND r.status IN (1, 2, 3, 4, 5) AND l.units > 0 GROUP BY 1, 2, "
    "3, 4 ORDER BY 1, 2, 3, 4";

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) return 2;
    const auto number = [&](int index, long otherwise) {
        return count > index ? std::atol(arguments[index]) : otherwise;
    };
    const long hospitals = number(2, 46'000);
    const long lots = number(3, 60);
    const long changes = number(4, 50);
    const auto database = sql::Database::open(
        {.data_dir = arguments[1]}, {.keep = false, .buffer_pool_megabytes = 1024}
    );
    sql::Endpoint endpoint = database->sql_store().pool().endpoint();
    endpoint.answer_seconds_max = 600;
    sql::Connection connection(endpoint);
    Clock::time_point begin = Clock::now();
    if (connection.query("SELECT COUNT(*) FROM rounds").at(0).number(0) == 0) {
        fill(connection, hospitals, lots);
        std::printf("filled in %.1f s\n", millis_since(begin) / 1000);
    }
    ports::Store& store = database->store();
    web::LiveVolumes live(store);
    const web::VolumeSumsAsked asked{web::VolumeLevel::province, web::Counted::submitted, "", ""};
    const long before = resident_megabytes();
    begin = Clock::now();
    live.load("B");
    const double load = millis_since(begin);
    const auto figures = live.figures("B");
    std::printf(
        "load: %.2f s for %ld reports, %ld parts; %ld MB\n",
        load / 1000,
        static_cast<long>(figures.reports),
        static_cast<long>(figures.parts),
        resident_megabytes() - before
    );
    const auto all = [&] {
        std::vector<ports::VolumeReport> reports;
        store.read([&](ports::Transaction& transaction) {
            reports = transaction.volumes().reports("B");
        });
        return reports;
    }();
    std::vector<double> change;
    std::vector<double> answer;
    for (long i = 0; i < changes; ++i) {
        ports::VolumeReport report = all[static_cast<std::size_t>(i * 911) % all.size()];
        store.write([&](ports::Transaction& transaction) {
            auto& volumes = transaction.volumes();
            report = *volumes.report("B", report.hospital);
            auto lines = volumes.lines("B", report.hospital);
            for (auto& line : lines) line.units += 1;
            static_cast<void>(volumes.save(report));
            volumes.set_lines("B", report.hospital, lines);
        });
        begin = Clock::now();
        const auto sums = live.sums("B", asked);
        change.push_back(millis_since(begin));
        begin = Clock::now();
        static_cast<void>(live.sums("B", asked));
        answer.push_back(millis_since(begin));
    }
    std::printf(
        "commit to correct sums: p50 %.1f ms, p99 %.1f ms, max %.1f ms; unchanged p50 %.1f ms\n",
        at(change, 0.5),
        at(change, 0.99),
        at(change, 1),
        at(answer, 0.5)
    );
    std::vector<double> by_sql;
    std::vector<sql::Row> rows;
    for (int i = 0; i < 3; ++i) {
        begin = Clock::now();
        rows = connection.query(kBySql);
        by_sql.push_back(millis_since(begin));
    }
    std::printf("SUM ... GROUP BY: median %.0f ms\n", at(by_sql, 0.5));
    std::printf("ratio: %.0f times\n", at(by_sql, 0.5) / at(change, 0.5));
    const auto sums = live.sums("B", asked);
    bool equal = sums.size() == rows.size();
    for (std::size_t i = 0; equal && i < rows.size(); ++i) {
        equal = sums[i].region.substr(0, 2) == rows[i].text(0) && sums[i].lot == rows[i].text(1) &&
                sums[i].units == rows[i].number(4) && sums[i].hospitals == rows[i].number(5);
    }
    std::printf("%zu sums, %s\n", sums.size(), equal ? "equal" : "DIFFERENT");
    return equal ? 0 : 1;
}
