#pragma once

#include <engine/campaign/campaign.h>
#include <engine/linkage/observation_columns.h>
#include <engine/linkage/pack_conversions.h>
#include <engine/linkage/reference.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The observations of a campaign as columns, with the numbers its forms and strengths got.

namespace jicai::linkage {

class CampaignColumns {
public:
    /// \pre the campaign is in its bounds (CHECKed) and outlives this
    explicit CampaignColumns(const campaign::Campaign& campaign);

    /// A row's id is the index of its observation.
    [[nodiscard]] const ObservationColumns& columns() const { return *columns_; }
    /// The listed pack of a product.
    [[nodiscard]] ListedPack pack(campaign::ProductIndex product) const;
    /// Conversions between every pack that occurs and the smallest unit of its product.
    [[nodiscard]] PackConversions conversions(const product::PriceRatioRule& rule) const;

private:
    [[nodiscard]] ObservationRow row(std::size_t index);
    [[nodiscard]] std::uint16_t strength(const campaign::Observation& observation);
    void correct();

    const campaign::Campaign& campaign_;
    std::vector<std::string> forms_;
    std::vector<std::uint16_t> form_of_product_;
    std::map<money::Ratio, std::uint16_t> number_of_strength_;
    std::vector<money::Ratio> strengths_;
    std::optional<ObservationColumns> columns_;
    std::vector<Row> row_of_;
};

/// Index of the campaign's region among its regions; a number no region has where nobody observed
/// in it.
[[nodiscard]] std::uint8_t region_number(const campaign::Campaign& campaign);

}  // namespace jicai::linkage
