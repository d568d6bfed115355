#include <sql/error.h>

namespace jicai::sql {
namespace {

bool says_no_space(const std::string& text) {
    for (const char* words : {"No space left on device", "errno: 28", "Errcode: 28", "error 28 "}) {
        if (text.find(words) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

ErrorKind kind_of(int code, const std::string& text) {
    constexpr int kFirstOfClient = 2000;
    constexpr int kFirstBeyondClient = 3000;  // the server's own numbers go on there
    switch (code) {
        case 1213:  // deadlock
        case 1205:  // lock wait
        case 1020:  // record changed since it was read
            return ErrorKind::conflict;
        case 1062:
            return ErrorKind::duplicate;
        case 1114:  // table is full
        case 1021:  // disk full
            return ErrorKind::full;
        case 1040:  // too many connections
        case 1047:  // cluster node not ready
        case 1053:  // server shuts down
        case 1180:  // error during commit
        case 1290:  // server is read only
        case 1317:  // interrupted
        case 1927:  // connection was killed
            return says_no_space(text) ? ErrorKind::full : ErrorKind::unavailable;
        default:
            break;
    }
    if (code >= kFirstOfClient && code < kFirstBeyondClient) return ErrorKind::unavailable;
    return says_no_space(text) ? ErrorKind::full : ErrorKind::other;
}

}  // namespace jicai::sql
