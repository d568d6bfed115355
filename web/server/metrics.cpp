#include <web/server/metrics.h>
#include <web/server/router.h>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <limits>

namespace jicai::web {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr std::array<int, 20> kStatusOf{200, 201, 202, 204, 304, 400, 401, 403, 404, 405,
                                        409, 413, 414, 415, 422, 429, 431, 503, 500, 0};
/// Upper bounds in microseconds; above the last one counts the last bucket.
constexpr std::array<std::int64_t, 11> kBoundMicros{
    250, 500, 1000, 2500, 5000, 10'000, 25'000, 100'000, 500'000, 2'500'000, 10'000'000};

ClientMetric labelled(const std::string& route, const std::string& method) {
    ClientMetric metric;
    metric.label = {{"method", method}, {"route", route}};
    return metric;
}

double seconds(std::int64_t micros) {
    return static_cast<double>(micros) / 1e6;
}

}  // namespace

Metrics::Metrics(const std::vector<Route>& table)
    : table_(table), rows_(std::make_unique<Row[]>(table.size() + 1)) {}

Metrics::~Metrics() = default;

std::size_t Metrics::row_of(const Route* route) const {
    return route == nullptr ? table_.size() : static_cast<std::size_t>(route - table_.data());
}

void Metrics::count(const Route* route, int status, std::int64_t micros) {
    Row& row = rows_[row_of(route)];
    const auto place = std::find(kStatusOf.begin(), kStatusOf.end() - 1, status);
    row.by_status[static_cast<std::size_t>(place - kStatusOf.begin())].fetch_add(
        1, std::memory_order_relaxed
    );
    const auto bound = std::lower_bound(kBoundMicros.begin(), kBoundMicros.end(), micros);
    row.by_duration[static_cast<std::size_t>(bound - kBoundMicros.begin())].fetch_add(
        1, std::memory_order_relaxed
    );
    row.micros.fetch_add(micros, std::memory_order_relaxed);
}

std::int64_t Metrics::requests() const {
    std::int64_t all = 0;
    for (std::size_t i = 0; i <= table_.size(); ++i) {
        for (const auto& count : rows_[i].by_status) all += count;
    }
    return all;
}

std::string Metrics::text(const std::map<std::string, std::int64_t>& gauges) const {
    MetricFamily requests{
        "jicai_requests_total", "Requests answered, by route and status", MetricType::Counter, {}};
    MetricFamily durations{
        "jicai_request_seconds",
        "From the head of a request to its answer",
        MetricType::Histogram,
        {}};
    for (std::size_t i = 0; i <= table_.size(); ++i) {
        const Row& row = rows_[i];
        const bool page = i == table_.size();
        const std::string route = page ? "page" : table_[i].path;
        const std::string method = page ? "GET" : std::string(word_of(table_[i].method));
        for (std::size_t s = 0; s < kStatuses; ++s) {
            const std::int64_t count = row.by_status[s];
            if (count == 0) continue;
            ClientMetric metric = labelled(route, method);
            metric.label.push_back(
                {"status", kStatusOf[s] == 0 ? "other" : std::to_string(kStatusOf[s])}
            );
            metric.counter.value = static_cast<double>(count);
            requests.metric.push_back(std::move(metric));
        }
        ClientMetric metric = labelled(route, method);
        std::uint64_t sum = 0;
        for (std::size_t b = 0; b < kBuckets; ++b) {
            sum += static_cast<std::uint64_t>(row.by_duration[b].load());
            const double bound = b < kBoundMicros.size() ? seconds(kBoundMicros[b])
                                                         : std::numeric_limits<double>::infinity();
            metric.histogram.bucket.push_back({sum, bound});
        }
        if (sum == 0) continue;
        metric.histogram.sample_count = sum;
        metric.histogram.sample_sum = seconds(row.micros);
        durations.metric.push_back(std::move(metric));
    }
    std::vector<MetricFamily> families{std::move(requests), std::move(durations)};
    for (const auto& [name, value] : gauges) {
        ClientMetric metric;
        metric.gauge.value = static_cast<double>(value);
        families.push_back({"jicai_" + name, "See docs/service.md", MetricType::Gauge, {metric}});
    }
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace jicai::web
