#include <catalogs/sha256/sha256.h>
#include <engine/money/check.h>
#include <sql/filter.h>
#include <sql/price_store.h>

#include <charconv>
#include <map>
#include <tuple>
#include <utility>

namespace jicai::sql {
namespace {

using campaign::Day;
using ports::PriceObservation;
using ports::ReviewState;

constexpr std::string_view kColumns =
    "o.id, o.product, o.region, o.source, o.effective_from, o.pack_price_micro_yuan, o.revision, "
    "o.effective_to, o.status, o.evaluated, o.pack_units, o.content_mg, o.document, "
    "o.collected_by, o.collected_on, o.entered_by, o.recorded_at, o.import, o.corrects";
constexpr std::size_t kNames = 19;
constexpr std::string_view kNameColumns =
    ", p.code, p.name, p.spec, IF(COALESCE(f.maker, '') = '', p.supplier, f.maker), "
    "COALESCE(r.name, ''), COALESCE(u.login, ''), COALESCE(m.excluded, 0), COALESCE(m.review, 0)";
constexpr std::string_view kJoins =
    " STRAIGHT_JOIN products p ON p.id = o.product "
    "LEFT JOIN price_products f ON f.product = o.product "
    "LEFT JOIN regions r ON r.code = o.region LEFT JOIN users u ON u.id = o.entered_by "
    "LEFT JOIN price_marks m ON m.observation = o.id";

std::string select() {
    return "SELECT " + std::string(kColumns) + std::string(kNameColumns) +
           " FROM price_observations o" + std::string(kJoins);
}

Day day_of(const Row& row, std::size_t column) {
    const auto day = Day::parse(row.text(column));
    JICAI_CHECK(day.has_value());
    return *day;
}

std::optional<Day> optional_day(const Row& row, std::size_t column) {
    if (row.is_null(column)) return std::nullopt;
    return day_of(row, column);
}

Value value_of(const std::optional<Day>& day) {
    return day ? Value(day->text()) : Value(std::nullopt);
}

PriceObservation plain_observation_of(const Row& row) {
    PriceObservation one;
    one.id = row.number(0);
    one.product = row.number(1);
    one.region = row.text(2);
    one.source = static_cast<campaign::SourceClass>(row.number(3));
    one.from = day_of(row, 4);
    one.pack_price = money::Price(row.number(5));
    one.revision = row.number(6);
    one.to = optional_day(row, 7);
    one.status = static_cast<campaign::ObservationStatus>(row.number(8));
    one.evaluated = row.flag(9);
    one.pack_units = row.number(10);
    one.content_mg = row.text(11);
    one.document = row.text(12);
    one.collected_by = row.text(13);
    one.collected_on = optional_day(row, 14);
    one.entered_by = row.number(15);
    one.recorded_at = row.moment(16);
    one.import = row.number(17);
    one.corrects = row.number(18);
    return one;
}

PriceObservation observation_of(const Row& row) {
    PriceObservation one = plain_observation_of(row);
    one.product_code = row.text(kNames);
    one.product_name = row.text(kNames + 1);
    one.product_spec = row.text(kNames + 2);
    one.maker = row.text(kNames + 3);
    one.region_name = row.text(kNames + 4);
    one.entered_login = row.text(kNames + 5);
    one.excluded = row.flag(kNames + 6);
    one.review = static_cast<ReviewState>(row.number(kNames + 7));
    return one;
}

// Fifteen digits of the digest: 60 bits, which a signed column holds.
std::int64_t document_key(const std::string& document) {
    const std::string hex = catalogs::sha256_hex(document).substr(0, 15);
    std::int64_t key = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), key, 16);
    return key;
}

std::vector<Value> values_of(const PriceObservation& one) {
    return {
        one.product,
        one.region,
        static_cast<std::int64_t>(one.source),
        one.from.text(),
        one.pack_price.micro_yuan(),
        document_key(one.document),
        one.revision,
        value_of(one.to),
        static_cast<std::int64_t>(one.status),
        one.evaluated,
        one.pack_units,
        one.content_mg,
        one.document,
        one.collected_by,
        value_of(one.collected_on),
        one.entered_by,
        one.recorded_at,
        one.import,
        one.corrects};
}

