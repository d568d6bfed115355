#include <engine/linkage/observation_columns.h>
#include <engine/money/check.h>

namespace jicai::linkage {

namespace {

constexpr std::uint32_t kStrengths = 4096;
constexpr std::size_t kRoomPart = 8;
constexpr std::size_t kRoomLeast = 1024;

}  // namespace

ObservationColumns::ObservationColumns(
    std::uint32_t products, std::span<const ObservationRow> rows
) {
    JICAI_CHECK(products < UINT32_MAX && rows.size() < UINT32_MAX);
    begin_.assign(std::size_t{products} + 1, 0);
    for (const ObservationRow& row : rows) {
        JICAI_CHECK(row.product < products);
        ++begin_[row.product];
    }
    Row next = 0;
    for (Row& count : begin_) {
        const Row rows_of_product = count;
        count = next;
        next += rows_of_product;
    }
    // Room for those added later, so that none of them has to wait while everything moves.
    // Untouched pages cost nothing.
    const auto size = [&rows](auto& column) {
        column.reserve(rows.size() + rows.size() / kRoomPart + kRoomLeast);
        column.resize(rows.size());
    };
    size(word_);
    size(pack_);
    size(from_);
    size(to_);
    size(recorded_);
    size(id_);
    // begin_ runs ahead to the end of each product while rows are put, and is shifted back after.
    for (const ObservationRow& row : rows) put(begin_[row.product]++, row);
    for (std::size_t product = products; product > 0; --product) {
        begin_[product] = begin_[product - 1];
    }
    begin_[0] = 0;
}

void ObservationColumns::put(Row at, const ObservationRow& row) {
    JICAI_CHECK(
        row.pack_price_micro_yuan >= 0 && row.pack_price_micro_yuan <= kPackPriceMicroYuanMax
    );
    JICAI_CHECK(row.pack_units >= 1 && row.pack_units <= campaign::kPackUnitsMax);
    JICAI_CHECK(row.strength < kStrengths);
    const unsigned state = static_cast<unsigned>(row.status) | (row.evaluated ? 4U : 0U);
    word_[at] = static_cast<std::uint64_t>(row.pack_price_micro_yuan) << kPriceShift |
                std::uint64_t{row.region} << kRegionShift | std::uint64_t{state} << kStateShift |
                static_cast<std::uint64_t>(row.source);
    pack_[at] = row.pack_units | std::uint32_t{row.strength} << kUnitsBits;
    from_[at] = row.from.number();
    to_[at] = row.to ? row.to->number() : kOpen;
    recorded_[at] = row.recorded ? row.recorded->number() : std::uint16_t{0};
    id_[at] = row.id;
}

Row ObservationColumns::add(const ObservationRow& row) {
    JICAI_CHECK(row.product < products() && word_.size() < UINT32_MAX - 1);
    const Row at = static_cast<Row>(word_.size());
    word_.emplace_back();
    pack_.emplace_back();
    from_.emplace_back();
    to_.emplace_back();
    recorded_.emplace_back();
    id_.emplace_back();
    put(at, row);
    added_[row.product].push_back(at);
    return at;
}

void ObservationColumns::correct(Row row, Day day, bool excluded) {
    JICAI_CHECK(row < word_.size());
    std::vector<Correction>& corrections = corrections_[row];
    JICAI_CHECK(corrections.empty() || corrections.back().day <= day);
    corrections.push_back({day, excluded});
    word_[row] |= std::uint64_t{1} << kCorrectedShift;
}

bool ObservationColumns::excluded(Row row, std::uint16_t day) const {
    if (!corrected(row)) return false;
    bool excluded = false;
    for (const Correction& correction : corrections_.at(row)) {
        if (correction.day.number() > day) break;
        excluded = correction.excluded;
    }
    return excluded;
}

std::size_t ObservationColumns::bytes() const {
    return begin_.size() * sizeof(Row) +
           word_.size() *
               (sizeof(std::uint64_t) + 2 * sizeof(std::uint32_t) + 3 * sizeof(std::uint16_t));
}

}  // namespace jicai::linkage
