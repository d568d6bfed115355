#include <catalogs/round_folder/decode_tables.h>
#include <catalogs/round_folder/demand_file.h>
#include <catalogs/round_folder/formats.h>
#include <catalogs/round_folder/load_round_folder.h>
#include <catalogs/round_folder/open_file.h>
#include <catalogs/round_folder/toml_files.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace jicai::catalogs {

namespace {

using namespace round_folder;

constexpr std::string_view kRoundToml = "round.toml";
constexpr std::string_view kParametersToml = "parameters.toml";

std::optional<RoundHeading> read_heading(
    const FolderSource& source, const LoadOptions& options, OpenFile& out, round::InputFile& input
) {
    if (!open_file(source, source.names(), out, kTomlBytesMax, /*required=*/true)) return {};
    decode_toml_text(out.file.bytes, options.encoding, out.faults, out.decoded);
    if (!out.decoded.valid) return {};
    return read_round_toml(out.decoded.text, options.draft, out.faults, input);
}

/// Loads one folder: files in the order in which they refer to each other.
class Loader {
public:
    Loader(const FolderSource& source, const LoadOptions& options)
        : source_(source), options_(options), known_(options.regions) {}

    LoadedRound load() {
        open_all();
        read_toml_heading();
        read_table(lots_, lots_format());
        read_table(specs_, specs_format());
        read_table(bidders_, bidders_format());
        decode_lots(lots_.table, known_, lots_.faults, round_);
        decode_specs(specs_.table, lots_.table, known_, specs_.faults, lots_.faults, round_);
        decode_bidders(bidders_.table, known_, bidders_.faults, round_);
        load_demand();
        load_table(bids_, bids_format(), decode_bids);
        load_table(packs_, packs_format(), decode_packs);
        load_table(events_, events_format(), decode_events);
        load_table(preferences_, preferences_format(), decode_preferences);
        load_table(history_, history_format(), nullptr);
        load_table(hospitals_, hospitals_format(), nullptr);
        load_parameters();
        return finish();
    }

private:
    using Decode = void (*)(const Table&, References&, FaultList&, round::Round&);

    std::array<OpenFile*, 12> files() {
        return {
            &heading_,
            &lots_,
            &specs_,
            &bidders_,
            &demand_,
            &bids_,
            &packs_,
            &events_,
            &preferences_,
            &history_,
            &hospitals_,
            &parameters_};
    }

    void open_all() {
        const std::vector<std::string> names = source_.names();
        const std::array<OpenFile*, 5> required{&lots_, &specs_, &bidders_, &demand_, &bids_};
        for (OpenFile* file : files()) {
            if (file == &heading_) continue;
            const bool later =
                options_.draft && (file == &bidders_ || file == &demand_ || file == &bids_);
            const bool needed =
                !later && std::find(required.begin(), required.end(), file) != required.end();
            const std::uint64_t bytes_max = file == &demand_       ? kDemandBytesMax
                                            : file == &parameters_ ? kTomlBytesMax
                                                                   : kTableBytesMax;
            if (open_file(source_, names, *file, bytes_max, needed))
                bytes_total_ += file->file.size;
        }
    }

    void tell_progress(const OpenFile& file, std::uint64_t bytes_of_file) {
        if (!options_.progress) return;
        options_.progress({file.faults.file(), bytes_done_ + bytes_of_file, bytes_total_});
    }

    void done(const OpenFile& file) {
        bytes_done_ += file.file.size;
        tell_progress(file, 0);
    }

    void read_toml_heading() {
        round::InputFile input;
        const auto heading = read_heading(source_, options_, heading_, input);
        bytes_total_ += heading_.file.size;
        done(heading_);
        if (!heading) return;
        round_.id = heading->id;
        round_.title = heading->title;
        round_.kind = heading->kind;
        round_.rulebook_id = heading->rulebook_id;
        round_.opening = heading->opening;
        round_.inputs.push_back(std::move(input));
    }

    void read_table(OpenFile& file, const TableFormat& format) {
        if (!file.present()) return;
        decode_text(file.file.bytes, options_.encoding, file.faults, file.decoded);
        if (file.decoded.valid) {
            file.rows.emplace(file.decoded.text, file.faults);
            file.table = round_folder::read_table(*file.rows, format, file.faults);
            if (file.faults.empty()) round_.inputs.push_back(digest_of(format, file.table));
        }
        done(file);
    }

    void load_table(OpenFile& file, const TableFormat& format, Decode decode) {
        read_table(file, format);
        if (decode != nullptr) decode(file.table, known_, file.faults, round_);
    }

