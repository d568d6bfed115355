#include <catalogs/sha256/sha256.h>

#include <gtest/gtest.h>
#include <tests/round_folder/describe.h>
#include <tests/round_folder/small_round.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <random>
#include <sstream>

namespace jicai::test {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// Splits a table without quotes.
Rows rows_of(const std::string& text) {
    Rows rows;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string>& row = rows.emplace_back();
        std::size_t begin = 0;
        while (begin <= line.size()) {
            const std::size_t end = std::min(line.find(',', begin), line.size());
            row.push_back(line.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    return rows;
}

struct Style {
    bool crlf = false;
    bool last_line_end = true;
    bool bom = false;
    bool quoted = false;
    bool blank_rows = false;
};

std::string written(const Rows& rows, const Style& style) {
    std::string text = style.bom ? "\xEF\xBB\xBF" : "";
    const std::string end = style.crlf ? "\r\n" : "\n";
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) text += ',';
            text += style.quoted ? '"' + row[i] + '"' : row[i];
        }
        text += end;
        if (style.blank_rows) text += end + std::string(rows[0].size() - 1, ',') + end;
    }
    if (!style.last_line_end) text.resize(text.size() - end.size());
    return text;
}

Files files_of(const std::filesystem::path& folder) {
    Files files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        files[entry.path().filename().string()] = {
            std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }
    return files;
}

std::vector<Files> sound_folders() {
    const std::filesystem::path rounds =
        std::filesystem::path(JICAI_SOURCE_DIR) / "tests/data/rounds";
    return {small_round(), files_of(rounds / "GY-YD2019-1"), files_of(rounds / "GY-YD2019-2")};
}

std::string loaded_text(const Files& files, const catalogs::LoadOptions& options = {}) {
    const catalogs::LoadedRound loaded = load(files, options);
    EXPECT_EQ(listed(loaded.faults), "");
    return loaded.round ? describe(*loaded.round) : "";
}

template <class Change>
Files changed(Files files, Change change) {
    for (auto& [name, text] : files) {
        if (name.substr(name.size() - 4) == ".csv") text = change(rows_of(text));
    }
    return files;
}

TEST(Canonical, OrderOfRowsDoesNotMatter) {
    std::mt19937 random(20191229);
    for (const Files& files : sound_folders()) {
        const std::string expected = loaded_text(files);
        for (int run = 0; run < 5; ++run) {
            const Files shuffled = changed(files, [&](Rows rows) {
                std::shuffle(rows.begin() + 1, rows.end(), random);
                return written(rows, {});
            });
            EXPECT_EQ(loaded_text(shuffled), expected);
        }
    }
}

TEST(Canonical, OrderOfColumnsDoesNotMatter) {
    std::mt19937 random(20191230);
    for (const Files& files : sound_folders()) {
        const std::string expected = loaded_text(files);
        for (int run = 0; run < 5; ++run) {
            const Files shuffled = changed(files, [&](const Rows& rows) {
                std::vector<std::size_t> order(rows[0].size());
                std::iota(order.begin(), order.end(), std::size_t{0});
                std::shuffle(order.begin(), order.end(), random);
                Rows moved = rows;
                for (std::size_t r = 0; r < rows.size(); ++r) {
                    for (std::size_t c = 0; c < order.size(); ++c) {
                        moved[r][c] = rows[r][order[c]];
                    }
                }
                return written(moved, {});
            });
            EXPECT_EQ(loaded_text(shuffled), expected);
        }
    }
}

TEST(Canonical, LineEndsMarksQuotesAndBlankRowsDoNotMatter) {
    for (const Files& files : sound_folders()) {
        const std::string expected = loaded_text(files);
        for (unsigned bits = 0; bits < 32; ++bits) {
            const Style style{
                (bits & 1U) != 0,
                (bits & 2U) != 0,
                (bits & 4U) != 0,
                (bits & 8U) != 0,
                (bits & 16U) != 0};
            const Files other =
                changed(files, [&](const Rows& rows) { return written(rows, style); });
            EXPECT_EQ(loaded_text(other), expected) << bits;
        }
    }
}

TEST(Canonical, EncodingDoesNotMatter) {
    catalogs::LoadOptions options;
    options.encoding = catalogs::Encoding::gb18030;
    for (const Files& files : sound_folders()) {
        EXPECT_EQ(loaded_text(gb18030_files(files), options), loaded_text(files));
        Files toml_too = gb18030_files(files);
        toml_too["round.toml"] = gb18030_text(toml_too["round.toml"]);
        EXPECT_EQ(loaded_text(toml_too, options), loaded_text(files));
    }
}

TEST(Canonical, NumberOfThreadsDoesNotMatter) {
    for (const Files& files : sound_folders()) {
        const std::string expected = loaded_text(files);
        for (const unsigned threads : {0U, 1U, 3U, 8U}) {
            catalogs::LoadOptions options;
            options.threads = threads;
            EXPECT_EQ(loaded_text(files, options), expected);
        }
    }
}

std::string digest_of(const Files& files, const std::string& name) {
    const catalogs::LoadedRound loaded = load(files);
    EXPECT_EQ(listed(loaded.faults), "");
    if (!loaded.round) return {};
    for (const round::InputFile& input : loaded.round->inputs) {
        if (input.name == name) return input.digest;
    }
    return "no " + name;
}

