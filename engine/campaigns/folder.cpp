#include <engine/campaigns/folder.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace jicai::campaigns {
namespace {

// Cells of free text may hold no control characters (docs/round-folder.md).
std::string cell(const std::string& text) {
    std::string plain = text;
    std::replace_if(
        plain.begin(),
        plain.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; },
        ' '
    );
    if (plain.find_first_of(",\"") == std::string::npos) return plain;
    std::string quoted = "\"";
    for (const char c : plain) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string line(const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) text += ',';
        text += cell(cells[i]);
    }
    return text + '\n';
}

std::string flag(bool value) {
    return value ? "1" : "";
}

// A basic string of TOML.
std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return result + '"';
}

std::string heading_toml(const FolderHeading& heading) {
    std::string text = "id = " + quoted(heading.id) + "\ntitle = " + quoted(heading.title) +
                       "\npolicy = " + quoted(heading.policy) +
                       "\nregion = " + quoted(heading.region) + "\nas_of = " + heading.as_of + '\n';
    if (!heading.known_at.empty()) text += "known_at = " + heading.known_at + '\n';
    if (!heading.scope.empty()) text += "scope = " + quoted(heading.scope) + '\n';
    return text;
}

std::string products_csv(const std::vector<FolderProduct>& products) {
    std::string text =
        "product,name,form,spec,content_mg,pack_units,material,maker,code,variety,evaluated,"
        "originator,replaces\n";
    for (const FolderProduct& each : products) {
        text += line(
            {each.product,
             each.name,
             each.form,
             each.spec,
             each.content_mg,
             std::to_string(each.pack_units),
             each.material,
             each.maker,
             each.code,
             each.variety,
             flag(each.evaluated),
             flag(each.originator),
             each.replaces}
        );
    }
    return text;
}

std::string observations_csv(const std::vector<FolderObservation>& observations) {
    std::string text =
        "observation,product,region,source,pack_price,pack_units,effective_from,effective_to,"
        "content_mg,document,status,evaluated,recorded,entered_by\n";
    for (const FolderObservation& each : observations) {
        text += line(
            {each.observation,
             each.product,
             each.region,
             each.source,
             each.pack_price,
             std::to_string(each.pack_units),
             each.effective_from,
             each.effective_to,
             each.content_mg,
             each.document,
             each.status,
             flag(each.evaluated),
             each.recorded,
             each.entered_by}
        );
    }
    return text;
}

std::string winners_csv(const std::vector<FolderWinner>& winners) {
    std::string text = "product,price,regions\n";
    for (const FolderWinner& each : winners) {
        std::string regions;
        for (const std::string& region : each.regions) {
            regions += (regions.empty() ? "" : "|") + region;
        }
        text += line({each.product, each.price, regions});
    }
    return text;
}

std::string purchases_csv(const std::vector<FolderPurchase>& purchases) {
    std::string text = "product,month,packs,hospital\n";
    for (const FolderPurchase& each : purchases) {
        text += line({each.product, each.month, std::to_string(each.packs), each.hospital});
    }
    return text;
}

std::string events_csv(const std::vector<FolderEvent>& events) {
    std::string text = "seq,event,product,observation,reason,who,at\n";
    std::int64_t seq = 0;
    for (const FolderEvent& each : events) {
        text += line(
            {std::to_string(++seq),
             each.event,
             each.product,
             each.observation,
             each.reason,
             each.who,
             each.at}
        );
    }
    return text;
}

}  // namespace

std::map<std::string, std::string> folder_files(FolderInputs inputs) {
    std::sort(inputs.products.begin(), inputs.products.end(), [](const auto& a, const auto& b) {
        return a.product < b.product;
    });
    std::sort(
        inputs.observations.begin(),
        inputs.observations.end(),
        [](const auto& a, const auto& b) { return a.observation < b.observation; }
    );
    std::sort(inputs.winners.begin(), inputs.winners.end(), [](const auto& a, const auto& b) {
        return a.product < b.product;
    });
    std::sort(inputs.purchases.begin(), inputs.purchases.end(), [](const auto& a, const auto& b) {
        return std::tie(a.product, a.month, a.hospital) < std::tie(b.product, b.month, b.hospital);
    });
    std::map<std::string, std::string> files;
    files["campaign.toml"] = heading_toml(inputs.heading);
    files["products.csv"] = products_csv(inputs.products);
    files["observations.csv"] = observations_csv(inputs.observations);
    std::string& listings = files["listings.csv"] = "product,price\n";
    for (const auto& [product, price] : inputs.listings) listings += line({product, price});
    if (!inputs.winners.empty()) files["winners.csv"] = winners_csv(inputs.winners);
    if (!inputs.volumes.empty()) {
        std::string& volumes = files["volumes.csv"] = "product,packs\n";
        for (const auto& [product, packs] : inputs.volumes) {
            volumes += line({product, std::to_string(packs)});
        }
    }
    if (!inputs.purchases.empty()) files["purchases.csv"] = purchases_csv(inputs.purchases);
    if (!inputs.events.empty()) files["events.csv"] = events_csv(inputs.events);
    if (!inputs.holidays.empty()) {
        std::string& holidays = files["holidays.csv"] = "day,works\n";
        for (const auto& [day, works] : inputs.holidays) holidays += line({day, works ? "1" : "0"});
    }
    return files;
}

}  // namespace jicai::campaigns
