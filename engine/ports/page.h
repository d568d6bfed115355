#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace jicai::ports {

/// Which part of a sorted list. Lists are sorted by id unless their query says otherwise.
struct Page {
    std::int64_t offset = 0;
    std::int64_t size = 20;  ///< at most 100,000 (an export)
};

template <typename Row>
struct Found {
    std::vector<Row> rows;   ///< of the page
    std::int64_t total = 0;  ///< rows of the whole list
};

/// The store already holds another object with this unique value.
class Conflict : public std::runtime_error {
public:
    explicit Conflict(const std::string& what) : std::runtime_error(what) {}
};

/// The database cannot be asked now. Nothing of the transaction was saved, or a repetition with the
/// same idempotency key finds what was.
class StoreUnavailable : public std::runtime_error {
public:
    explicit StoreUnavailable(const std::string& what) : std::runtime_error(what) {}
};

/// The disk below the database is full: reading still works.
class StoreFull : public StoreUnavailable {
public:
    using StoreUnavailable::StoreUnavailable;
};

}  // namespace jicai::ports