TEST(Canonical, FormsAreThoseOfTheDocument) {
    const Files files = small_round();
    EXPECT_EQ(
        digest_of(files, "specs.csv"),
        catalogs::sha256_hex("lot,spec,content_mg,main_spec,ceiling,content_unit,fill_ml\n"
                             "1,100mg,100,0,1.42,,\n"
                             "1,50mg,50,1,0.8353,mg,\n"
                             "10,162.5mg,162.5,1,2,,\n"
                             "2,0.2mg,0.2,1,,mg,0.5\n"
                             "2,0.2mg大,0.2,0,,mg,100\n")
    );
    EXPECT_EQ(
        digest_of(files, "demand.csv"),
        catalogs::sha256_hex("lot,spec,region,quantity,hospital,supplier\n"
                             "1,100mg,上海,0,,\n"
                             "1,50mg,北京,1000,H01,\n"
                             "1,50mg,北京,500,H02,\n"
                             "10,162.5mg,北京,300,H01,\n"
                             "2,0.2mg,上海,70,H01,甲药业\n")
    );
    EXPECT_EQ(
        digest_of(files, "bids.csv"),
        catalogs::sha256_hex(
            "lot,supplier,spec,content_mg,form,pack_units,pack_price,participation,evidence,"
            "product,group,own_lowest_price,fill_ml,regions,supply_provinces\n"
            "1,丙药业,,,,,,absent,,,,,,,\n"
            "1,乙药业,,100,普通片,14,,bid,,,G,,,北京,3\n"
            "1,甲药业,50mg,50,普通片,30,5.42,bid,table,,,5.4,,,12\n"
            "2,甲药业,0.2mg,0.2,注射液,1,3.6,bid,,p1,G,,0.5,,\n"
        )
    );
    EXPECT_EQ(
        digest_of(files, "round.toml"),
        catalogs::sha256_hex(
            "id=\"T-1\"\nkind=\"drug\"\nopening=\"2020-01-17\"\nrulebook=\"gy-yd2019-2\"\n"
            "title=\"试验\"\n"
        )
    );
    EXPECT_EQ(
        digest_of(files, "parameters.toml"),
        catalogs::sha256_hex("given.\"entry.max_entrants\".reason=\"文件未写\"\n"
                             "given.\"entry.max_entrants\".value={ \"3+\" = 2, 1 = 1, 2 = 1 }\n"
                             "given.\"entry.max_entrants\".who=\"张三\"\n")
    );
    EXPECT_EQ(
        digest_of(edited("round.toml", "2020-01-17", "\"2020-01-17\""), "round.toml"),
        digest_of(files, "round.toml")
    );
}

TEST(Canonical, AbsentOptionalColumnsAreEmptyCells) {
    const Files with = with_file("hospitals.csv", "hospital,name,region,level\nH01,一院,北京,\n");
    const Files packs = with_file(
        "packs.csv",
        "lot,supplier,product,form,spec,content_mg,pack_units\n1,甲药业,片,普通片,50mg,50,30\n"
    );
    const Files packs_with = with_file(
        "packs.csv",
        "material,lot,supplier,product,form,spec,content_mg,pack_units,daily_dose,fill_ml\n"
        ",1,甲药业,片,普通片,50mg,50.00,030,,\n"
    );
    EXPECT_EQ(digest_of(packs, "packs.csv"), digest_of(packs_with, "packs.csv"));
    EXPECT_NE(digest_of(with, "hospitals.csv"), digest_of(small_round(), "hospitals.csv"));
}

TEST(Canonical, UnknownColumnsAndQuotedTextsEnter) {
    const Files files = with_file(
        "demand.csv",
        "note,lot,spec,region,quantity,hospital\n"
        "\"two\nlines, \"\"quoted\"\"\",1,50mg,北京,10,\"H,1\"\n"
        "plain,1,50mg,北京,5,\"H\"\"0\"\n"
    );
    EXPECT_EQ(
        digest_of(files, "demand.csv"),
        catalogs::sha256_hex("lot,spec,region,quantity,hospital,supplier,note\n"
                             "1,50mg,北京,5,\"H\"\"0\",,plain\n"
                             "1,50mg,北京,10,\"H,1\",,\"two\nlines, \"\"quoted\"\"\"\n")
    );
}

TEST(Canonical, EveryChangeOfContentChangesTheDigest) {
    const std::string original = digest_of(small_round(), "demand.csv");
    for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
             {"500,H02", "501,H02"},
             {"H02", "H03"},
             {"70,H01,甲药业", "70,H01,乙药业"},
             {"1,100mg,上海", "1,100mg,北京"}}) {
        EXPECT_NE(digest_of(edited("demand.csv", from, to), "demand.csv"), original) << to;
    }
}

TEST(Sha256, KnownAnswers) {
    EXPECT_EQ(
        catalogs::sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    EXPECT_EQ(
        catalogs::sha256_hex("abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    catalogs::Sha256 pieces;
    for (int i = 0; i < 1000; ++i) pieces.update(std::string(1000, 'a'));
    EXPECT_EQ(pieces.hex(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace
}  // namespace jicai::test