const std::string kInsert =
    "INSERT INTO price_observations (product, region, source, effective_from, "
    "pack_price_micro_yuan, document_key, revision, effective_to, status, evaluated, pack_units, "
    "content_mg, document, collected_by, collected_on, entered_by, recorded_at, import, corrects) "
    "VALUES ";

Filter filter_of(const ports::ObservationQuery& query) {
    Filter filter;
    filter.add_text(
        {"p.code", "p.name", "p.initials", "p.supplier", "COALESCE(f.maker, '')", "o.document"},
        query.text
    );
    if (query.product != 0) filter.add("o.product = ?", {query.product});
    if (!query.maker.empty()) {
        filter.add("IF(COALESCE(f.maker, '') = '', p.supplier, f.maker) = ?", {query.maker});
    }
    filter.add_region("o.region", query.within);
    if (query.source) filter.add("o.source = ?", {static_cast<std::int64_t>(*query.source)});
    if (query.as_of) {
        const std::string day = query.as_of->text();
        filter.add(
            "o.effective_from <= ? AND (o.effective_to IS NULL OR o.effective_to >= ?)", {day, day}
        );
    }
    if (query.known_at) filter.add("o.recorded_at <= ?", {*query.known_at});
    if (query.excluded) filter.add("COALESCE(m.excluded, 0) = ?", {*query.excluded});
    if (query.review) {
        filter.add("COALESCE(m.review, 0) = ?", {static_cast<std::int64_t>(*query.review)});
    }
    if (query.counts) {
        filter.add(
            "(COALESCE(m.excluded, 0) = 0 AND COALESCE(m.review, 0) IN (0, ?)) = ?",
            {static_cast<std::int64_t>(ReviewState::accepted), *query.counts}
        );
    }
    if (query.import != 0) filter.add("o.import = ?", {query.import});
    return filter;
}

// What counts the rows: joined only with what the conditions name.
std::string counted_from(const ports::ObservationQuery& query) {
    std::string from = "price_observations o";
    if (!query.text.empty() || !query.maker.empty()) {
        from +=
            " JOIN products p ON p.id = o.product LEFT JOIN price_products f ON f.product = "
            "o.product";
    }
    if (query.excluded || query.review || query.counts) {
        from += " LEFT JOIN price_marks m ON m.observation = o.id";
    }
    return from;
}

template <typename Read>
std::vector<PriceObservation> observations_of(
    Connection& connection,
    const std::string& select,
    const std::vector<std::int64_t>& products,
    Read read
) {
    std::vector<PriceObservation> all;
    for (std::size_t begin = 0; begin < products.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(products.size(), begin + kRowsAtOnce);
        const std::vector<Value> values(
            products.begin() + static_cast<std::ptrdiff_t>(begin),
            products.begin() + static_cast<std::ptrdiff_t>(end)
        );
        const std::string statement =
            select + " WHERE o.product IN " + marks(values.size()) + " ORDER BY o.product, o.id";
        for (const Row& row : connection.query(statement, values)) all.push_back(read(row));
    }
    return all;
}

// Conditions of one key, a range of the unique index.
constexpr std::string_view kKeyCondition =
    "(product = ? AND region = ? AND source = ? AND effective_from = ? AND "
    "pack_price_micro_yuan = ? AND document_key = ? AND revision = ?)";
constexpr std::size_t kKeysAtOnce = 200;

}  // namespace

std::int64_t SqlPriceStore::add(const PriceObservation& observation) {
    const auto values = values_of(observation);
    insert(connection_, kInsert + marks(values.size()), values);
    return connection_.last_id();
}

void SqlPriceStore::add(const std::vector<PriceObservation>& observations) {
    std::vector<std::vector<Value>> rows;
    for (std::size_t begin = 0; begin < observations.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(observations.size(), begin + kRowsAtOnce);
        rows.clear();
        for (std::size_t i = begin; i < end; ++i) rows.push_back(values_of(observations[i]));
        insert_many(connection_, kInsert, rows);
    }
}

