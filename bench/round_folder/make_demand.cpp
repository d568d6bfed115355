// make_demand DIR ROWS ORDER [SEED]: a synthetic national round of 60 lots, 180 specs, 900 bids and
// 31 regions with ROWS hospital lines in demand.csv, always the same for the same arguments. ORDER:
// hospital (each hospital's lines together, as reports arrive), canonical (lot, spec, region,
// hospital), shuffled.

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace {

struct Region {
    const char* name;
    int code;  ///< GB/T 2260, first two digits
};

constexpr std::array<Region, 31> kRegions{{
    {"北京", 11},           {"天津", 12}, {"河北", 13},   {"山西", 14}, {"内蒙古", 15},
    {"辽宁", 21},           {"吉林", 22}, {"黑龙江", 23}, {"上海", 31}, {"江苏", 32},
    {"浙江", 33},           {"安徽", 34}, {"福建", 35},   {"江西", 36}, {"山东", 37},
    {"河南", 41},           {"湖北", 42}, {"湖南", 43},   {"广东", 44}, {"广西", 45},
    {"海南", 46},           {"重庆", 50}, {"四川", 51},   {"贵州", 52}, {"云南", 53},
    {"西藏", 54},           {"陕西", 61}, {"甘肃", 62},   {"青海", 63}, {"宁夏", 64},
    {"新疆（含兵团）", 65},
}};
constexpr std::size_t kLots = 60;
constexpr std::array<int, 3> kContents{5, 10, 20};
constexpr std::size_t kBidsPerLot = 15;
constexpr std::size_t kFirms = 120;

struct Line {
    std::uint16_t lot;
    std::uint16_t spec;
    std::uint16_t region;
    std::uint32_t hospital;
    std::uint32_t units;
};

std::string hospital_code(const Line& line) {
    std::string digits = std::to_string(line.hospital);
    digits.insert(0, 8 - digits.size(), '0');
    return "H" + std::to_string(kRegions[line.region].code) + digits;
}

void write_small_tables(const std::filesystem::path& folder, std::mt19937_64& random) {
    std::ofstream(folder / "round.toml")
        << "id = \"BENCH\"\ntitle = \"合成轮次\"\nkind = \"drug\"\nrulebook = \"gy-yd2019-2\"\n"
           "opening = 2020-01-17\n";
    std::ofstream lots(folder / "lots.csv");
    std::ofstream specs(folder / "specs.csv");
    std::ofstream bids(folder / "bids.csv");
    std::ofstream packs(folder / "packs.csv");
    lots << "lot,name,volume_class,base_form,quantity_step\n";
    specs << "lot,spec,content_mg,main_spec,ceiling\n";
    bids << "lot,supplier,spec,content_mg,form,pack_units,pack_price,participation,evidence\n";
    packs << "lot,supplier,product,form,spec,content_mg,pack_units\n";
    for (std::size_t lot = 1; lot <= kLots; ++lot) {
        lots << lot << ",品种" << lot << ",general,普通片,100\n";
        for (const int content : kContents) {
            specs << lot << ',' << content << "mg," << content << ",1," << content / 5 << ".5\n";
        }
        for (std::size_t bid = 0; bid < kBidsPerLot; ++bid) {
            const std::size_t firm = (lot * 7 + bid) % kFirms;
            const std::uint64_t fen = 300 + random() % 6000;
            bids << lot << ",企业" << firm << ",10mg,10,普通片,28," << fen / 100 << '.'
                 << fen / 10 % 10 << fen % 10 << ",bid,synthetic\n";
            for (const int content : kContents) {
                packs << lot << ",企业" << firm << ",片,普通片," << content << "mg," << content
                      << ",28\n";
            }
        }
    }
    std::ofstream bidders(folder / "bidders.csv");
    bidders << "supplier,name\n";
    for (std::size_t firm = 0; firm < kFirms; ++firm) {
        bidders << "企业" << firm << ",企业" << firm << "有限公司\n";
    }
}

std::vector<Line> make_lines(std::size_t count, std::mt19937_64& random) {
    std::vector<Line> lines;
    lines.reserve(count);
    const std::size_t specs = kLots * kContents.size();
    for (std::uint32_t hospital = 1; lines.size() < count; ++hospital) {
        const auto region = static_cast<std::uint16_t>(random() % kRegions.size());
        for (std::size_t spec = 0; spec < specs && lines.size() < count; ++spec) {
            lines.push_back(
                {static_cast<std::uint16_t>(spec / kContents.size() + 1),
                 static_cast<std::uint16_t>(spec % kContents.size()),
                 region,
                 hospital,
                 static_cast<std::uint32_t>(random() % 200'000)}
            );
        }
    }
    return lines;
}

std::string spec_name(const Line& line) {
    return std::to_string(kContents[line.spec]) + "mg";
}

void write_demand(const std::filesystem::path& folder, const std::vector<Line>& lines) {
    std::ofstream demand(folder / "demand.csv", std::ios::binary);
    std::string text = "lot,spec,region,quantity,hospital\n";
    for (const Line& line : lines) {
        text += std::to_string(line.lot) + ',' + spec_name(line) + ',' +
                kRegions[line.region].name + ',' + std::to_string(line.units) + ',' +
                hospital_code(line) + '\n';
        if (text.size() > 1'000'000) {
            demand << text;
            text.clear();
        }
    }
    demand << text;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::cerr << "make_demand DIR ROWS hospital|canonical|shuffled [SEED]\n";
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    const auto count = static_cast<std::size_t>(std::strtoull(argv[2], nullptr, 10));
    const std::string order = argv[3];
    std::mt19937_64 random(argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 1);
    std::filesystem::create_directories(folder);
    write_small_tables(folder, random);
    std::vector<Line> lines = make_lines(count, random);
    if (order == "shuffled") std::shuffle(lines.begin(), lines.end(), random);
    if (order == "canonical") {
        std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
            const auto key = [](const Line& line) {
                return std::tuple(
                    std::to_string(line.lot),
                    spec_name(line),
                    std::string(kRegions[line.region].name),
                    line.hospital
                );
            };
            return key(a) < key(b);
        });
    }
    write_demand(folder, lines);
    return 0;
}
