#pragma once

#include <stdexcept>

/// \file
/// A broken invariant of our own code: the request ends and nothing is saved. Never used for user input.

namespace jicai {

/// Thrown by JICAI_CHECK. It is caught once, at the edge; the message is for the log.
class BrokenInvariant : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

}  // namespace jicai

#define JICAI_CHECK_TEXT_(x) #x
#define JICAI_CHECK_LINE_(x) JICAI_CHECK_TEXT_(x)
/// Ends the current request with BrokenInvariant when `condition` is false.
#define JICAI_CHECK(condition)                                                                  \
    do {                                                                                        \
        if (!(condition)) {                                                                     \
            throw ::jicai::BrokenInvariant(__FILE__ ":" JICAI_CHECK_LINE_(__LINE__) ": " #condition); \
        }                                                                                       \
    } while (false)
