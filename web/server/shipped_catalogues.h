#pragma once

#include <engine/ports/store.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace jicai::web {

class AccessLog;

/// Puts the regions and holidays the program brings into the database, where they are not there or
/// are others. Done at each start; writes nothing when nothing is new.
void put_shipped_catalogues(ports::Store& store, ports::Moment now);

/// A thread that ends temporary institutions and removes old uploads, once a minute and at start.
class Housekeeping {
public:
    Housekeeping(ports::Store& store, const ports::Clock& clock, AccessLog& log);
    ~Housekeeping();
    Housekeeping(const Housekeeping&) = delete;
    Housekeeping& operator=(const Housekeeping&) = delete;

private:
    void run();
    void close_expired();
    void purge_imports();

    ports::Store& store_;
    const ports::Clock& clock_;
    AccessLog& log_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace jicai::web