std::vector<std::int64_t> SqlPriceStore::stored(const std::vector<ports::ObservationKey>& keys) {
    std::vector<std::int64_t> ids(keys.size(), 0);
    using Identity = std::tuple<
        std::int64_t,
        std::string,
        std::int64_t,
        std::string,
        std::int64_t,
        std::int64_t,
        std::int64_t>;
    for (std::size_t begin = 0; begin < keys.size(); begin += kKeysAtOnce) {
        const std::size_t end = std::min(keys.size(), begin + kKeysAtOnce);
        std::multimap<Identity, std::size_t> wanted;
        std::string where;
        std::vector<Value> values;
        for (std::size_t i = begin; i < end; ++i) {
            const ports::ObservationKey& key = keys[i];
            const Identity identity{
                key.product,
                key.region,
                static_cast<std::int64_t>(key.source),
                key.from.text(),
                key.pack_price.micro_yuan(),
                document_key(key.document),
                key.revision};
            std::apply([&](const auto&... part) { (values.emplace_back(part), ...); }, identity);
            where += (i == begin ? "" : " OR ") + std::string(kKeyCondition);
            wanted.emplace(identity, i);
        }
        for (const Row& row : connection_.query(
                 "SELECT product, region, source, effective_from, pack_price_micro_yuan, "
                 "document_key, revision, id FROM price_observations WHERE " +
                     where,
                 values
             )) {
            const Identity identity{
                row.number(0),
                row.text(1),
                row.number(2),
                row.text(3),
                row.number(4),
                row.number(5),
                row.number(6)};
            const auto [first, last] = wanted.equal_range(identity);
            for (auto at = first; at != last; ++at) ids[at->second] = row.number(7);
        }
    }
    return ids;
}

std::optional<PriceObservation> SqlPriceStore::observation(std::int64_t id) {
    return one<PriceObservation>(
        connection_.query(select() + " WHERE o.id = ?", {id}), observation_of
    );
}

ports::Found<PriceObservation> SqlPriceStore::find(const ports::ObservationQuery& query) {
    const Filter filter = filter_of(query);
    ports::Found<PriceObservation> result;
    result.total =
        connection_
            .query("SELECT COUNT(*) FROM " + counted_from(query) + filter.where, filter.values)
            .at(0)
            .number(0);
    const std::string statement =
        select() + filter.where + " ORDER BY o.id DESC" + limit_of(query.page);
    for (const Row& row : connection_.query(statement, filter.values)) {
        result.rows.push_back(observation_of(row));
    }
    return result;
}

std::vector<PriceObservation> SqlPriceStore::of_product(std::int64_t product) {
    return of_products({product});
}

std::vector<PriceObservation> SqlPriceStore::of_products(const std::vector<std::int64_t>& products
) {
    return observations_of(connection_, select(), products, observation_of);
}

std::vector<PriceObservation> SqlPriceStore::plain_of_products(
    const std::vector<std::int64_t>& products
) {
    const std::string plain =
        "SELECT " + std::string(kColumns) +
        ", COALESCE(m.excluded, 0), COALESCE(m.review, 0) FROM "
        "price_observations o LEFT JOIN price_marks m ON m.observation = o.id";
    return observations_of(connection_, plain, products, [](const Row& row) {
        PriceObservation one = plain_observation_of(row);
        one.excluded = row.flag(kNames);
        one.review = static_cast<ReviewState>(row.number(kNames + 1));
        return one;
    });
}

void SqlPriceStore::each_observation(
    std::int64_t first, std::int64_t last, const std::function<void(const PriceObservation&)>& take
) {
    connection_.stream(
        "SELECT " + std::string(kColumns) + " FROM price_observations o WHERE o.id BETWEEN " +
            std::to_string(first) + " AND " + std::to_string(last) + " ORDER BY o.id",
        [&](const Row& row) { take(plain_observation_of(row)); }
    );
}

std::int64_t SqlPriceStore::last_observation() {
    return connection_.query("SELECT MAX(id) FROM price_observations").at(0).number(0);
}

}  // namespace jicai::sql
