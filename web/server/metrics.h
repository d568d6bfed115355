#pragma once

#include <web/server/route.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jicai::web {

/// Figures of the service in the text form of Prometheus. Counting is lock-free.
class Metrics {
public:
    explicit Metrics(const std::vector<Route>& table);
    ~Metrics();

    /// A request was answered. Null: a page of the interface, or no route at all.
    void count(const Route* route, int status, std::int64_t micros);
    /// The text of /metrics; `gauges` beside the counters, by name without "jicai_".
    [[nodiscard]] std::string text(const std::map<std::string, std::int64_t>& gauges) const;
    [[nodiscard]] std::int64_t requests() const;

private:
    static constexpr std::size_t kStatuses = 20;
    static constexpr std::size_t kBuckets = 12;
    struct Row {
        std::array<std::atomic<std::int64_t>, kStatuses> by_status{};
        std::array<std::atomic<std::int64_t>, kBuckets> by_duration{};
        std::atomic<std::int64_t> micros{0};
    };
    [[nodiscard]] std::size_t row_of(const Route* route) const;

    const std::vector<Route>& table_;
    std::unique_ptr<Row[]> rows_;  ///< of routes, then one for pages
};

}  // namespace jicai::web
