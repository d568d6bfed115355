#include <tests/round_folder/describe.h>

#include <sstream>

namespace jicai::test {

namespace {

template <class T>
std::string number(const std::optional<T>& value) {
    return value ? std::to_string(*value) : "-";
}

std::string price(const std::optional<money::Price>& value) {
    return value ? value->text() : "-";
}

template <class T>
std::string list(const std::vector<T>& values) {
    std::ostringstream out;
    for (const T& value : values) out << value << ';';
    return out.str();
}

}  // namespace

std::string describe(const round::Round& round) {
    std::ostringstream out;
    out << round.id << '|' << round.title << '|' << round.kind << '|' << round.rulebook_id << '|'
        << round.opening << '\n';
    for (const round::Lot& lot : round.lots) {
        out << "lot " << lot.id << '|' << lot.name << '|' << lot.volume_class << '|'
            << lot.term_class << '|' << lot.base_form << '|' << lot.quantity_step << '|'
            << list(lot.regions) << '|' << list(lot.specs) << '\n';
    }
    for (const round::Spec& spec : round.specs) {
        out << "spec " << spec.lot << '|' << spec.name << '|' << spec.content.text() << '|'
            << spec.content_unit << '|' << number(spec.fill_nl) << '|' << spec.main_spec << '|'
            << price(spec.ceiling) << '\n';
    }
    for (const round::Supplier& s : round.suppliers) {
        out << "supplier " << s.id << '|' << s.name << '|' << s.firm << '|' << s.code << '|'
            << s.origin << '\n';
    }
    out << "regions " << list(round.regions) << '\n';
    for (const round::DemandCell& cell : round.demand) {
        out << "demand " << cell.lot << '|' << cell.spec << '|' << cell.region << '|'
            << number(cell.supplier) << '|' << cell.quantity.units() << '\n';
    }
    out << "bid columns " << list(round.bid_extra_columns) << '\n';
    for (const round::Bid& bid : round.bids) {
        out << "bid " << bid.lot << '|' << bid.supplier << '|' << bid.product << '|' << bid.spec
            << '|' << bid.content.text() << '|' << bid.form << '|' << bid.pack_units << '|'
            << price(bid.pack_price) << '|' << static_cast<int>(bid.participation) << '|'
            << bid.evidence << '|' << bid.group << '|' << price(bid.own_lowest_price) << '|'
            << number(bid.fill_nl) << '|' << list(bid.extra) << '|' << list(bid.regions) << '\n';
    }
    out << "pack columns " << list(round.pack_extra_columns) << '\n';
    for (const round::Pack& pack : round.packs) {
        out << "pack " << pack.lot << '|' << pack.supplier << '|' << pack.product << '|'
            << pack.form << '|' << pack.spec << '|' << pack.content.text() << '|' << pack.pack_units
            << '|' << number(pack.fill_nl) << '|' << pack.material << '|'
            << (pack.daily_dose ? pack.daily_dose->text() : "-") << '|' << list(pack.extra) << '\n';
    }
    for (const round::Event& event : round.events) {
        out << "event " << event.seq << '|' << event.lot << '|' << static_cast<int>(event.kind)
            << '|' << number(event.supplier) << '|' << event.value << '|' << event.reason << '|'
            << event.who << '|' << event.at << '\n';
    }
    for (const round::Preference& p : round.preferences) {
        out << "preference " << p.lot << '|' << p.supplier << '|' << p.order << '|' << p.region
            << '\n';
    }
    for (const round::GivenParameter& given : round.given) {
        out << "given " << given.path << '|' << given.toml << '|' << given.who << '|'
            << given.reason << '\n';
    }
    for (const round::InputFile& input : round.inputs) {
        out << "input " << input.name << '|' << input.digest << '|' << input.rows << '\n';
    }
    return out.str();
}

}  // namespace jicai::test