    void load_demand() {
        if (!demand_.present()) return;
        DemandOptions options{options_.encoding, options_.threads};
        options.progress = [this](std::uint64_t bytes) { tell_progress(demand_, bytes); };
        DemandResult result =
            read_demand(demand_.file.bytes, options, known_, round_, demand_.faults);
        round_.demand = std::move(result.cells);
        if (demand_.faults.empty()) {
            round_.inputs.push_back({demand_.faults.file(), std::move(result.digest), result.rows});
        }
        done(demand_);
    }

    void load_parameters() {
        if (!parameters_.present()) return;
        decode_toml_text(
            parameters_.file.bytes, options_.encoding, parameters_.faults, parameters_.decoded
        );
        if (parameters_.decoded.valid) {
            round::InputFile input;
            round_.given =
                read_parameters_toml(parameters_.decoded.text, parameters_.faults, input);
            round_.inputs.push_back(std::move(input));
        }
        done(parameters_);
    }

    LoadedRound finish() {
        LoadedRound loaded;
        for (OpenFile* file : files()) file->faults.move_to(loaded.faults);
        if (options_.draft) {
            std::erase_if(loaded.faults, [](const Fault& fault) {
                return fault.message.key == "fault.rows_missing";
            });
        }
        if (!loaded.faults.empty()) return loaded;
        number_regions();
        std::sort(round_.inputs.begin(), round_.inputs.end(), [](const auto& a, const auto& b) {
            return a.name < b.name;
        });
        loaded.round = std::move(round_);
        return loaded;
    }

    // Without a list of the rulebook regions are numbered bytewise.
    void number_regions() {
        round_.regions = known_.regions();
        if (known_.regions_fixed()) return;
        std::vector<round::RegionIndex> order(round_.regions.size());
        std::iota(order.begin(), order.end(), round::RegionIndex{0});
        std::sort(order.begin(), order.end(), [&](round::RegionIndex a, round::RegionIndex b) {
            return round_.regions[a] < round_.regions[b];
        });
        std::vector<round::RegionIndex> number(order.size());
        std::vector<std::string> sorted;
        for (std::size_t i = 0; i < order.size(); ++i) {
            number[order[i]] = static_cast<round::RegionIndex>(i);
            sorted.push_back(round_.regions[order[i]]);
        }
        round_.regions = std::move(sorted);
        const auto renumber = [&](std::vector<round::RegionIndex>& regions) {
            for (round::RegionIndex& region : regions) region = number[region];
        };
        for (round::Lot& lot : round_.lots) renumber(lot.regions);
        for (round::Bid& bid : round_.bids) renumber(bid.regions);
        for (round::Preference& preference : round_.preferences) {
            preference.region = number[preference.region];
        }
        for (round::DemandCell& cell : round_.demand) cell.region = number[cell.region];
        std::sort(
            round_.demand.begin(),
            round_.demand.end(),
            [](const round::DemandCell& a, const round::DemandCell& b) {
                return std::tie(a.lot, a.spec, a.region, a.supplier) <
                       std::tie(b.lot, b.spec, b.region, b.supplier);
            }
        );
    }

    const FolderSource& source_;
    const LoadOptions& options_;
    References known_;
    round::Round round_;
    std::uint64_t bytes_total_ = 0;
    std::uint64_t bytes_done_ = 0;
    OpenFile heading_{kRoundToml};
    OpenFile lots_{lots_format().file};
    OpenFile specs_{specs_format().file};
    OpenFile bidders_{bidders_format().file};
    OpenFile demand_{demand_format().file};
    OpenFile bids_{bids_format().file};
    OpenFile packs_{packs_format().file};
    OpenFile events_{events_format().file};
    OpenFile preferences_{preferences_format().file};
    OpenFile history_{history_format().file};
    OpenFile hospitals_{hospitals_format().file};
    OpenFile parameters_{kParametersToml};
};

}  // namespace

LoadedRound load_round_folder(const FolderSource& source, const LoadOptions& options) {
    LoadedRound loaded;
    if (refuse_missing_folder(source, loaded.faults)) return loaded;
    return Loader(source, options).load();
}

LoadedRound load_round_folder(const std::filesystem::path& folder, const LoadOptions& options) {
    return load_round_folder(DirectorySource(folder), options);
}

LoadedHeading load_round_heading(const FolderSource& source, const LoadOptions& options) {
    LoadedHeading loaded;
    if (refuse_missing_folder(source, loaded.faults)) return loaded;
    OpenFile file{kRoundToml};
    round::InputFile input;
    loaded.heading = read_heading(source, options, file, input);
    file.faults.move_to(loaded.faults);
    return loaded;
}

LoadedHeading load_round_heading(const std::filesystem::path& folder, const LoadOptions& options) {
    return load_round_heading(DirectorySource(folder), options);
}

}  // namespace jicai::catalogs
