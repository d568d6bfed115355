#pragma once

#include <cli/session.h>
#include <sql/database.h>

#include <functional>

namespace jicai::cli {

/// Runs a command on a database; logs go to standard error, from warnings on. What a person can
/// mend by another command line or file becomes BadInput, everything else that the database
/// refuses WorldFault.
int with_database_faults(const std::function<int()>& work);

/// --data-dir or --database.
[[nodiscard]] sql::Source source_of(const Session& session);

/// How a tool opens a database that has to be there: beside a running service too.
[[nodiscard]] sql::DatabaseOptions tool_options();

/// "1.3": seconds since the object was made, for people.
class Stopwatch {
public:
    Stopwatch();
    [[nodiscard]] std::string seconds() const;

private:
    long long begun_ = 0;  ///< nanoseconds of the steady clock
};

}  // namespace jicai::cli
