#pragma once

#include <catalogs/round_folder/load_round_folder.h>

#include <iconv.h>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace jicai::test {

using Files = std::map<std::string, std::string>;

/// A sound folder that uses every file and every optional column.
inline Files small_round() {
    return {
        {"round.toml",
         "id = \"T-1\"\ntitle = \"试验\"\nkind = \"drug\"\nrulebook = \"gy-yd2019-2\"\n"
         "opening = 2020-01-17\n"},
        {"lots.csv",
         "lot,name,volume_class,base_form,quantity_step,term_class,regions\n"
         "1,阿卡波糖,general,普通片,100,general,\n"
         "2,左氧氟沙星,restricted,注射液,1,one_year,北京|上海\n"
         "10,布洛芬,general,普通片,100,,\n"},
        {"specs.csv",
         "lot,spec,content_mg,main_spec,ceiling,content_unit,fill_ml\n"
         "1,50mg,50,1,0.8353,mg,\n"
         "1,100mg,100,0,1.4200,,\n"
         "2,0.2mg,0.2,是,,mg,0.5\n"
         "2,0.2mg大,0.2,,,mg,100\n"
         "10,162.5mg,162.5,true,2,,\n"},
        {"demand.csv",
         "lot,spec,region,quantity,hospital,supplier\n"
         "1,50mg,北京,1000,H01,\n"
         "1,50mg,北京,500,H02,\n"
         "1,100mg,上海,0,,\n"
         "2,0.2mg,上海,70,H01,甲药业\n"
         "10,162.5mg,北京,300,H01,\n"},
        {"bidders.csv",
         "supplier,name,firm,code,origin\n"
         "甲药业,甲药业有限公司,甲,C1,国产\n"
         "乙药业,乙药业有限公司,,C2,\n"
         "丙药业,丙药业有限公司,,,\n"},
        {"bids.csv",
         "lot,supplier,spec,content_mg,form,pack_units,pack_price,participation,evidence,product,"
         "group,own_lowest_price,fill_ml,regions,supply_provinces\n"
         "1,甲药业,50mg,50,普通片,30,5.42,bid,table,,,5.4,,,12\n"
         "1,乙药业,,100,普通片,14,,bid,,,G,,,北京,3\n"
         "1,丙药业,,,,,,absent,,,,,,,\n"
         "2,甲药业,0.2mg,0.20,注射液,1,3.60,bid,,p1,G,,0.5,,\n"},
        {"packs.csv",
         "lot,supplier,product,form,spec,content_mg,pack_units,fill_ml,material,daily_dose\n"
         "1,甲药业,片,普通片,50mg,50,30,,铝塑,0.3\n"
         "1,甲药业,片,普通片,100mg,100,30,,铝塑,\n"},
        {"events.csv",
         "seq,lot,event,supplier,value,reason,who,at\n"
         "1,1,requote,乙药业,5.40,,张三,2020-01-17T10:30\n"
         "2,1,draw_of_lots,,乙药业|甲药业,,张三,2020-01-17\n"
         "3,1,region_pick,甲药业,北京,,张三,2020-01-18\n"
         "4,1,award_cancelled,甲药业,execution,断供,李四,2020-06-01\n"
         "5,1,substitute,乙药业,北京|上海,,李四,2020-06-02\n"},
        {"preferences.csv",
         "lot,supplier,order,region\n"
         "1,甲药业,1,上海\n"
         "1,甲药业,2,北京\n"},
        {"history.csv",
         "hospital,lot,spec,year,quantity,supplier\n"
         "H01,1,50mg,2019,800,甲药业\n"},
        {"hospitals.csv", "hospital,name,region,level\nH01,一院,北京,三级\nH02,二院,北京,\n"},
        {"parameters.toml",
         "[given.\"entry.max_entrants\"]\nvalue = { 2 = 1, 1 = 1, \"3+\" = 2 }\nwho = \"张三\"\n"
         "reason = \"文件未写\"\n"},
    };
}

/// `text` with the one occurrence of `from` replaced; throws when there is not exactly one.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) {
        throw std::logic_error("not exactly once: " + std::string(from));
    }
    return text.replace(at, from.size(), to);
}

inline Files edited(const std::string& file, std::string_view from, std::string_view to) {
    Files files = small_round();
    files.at(file) = replaced(files.at(file), from, to);
    return files;
}

inline Files with_file(const std::string& file, std::string text) {
    Files files = small_round();
    files[file] = std::move(text);
    return files;
}

inline catalogs::LoadedRound load(Files files, const catalogs::LoadOptions& options = {}) {
    return catalogs::load_round_folder(catalogs::MemorySource(std::move(files)), options);
}

/// UTF-8 text in GB18030.
inline std::string gb18030_text(std::string text) {
    const iconv_t handle = ::iconv_open("GB18030", "UTF-8");
    std::string out(2 * text.size() + 16, '\0');
    char* in = text.data();
    char* to = out.data();
    std::size_t in_left = text.size();
    std::size_t out_left = out.size();
    const std::size_t answer = ::iconv(handle, &in, &in_left, &to, &out_left);
    ::iconv_close(handle);
    if (answer == static_cast<std::size_t>(-1)) throw std::logic_error("not UTF-8: " + text);
    out.resize(out.size() - out_left);
    return out;
}

/// All tables in GB18030; TOML files stay UTF-8.
inline Files gb18030_files(Files files) {
    for (auto& [name, text] : files) {
        if (name.substr(name.size() - 4) == ".csv") text = gb18030_text(text);
    }
    return files;
}

/// One line per fault: "file:row column [value] key".
inline std::string listed(const std::vector<catalogs::Fault>& faults) {
    std::string text;
    for (const catalogs::Fault& fault : faults) {
        text += fault.file + ":" + std::to_string(fault.row) + " " + fault.column + " [" +
                fault.value + "] " + fault.message.key + "\n";
    }
    return text;
}

}  // namespace jicai::test
