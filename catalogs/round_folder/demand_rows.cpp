#include <catalogs/round_folder/demand_rows.h>
#include <engine/money/check.h>

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace jicai::catalogs::round_folder {

namespace {

constexpr std::size_t kPieceRowsFirst = 4;
constexpr std::size_t kPieceRowsMax = 64;

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        value = (value << 8U) | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    }
    return value;
}

}  // namespace

CodeHead code_head(std::string_view code) {
    return {big_endian(code), code.size() > 8 ? big_endian(code.substr(8)) : 0};
}

RowBlock::RowBlock() : rows_(static_cast<HospitalRow*>(std::aligned_alloc(kBytes, kBytes))) {
    if (rows_ == nullptr) throw std::bad_alloc();
    // Only speed depends on the answer.
    static_cast<void>(::madvise(rows_.get(), kBytes, MADV_HUGEPAGE));
}

void RowBlock::Free::operator()(HospitalRow* rows) const {
    std::free(rows);
}

std::size_t DemandGroup::rows() const {
    std::size_t count = 0;
    for (const Piece& piece : pieces) {
        count +=
            static_cast<std::size_t>((&piece == &pieces.back() ? next : piece.end) - piece.begin);
    }
    return count;
}

DemandGroup& DemandShard::group(
    round::LotIndex lot, round::SpecIndex spec, round::RegionIndex region
) {
    const std::uint64_t key = (std::uint64_t{spec} << 32U) | region;
    std::vector<DemandGroup*>& found = groups_by_spec_[key];
    for (DemandGroup* group : found) {
        if (group->lot == lot) return *group;
    }
    groups_.push_back(std::make_unique<DemandGroup>(DemandGroup{lot, spec, region}));
    found.push_back(groups_.back().get());
    return *groups_.back();
}

void DemandShard::grow(DemandGroup& group) {
    std::size_t rows = kPieceRowsFirst;
    if (!group.pieces.empty()) {
        DemandGroup::Piece& last = group.pieces.back();
        rows = std::min(kPieceRowsMax, 2 * static_cast<std::size_t>(group.next - last.begin));
        last.end = group.next;
    }
    if (static_cast<std::size_t>(block_limit_ - block_next_) < rows) {
        block_next_ = blocks_.emplace_back().rows();
        block_limit_ = block_next_ + RowBlock::kRows;
    }
    group.next = block_next_;
    block_next_ += rows;
    group.limit = block_next_;
    group.pieces.push_back({group.next, group.limit});
}

std::uint64_t DemandShard::keep(
    std::uint64_t line, std::string_view code, std::string_view canonical_rest
) {
    JICAI_CHECK(code.size() < (std::size_t{1} << RowText::kLengthBits));
    const std::size_t offset = own_.size();
    const OwnText head{line, canonical_rest.size()};
    own_.append(reinterpret_cast<const char*>(&head), sizeof head);
    own_ += code;
    own_ += canonical_rest;
    return RowText::kOwn | RowText::in_file(offset, code.size());
}

std::string_view DemandShard::code(const HospitalRow& row) const {
    const std::size_t length = code_length(row);
    const std::size_t offset = file_offset({0, 0, row.where & ~RowText::kOwn, 0});
    if (is_own(row)) return std::string_view(own_).substr(offset + sizeof(OwnText), length);
    return text_.substr(offset, length);
}

std::string_view DemandShard::canonical_rest(const HospitalRow& row) const {
    OwnText head{};
    const std::size_t offset = file_offset({0, 0, row.where & ~RowText::kOwn, 0});
    std::memcpy(&head, own_.data() + offset, sizeof head);
    return std::string_view(own_).substr(
        offset + sizeof head + code(row).size(), static_cast<std::size_t>(head.rest_length)
    );
}

std::uint64_t DemandShard::own_line(const HospitalRow& row) const {
    OwnText head{};
    const std::size_t offset = file_offset({0, 0, row.where & ~RowText::kOwn, 0});
    std::memcpy(&head, own_.data() + offset, sizeof head);
    return head.line;
}

}  // namespace jicai::catalogs::round_folder
