#pragma once

#include <engine/linkage/observation_columns.h>
#include <engine/product/price_ratio.h>

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

/// \file
/// Conversions by the price-ratio rule between the packs that occur and one smallest unit, prepared
/// once and then read by any number of threads.

namespace jicai::linkage {

class PackConversions {
public:
    /// None: under division nothing is asked.
    PackConversions() = default;

    /// `forms`: names by number, from 1 (0 is no form). `strengths`: content relative to the
    /// product's own by number, from 1. \pre `rule` outlives this
    PackConversions(
        const product::PriceRatioRule& rule,
        const std::vector<std::string>& forms,
        const std::vector<money::Ratio>& strengths
    );

    /// Prepares what observations of `pack` (ObservationColumns::pack) and a listed pack of `units`
    /// need.
    void prepare(std::uint16_t form, std::uint32_t pack);

    /// From a pack to one smallest unit of the product's own strength; null: no ratio is known.
    /// \pre prepared
    [[nodiscard]] const product::Conversion* to_unit(std::uint16_t form, std::uint32_t pack) const;
    /// From one smallest unit to a pack of the product's own strength. \pre prepared
    [[nodiscard]] const product::Conversion* to_pack(std::uint16_t form, std::uint32_t pack) const;

    static std::uint64_t key(std::uint16_t form, std::uint32_t pack) {
        return std::uint64_t{form} << 32U | pack;
    }

private:
    struct Pair {
        std::shared_ptr<const product::Conversion> to_unit;
        std::shared_ptr<const product::Conversion> to_pack;
    };
    std::shared_ptr<product::ConversionCache> cache_;
    std::vector<const product::DosageForm*> forms_;
    std::vector<money::Ratio> strengths_;
    std::unordered_map<std::uint64_t, Pair> pairs_;
};

}  // namespace jicai::linkage
