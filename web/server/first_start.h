#pragma once

#include <engine/ports/secrets.h>
#include <engine/ports/store.h>

#include <string>

namespace jicai::web {

/// On a database without people: makes the organisation that runs the service and its three
/// administrators `admin` (system), `security` and `audit` (GB/T 22239-2019: separated powers),
/// with one-time passwords that stand in `file`, readable by its owner alone. The file is on the
/// disk before the accounts are. Returns whether it did so. Throws std::runtime_error where the
/// file cannot be written; StoreUnavailable.
bool make_administrators(
    ports::Store& store, ports::Secrets& secrets, const std::string& file, ports::Moment wall
);

/// Whether the database belongs to a demo. A demo's accounts have known passwords, so its data must
/// not be served as real ones, nor real ones as a demo. Marks a database without people.
/// Refused with service.demo_data, service.real_data.
void check_demo_mark(ports::Store& store, bool demo);

/// That the service's key is the one this database was made with; keeps a mark of a new database.
/// Without it no second factor could be read and no repeated write answered.
/// Refused with service.other_key {path}.
void check_key(ports::Store& store, ports::Secrets& secrets, const std::string& path);

}  // namespace jicai::web
