#include <catalogs/linkage_folder/campaign_toml.h>
#include <catalogs/linkage_folder/decode_linkage.h>
#include <catalogs/linkage_folder/linkage_formats.h>
#include <catalogs/linkage_folder/load_linkage_folder.h>
#include <catalogs/round_folder/load_round_folder.h>
#include <catalogs/round_folder/open_file.h>
#include <catalogs/round_folder/toml_files.h>

#include <algorithm>
#include <array>

namespace jicai::catalogs {

namespace {

using namespace linkage_folder;
using round_folder::OpenFile;
using round_folder::TableFormat;

class Loader {
public:
    Loader(const FolderSource& source, Encoding encoding)
        : source_(source), encoding_(encoding), names_(source.names()) {}

    LoadedCampaign load() {
        read_heading();
        table(products_, products_format(), true, decode_products);
        table(observations_, observations_format(), true, decode_observations);
        table(listings_, listings_format(), true, decode_listings);
        table(winners_, winners_format(), false, decode_winners);
        table(volumes_, volumes_format(), false, decode_volumes);
        table(purchases_, purchases_format(), false, decode_purchases);
        table(events_, link_events_format(), false, decode_link_events);
        table(holidays_, holidays_format(), false, decode_holidays);
        read_parameters();
        return finish();
    }

private:
    using Decode = void (*)(const Table&, Known&, FaultList&, campaign::Campaign&);

    void read_heading() {
        if (!open_file(source_, names_, heading_, kTomlBytesMax, /*required=*/true)) return;
        decode_toml_text(heading_.file.bytes, encoding_, heading_.faults, heading_.decoded);
        if (!heading_.decoded.valid) return;
        round::InputFile input;
        read_campaign_toml(heading_.decoded.text, heading_.faults, campaign_, input);
        campaign_.inputs.push_back(std::move(input));
    }

    void table(OpenFile& file, const TableFormat& format, bool required, Decode decode) {
        if (!open_file(source_, names_, file, format.bytes_max, required)) return;
        decode_text(file.file.bytes, encoding_, file.faults, file.decoded);
        if (!file.decoded.valid) return;
        file.rows.emplace(file.decoded.text, file.faults);
        file.table = round_folder::read_table(*file.rows, format, file.faults);
        if (file.faults.empty()) campaign_.inputs.push_back(digest_of(format, file.table));
        decode(file.table, known_, file.faults, campaign_);
    }

    void read_parameters() {
        if (!open_file(source_, names_, parameters_, kTomlBytesMax, /*required=*/false)) return;
        decode_toml_text(
            parameters_.file.bytes, encoding_, parameters_.faults, parameters_.decoded
        );
        if (!parameters_.decoded.valid) return;
        round::InputFile input;
        campaign_.given =
            round_folder::read_parameters_toml(parameters_.decoded.text, parameters_.faults, input);
        campaign_.inputs.push_back(std::move(input));
    }

    LoadedCampaign finish() {
        LoadedCampaign loaded;
        const std::array<OpenFile*, 10> files{
            &heading_,
            &products_,
            &observations_,
            &listings_,
            &winners_,
            &volumes_,
            &purchases_,
            &events_,
            &holidays_,
            &parameters_};
        for (OpenFile* file : files) file->faults.move_to(loaded.faults);
        if (!loaded.faults.empty()) return loaded;
        number_regions(known_, campaign_);
        std::sort(
            campaign_.inputs.begin(),
            campaign_.inputs.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; }
        );
        loaded.campaign = std::move(campaign_);
        return loaded;
    }

    const FolderSource& source_;
    Encoding encoding_;
    std::vector<std::string> names_;
    Known known_;
    campaign::Campaign campaign_;
    OpenFile heading_{"campaign.toml"};
    OpenFile products_{products_format().file};
    OpenFile observations_{observations_format().file};
    OpenFile listings_{listings_format().file};
    OpenFile winners_{winners_format().file};
    OpenFile volumes_{volumes_format().file};
    OpenFile purchases_{purchases_format().file};
    OpenFile events_{link_events_format().file};
    OpenFile holidays_{holidays_format().file};
    OpenFile parameters_{"parameters.toml"};
};

}  // namespace

LoadedCampaign load_linkage_folder(const FolderSource& source, Encoding encoding) {
    LoadedCampaign loaded;
    if (round_folder::refuse_missing_folder(source, loaded.faults)) return loaded;
    return Loader(source, encoding).load();
}

std::vector<Fault> check_against_policy(
    const campaign::Campaign& campaign, const linkage::Policy& policy
) {
    std::vector<Fault> faults;
    FaultList list("campaign.toml");
    if (policy.region != linkage::kAnyRegion && policy.region != campaign.region) {
        list.add(
            "fault.linkage.region_of_policy",
            {0, "region", campaign.region},
            {{"policy", policy.id}, {"region", policy.region}}
        );
    }
    const bool begun = policy.effective_from <= campaign.as_of;
    const bool ended = policy.effective_to && *policy.effective_to < campaign.as_of;
    if (!begun || ended) {
        list.add(
            "fault.linkage.policy_not_in_force",
            {0, "as_of", campaign.as_of.text()},
            {{"policy", policy.id},
             {"from", policy.effective_from.text()},
             {"to", policy.effective_to ? policy.effective_to->text() : "…"}}
        );
    }
    list.move_to(faults);
    return faults;
}

}  // namespace jicai::catalogs
