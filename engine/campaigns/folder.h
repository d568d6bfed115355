#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// \file
/// The linkage folder (docs/linkage.md) a campaign is decided from, written from what the service
/// keeps. The service reads this folder back with the one decoder of such folders, so that it
/// decides what `jicai link` decides on the exported files, byte for byte.

namespace jicai::campaigns {

/// campaign.toml.
struct FolderHeading {
    std::string id;
    std::string title;
    std::string policy;
    std::string region;    ///< as observations name it: "黑龙江"
    std::string as_of;     ///< "2026-06-30"
    std::string known_at;  ///< empty: everything recorded counts
    std::string scope;     ///< word of campaign::Scope
};

/// Members as in the columns of docs/linkage.md, section 1; numbers and days as their text.
struct FolderProduct {
    std::string product;
    std::string name;
    std::string form;
    std::string spec;
    std::string content_mg;
    std::int64_t pack_units = 1;
    std::string material;
    std::string maker;
    std::string code;
    std::string variety;
    bool evaluated = false;
    bool originator = false;
    std::string replaces;
};
struct FolderObservation {
    std::string observation;
    std::string product;
    std::string region;
    std::string source;
    std::string pack_price;
    std::int64_t pack_units = 1;
    std::string effective_from;
    std::string effective_to;
    std::string content_mg;
    std::string document;
    std::string status;
    bool evaluated = false;
    std::string recorded;
    std::string entered_by;
};
struct FolderWinner {
    std::string product;
    std::string price;
    std::vector<std::string> regions;
};
struct FolderPurchase {
    std::string product;
    std::string month;  ///< "2026-03"
    std::int64_t packs = 0;
    std::string hospital;
};
struct FolderEvent {
    std::string event;        ///< word of campaign::EventKind
    std::string product;      ///< or empty
    std::string observation;  ///< or empty
    std::string reason;
    std::string who;
    std::string at;
};

struct FolderInputs {
    FolderHeading heading;
    std::vector<FolderProduct> products;
    std::vector<FolderObservation> observations;
    std::map<std::string, std::string> listings;  ///< product to price of its listed pack
    std::vector<FolderWinner> winners;
    std::map<std::string, std::int64_t> volumes;  ///< product to packs a year
    std::vector<FolderPurchase> purchases;
    std::vector<FolderEvent> events;       ///< numbered in this order, from 1
    std::map<std::string, bool> holidays;  ///< day to whether it is worked
};

/// The files by name, but parameters.toml. Tables that would be empty and may be missing are left
/// out. The same inputs give the same bytes, whatever the order of products, observations, winners
/// and purchases.
[[nodiscard]] std::map<std::string, std::string> folder_files(FolderInputs inputs);

}  // namespace jicai::campaigns
