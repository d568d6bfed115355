#pragma once

#include <engine/ports/store.h>

#include <string>

/// \file
/// What people of the demo have said to one another: notices, questions and answers.

namespace jicai::web {

/// Notices of the office, the province, the city and the service; one to be signed for until
/// `sign_until`.
void seed_demo_notices(
    ports::Transaction& transaction,
    const std::string& round,
    ports::Moment sign_until,
    ports::Moment now
);

/// Questions on a notice, all answered.
void seed_demo_answered(
    ports::Transaction& transaction, const std::string& round, ports::Moment now
);

/// Questions on a notice, two of three still open.
void seed_demo_questions(
    ports::Transaction& transaction, const std::string& round, ports::Moment now
);

/// A document of one empty page.
[[nodiscard]] std::string demo_pdf();

}  // namespace jicai::web
