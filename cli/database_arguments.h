#pragma once

#include <string>

namespace jicai::cli {

/// What the commands around the database are given; --out is with the other outputs.
struct DatabaseArguments {
    std::string data_dir;
    std::string url;   ///< --database
    std::string in;    ///< of restore
    std::string head;  ///< of audit verify
    bool dry_run = false;
    bool resume = false;
};

}  // namespace jicai::cli
