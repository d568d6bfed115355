#include <catalogs/round_folder/decode_tables.h>
#include <catalogs/round_folder/formats.h>
#include <catalogs/round_folder/load_lots.h>
#include <catalogs/round_folder/open_file.h>
#include <catalogs/round_folder/toml_files.h>

namespace jicai::catalogs {
namespace {

using namespace round_folder;

void read(
    const FolderSource& source, const LoadOptions& options, const TableFormat& format, OpenFile& out
) {
    if (!open_file(source, source.names(), out, kTableBytesMax, /*required=*/true)) return;
    decode_text(out.file.bytes, options.encoding, out.faults, out.decoded);
    if (!out.decoded.valid) return;
    out.rows.emplace(out.decoded.text, out.faults);
    out.table = round_folder::read_table(*out.rows, format, out.faults);
}

/// Absent in most rounds; then there are no values.
void read_given(
    const FolderSource& source, const LoadOptions& options, OpenFile& out, round::Round& round
) {
    if (!open_file(source, source.names(), out, kTomlBytesMax, /*required=*/false)) return;
    decode_text(out.file.bytes, options.encoding, out.faults, out.decoded);
    if (!out.decoded.valid) return;
    round::InputFile input;
    round.given = read_parameters_toml(out.decoded.text, out.faults, input);
}

}  // namespace

LoadedRound load_lots(const FolderSource& source, const LoadOptions& options) {
    OpenFile lots("lots.csv");
    OpenFile specs("specs.csv");
    read(source, options, lots_format(), lots);
    read(source, options, specs_format(), specs);
    References known(options.regions);
    round::Round round;
    decode_lots(lots.table, known, lots.faults, round);
    decode_specs(specs.table, lots.table, known, specs.faults, lots.faults, round);
    OpenFile parameters("parameters.toml");
    read_given(source, options, parameters, round);
    LoadedRound loaded;
    lots.faults.move_to(loaded.faults);
    specs.faults.move_to(loaded.faults);
    parameters.faults.move_to(loaded.faults);
    if (!loaded.faults.empty()) return loaded;
    round.regions = known.regions();
    loaded.round = std::move(round);
    return loaded;
}

}  // namespace jicai::catalogs
